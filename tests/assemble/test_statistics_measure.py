from __future__ import annotations

from typing import Any

import pytest

from support.marked import marked, read
from trialmine.assemble.statistics.candidates import Candidate, build_candidates
from trialmine.assemble.statistics.harmony import harmonise
from trialmine.assemble.statistics.measure import settled_measure, stated_measure
from trialmine.assemble.statistics.result import Result
from trialmine.assemble.statistics.rules import is_no_result, is_result
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.records.article import Article, Mentions


def numbers(sentence: str) -> tuple[Article, list[Candidate], int]:
    """The article, its candidates, and which of them is the marked one."""
    text, (answer,) = marked("Results: " + sentence)
    article = read(text)
    atoms = build_candidates(article, Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article)))
    (i,) = [k for k, a in enumerate(atoms) if a.at == text.index(answer)]
    return article, atoms, i


CORRECTED = [
    ("Eyes on tea gained a mean of [[7.2 letters]].", "mean", "change_from_baseline"),
    ("Eyes on water lost [[10.4 letters]].", "mean", "change_from_baseline"),
    ("Tea cut the risk of falls by 40% ([[3.1%]] with tea vs. 5.2% with water).", "percent_change", "proportion"),
    ("Tea cut the risk of falls by 40% (3.1% with tea vs. [[5.2%]] with water).", "percent_change", "proportion"),
    ("Tea gave a 40% reduction in the risk of falls ([[3.1%]] vs 5.2%).", "percent_change", "proportion"),
    ("Tea cut the risk of falls by [[40%]] (3.1% with tea vs. 5.2% with water).", "percent_change", "percent_change"),
    ("Tea lowered weight by 4% ([[-3.1%]] vs -1.2%).", "percent_change", "percent_change"),
    ("Trough flow had improved by [[137 mL]] with tea, 85 mL with milk and 1 mL with water; tea was better.",
     "mean_difference", "change_from_baseline"),
    ("Tea increased iron in muscle (P = .01) to [[0.5 mg/g]].", "mean_difference", "other"),
    ("Tea increased iron and zinc to 0.5 mg/g and [[33 mg/g]].", "mean_difference", "other"),
    ("They needed [[41%]] less tea.", "proportion", "percent_change"),
    ("There was a [[4.1%]] relative risk reduction.", "percent_change", "percent_change"),
    ("There was a [[41%]] higher intake.", "proportion", "percent_change"),
    ("Doses were [[41%]] less than 5 mg.", "proportion", "proportion"),
    ("Tea reduced the time to sleep ([[21.5]] vs 30.1 min).", "change_from_baseline", "mean"),
    ("Tea reduced the time to sleep (21.5 vs [[30.1 min]]).", "change_from_baseline", "mean"),
    ("Tea led to a greater reduction in sleep ([[21.5]] vs 30.1 min).", "change_from_baseline", "change_from_baseline"),
    ("The change in gait speed was similar (tea [[0.13]], water 0.17).", "median", "change_from_baseline"),
    ("Improvements from baseline in mood were 0.13, [[0.38]] and 0.50.", "median", "change_from_baseline"),
    ("Glucose fell with tea ([[-26.3 ± 35.2]] vs. 11.9 ± 38.5 mg/dL).", "mean", "change_from_baseline"),
    ("Lean mass rose more ([[+16%]]) with tea.", "proportion", "percent_change"),
    ("Levels had fallen by [[11.5%]] and 3.1%.", "percent_change", "percent_change"),
    ("The mean z score fell ([[-1.2]]) with tea.", "mean", "mean"),
    ("Tea raised HDL (12%) and apo A ([[9%]]).", "proportion", "percent_change"),
    ("Tea reduced relapse ([[9%]]) versus 12% with water.", "proportion", "proportion"),
    ("Walking distance improved [[75%]] with tea.", "proportion", "percent_change"),
    ("The index was [[33%]] higher with tea.", "percent_change", "percent_change"),
    ("Tea gave a [[143%]] enhancement.", "proportion", "percent_change"),
    ("Tea increased the reduction in pressure ([[11.0]] vs 17.3 mm Hg).", "mean", "change_from_baseline"),
    ("Despite some improvement in sleep, there was no difference in pain (tea [[68%]], water 70%).", "proportion",
     "proportion"),
    ("The mean delay was [[0.76 days]] with tea.", "other", "mean"),
    ("The area fell to 5.6% at week one and to [[6.3%]] at week four.", "percent_change", "proportion"),
    ("Reductions in mass compared with water ([[2.3 ± 0.8]] vs. 2.8 ± 0.6).", "change_from_baseline", "mean"),
    ("Pressure fell by [[4.5 mm Hg]] (95% CI 2.1 to 6.9) with tea.", "mean_difference", "change_from_baseline"),
    ("Tea led to decreases of pulse (average of differences [[-4.5]]; P = .02) and mass (-2 kg; P = .03) in the tea "
     "group, and none with water.", "mean_difference", "change_from_baseline"),
    ("There was a decrease of pulse (average of differences [[-4.5]]; P = .02) in the tea group compared with water.",
     "mean_difference", "mean_difference"),
    ("There was a decrease of pulse (average of differences [[-4.5]]; P = .02) with tea compared with water.",
     "mean_difference", "mean_difference"),
    ("Pressure fell by [[4.5 mm Hg]] more than with water.", "mean_difference", "mean_difference"),
    ("The gain was [[0.38]] (95% CI -0.08 to 0.84).", "hazard_ratio", "mean_difference"),
    ("The ratio of the areas was [[0.96]] (90% CI 0.88-1.04).", "hazard_ratio", "ratio"),
    ("Overall survival was [[14.5]] vs. 16.5 months.", "other", "median"),
    ("The stay was [[14.5]] vs. 16.5 months.", "other", "other"),
    ("The percentage change in bone mass was [[1.4%]] with tea.", "change_from_baseline", "percent_change"),
    ("The percent change in LVEF was [[+1.4%]] with tea.", "change_from_baseline", "percent_change"),
    ("The change in LVEF was [[1.4%]] with tea.", "percent_change", "change_from_baseline"),
    ("Tea changed the levels (Δ) of iron: changes (Δ) in iron ([[0.2 ± 0.3]] vs. 0.4 ± 0.3).", "mean",
     "change_from_baseline"),
    ("Use was lower with tea at night ([[-37%]], P = .01).", "proportion", "percent_change"),
    ("Tea drinkers had a longer walk ([[0.2 km]], 95% CI 0.1 to 0.4).", "mean", "mean_difference"),
    ("The scores changed with tea (median [[0.4]] and 0.3).", "change_from_baseline", "median"),
    ("It fell by a median [[0.4]] with tea.", "change_from_baseline", "change_from_baseline"),
    ("Walks cost £[[36]] per person on average.", "count", "mean"),
    ("The mean percentage of stained cells was [[10.4%]] with tea.", "proportion", "mean"),
    ("The mean percentage of patients who slept was [[10.4%]].", "proportion", "proportion"),
    ("Adherence was higher with tea (mean [[96%]]).", "proportion", "mean"),
    ("The mean increase in iron was [[4.1]] (95% CI 3.4, 4.7) mg/L in the tea group and 8.0 (95% CI 6.9, 9.1) in the "
     "water group.", "mean_difference", "change_from_baseline"),
    ("Mean scores were [[5.4]] (95% CI 4.5-6.3) with tea.", "risk_ratio", "mean"),
    ("The increase from pre-dose was [[0.22 L]] (95% CI 0.19 to 0.35).", "mean_difference", "change_from_baseline"),
    ("Dilation was [[8.9 ± 2.2%]] with tea.", "proportion", "mean"),
    ("The effect on distance versus placebo was [[22.5 m]] (95% CI 4.0 to 40.9).", "mean", "mean_difference"),
    ("Median use was higher with tea ([[81 mL]] vs. 114 mL).", "mean", "median"),
    ("Tone was reduced compared to placebo ([[31.2]] vs. 46.4).", "change_from_baseline", "mean"),
    ("An improvement in mood was reached by a larger number of patients ([[68%]] vs 60%).", "proportion", "proportion"),
    ("Tea reduced glucose: the mean was [[47%]] and 59%.", "proportion", "percent_change"),
    ("Tea reduced glucose (cold tea [[76% ± 29]] versus hot tea 73% ± 47).", "mean", "percent_change"),
    ("Dose and area fell to [[5.6 ± 3.9%]] with tea.", "mean", "mean"),
    ("Response to tea (odds ratio (OR): [[41.7%]]) was good.", "odds_ratio", "proportion"),
    ("Tone rose in both groups (7.7 to [[8.9]] in one).", "change_from_baseline", "mean"),
    ("Voids fell from 3.1 at baseline to [[1.8]] with tea.", "change_from_baseline", "mean"),
    ("Sleep lasted [[8]] (IQR 5-15) and 9 (IQR 5-16) hours.", "other", "median"),
    ("Blood loss of 1000 mL or more was recorded in [[4.9%]] and 5.5%.", "percent_change", "proportion"),
    ("Mean voids were [[1.12]] with tea.", "count", "mean"),
    ("Volume fell by [[0.43 mL]] compared with 0.62 mL.", "mean_difference", "change_from_baseline"),
    ("Dropout rates were [[13.3%]] and 16.7%.", "proportion", "proportion"),
    ("Tea led to a greater increase in scores than water ([[3.3]] vs. 1.5).", "mean", "change_from_baseline"),
    ("In those with HDL < 40, LVEF fell after tea ([[-1.8%]], P < 0.02).", "percent_change", "change_from_baseline"),
    ("HbA1c < 7.0% was reached by [[40%]] with tea.", "proportion", "proportion"),
    ("Output rose to 3.9 W, which is an increase of [[0.3 ± 0.1 W]].", "mean", "change_from_baseline"),
    ("The number needed to treat was [[4]] (95% CI 2.2 to 6.6).", "count", "other"),
    ("Breaks rose from a level of 0.1 ± 0.3 up to [[1.9 ± 2.0]] with tea.", "change_from_baseline", "mean"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "guess", "measure"), CORRECTED)
def test_form_and_words_correct_the_guess(sentence: str, guess: Any, measure: str) -> None:
    article, atoms, i = numbers(sentence)
    assert settled_measure(article, atoms[i], guess) == measure


STATED = [
    ("Vaccine efficacy against colds was [[84.7%]] (95% CI 71.7 to 92.4).", "other"),
    ("The protective efficacy of two doses was [[43%]].", "other"),
    ("Efficacy was rated good by [[84.7%]] of the patients.", None),
    ("Vaccine efficacy was shown: illness occurred in [[4.7%]] of the vaccine group.", None),
    ("The annualized rate of attacks was [[0.46]] (95% CI 0.39 to 0.53) with tea, versus 0.87 with water.", "rate"),
    ("The annualized rate of attacks was 0.46 (95% CI 0.39 to 0.53) with tea, versus [[0.87]] with water.", "rate"),
    ("Strokes occurred at rates of [[1.27% per year]] with tea.", "rate"),
    ("The difference in cure between tea ([[82.3%]]) and water (84.1%) was -1.8%.", None),
    ("FEV1 rose by 9 mL with water (tea versus milk difference, [[52 mL]]).", "mean_difference"),
    ("Relapse was rarer (relative rate of relapse [[0.75]], 95% CI 0.33-1.05).", "risk_ratio"),
    ("All lowered the risk (ORs between [[0.24]] and 0.42).", "odds_ratio"),
    ("The rate was [[41%]].", None),
    ("The rate was [[0.83]] per patient per year.", "rate"),
    ("There were [[0.48]] exacerbations per year with tea.", "rate"),
    ("There were [[0.48 episodes]] per child-year with tea.", "rate"),
    ("There were [[4.8]] headache days per month.", None),
    ("Tea drinkers burnt [[65 kcal]] more energy than the placebo group.", "mean_difference"),
    ("Tea gave a [[65 kcal]] increase in expenditure as compared to placebo.", "mean_difference"),
    ("Tea drinkers burnt [[65 kcal]] more than at baseline.", None),
    ("There was a [[4.1%]] absolute risk reduction.", "risk_difference"),
    ("Relapse was rarer (odds ratio at 6 months [[0.75]]).", "odds_ratio"),
    ("Relapse was rarer (odds ratio at [[6 months]] 0.75).", None),
    ("Response to tea (odds ratio (OR): [[41.7%]]) was good.", None),
    ("The effect size was [[0.44]] with tea.", "other"),
    ("Mood was better with tea (d [[= 0.89]]; 95% CI 0.35-1.43).", "other"),
    ("Raters agreed well (kappa [[0.75]]).", "other"),
    ("Tea was tied to sleep (β [[= 0.92]], P = .04).", "other"),
    ("The dose was d [[= 5]] mL.", None),
    ("The hazard of a fall was [[1.9]] times greater without tea.", "hazard_ratio"),
    ("The odds of a fall were [[1.9]] times higher without tea.", "odds_ratio"),
    ("The cup was [[1.9]] times larger.", "ratio"),
    ("Exposure rose [[1.3]]- and 1.4-fold with tea.", "ratio"),
    ("Exposure rose 1.3- and [[1.4-fold]] with tea.", "ratio"),
    ("Tea drinkers had [[2.5]] times the risk of a fall.", "risk_ratio"),
    ("Tea was drunk [[2.5]] times a day.", None),
    (
        "Hazard ratios (tea versus water) for death and relapse were [[1.32]] (95% CI 1.2 to 1.4) and 1.1.",
        "hazard_ratio",
    ),
    ("The RR of relapse between the groups was [[1.04]] (90% CI 0.95 to 1.13).", "risk_ratio"),
    ("HRs were read daily; the mean score was [[1.04]] (90% CI 0.95 to 1.13).", None),
    ("The odds ratio was not estimated; the difference in mood was [[0.4]] (95% CI -0.2 to 0.9).", "mean_difference"),
    ("Falls were rarer (ARR [[0.83]], 95% CI 0.66 to 1.06).", "risk_ratio"),
    ("Falls were rarer (ARR [[8.3%]], 95% CI 6.6 to 10.6).", "risk_difference"),
    ("Deaths were rarer (MRR [[= 0.83]]; 95% CI 0.66 to 1.06).", "rate_ratio"),
    ("Mean differences from water in the walk on day 7 were 115, [[142]] and 136 m.", "mean_difference"),
    ("It rose, with tea-placebo differences (LSM ± SEM) of [[190 ± 28]] mL.", "mean_difference"),
    ("Spills per 1000 hours were common (rates of spills per 1000 hours [[4.84]] versus 7.44).", "rate"),
    ("Mood rose (average treatment effect (ATE) [[-1.4]]; P < .001).", "mean_difference"),
    ("The net reduction in pressure with tea compared with water was [[8.2]] mm Hg.", "mean_difference"),
    ("For a 25% decrease in mood, sensitivity and specificity were [[90%]] and 80%.", "proportion"),
    ("A 2% increase in mood had [[62%]] sensitivity for sleep.", "proportion"),
    ("75% reduction responses were [[65%]] with tea.", "proportion"),
    ("The annualized relapse rate was lower ([[0.21]] vs 0.26).", "rate"),
    ("Response to tea (OR: [[41.7]]; 95% CI, 29.1-55.1%) was good.", None),
]


@pytest.mark.parametrize(("sentence", "measure"), STATED)
def test_named_estimates(sentence: str, measure: str | None) -> None:
    article, atoms, i = numbers(sentence)
    assert stated_measure(article, atoms[i]) == measure


def test_values_side_by_side_are_of_one_measure() -> None:
    _, atoms, i = numbers("The reduction was alike (tea: [[7.6 ± 2.4%]]; water: 7.8 ± 4.0%).")
    results = [Result("percent_change", atoms[i].at, atoms[i]), Result("mean", atoms[i + 1].at, atoms[i + 1])]
    harmonise(results)
    assert [r.measure for r in results] == ["percent_change", "percent_change"]


def test_a_named_estimate_is_not_made_like_its_neighbour() -> None:
    _, atoms, i = numbers("Pain was [[27]] vs. 31 (difference 5).")
    results = [Result("mean", atoms[i + 1].at, atoms[i + 1]), Result("mean_difference", atoms[i + 2].at, atoms[i + 2])]
    harmonise(results)
    assert results[1].measure == "mean_difference"


NAMES = [
    ("Levels fell in the [[30 mL]] dose group.", True),
    ("Vision was better at the [[1]]-month visit.", True),
    ("Scores rose (Z = [[2.7]], P = 0.006).", True),
    ("The volume was [[30 mL]] with tea.", False),
]


@pytest.mark.parametrize(("sentence", "ruled_out"), NAMES)
def test_numbers_that_only_name_something(sentence: str, ruled_out: bool) -> None:
    text, (answer,) = marked("Results: " + sentence)
    article = read(text)
    atoms = build_candidates(article, Mentions.of(m for extract in STATISTICS_EXTRACTORS for m in extract(article)))
    (i,) = [k for k, a in enumerate(atoms) if a.at <= text.index(answer) < a.number_end]
    assert is_no_result(article, atoms, i) is ruled_out


def test_a_named_ratio_is_a_result() -> None:
    article, atoms, i = numbers("More responded (odds ratio, [[2.50]]; P = 0.01).")
    assert is_result(article, atoms[i])


UNITS = [
    ("Heart rate (beats/min) was lower (tea 119 ± 18; water [[89 ± 17]]).", "{beats}/min"),
    ("It took longer with tea ([[519 ± 86]]) than with water (278 ± 94 min).", "min"),
    ("Risk fell by 28% (HR [[0.72]]).", None),
    ("Risk fell (hazard ratio [HR], [[0.72]]; P = 0.01).", None),
    ("The time to sleep (hr) was shorter (tea [[0.72]]).", "h"),
    ("Risk fell (HR [[0.72]]) and relapses by 26%.", None),
    ("Response was good ([[41.7]]; 95% CI, 29.1-55.1%).", "%"),
]


@pytest.mark.parametrize(("sentence", "unit"), UNITS)
def test_units_said_elsewhere(sentence: str, unit: str | None) -> None:
    _, atoms, i = numbers(sentence)
    assert atoms[i].unit == unit


FRACTIONS = [
    ("Pain was alike in two groups ([[41%]] and 32%).", (None, None)),
    ("Pain was gone in [[57%]] (n = 112) of them.", (112, None)),
    ("Grade 3 and 4 mucositis ([[6%]]) was rare.", (None, None)),
    ("Relief was felt by [[27%]] of those on tea (14/52).", (14, 52)),
    ("Relief was felt by [[35%]] of those on tea (14/52).", (None, None)),
    ("Relief was felt by [[27.2%]] (95% CI, 14.1-40.4, 12 of 44 who answered).", (12, 44)),
    ("It came back more often in cats ([[6/20]] cats; 30%) than in dogs.", (6, 20)),
    ("Relief was felt with tea by [[90%]] (18 patients).", (18, None)),
    ("They walked 56 feet ([[+3.5%]]) more.", (None, None)),
]


@pytest.mark.parametrize(("sentence", "fraction"), FRACTIONS)
def test_what_counts_people(sentence: str, fraction: tuple[int | None, int | None]) -> None:
    _, atoms, i = numbers(sentence)
    assert (atoms[i].numerator, atoms[i].denominator) == fraction


def test_an_interval_behind_the_p() -> None:
    _, atoms, i = numbers("Pressure fell (difference [[-9 mm Hg]]; P = 0.03; 95% CI -17.2 to -0.7).")
    assert atoms[i].ci is not None
    assert (atoms[i].ci.low, atoms[i].ci.high) == (-17.2, -0.7)


INTERVALS = [
    ("Walks were taken by [[19%]] at least often (≥ 3 times a week, 95% CI 12 to 26).", (12, 26)),
    ("Walks were taken by [[19%]], 3 times a week (95% CI 2 to 4).", None),
    ("Response was [[23%]] (one complete, 11 partial; 95% CI 13% to 37%).", (13, 37)),
    ("Response was 23% (one complete, [[11]] partial; 95% CI 13% to 37%).", None),
    ("Response was 23% (in [[45%]] of men; 95% CI 37% to 53%).", (37, 53)),
    ("Weight fell (mean change [[-1.2 kg]]; SE 0.3; 95% CI -1.8 to -0.6).", (-1.8, -0.6)),
    ("Weight rose by [[1.2 kg]] (SE 0.3; 95% CI 0.8 to 1.6).", (0.8, 1.6)),
    ("Weight rose (weighted mean difference [[1.2 kg]] (0.3-2.1 kg)).", (0.3, 2.1)),
    ("The difference between the groups was [[0.10]] (0.04 to 0.31).", (0.04, 0.31)),
    ("Weight rose by [[1.2 kg]] (0.3-2.1 kg).", None),
    ("Falls were rarer (RR [[0.91]], 0.69 to 1.20).", (0.69, 1.2)),
    ("Falls were rarer (difference [[0.9%]], -2.6 to 4.3).", (-2.6, 4.3)),
    ("Falls came on day 3 (median [[4.1 days]], 3 to 6).", None),
    ("Confidence intervals (CI): falls (12%, [[4.1%]]), naps (1.6%, 9.3%).", None),
]


@pytest.mark.parametrize(("sentence", "limits"), INTERVALS)
def test_intervals_stand_with_their_estimates(sentence: str, limits: tuple[float, float] | None) -> None:
    _, atoms, i = numbers(sentence)
    ci = atoms[i].ci
    assert (ci and (ci.low, ci.high)) == limits


def test_effects_of_a_list_with_intervals_are_of_one_measure() -> None:
    sentence = (
        "The effect versus placebo was [[22.5 m]] (95% CI 4.0 to 40.9) weekly and 0.5 m (95% CI -17 to 18) monthly."
    )
    article, atoms, i = numbers(sentence)
    results = [Result("mean_difference", atoms[i].at, atoms[i]), Result("mean", atoms[i + 1].at, atoms[i + 1])]
    harmonise(results, article.text)
    assert [r.measure for r in results] == ["mean_difference", "mean_difference"]


@pytest.mark.parametrize(
    ("sentence", "result"),
    [
        ("The score told them well apart (AUC [[= 0.73]]).", True),
        ("The area was large (AUC [[= 73]]).", False),
        ("Tea drinkers burnt [[65 kcal]] more than the placebo group.", True),
    ],
)
def test_numbers_that_their_words_make_a_result(sentence: str, result: bool) -> None:
    article, atoms, i = numbers(sentence)
    assert is_result(article, atoms[i]) is result


@pytest.mark.parametrize(
    ("sentence", "ruled_out"),
    [
        ("Scores were 2.1 ([[0.7]]).", True),
        ("The peak was 1870 ng/mL ([[31%]]) (CV%).", False),
        ("Peaks varied (CV [[29%]]).", True),
        ("Falls were rarer ([[31%]]).", False),
        ("From a baseline of [[8.2%]], it fell.", True),
        ("Survival rose from [[38%]] in controls to 51% with tea.", False),
        ("Survival rose from [[38%]] in spring to 51% in autumn.", True),
        ("The change from baseline of [[8.2%]] was large.", False),
        ("Tea was no worse (non-inferiority margin [[-10%]]).", True),
        ("Iron was [[10.5 ± 1.2]] mg/L before treatment and 12.4 ± 4.1 mg/L after treatment.", True),
        ("Iron was 10.5 ± 1.2 mg/L before treatment and [[12.4 ± 4.1]] mg/L after treatment.", False),
        ("Iron was [[4.8]] ng/mL at the start and 5.1 ng/mL at the end.", True),
        ("The share of smokers at baseline was [[21%]].", True),
        ("Most were women ([[68%]]) at the sites.", True),
        ("The share of smokers was [[24%]] before and 10% after tea.", True),
        ("Areas were within [[80%]] to 125% of it.", True),
        ("The rate was [[80%]] with tea.", False),
        ("Tea was tested with a [[15%]] non-inferiority margin.", True),
        ("The [[50%]] inhibitory concentration was low.", True),
        ("The mean age was 52 years and [[44%]] smoked.", True),
        ("Relapse was seen in [[44%]] of the men.", False),
        ("Mood was better with tea [[40 mg]] BID than with water.", True),
        ("Blood loss was less with tea ([[40 mL]]).", False),
        ("Pain was felt by [[34.3%]] with lidocaine.", False),
        ("They were given a [[0.5%]] hyperbaric bupivacaine mix.", True),
        ("Steps rose (from [[3249]] before, to 9960 after the course).", True),
        ("Weight fell by 1.85 kg (F 1,17 [[= 10.80]], P = .004).", True),
        ("Weight fell by 1.85 kg (partial η2 [[= 0.39]]).", True),
    ],
)
def test_what_a_text_varies_by_or_starts_from_is_no_result(sentence: str, ruled_out: bool) -> None:
    article, atoms, i = numbers(sentence)
    assert is_no_result(article, atoms, i) is ruled_out


@pytest.mark.parametrize(
    ("sentence", "ruled_out"),
    [("Sleep rose (T: [[41%]], P = 0.01).", False), ("It rose (t [[= 2.7]], P = 0.01).", True)],
)
def test_a_group_s_letter_is_no_test_statistic(sentence: str, ruled_out: bool) -> None:
    article, atoms, i = numbers(sentence)
    assert is_no_result(article, atoms, i) is ruled_out


def test_what_is_listed_with_a_rate_is_a_rate() -> None:
    article, atoms, i = numbers("There were [[0.48]] and 0.37 exacerbations per year.")
    results = [Result("rate", atoms[i].at, atoms[i]), Result("mean", atoms[i + 1].at, atoms[i + 1])]
    harmonise(results, article.text)
    assert results[1].measure == "rate"
