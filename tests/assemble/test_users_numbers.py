"""Whole records of sentences in which users met wrong numbers: lost points, margins, strengths, units, other arms."""

from __future__ import annotations

from typing import Any

import pytest

from trialmine.flow import load
from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord

FLOW = load(ner_model="none")
TWO = "METHODS: Adults were randomised to atropine 0.05% (n = 40) or placebo (n = 41).\nRESULTS: "
PAIR = "METHODS: Adults were randomised to metformin (n = 40) or placebo (n = 41).\nRESULTS: "
THREE = "METHODS: Adults were randomised to metformin (n = 40), tramadol (n = 40) or placebo (n = 41).\nRESULTS: "


def record_of(text: str) -> TrialRecord:
    record = next(iter(FLOW.outcomes([Document(text=text, format="text", doc_id="x")]))).record
    assert record is not None
    return record


DOSES = [
    ("Adults took metformin 0 5 mg twice daily.", []),
    ("Adults took dexmedetomidine 0 75 mcg/kg once.", []),
    ("Adults took warfarin one 5 mg daily.", []),
    ("Adults took warfarin 0.5 mg daily.", [0.5]),
    ("Adults took warfarin 7 5 mg daily.", []),
    ("Adults took bisoprolol 1 25 mg daily and apixaban 2 5 mg twice daily.", []),
    ("Adults took warfarin 2 5 to 10 mg daily.", []),
    ("Adults took warfarin 12 5-mg daily.", []),
    ("Children were given midazolam 2 5 mg/kg once.", []),
    ("On day 2 warfarin 5 mg was given, and on day 3 7 mg of it.", [5, 7]),
    ("Adults took two or 2 5-mg tablets of warfarin daily.", [10]),
    ("Adults took vitamin B 12 5 mg daily.", [5]),
    ("Infants took vitamin D 50 000 IU weekly.", [50000]),
    ("Adults took heparin 5 000 IU twice daily.", [5000]),
    ("Adults took metformin 1 000 mg twice daily.", [1000]),
    ("Adults took warfarin one 5 mg tablet daily.", [5]),
    ("On day 0 metformin 5 mg was given.", [5]),
]


@pytest.mark.parametrize(("text", "expected"), DOSES)
def test_the_number_behind_a_lost_point_is_no_dose(text: str, expected: list[float]) -> None:
    rows = record_of("A trial.\n" + text).dosing
    assert [d.dose.value for d in rows if d.dose] == expected
    assert not [d for d in rows if d.role in ("loading", "maintenance")]


RESULTS: list[tuple[str, str, dict[str, Any] | None]] = [
    # a value that must not be there is None
    (PAIR + "Death occurred in 21.8% and 12.3%. The margin was a 10% absolute difference.", "10", None),
    (PAIR + "Weight gain of 7% or more occurred in 21.8% and 12.3% of patients.", "7", None),
    (PAIR + "Mean pain was 32.4 14.1 (metformin) and 26.9 ± 15.3 (placebo).", "14.1", None),
    (PAIR + "Median survival was 12 1 months versus 9 8 months.", "9", None),
    (PAIR + "Relapse was seen in 44 4% and 32 1% of patients, p = 0.02.", "32", None),
    (PAIR + "Pain rose by 1 4 ± 0 5 points with metformin.", "4", None),
    (PAIR + "Pain fell by 2.1 points with metformin (P = 3×10−3).", "3", None),
    (PAIR + "Relapse was equal (difference 0.2% [1-sided 95% CI –∞ to 4.0%]).", "4.0", None),
    (PAIR + "Relapse was equal (difference 0.2%; 95% CI, −1.9% to +∞).", "1.9", None),
    (PAIR + "Pain fell by 25.1% with timolol 0.5% (n = 40) and by 30.2% with placebo.", "0.5", None),
    (PAIR + "Pain was rare with timolol 0.5% eye drops and with clobetasol 0.05% foam.", "0.5", None),
    (PAIR + "Relapse with tacrolimus 0.1% (45%) was rarer than with placebo (61%).", "0.1", None),
    (
        PAIR + "Relapse was rarer with metformin 2.1% than with placebo 3.4%.",
        "2.1",
        {"measure": "proportion", "unit": "%"},
    ),
    (PAIR + "Relapse was equal (RR 1 ten, P = .3).", "1", None),
    (PAIR + "Median survival was 31 two months with metformin.", "31", None),
    (TWO + "Axial growth was 0.28 mm less with 0.05% atropine than with placebo (95% CI 0.19 to 0.37).", "0.05", None),
    (
        TWO + "The mean difference was 0.68 D (95% CI, 0.50 to 0.86) with atropine.",
        "0.68",
        {"unit": "[diop]", "measure": "mean_difference"},
    ),
    (TWO + "The mean difference was 14 d (95% CI, 12 to 16) with atropine.", "14", {"unit": "d"}),
    (
        PAIR + "Attacks per month were 0.6 with metformin and 1.4 with placebo (rate ratio 0.43; 95% CI 0.33 to 0.57).",
        "0.6",
        {"measure": "rate"},
    ),
    (
        PAIR + "The geometric mean ratio of metformin 120 mg to 60 mg was 1.11 (95% CI 0.93 to 1.33).",
        "1.11",
        {"measure": "ratio"},
    ),
    (
        PAIR + "Median (IQR) duration was 21.4 (17.9-25.2) h with metformin and 11.2 (9.0-13.5) h with placebo.",
        "21.4",
        {"ci": None},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value", "expected"), RESULTS)
def test_numbers_of_results(text: str, value: str, expected: dict[str, Any] | None) -> None:
    found = [
        s for s in record_of("A trial.\n" + text).statistics if s.value is not None and abs(s.value) == float(value)
    ]
    if expected is None:
        assert found == []
    else:
        assert [{k: getattr(s, k) for k in expected} for s in found] == [expected]


def test_the_interval_is_of_the_value_and_not_of_the_strength() -> None:
    text = "Axial growth was 0.28 mm less with 0.05% atropine than with placebo (95% CI 0.19 to 0.37)."
    rows = [s for s in record_of("A trial.\n" + TWO + text).statistics if s.ci]
    assert [abs(s.value or 0) for s in rows] == [0.28]


def test_the_p_of_an_estimate_that_cannot_be_read_is_of_no_other() -> None:
    text = "Survival was 52.3% with metformin and 37.9% with placebo (HR 1 67; 95% CI, 3 49 0 92; P = .012)."
    assert [s.measure for s in record_of("A trial.\n" + PAIR + text).statistics if s.p] == ["p_value"]


ARMS = [
    (
        THREE
        + "Metformin was superior to placebo (mean difference 22.6, 95% CI 18.4 to 26.8) "
        "and to tramadol (5.5, 95% CI 1.1 to 9.9).",
        {22.6: {"metformin", "placebo"}, 5.5: {"metformin", "tramadol"}},
    ),
    (
        THREE
        + "The mean difference between metformin and placebo was 4.5 (95% CI 2.4 to 6.8), "
        "and between tramadol and placebo 1.5 (95% CI 0.4 to 2.8).",
        {4.5: {"metformin", "placebo"}, 1.5: {"tramadol", "placebo"}},
    ),
    (PAIR + "Remission (32.1% vs 21.7%) was more common with placebo.", {32.1: {"placebo"}, 21.7: {"metformin"}}),
    (PAIR + "Remission (32.1% vs 21.7%) was less common with placebo.", {32.1: {"metformin"}, 21.7: {"placebo"}}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), ARMS)
def test_whose_a_result_is(text: str, expected: dict[float, set[str]]) -> None:
    record = record_of("A trial.\n" + text)
    labels = {a.id: a.label.lower() for a in record.arms}
    found = {s.value: {labels[i] for i in s.arms} for s in record.statistics if s.value in expected}
    assert found == expected


NAMED = [
    # the P names its arm, in whatever order
    ("Pain was 12.1 with metformin, 15.2 with tramadol and 19.3 with placebo "
     "(P = .02 for tramadol and P = .001 for metformin).",
     {12.1: 0.001, 15.2: 0.02, 19.3: None}),
    ("Pain was 12.1 with metformin, 15.2 with tramadol and 19.3 with placebo (P = .02 for tramadol).",
     {12.1: None, 15.2: 0.02, 19.3: None}),
    ("Pain was 12.1 with metformin, 15.2 with tramadol and 19.3 with placebo (P = .02).",
     {12.1: 0.02, 15.2: None, 19.3: None}),
    # what goes on behind a comma, or behind "vs." with its point, is one list
    ("Relapse rates were 14.2% and 15.1%, vs. 33.4%; P < .001 for both comparisons.",
     {14.2: 0.001, 15.1: 0.001, 33.4: None}),
    ("Relapse rates were 14.2% and 15.1%, respectively, versus 33.4% with placebo (P < .001 for both).",
     {14.2: 0.001, 15.1: 0.001, 33.4: None}),
]  # fmt: skip


@pytest.mark.parametrize(("results", "wanted"), NAMED)
def test_a_p_that_names_an_arm_is_of_that_arms_result(results: str, wanted: dict[float, float | None]) -> None:
    found = {s.value: s.p.value if s.p else None for s in record_of(THREE + results).statistics if s.value is not None}
    assert found == wanted
