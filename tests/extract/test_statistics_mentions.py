from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.marked import marked, quotes, read
from trialmine.extract.confidence_interval import extract_confidence_intervals
from trialmine.extract.dispersion import extract_dispersions
from trialmine.extract.estimate import extract_estimate_names
from trialmine.extract.p_value import extract_p_values
from trialmine.extract.proportion import extract_fractions
from trialmine.extract.quantity import extract_quantities
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.records.trial import Dispersion

P_VALUES = [
    ("slept longer ([[P<.001]])", [("<", 0.001)]),
    ("fewer falls, [[p = 0·05]]", [("=", 0.05)]),
    ("with a [[P-value less than 0.05]]", [("<", 0.05)]),
    ("([[P ≤ .02]])", [("<=", 0.02)]),
    ("[[p-values: 0.34]], [[0.23]], and [[0.32]]", [("=", 0.34), ("=", 0.23), ("=", 0.32)]),
    ("[[P values of .04]], [[.2]] in men, and [[.3]] in women", [("=", 0.04), ("=", 0.2), ("=", 0.3)]),
    ("[[P values of .04]] in men and 0.5 mg more", [("=", 0.04)]),
    ("both [[P for trend = .7]]", [("=", 0.7)]),
    ("log-rank [[P = . 0489]]", [("=", 0.0489)]),
    ("[[p < 0.001]] and [[p = 0.4]]", [("<", 0.001), ("=", 0.4)]),
    ("[[P = 5 x 10-8]]", [("=", 5e-8)]),
    ("([[P=3x10-3]])", [("=", 0.003)]),
    ("([[P = 3×10−3]])", [("=", 0.003)]),
    ("([[P = 2.1 × 10^-5]])", [("=", 2.1e-5)]),
    ("([[p = 4.1·10-5]])", [("=", 4.1e-5)]),
    ("([[P < 10-4]])", [("<", 1e-4)]),
    ("([[P = 3 x 10(-3)]])", [("=", 0.003)]),
    ("([[P = 2.3e-05]])", [("=", 2.3e-5)]),
    ("([[P = 0.10]]-0.20)", [("=", 0.1)]),
    ("([[P = 0.02]], 0.3 kg)", [("=", 0.02)]),
    ("([[P-value (two-sided) = 0.04]])", [("=", 0.04)]),
    ("([[Pgroup × time = 0.03]])", [("=", 0.03)]),
    ("tea ([[PTea*Milk = 0.03]])", [("=", 0.03)]),
    ("d 0.4, [[p = value = 0.02]]", [("=", 0.02)]),
    ("(0.2, [[p = 0.06]] and 0.34, [[p = 0.09]])", [("=", 0.06), ("=", 0.09)]),
    ("0.05 L, [[P = .03]] and 0.08 L, [[P = .2]]", [("=", 0.03), ("=", 0.2)]),
]


@pytest.mark.parametrize("text", ["a median of 4 months (95% CI 29,1)", "95% CI: 17,3"])
def test_a_decimal_comma_is_no_interval(text: str) -> None:
    assert list(extract_confidence_intervals(read(text))) == []


@pytest.mark.parametrize(("sentence", "values"), P_VALUES)
def test_p_values(sentence: str, values: list[tuple[str, float]]) -> None:
    text, answers = marked(sentence)
    article = read(text)
    found = list(extract_p_values(article))
    assert quotes(article, found, "p_value") == answers
    assert [(m.value.comparator, pytest.approx(m.value.value)) for m in found] == values


@pytest.mark.parametrize(
    "text",
    [
        "P = NS",
        "p53 was found",
        "Pressure = 0.3",
        "Placebo < 0.2",
        "PSA < 0.2",
        "Pain = 0.3",
        "in group P 3 fell",
        "the 12 pupils",
    ],
)
def test_no_p_value(text: str) -> None:
    assert list(extract_p_values(read(text))) == []


INTERVALS = [
    ("RR 0.47 CI 95%: 0.3 to 0.9", 0.95, 0.3, 0.9),
    ("0.6 (95.03% CI 0.3-0.9)", 0.9503, 0.3, 0.9),
    ("0.6 (95% CI 0.45-0.89)", 0.95, 0.45, 0.89),
    ("0.6 (95 % confidence interval [CI], 0.45 to 0.89)", 0.95, 0.45, 0.89),
    ("-5 mm (90% CI: −15 mm - +5 mm)", 0.9, -15, 5),
    ("CI95% -1.2; 3", 0.95, -1.2, 3),
    ("(confidence interval -1.7% to 3.0%)", None, -1.7, 3.0),
    ("the 99% confidence interval for the difference (0.05, 0.17)", 0.99, 0.05, 0.17),
    ("[95% CI = -0.8, -0.2]", 0.95, -0.8, -0.2),
    ("4.7 mg (95% CI 4.9–4.5 mg)", 0.95, 4.5, 4.9),
    ("HR 0.6, 95% CI 0.45 0.89, P = .01", 0.95, 0.45, 0.89),
    ("31 (95% CI 21 46)", 0.95, 21, 46),
    ("HR 0.6 (95% CI being 0.45 to 0.89)", 0.95, 0.45, 0.89),
    ("HR 0.6 (95% CI 0.45∼0.89)", 0.95, 0.45, 0.89),
    ("HR 0.6 (95% CI, lower limit 0.45, upper limit 0.89)", 0.95, 0.45, 0.89),
    ("HR 0.6 (95% Conf. Int. 0.45 - 0.89)", 0.95, 0.45, 0.89),
    ("HR 0.6 (95% CI HR 0.45 to 0.89)", 0.95, 0.45, 0.89),
    ("4.3 mm Hg (95% CI 2.1 mm Hg, 6.5 mm Hg)", 0.95, 2.1, 6.5),
]


def test_a_level_is_no_tail_of_a_number() -> None:
    text = "RR 0.47 CI 95%: 0.3 to 0.9"
    assert [m.start for m in extract_confidence_intervals(read(text))] == [text.index("CI")]


@pytest.mark.parametrize(("text", "level", "low", "high"), INTERVALS)
def test_confidence_intervals(text: str, level: float | None, low: float, high: float) -> None:
    (found,) = [m for m in extract_confidence_intervals(read(text)) if m.kind == "ci"]
    assert (found.value.level, found.value.low, found.value.high) == (level, low, high)


def test_unnamed_interval_is_not_called_a_confidence_interval() -> None:
    (found,) = extract_confidence_intervals(read("HR 0.15 (0.04-0.61) was seen"))
    assert found.kind == "interval"


SPREADS = [
    ("it was 5.6 [[± 1.2]] mL", Dispersion(kind="sd", value=1.2)),
    ("mean ± SEM was 5.6 [[± 1.2]]", Dispersion(kind="se", value=1.2)),
    ("mean ± SEM 5.6 [[± 1.2]]", Dispersion(kind="se", value=1.2)),
    ("mean (sd) of 23 [[(9)]] were seen", Dispersion(kind="sd", value=9)),
    ("a mean of 5 [[(SD 3.2]])", Dispersion(kind="sd", value=3.2)),
    ("4 cycles ([[range 1-81]])", Dispersion(kind="range", low=1, high=81)),
    ("6 days [[[interquartile range, 4 to 9]]]", Dispersion(kind="iqr", low=4, high=9)),
    ("mean (SEM) rises of 23 [[(9)]] were seen", Dispersion(kind="se", value=9)),
]


def test_a_spread_that_is_given_declares_no_other() -> None:
    first, second = extract_dispersions(read("it rose by 57 (SE 5.9); later it was 9.2 ± 4.6"))
    assert sorted((m.value.kind, m.value.value) for m in (first, second)) == [("sd", 4.6), ("se", 5.9)]


@pytest.mark.parametrize(("sentence", "spread"), SPREADS)
def test_dispersions(sentence: str, spread: Dispersion) -> None:
    text = sentence.replace("[[[", "[").replace("]]]", "]").replace("[[", "").replace("]]", "")
    assert [m.value for m in extract_dispersions(read(text))] == [spread]


FRACTIONS = [
    ("in 71/85 men", 71, 85),
    ("in 7 of 8 patients", 7, 8),
    ("seven of the 19 women", 7, 19),
    ("12 patients out of 40", 12, 40),
]


@pytest.mark.parametrize(("text", "numerator", "denominator"), FRACTIONS)
def test_fractions(text: str, numerator: int, denominator: int) -> None:
    (found,) = extract_fractions(read(text))
    assert (found.value.numerator, found.value.denominator) == (numerator, denominator)


@pytest.mark.parametrize("text", ["120/80 mm Hg", "5 of 7 days", "on 7/8/1999", "IL-2/4", "9 of 4 men"])
def test_no_fraction(text: str) -> None:
    assert list(extract_fractions(read(text))) == []


QUANTITIES: list[tuple[str, dict[str, Any]]] = [
    ("fell by 7.4%", {"value": 7.4, "unit": "%"}),
    ("was 5.0 mmol/L", {"value": 5.0, "unit": "mmol/L"}),
    ("changed by −0.81 IU/l", {"value": -0.81, "unit": "[iU]/L"}),
    ("fell by 19.0%–32.4%", {"value": None, "low": 19.0, "high": 32.4, "unit": "%"}),
    ("ranged from 40 to 150 mg", {"value": None, "low": 40, "high": 150, "unit": "mg"}),
    ("more than 80% came", {"value": 80, "unit": "%", "comparator": ">"}),
    ("Ninety percent came", {"value": 90, "unit": "%"}),
    ("a median of 9.8 months", {"value": 9.8, "unit": "mo"}),
    ("1,357 μg/day was used", {"value": 1357, "unit": "ug/d"}),
    ("23 pmol min−1 m−2", {"value": 23, "unit": "pmol/min/m2"}),
]


@pytest.mark.parametrize(("text", "parts"), QUANTITIES)
def test_quantities(text: str, parts: dict[str, Any]) -> None:
    (found,) = extract_quantities(read(text))
    assert {k: getattr(found.value, k) for k in parts} == parts


@pytest.mark.parametrize(
    "text", ["IL-21 and CD8+", "the 2nd visit", "on day 14", "grade 3 or worse", "95% CI", "B12 levels"]
)
def test_no_quantity(text: str) -> None:
    assert list(extract_quantities(read(text))) == []


NAMES = [("hazard ratio [HR], 0.6", "hazard_ratio"), ("aOR=2.1", "odds_ratio"),
         ("the mean difference was 2", "mean_difference"),
         ("r=0.5", "correlation"), ("geometric mean ratio 0.9", "ratio"), ("median survival", "median")]  # fmt: skip


@pytest.mark.parametrize(("text", "measure"), NAMES)
def test_estimate_names(text: str, measure: str) -> None:
    assert [m.value for m in extract_estimate_names(read(text))] == [measure]


@given(st.text(alphabet="pP<=>.·0123456789 ()[]±%-–−,;vsCIandto/xSDrangemg", max_size=80))
def test_every_mention_lies_in_the_text(text: str) -> None:
    article = read(text)
    for extract in STATISTICS_EXTRACTORS:
        for mention in extract(article):
            assert 0 <= mention.start < mention.end <= len(text)


LABELS = [
    ("by 61% and 57% in groups 1 and 2, respectively", ["61%", "57%"]),
    ("at weeks 3 (P = .02), 6 and 12 (P = .3) in all", []),
    ("at week 12, 34 (40%) responded", ["34", "40%"]),
    ("at week 4 and 12 patients left", ["12"]),
    ("grade 3 and 4 events in 7 men", ["7"]),
    ("between 24:00 and 08:00 hours it was 18.5% more", ["18.5%"]),
]


@pytest.mark.parametrize(("text", "numbers"), LABELS, ids=[text[:30] for text, _ in LABELS])
def test_numbers_that_go_on_with_names_are_names(text: str, numbers: list[str]) -> None:
    article = read(text)
    p_values = [(m.start, m.end) for m in extract_p_values(article)]
    found = [m for m in extract_quantities(article) if not any(s < m.end and m.start < e for s, e in p_values)]
    assert [text[m.start : m.end] for m in found] == numbers
