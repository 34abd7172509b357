from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.marked import marked, read
from trialmine.assemble.citation import Citation
from trialmine.assemble.consistency import check_consistency
from trialmine.assemble.statistics.block import build_statistics
from trialmine.assemble.statistics.candidates import build_candidates
from trialmine.assemble.statistics.direction import decreases
from trialmine.assemble.statistics.harmony import harmonise
from trialmine.assemble.statistics.measure import settled_measure
from trialmine.assemble.statistics.outcomes_in_turn import outcomes_in_turn
from trialmine.assemble.statistics.result import Result
from trialmine.assemble.statistics.rules import is_no_result
from trialmine.assemble.statistics.timepoint import timepoint_of
from trialmine.extract.registry import extract_mentions
from trialmine.records.article import Block, Reference
from trialmine.records.document import CleanText
from trialmine.records.trial import Statistic
from trialmine.records.vocabulary import Measure
from trialmine.train.gold_blocks import GoldRow


def rows_of(text: str, endpoints: Block = Block(), arms: Block = Block()) -> tuple[Statistic, ...]:  # noqa: B008 (frozen)
    article = read(text)
    return build_statistics(
        article, extract_mentions(article), endpoints, arms, Citation(article, CleanText(text, text))
    )[0]


def named(text: str, **names: str) -> Block:
    rows = tuple(GoldRow(id=key, name=name, label=name) for key, name in names.items())
    references = [Reference(at, at + len(name), key) for key, name in names.items() for at in _places(text, name)]
    return Block(rows, tuple(sorted(references, key=lambda r: r.start)))


def _places(text: str, name: str) -> list[int]:
    return [i for i in range(len(text)) if text.startswith(name, i)]


RESULTS = "Methods: Patients took tea or water.\nResults: "

ROWS: list[tuple[str, list[dict[str, Any]]]] = [
    (
        "Response rates were 62.5% (25/40) with tea and 45% (18/40) with water (P = 0.03).",
        [
            {"measure": "proportion", "value": 62.5, "unit": "%", "numerator": 25, "denominator": 40},
            {"measure": "proportion", "value": 45, "unit": "%", "numerator": 18, "denominator": 40, "p": None},
        ],
    ),
    (
        "Median progression-free survival was 9.8 months with tea and 7.1 months with water "
        "(hazard ratio, 0.66; 95% CI, 0.51 to 0.87; P < .001).",
        [
            {"measure": "median", "value": 9.8, "unit": "mo", "p": None},
            {"measure": "median", "value": 7.1, "unit": "mo", "p": None},
            {"measure": "hazard_ratio", "value": 0.66, "unit": None},
        ],
    ),
    (
        "Mean systolic pressure fell from 151 ± 9 mm Hg to 138 ± 8 mm Hg with tea (P < 0.01).",
        [{"measure": "mean", "value": 138, "unit": "mm[Hg]"}],
    ),
    ("Sleep was significantly longer with tea than with water (P = 0.02).", [{"measure": "p_value", "value": None}]),
    ("LDL cholesterol was reduced by 7.4% with tea.", [{"measure": "percent_change", "value": -7.4, "unit": "%"}]),
    ("Alertness correlated with dose (r = 0.52, P = 0.03).", [{"measure": "correlation", "value": 0.52}]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), ROWS)
def test_rows(sentence: str, expected: list[dict[str, Any]]) -> None:
    rows = rows_of(RESULTS + sentence)
    assert [{k: getattr(row, k) for k in want} for row, want in zip(rows, expected, strict=True)] == expected


def test_a_count_is_no_percentage_of_the_share_behind_it() -> None:
    text = "Of the 695 eligible, 465 (67%) enrolled; 44 operations (88%) and 42 other operations (84%) were done."
    assert not {r.value for r in rows_of(RESULTS + text)} & {695, 42}


def test_a_p_of_two_arms_goes_to_the_first() -> None:
    first, second = rows_of(RESULTS + ROWS[0][0])
    assert (first.p.comparator, first.p.value) == ("=", 0.03) if first.p else pytest.fail("the first arm has no P")
    assert second.p is None


def test_estimates_carry_interval_and_p() -> None:
    ratio = rows_of(RESULTS + ROWS[1][0])[-1]
    assert ratio.ci is not None
    assert (ratio.ci.level, ratio.ci.low, ratio.ci.high) == (0.95, 0.51, 0.87)
    assert ratio.p is not None
    assert ratio.p.value == 0.001


def test_a_pair_of_values_has_a_pair_of_intervals() -> None:
    text = RESULTS + "With tea, blood pressure fell by 8.1/3.2 mm Hg (95% CI 4.4-11.8/0.6-5.8)."
    first, second = rows_of(text)
    assert [(r.value, r.ci and (r.ci.low, r.ci.high)) for r in (first, second)] == [
        (-8.1, (-11.8, -4.4)), (-3.2, (-5.8, -0.6)),
    ]  # fmt: skip
    assert "4.4-11.8" in " ".join(e.quote for e in first.evidence)


def test_the_interval_of_a_difference_is_not_that_of_a_mean() -> None:
    text = RESULTS + "Pain scores were 2.4 with tea and 2.2 with water (95% CI for the difference -0.1 to 0.5)."
    *means, difference = rows_of(text)
    assert all(row.ci is None for row in means)
    assert (difference.measure, difference.value) == ("mean_difference", None)
    assert difference.ci is not None
    assert (difference.ci.low, difference.ci.high) == (-0.1, 0.5)


def test_a_limit_beside_an_open_one_is_no_result() -> None:
    rows = rows_of(RESULTS + "Median overall survival was 24.1 months (95% CI 18.2 to not reached) with tea.")
    assert [row.value for row in rows] == [24.1]


RATES_AND_SHARES: list[tuple[str, list[tuple[str, float | None]]]] = [
    ("The exacerbation rate was 0.88 v. 1.12 per person-year.", [("rate", 0.88), ("rate", 1.12)]),
    (
        "HbA1c was 6.9% with tea (difference -0.5%, 95% CI -0.8 to -0.2).",
        [("mean", 6.9), ("mean_difference", -0.5)],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), RATES_AND_SHARES)
def test_measures_of_rates_and_of_what_is_measured_in_percent(
    sentence: str, expected: list[tuple[str, float | None]]
) -> None:
    assert [(row.measure, row.value) for row in rows_of(RESULTS + sentence)] == expected


def test_a_share_in_brackets_is_no_spread() -> None:
    rows = rows_of(RESULTS + "Stay was 4.2 (1.1) days (mean (SD)), and 25 of 60 (42%) went home early.")
    assert [(r.value, r.dispersion) for r in rows if r.denominator] == [(42, None)]


def test_links_follow_the_names() -> None:
    text = (
        RESULTS
        + "Pain scores were lower with tea than with water (21 versus 33, P = 0.01). "
        + "Response rates were 60% with tea and 40% with water."
    )
    endpoints, arms = named(text, e1="Pain", e2="Response"), named(text, a1="tea", a2="water")
    rows = rows_of(text, endpoints, arms)
    assert [(row.value, row.endpoint, row.arms) for row in rows] == [
        (21, "e1", ("a1",)), (33, "e1", ("a2",)), (60, "e2", ("a1",)), (40, "e2", ("a2",)),
    ]  # fmt: skip


def test_brackets_of_pairs_name_the_arms_in_one_order() -> None:
    text = (
        RESULTS + "The tea group improved more than the water group in pain (-5.2 vs. -3.3), sleep (-13.4 vs. -6.9)"
        " and stiffness (-1.8 vs. -0.9)."
    )
    rows = rows_of(text, arms=named(text, a1="tea group", a2="water group"))
    assert [row.arms for row in rows] == [("a1",), ("a2",)] * 3


def test_an_estimate_inside_its_interval_is_a_result() -> None:
    (row,) = rows_of(
        RESULTS + "Over the follow-up of 1286 person years the HR at last follow-up was 1.52 (CI 1.1-2.1)."
    )
    assert (row.value, row.ci and row.ci.low) == (1.52, 1.1)


def test_two_counts_each_of_its_own_whole_are_results() -> None:
    rows = rows_of(RESULTS + "Remission came in 7 of 8 patients with tea and in 3 of 11 with water (P = 0.015).")
    assert [(r.numerator, r.denominator) for r in rows] == [(7, 8), (3, 11)]


NO_ROWS = [
    "Background: Tea is drunk by 40% of adults. Objective: To study tea.",
    "Methods: We needed 80 patients for a power of 90% and a two-sided alpha of 0.05; P < 0.05 was significant.",
    "",
    "12",
    "P",
]


@pytest.mark.parametrize("text", NO_ROWS)
def test_texts_without_results(text: str) -> None:
    assert rows_of(text) == ()


def test_a_fraction_that_its_percentage_contradicts_stands_as_printed() -> None:
    (row,) = rows_of(RESULTS + "Response was seen in 12 of 60 patients (25%) with tea.")
    assert (row.numerator, row.denominator, row.value) == (12, 60, 25)
    assert [w.code for w in check_consistency(statistics=[row])] == ["fraction_contradicts_percent"]


def test_in_a_list_with_a_sign_the_plain_number_went_up() -> None:
    text = RESULTS + "Glucose was significantly reduced with tea (-26.3 ± 35.2 vs. 11.9 ± 38.5 mg/dL; P = 0.001)."
    assert [(row.measure, row.value) for row in rows_of(text)] == [
        ("change_from_baseline", -26.3), ("change_from_baseline", 11.9),
    ]  # fmt: skip


def test_what_the_conclusions_repeat_is_one_row() -> None:
    rows = rows_of(
        RESULTS
        + "Response rates were 60% with tea and 40% with water.\nConclusions: A response rate of 60% with tea helps."
    )
    assert [row.value for row in rows] == [60, 40]


def test_a_list_set_against_another_is_of_its_measure() -> None:
    article = read(
        "Weight fell by 12% and 14% with a daily dose of 2.5 L of sweet green tea from China, versus 3% with water."
    )
    atoms = [a for a in build_candidates(article, extract_mentions(article)) if a.unit == "%"]
    guesses: list[Measure] = ["percent_change", "percent_change", "proportion"]
    results = [Result(guess, a.at, a) for guess, a in zip(guesses, atoms, strict=True)]
    harmonise(results, article.text)
    assert [r.measure for r in results] == ["percent_change"] * 3


def test_values_that_differ_are_no_differences() -> None:
    rows = rows_of(RESULTS + "There was no mean difference in weight loss: -4.4 kg vs. -3.0 kg.")
    assert [row.value for row in rows] == [-4.4, -3.0]
    assert "mean_difference" not in {row.measure for row in rows}


def test_a_list_of_p_goes_by_the_outcomes_before_it() -> None:
    text = RESULTS + "Tea improved sleep and thirst (P = 0.03 and P = 0.2)."
    rows = rows_of(text, endpoints=named(text, e1="thirst", e2="sleep"))
    assert [(row.measure, row.endpoint) for row in rows] == [("p_value", "e2"), ("p_value", "e1")]


RULED_OUT = [
    ("During follow-up [[1869]] patients died.", False),
    ("Glucose fell from [[8.4 ± 0.5]] to 7.1 ± 0.2 mmol/L.", True),
    ("Median follow-up was [[62 months]].", True),
    ("Response was likelier with tea (38.6%, n [[= 88]]).", True),
    ("Tea gave 12 spots per [[1000]] cells.", True),
    ("The response rate was 44 [[4%]] with tea.", True),
    ("Sixty people give [[80%]] power.", True),
    ("The sample was chosen to detect a difference of [[15%]].", True),
    ("We failed to detect a difference (tea [[15%]], water 17%).", False),
    ("Blocks with [[0.5%]] lidocaine worked.", True),
    ("Response was 62 and [[48%]].", False),
    ("Pain was relieved in half of those given [[100 mg]] tramadol.", True),
    ("A rise of ([[≥ 25%]]) counted.", True),
    ("Most had HbA1c≤[[6.5%]] with tea.", True),
    ("The median score did not differ between the [[two]] groups.", True),
    ("Of the [[640]] eligible adults, 420 (66%) came back.", True),
    ("Of the [[28]] deaths, 17 were of thirst.", False),
    ("Pulse fell at both 20 min and [[40 min]] after the first cup.", True),
    ("Sleep lasted [[40 min]] longer.", False),
    ("Iron was alike at baseline ([[1.5 ± 1.0]] mg/L) and after tea (1.4 ± 0.9 mg/L).", True),
    ("Sleep was good (tea, pre [[26.4%]] vs post 32.6%).", True),
    ("Sleep was good (tea, pre 26.4% vs post [[32.6%]]).", False),
    ("Sleep improved (PRE, [[26.4 h]] to POST, 32.6 h).", True),
    ("Sleep was good in [[48%]] of women at baseline and in 60% after 3 months.", True),
    ("Sleep was good in more women ([[26%]] to 48%, P = 0.01).", True),
    ("Sleep was good in few women ([[26%]] to 48%).", False),
    ("Baseline mood foretold relapse (HR [[2.1]], 95% CI 1.2 to 3.4).", False),
    ("Baseline mood was [[2.1]] and sleep 6 h.", True),
    ("Sleep was better with tea (t144 [[= -5.76]], P = 0.01).", True),
    ("Sleep was better with tea (Breslow [[= 4.05]], P = 0.01).", True),
    ("Sleep was better with tea (z score [[= 4.05]], P = 0.01).", False),
    ("Iron was higher than baseline ([[1.5 ± 1.0]] mg/L).", False),
    ("Models differed (χ2 [[5.6]], P = 0.69).", True),
    ("The bound lay above the margin ([[-10 mm]]).", True),
    ("Tests were done at a [[5%]] significance level.", True),
    ("Thirst was judged with a cut-off of [[10%]].", True),
]


@pytest.mark.parametrize(("sentence", "ruled_out"), RULED_OUT)
def test_numbers_that_their_words_rule_out(sentence: str, ruled_out: bool) -> None:
    text, (answer,) = marked(sentence)
    article = read(text, entities=True)
    atoms = build_candidates(article, extract_mentions(article))
    (i,) = [k for k, a in enumerate(atoms) if a.start == text.index(answer)]
    assert is_no_result(article, atoms, i) is ruled_out


COUNTS = [
    (
        "Relapses occurred in 12 patients in the tea group and 20 patients in the water group.",
        [(12, None, None), (20, None, None)],
    ),
    (
        "Relapses occurred in one patient in the tea group and 7 patients in the water group.",
        [(1, None, None), (7, None, None)],
    ),
    ("Relapse was seen in 88 (28.0%) of 314 patients.", [(28, 88, 314)]),
    ("There were 60 deaths with tea and 48 deaths with water.", [(60, None, None), (48, None, None)]),
    (
        "Thirst developed in 97 patients in the tea group (n = 1,075) and 70 patients in the water group (n = 1,098).",
        [(None, 97, 1075), (None, 70, 1098)],
    ),
    ("In all, 60 patients in the tea group and 48 patients in the water group completed the trial.", []),
    (
        "In all, 62 (27%) of 231 patients on tea slept, and 63 (60%) of the 105 patients on water slept.",
        [(27, 62, 231), (60, 63, 105)],
    ),
    ("There were 28 MIs on tea and 44 on water.", [(28, None, None), (44, None, None)]),
    (
        "The number of fractures was 168 in the tea arm and 190 in the water arm.",
        [(168, None, None), (190, None, None)],
    ),
    (
        "Of 2471 eligible adults (1238 adults in the tea arm and 1233 adults in the water arm), all were seen again "
        "after many years, and gout developed in fewer than was feared (82 on tea and 104 on water).",
        [(82, None, None), (104, None, None)],
    ),
    ("Gout developed in 136 adults (74 tea, 62 water).", [(136, None, None), (74, None, None), (62, None, None)]),
    ("In all, 136 adults (74 tea, 62 water) were enrolled before gout developed.", []),
    ("Falls were alike in the tea and water groups: 44 (32%) vs. 42 (29%).", [(32, 44, None), (29, 42, None)]),
    ("Falls were seen more often in the tea group 69 (50%).", [(50, 69, None)]),
    ("Thirst was rarer with tea (15% [N=2]).", [(15, 2, None)]),
    ("Thirst was rarer with tea (n = 3, 4.5%).", [(4.5, 3, None)]),
    ("Thirst was rarer with tea (3%; 1 of 37).", [(3, 1, 37)]),
    ("Most had slept (67 patients receiving tea [93%]).", [(93, 67, None)]),
]


@pytest.mark.parametrize(("sentence", "rows"), COUNTS)
def test_counts_told_of_groups(sentence: str, rows: list[tuple[float | None, int | None, int | None]]) -> None:
    found = rows_of(RESULTS + sentence)
    assert [(row.value, row.numerator, row.denominator) for row in found] == rows


MEASURES = [
    ("The level had fallen by 12.4%, 21% and 4.2%.", "proportion", "percent_change"),
    ("Walking distance increased by 31 ± 44 m with tea.", "mean", "change_from_baseline"),
    ("HbA1c was 6.9% with tea.", "proportion", "mean"),
    ("HbA1c fell by 1.1% with tea.", "percent_change", "change_from_baseline"),
    ("Pain was gone in 60% and reduced stiffness was seen.", "proportion", "proportion"),
    ("Relapses were lower (47%; P = 0.01) with tea.", "proportion", "percent_change"),
    ("The reduction in weight was alike (tea: 7.6 ± 2.5 kg).", "mean", "change_from_baseline"),
    ("Pain was less with tea (21 versus 33).", "change_from_baseline", "other"),
    ("A larger number of patients improved with tea (68% vs 60%).", "percent_change", "proportion"),
    ("The length of stay was 11 days.", "mean", "other"),
    ("The mean length of stay was 11 days.", "mean", "mean"),
    ("The dose ranged from 40 to 150 mg.", "mean", "range"),
]


@pytest.mark.parametrize(("sentence", "guess", "measure"), MEASURES)
def test_words_correct_the_guess(sentence: str, guess: Any, measure: str) -> None:
    article = read(sentence)
    atom = build_candidates(article, extract_mentions(article))[0]
    assert settled_measure(article, atom, guess) == measure


DIRECTIONS = [
    ("Weight was reduced by [[3.2]] kg.", True), ("A [[12%]] decrease was seen.", True),
    ("Weight rose by [[3.2]] kg.", False),
    ("The reduction was greater with tea ([[4.1]] kg).", True), ("It changed by [[5]] points.", False),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "down"), DIRECTIONS)
def test_signs_follow_direction(sentence: str, down: bool) -> None:
    text, (answer,) = marked(sentence)
    article = read(text)
    (atom,) = [a for a in build_candidates(article, extract_mentions(article)) if a.at == text.index(answer)]
    assert decreases(article, atom) is down


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [*[s for s, _ in ROWS], "tea", "(", "95% CI", "±", "P <", "vs", "3.4 to", "60%", "\n", "n = 7"]
        ),
        max_size=8,
    )
)
def test_rows_are_cited_whatever_the_text(parts: list[str]) -> None:
    text = " ".join(parts)
    rows = rows_of(text)
    assert [row.id for row in rows] == [f"s{i}" for i in range(1, len(rows) + 1)]
    for row in rows:
        assert all(text[e.start : e.end] == e.quote for e in row.evidence)


@pytest.mark.parametrize(
    ("sentence", "text"),
    [("At week 4 sleep rose by 57.4 min and by 36.5 min.", "At week 4"), ("Sleep at 6 h was 57.4 min.", "at 6 h")],
)
def test_amounts_are_no_times(sentence: str, text: str) -> None:
    article = read(sentence)
    at = timepoint_of(article, sentence.index("min"))
    assert at is not None
    assert at.text == text


def test_what_compares_arms_is_of_the_outcome_before_it() -> None:
    sentence = RESULTS + "Mean thirst fell. Sleep was 61% versus 43% (risk ratio 1.4; 95% CI 1.1 to 1.9)."
    rows = rows_of(sentence, named(sentence, e1="thirst", e2="Sleep"))
    assert {r.endpoint for r in rows} == {"e2"}


IN_TURN = [
    ("Sleep and naps lasted 6.1 and 2.3 hours, respectively.", ["e1", "e2"]),
    ("Sleep and naps lasted 6.1 and 2.3 hours compared with 5.1 and 1.3 hours.", ["e1", "e2", "e1", "e2"]),
    ("Naps (NN) and Sleep lasted 6.1 and 2.3 hours, respectively.", ["e2", "e1"]),
]


def test_outcomes_in_a_row_have_the_numbers_of_each_arm_in_turn() -> None:
    text = RESULTS + "Sleep and naps lasted 6.1 and 2.3 hours with tea and 5.1 and 1.3 hours with milk."
    article = read(text)
    mentions = extract_mentions(article)
    results = [Result("mean", a.at, a) for a in build_candidates(article, mentions)]
    outcomes, arms = named(text, e1="Sleep", e2="naps"), named(text, a1="tea", a2="milk")
    assert [e for _, e in outcomes_in_turn(article, results, outcomes, arms)] == ["e1", "e2", "e1", "e2"]


@pytest.mark.parametrize(("sentence", "expected"), IN_TURN)
def test_outcomes_in_a_row_have_their_numbers_in_turn(sentence: str, expected: list[str]) -> None:
    text = RESULTS + sentence
    article = read(text)
    mentions = extract_mentions(article)
    results = [Result("mean", a.at, a) for a in build_candidates(article, mentions)]
    block = named(text, e1="Sleep", e2="naps" if "naps" in text else "Naps")
    assert [e for _, e in outcomes_in_turn(article, results, block, Block())] == expected
    arms = named(text, a1="lasted", a2="hours")
    assert not list(outcomes_in_turn(article, results, block, arms))


def test_what_is_declared_before_a_list_holds_for_its_items() -> None:
    found = rows_of(RESULTS + "Risks were alike (HR; 95% CI tea: 0.87; 0.64 to 1.17; milk: 0.79; 0.58 to 1.07).")
    assert [(r.measure, r.value, r.ci and (r.ci.low, r.ci.high)) for r in found] == [
        ("hazard_ratio", 0.87, (0.64, 1.17)),
        ("hazard_ratio", 0.79, (0.58, 1.07)),
    ]


def test_limits_below_zero_give_their_value_its_sign() -> None:
    found = rows_of(RESULTS + "The mean difference in iron was 8.9 mg/dL lower with tea (95% CI -16.7 to -1.0).")
    assert [(r.value, r.ci and (r.ci.low, r.ci.high)) for r in found] == [(-8.9, (-16.7, -1.0))]
