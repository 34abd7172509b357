"""Numbers that are no values of their own, and the rates and shares of single groups."""

from __future__ import annotations

from typing import Any

import pytest

from support.marked import read
from trialmine.assemble.citation import Citation
from trialmine.assemble.statistics.block import build_statistics
from trialmine.assemble.statistics.candidates import Candidate, build_candidates
from trialmine.assemble.statistics.measure import settled_measure, stated_measure
from trialmine.assemble.statistics.rules import is_no_result
from trialmine.extract.registry import extract_mentions
from trialmine.records.article import Block, Reference
from trialmine.records.document import CleanText
from trialmine.records.trial import Statistic
from trialmine.train.gold_blocks import GoldRow


def rows_of(text: str, *labels: str) -> tuple[Statistic, ...]:
    article = read(text)
    rows = tuple(GoldRow(id=label, label=label) for label in labels)
    places = sorted((at, label) for label in labels for at in range(len(text)) if text.startswith(label, at))
    arms = Block(rows, tuple(Reference(at, at + len(label), label) for at, label in places))
    cite = Citation(article, CleanText(text, text))
    return build_statistics(article, extract_mentions(article), Block(), arms, cite)[0]


def values(sentence: str) -> list[tuple[float | None, str | None]]:
    article = read("Results: " + sentence)
    return [(a.value, a.unit) for a in build_candidates(article, extract_mentions(article))]


VALUES = [
    ("The area was 31.5 (%CV 44), 120 (38) and 231 (51).", [31.5, 120, 231]),
    ("The geometric mean (CV%) area was 31.5 (44%) and 120 (38%).", [31.5, 120]),
    ("The area was 31.5 (coefficient of variation 44%).", [31.5]),
    ("The relative risk was 0.70 (95% CI 0.5 to 0.9) for 10 mg and 0.45 (0.3-0.6) for 20 mg.", [0.7, 0.45]),
    ("The relative risk was 0.70 (95% CI 0.5 to 0.9) for tea 10 mg and 0.45 (0.3-0.6) for water.", [0.7, 0.45]),
    ("Pain fell by 2.5 with 40 mg and 3.1 with 80 mg.", [2.5, 3.1]),
    ("Use was 12 mg with tea and 15 mg with water.", [12, 15]),
    ("Use fell to 31% and to 12 mg.", [31, 12]),
    ("The rate was forty percent (95 percent CI 31 to 50).", [40]),
]


@pytest.mark.parametrize(("sentence", "expected"), VALUES)
def test_what_goes_with_a_value_is_none(sentence: str, expected: list[float]) -> None:
    assert [value for value, _ in values(sentence)] == expected


def test_the_dose_behind_lends_no_unit() -> None:
    assert [unit for _, unit in values("The odds were 0.70 (0.5-0.9) for 10 mg and 0.45 (0.3-0.6) for 20 mg.")] == [
        None,
        None,
    ]


def judged(sentence: str) -> list[tuple[Candidate, bool]]:
    """The candidates of a sentence of results, and whether their own words rule them out."""
    article = read("Results: " + sentence)
    found = build_candidates(article, extract_mentions(article))
    return [(a, is_no_result(article, found, i)) for i, a in enumerate(found)]


BOUNDS = [
    ("Control (<130/80 mm Hg) was kept.", True),
    ("A pressure below 130/80 mm Hg was kept.", True),
    ("Pressure was 130/80 mm Hg.", False),
]


@pytest.mark.parametrize(("sentence", "ruled_out"), BOUNDS)
def test_both_limits_of_a_pressure_are_set(sentence: str, ruled_out: bool) -> None:
    assert {out for _, out in judged(sentence)} == {ruled_out}


MEASURES: list[tuple[str, Any, str]] = [
    ("The yearly rate of falls was 0.31 (95% CI 0.2 to 0.4) with tea and 0.52 (95% CI 0.4 to 0.7) with water "
     "(rate ratio, 0.60; 95% CI 0.4 to 0.9).", "hazard_ratio", "rate"),
    ("The rate of falls was 0.31 and 0.52 (adjusted rate ratio 0.60).", "other", "rate"),
    ("The score was 0.31 with tea and 0.52 with water (odds ratio, 0.60).", "odds_ratio", "other"),
    ("The hazard ratio was 0.31 with tea (rate ratio, 0.60).", "hazard_ratio", "hazard_ratio"),
    ("A ≥50% reduction in falls was reached by 31% with tea and 22% with water.", "percent_change", "proportion"),
    ("Pain fell by at least half in 31% of the women.", "percent_change", "proportion"),
    ("A reduction in pain was seen in 31% of older patients.", "percent_change", "proportion"),
    ("A ≥50% reduction in falls was seen, with a mean reduction of 31%.", "percent_change", "percent_change"),
    ("Falls were reduced by 31%.", "percent_change", "percent_change"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "guess", "measure"), MEASURES)
def test_rates_and_shares_of_groups(sentence: str, guess: Any, measure: str) -> None:
    article = read("Results: " + sentence)
    atoms = build_candidates(article, extract_mentions(article))
    a = next(a for a in atoms if a.value in (0.31, 31))
    assert (stated_measure(article, a) or settled_measure(article, a, guess)) == measure


def test_limits_named_once_are_those_of_the_list_and_arms_stay_right_behind() -> None:
    text = (
        "Methods: Patients took tea or water.\nResults: Response was 62.0% (62/100; 95% CI: 52.0%-71.1%) with tea and "
        "45.0% (45/100; 35.6%-54.8%) with water (p = 0.02)."
    )
    rows = rows_of(text, "tea", "water")
    assert [(r.value, r.arms, r.ci and (r.ci.level, r.ci.low, r.ci.high), r.dispersion) for r in rows] == [
        (62, ("tea",), (0.95, 52, 71.1), None),
        (45, ("water",), (0.95, 35.6, 54.8), None),
    ]


def test_limits_are_no_time() -> None:
    (row,) = rows_of("Results: Median survival was 14 months (95 percent CI 11 to 19 months).")
    assert (row.value, row.timepoint, row.ci and row.ci.level) == (14, None, 0.95)


def test_a_group_that_others_are_set_against_stands_out_of_the_order() -> None:
    rows = rows_of(
        "Methods: They took tea, milk or water.\nResults: Compared with water, the relative risk was 0.60 for tea and"
        " 0.45 for milk. Mean use was 12 ± 3 mL, 14 ± 5 mL and 16 ± 6 mL, respectively.",
        "tea",
        "milk",
        "water",
    )
    assert [r.arms for r in rows if r.measure == "mean"] == [("tea",), ("milk",), ("water",)]


def test_more_values_in_turn_than_arms_are_of_no_arm() -> None:
    rows = rows_of(
        "Methods: They took tea or water.\nResults: Sleep was better with tea than with water. Relapse was seen in 31%,"
        " 22% and 14%, respectively.",
        "tea",
        "water",
    )
    assert [(r.value, r.arms) for r in rows] == [(31, ()), (22, ()), (14, ())]


def test_a_value_of_a_group_that_is_unknown_has_no_arm() -> None:
    rows = rows_of(
        "Methods: They took tea or water.\nResults: Relapse was seen in 31% of men with tea. It was 22% in the milk"
        " group.",
        "tea",
        "water",
    )
    assert [(r.value, r.arms) for r in rows if r.value == 22] == [(22, ())]


def test_what_is_not_different_is_no_difference() -> None:
    rows = rows_of("Results: There was no difference in relapse (tea 68.3%, water 69.8%, P [adjusted] = 0.6).")
    assert [(r.measure, r.value, r.p and r.p.value) for r in rows] == [
        ("proportion", 68.3, 0.6),
        ("proportion", 69.8, None),
    ]


def test_a_difference_has_its_limits_behind_a_long_unit() -> None:
    (row,) = rows_of("Results: The mean difference was -4.3 mg iron/g dry weight (-6.1, -2.5).")
    assert (row.value, row.ci and (row.ci.low, row.ci.high)) == (-4.3, (-6.1, -2.5))


def test_unnamed_limits_of_a_share_of_people_are_its_interval() -> None:
    (row,) = rows_of("Results: Relapse was seen in 18 of 29 patients (62%; 42-79).")
    assert (row.value, row.ci and (row.ci.low, row.ci.high)) == (62, (42, 79))


SPREADS = [
    ("Mood changed by +7.5(14.6) vs. -3.8(8.4).", [(7.5, 14.6), (-3.8, 8.4)]),
    ("It lasted 36.0 h (1.3) vs. 35.4 h (2.2).", [(36.0, 1.3), (35.4, 2.2)]),
    # one alone may be anything; a median's is no standard deviation; a whole number may count people
    ("Mood was 7.5 (14.6) with tea.", [(7.5, None), (14.6, None)]),
    ("The median was 7.5 (4.6) vs. 3.8 (8.4).", [(7.5, None), (4.6, None), (3.8, None), (8.4, None)]),
    ("Mood was 7.5 (14) vs. 3.8 (12).", [(7.5, None), (14, None), (3.8, None), (12, None)]),
]


@pytest.mark.parametrize(("sentence", "expected"), SPREADS)
def test_two_values_with_decimals_in_brackets_vary(sentence: str, expected: list[tuple[float, float | None]]) -> None:
    article = read("Results: " + sentence)
    found = build_candidates(article, extract_mentions(article))
    assert [(a.value, a.dispersion and a.dispersion.value) for a in found] == expected


NO_VALUES = [
    ("Weight fell with tea (-0.2 kg, baseline 83.0 kg).", [-0.2]),
    ("HbA1c fell with tea (baseline HbA1c, 7.9%) by 0.8%.", [0.8]),
    ("Weight fell (baseline to week 12, -0.2 kg).", [-0.2]),
    ("The rate was 58% with tea (chi 2 = 3.51, 1 d.f.).", [58]),
    ("Sex told of falls (Wald 3.85).", []),
    ("The 28-joint score fell by 1.2 points.", [1.2]),
    ("A 1.6-point difference was seen.", [1.6]),
    ("The fat content was 71 in carriers of A*2402.", [71]),
    ("Among 2581 versus 2584 children, mood was 71.", [71]),
    ("A minimal important difference of ≥0.7 points in mood was reached by 71%.", [71]),
    ("A mean difference of ≥0.7 points in mood was seen.", [0.7]),
]


@pytest.mark.parametrize(("sentence", "expected"), NO_VALUES)
def test_numbers_that_are_no_results(sentence: str, expected: list[float]) -> None:
    assert [a.value for a, out in judged(sentence) if a.value and not out] == expected


STROKES = [
    ("Tea was raised from 25 mg to 35 mg (25/35) in June; fever befell 25/35.", True),
    ("Tea was raised from 25 mg to 35 mg in June; fever befell 25/35.", False),
    ("Fever befell 72 and 53% in the 5/25- and 5/35-mg arms.", True),
    ("Fever befell 25/35 and 11/36 people on 5 mg.", False),
]


@pytest.mark.parametrize(("sentence", "named"), STROKES)
def test_doses_with_a_stroke_between_them_name_a_regimen(sentence: str, named: bool) -> None:
    assert {out for a, out in judged(sentence) if a.numerator is not None} == {named}


LIMITS = [
    ("The difference was -2.1 mm Hg at 12 months (95% CI -3.4 to -0.8).", {-2.1: (-3.4, -0.8)}),
    ("The difference was 2.1 kg over 2 years (95% CI 0.6 to 3.4).", {2.1: (0.6, 3.4)}),
    ("The odds ratio was 1.36 per 10 mg (95% CI 1.07 to 1.73).", {1.36: (1.07, 1.73)}),
    ("It rose by 1.2 kg (SD 0.4) (95% CI 0.9 to 1.5).", {1.2: (0.9, 1.5)}),
    ("Cure was 85% (17/20), 95% CI 62 to 97, with tea.", {85: (62, 97)}),
    ("The rate was 14% (nine of them partial; 95% CI, 6% to 26%).", {14: (6, 26)}),
    ("The change was -0.61% (-6.7 mmol/mol) in favour of tea (95% CI -0.88 to -0.34%).", {-0.61: (-0.88, -0.34)}),
    ("Survival was 6.9 and 6.1 months (95% CI, 5.8 to 8.0 and 5.0 to 8.2).", {6.9: (5.8, 8), 6.1: (5, 8.2)}),
    ("Survival was 6.9 and 6.1 months (95% CI, 5.8 to 8.0).", {6.1: (5.8, 8)}),
    ("Cure was 97.8% (95% confidence interval, CI: 87.8-99.8%).", {97.8: (87.8, 99.8)}),
    ("Mood was 41 (12 men) in all, and more so later (95% CI 61 to 70).", {None: (61, 70)}),
]


@pytest.mark.parametrize(("sentence", "expected"), LIMITS)
def test_limits_are_those_of_the_value_that_they_hold(
    sentence: str, expected: dict[float | None, tuple[float, float]]
) -> None:
    article = read("Results: " + sentence)
    found = build_candidates(article, extract_mentions(article))
    assert {a.value: (a.ci.low, a.ci.high) for a in found if a.ci} == expected


def test_the_unit_stands_behind_the_limits() -> None:
    assert values("Pressure was 5.9 (95% CI 5.4 to 6.5) kPa.") == [(5.9, "kPa")]
