"""What is told behind a list and is not told of all of it; and what is told of drugs that are written as one."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build, short

ROWS: list[tuple[str, list[tuple[Any, ...]]]] = [
    # a needle and a tablet
    (
        "They had alfamine 2 g intravenously or betamine 1 g orally three times daily for 10 days.",
        [("alfamine", 2, "g", None), ("betamine", 1, "g", "TID")],
    ),
    (
        "They had alfamine 2 g or betamine 1 g orally three times daily.",
        [("alfamine", 2, "g", "TID"), ("betamine", 1, "g", "TID")],
    ),
    # once, and by the day
    (
        "They had alfamine 2 mg/kg at birth and betamine 4 mg/kg twice daily for 6 weeks.",
        [("alfamine", 2, "mg/kg", None), ("betamine", 4, "mg/kg", "BID")],
    ),
    (
        "They had alfamine 0.5 mg/kg over 40 minutes or betamine 0.05 mg/kg, twice weekly for 4 weeks.",
        [("alfamine", 0.5, "mg/kg", "BIW"), ("betamine", 0.05, "mg/kg", "BIW")],
    ),
    # a placebo with each
    (
        "They were assigned to alfamine 25 mg or betamine 300 mg, each with matching placebo, once daily.",
        [("alfamine", 25, "mg", "QD"), ("betamine", 300, "mg", "QD"), ("placebo", None, None, "QD")],
    ),
    # written as one
    (
        "They had a single dose of alfamine 2 mg or oral betamine-gammamine twice daily.",
        [("alfamine", 2, "mg", "ONCE"), ("betamine", None, None, "BID"), ("gammamine", None, None, "BID")],
    ),
    (
        "They had alfamine-betamine 25 mg/kg and 1.25 mg/kg daily.",
        [("alfamine", 25, "mg/kg", "QD"), ("betamine", 1.25, "mg/kg", "QD")],
    ),
    (
        "They had light three times weekly with alfamine 5 mg twice daily.",
        [("alfamine", 5, "mg", "BID")],
    ),
    # said again in a bracket
    ("They had alfamine 600 ug orally (three 200 ug tablets).", [("alfamine", 600, "ug", None)]),
    ("They had alfamine 600 ug (then 200 ug) daily.", [("alfamine", 600, "ug", None), ("alfamine", 200, "ug", "QD")]),
    (
        "They had two capsules daily, each with 400 mg alfamine, or betamine capsules.",
        [("alfamine", 800, "mg", "QD"), ("betamine", None, None, "QD")],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), ROWS)
def test_rows(sentence: str, expected: list[tuple[Any, ...]]) -> None:
    assert [short(row) for row in build(sentence)[0]] == expected


def test_a_weekly_course_has_no_cycles_of_another_drug() -> None:
    text = "They had alfamine 80 mg/m2 weekly for 12 weeks or betamine 100 mg/m2 every 3 weeks for four cycles."
    alfamine, betamine = build(text)[0]
    assert alfamine.schedule is None
    assert betamine.schedule
    assert betamine.schedule.cycles == 4


def test_equal_doses_that_run_differently_are_two() -> None:
    text = "They had 1 g alfamine over 10 min then an infusion of 1 g over 8 h."
    rows = build(text)[0]
    assert sorted((r.infusion_time.value, r.infusion_time.unit) for r in rows if r.infusion_time) == [
        (8, "h"),
        (10, "min"),
    ]


def test_the_time_of_an_infusion_is_not_the_bolus_s() -> None:
    text = "They had alfamine 5 IU as a bolus plus an infusion of 40 IU in 500 mL saline over 4 h."
    bolus, infusion = build(text, ("alfamine", "saline"))[0]
    assert bolus.infusion_time is None
    assert infusion.infusion_time
    assert infusion.infusion_time.value == 4


GRAYS: list[tuple[str, list[float | None]]] = [
    ("They had radiotherapy to 60 Gy in 2-Gy fractions.", [60]),
    ("They had radiotherapy of 45 Gy (1.8 Gy per fraction).", [45]),
    ("They had radiotherapy of 8 Gy in one fraction or 20 Gy in five fractions.", [8, 20]),
    ("They had radiotherapy in fractions of 2 Gy.", [2]),
]


@pytest.mark.parametrize(("sentence", "values"), GRAYS)
def test_what_each_fraction_had_is_no_dose_beside_the_whole(sentence: str, values: list[float | None]) -> None:
    rows = build(sentence, ("radiotherapy",), kinds={"radiotherapy": "radiation"})[0]
    assert [r.dose.value for r in rows if r.dose] == values


def test_light_is_no_amount_of_a_cream() -> None:
    rows = build("They applied alfamine 5% cream daily or had light with 75 J/cm2.")[0]
    assert [short(r) for r in rows] == [("alfamine", 5, "%", "QD")]


def test_what_is_breathed_in_a_sentence_without_heading() -> None:
    text = "Anaesthesia was maintained with sevoflurane 2% in 50% oxygen."
    assert [r.dose.value for r in build(text, ("sevoflurane", "oxygen"))[0] if r.dose] == [2, 50]
    text = "They had sevoflurane 1.5-2.5% or alfamine."
    assert [(r.dose.low, r.dose.high) for r in build(text, ("sevoflurane", "alfamine"))[0] if r.dose] == [(1.5, 2.5)]
