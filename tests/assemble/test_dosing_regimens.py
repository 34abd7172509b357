"""Regimens whose parts are told apart from the dose: counts behind strengths, arms, cycles, steps, places."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build
from trialmine.records.trial import Dosing


def rows(text: str, **given: Any) -> list[Dosing]:
    return list(build(text, **given)[0])


def code(row: Dosing) -> str | None:
    return row.frequency.code if row.frequency else None


def value(row: Dosing) -> float | None:
    return row.dose.value if row.dose else None


STRENGTHS = [
    (
        "Patients received alfamine-betamine 100/6 ug, two inhalations twice daily, or gammamine 200 ug twice daily.",
        [("alfamine", 200), ("betamine", 12), ("gammamine", 200)],
    ),
    (
        "They used alfamine/betamine 80/4 ug (two puffs b.i.d.) or gammamine 400 ug, one puff daily.",
        [("alfamine", 160), ("betamine", 8), ("gammamine", 400)],
    ),
    ("Patients took alfamine 5 mg, two tablets daily.", [("alfamine", 10)]),
    ("Patients took alfamine 10 mg (two tablets) daily.", [("alfamine", 10)]),
    ("They took two puffs of alfamine 50 ug twice daily.", [("alfamine", 100)]),
]


@pytest.mark.parametrize(("text", "doses"), STRENGTHS)
def test_strength_times_count(text: str, doses: list[tuple[str, float]]) -> None:
    found = [(r.intervention, value(r)) for r in rows(text) if r.dose and not r.dose.unit.startswith("{")]
    assert found == doses


FREQUENCIES = [
    ("They received alfamine AUC 2 weekly and betamine 50 mg/m2 weekly.", ["QW", "QW"]),
    ("Alfamine was started at 0.5 mg once weekly, then 2 mg, or betamine 9 U at bedtime.", ["QW", "QW", "QD"]),
    ("Alfamine 0.2 mg once weekly or betamine 10 units at bedtime.", ["QW", "QD"]),
]


@pytest.mark.parametrize(("text", "codes"), FREQUENCIES)
def test_frequency_of_each(text: str, codes: list[str]) -> None:
    assert [code(r) for r in rows(text)] == codes


def test_a_step_does_not_take_the_next_drugs_condition() -> None:
    found = rows("Alfamine was started at 0.5 mg once weekly, then 2 mg, or betamine 9 U at bedtime.")
    assert [r.condition for r in found] == [None, None, "at bedtime"]


@pytest.mark.parametrize("text", ["Alfamine 2 mg every 10 min as needed.", "Alfamine 5 mg twice daily, if required."])
def test_as_needed_beside_an_interval(text: str) -> None:
    (row,) = rows(text)
    assert row.frequency is not None
    assert row.frequency.as_needed
    assert row.frequency.count is not None


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Betamine 12 U daily; alfamine 0.3 U/kg once daily.", ["[iU]", "[iU]/kg"]),
        ("Alfamine was given as a loading dose of 15 mg/kg, then 4 mg/kg/day for 5 days.", ["mg/kg", "mg/kg/d"]),
        ("They got 5 mg of alfamine and 15 mg of betamine per day.", ["mg/d", "mg/d"]),
    ],
)
def test_units(text: str, units: list[str]) -> None:
    assert [r.dose and r.dose.unit for r in rows(text)] == units


def test_route_and_infusion_time_stay_in_their_arm() -> None:
    text = (
        "Patients were assigned to arm A, alfamine 70 mg/m2 and betamine 90 mg/m2, both on day 1, or to arm B, "
        "gammamine 30 mg/m2 intravenously over 40 minutes on days 1, 8 and 15."
    )
    found = rows(text, arms=(("arm A", ("alfamine", "betamine")), ("arm B", ("gammamine",))))
    assert [r.route for r in found] == [None, None, "intravenous"]
    assert [r.infusion_time and r.infusion_time.value for r in found] == [None, None, 40]
    assert [r.schedule and r.schedule.days for r in found] == [(1,), (1,), (1, 8, 15)]


DAYS = [
    ("Alfamine 50 mg/m2 on days 1, 8 and 15.", (1, 8, 15)),
    ("Alfamine 50 mg/m2 on days 1-3 and 15-17.", (1, 2, 3, 15, 16, 17)),
    ("Alfamine 50 mg/m2 on days 1 to 3 and on days 15 to 17.", (1, 2, 3, 15, 16, 17)),
]


@pytest.mark.parametrize(("text", "days"), DAYS)
def test_days_at_the_end_of_a_sentence(text: str, days: tuple[int, ...]) -> None:
    (row,) = rows(text)
    assert row.schedule is not None
    assert row.schedule.days == days


OF_ONE_DRUG = [
    (
        "They had alfamine 1000 mg/m2 twice daily and betamine 130 mg/m2 on day 1 of a 3-week cycle.",
        [((), 3), ((1,), 3)],
    ),
    ("They had alfamine 5 mg daily plus betamine 8 mg/m2 on days 1 and 8 every 21 days.", [None, ((1, 8), 21)]),
    (
        "Alfamine 25 mg daily and betamine 40 mg daily were given on days 1-3 of a 28-day cycle.",
        [((1, 2, 3), 28), ((1, 2, 3), 28)],
    ),
    (
        "Alfamine 25 mg daily and betamine 40 mg were given on days 1-3 of a 28-day cycle.",
        [((), 28), ((1, 2, 3), 28)],
    ),
    ("Alfamine 5 mg/m2 and betamine 8 mg/m2 were given on day 1 of a 21-day cycle.", [((1,), 21), ((1,), 21)]),
]


@pytest.mark.parametrize(("text", "plans"), OF_ONE_DRUG)
def test_days_behind_a_drug_are_not_lent_to_one_with_a_frequency_of_its_own(text: str, plans: list[Any]) -> None:
    found = [r.schedule and (r.schedule.days, r.schedule.cycle_length.value) for r in rows(text)]
    assert found == plans


def test_the_cycle_holds_for_every_drug_with_days() -> None:
    first, _ = rows("Alfamine 60 mg/m2 on days 1 and 2 and betamine 75 mg/m2 on day 1 every 28 days.")
    assert first.schedule is not None
    assert first.schedule.days == (1, 2)
    assert first.schedule.cycle_length is not None
    assert first.schedule.cycle_length.value == 28


def test_cycles_told_arm_by_arm() -> None:
    text = (
        "Arm A was alfamine 50 mg/m2 on day 1 and arm B was betamine 20 mg/m2 on days 1 and 8. "
        "Cycles were given every 3 weeks in arm A and every 4 weeks in arm B, up to a maximum of 6."
    )
    found = rows(text, arms=(("arm A", ("alfamine",)), ("arm B", ("betamine",))))
    schedules = [r.schedule for r in found if r.schedule]
    assert [s.cycle_length and s.cycle_length.value for s in schedules] == [3, 4]
    assert [s.cycles_max for s in schedules] == [6, 6]


def test_a_regimen_told_in_the_results_of_a_trial_of_one_drug() -> None:
    text = "RESULTS: In all, 90 injections were given, with doses between 2 and 20 mg s.c. every 2 weeks."
    (row,) = rows(text, names=("alfamine",))
    assert row.dose is not None
    assert (row.dose.low, row.dose.high, row.route, code(row)) == (2, 20, "subcutaneous", "Q2W")


def test_evidence_quotes_every_place() -> None:
    text = (
        "METHODS: All patients received alfamine 5 mg. Some of them had oral alfamine before, and after a further "
        "visit to the ward, which took place in every hospital of the region, took alfamine 5 mg on days 1 and 8. "
        "Alfamine 5 mg was given twice daily."
    )
    (row,) = rows(text)
    quoted = " | ".join(e.quote for e in row.evidence)
    assert "twice daily" in quoted
    assert "days 1 and 8" in quoted


def test_the_first_dose_is_starting() -> None:
    (row,) = rows("The first cohort began at 2 mg of alfamine daily.")
    assert row.role == "starting"


NOT_OURS = [
    "Patients received alfamine 5 mg daily and XYZ 40 mg daily.",
    "Patients received alfamine 5 mg daily (with XQ 300 mg daily).",
]


@pytest.mark.parametrize("text", NOT_OURS)
def test_a_dose_behind_an_unknown_short_name_is_no_dose_of_ours(text: str) -> None:
    assert [value(r) for r in rows(text)] == [5]


def test_the_letters_of_a_regimen_are_no_drug_beside_their_drugs() -> None:
    names = ("cyclophosphamide", "methotrexate", "fluorouracil", "CMF")
    found = rows("Women received CMF (600, 40, 600 mg/m2) every 4 weeks. CMF was given for a year.", names=names)
    assert [(r.intervention, value(r)) for r in found] == [
        ("cyclophosphamide", 600),
        ("methotrexate", 40),
        ("fluorouracil", 600),
    ]


def test_a_number_of_doses_told_of_all_treatments() -> None:
    found = rows("Patients received alfamine 5 mg or betamine 2 mg. Each patient received 8 doses of each medication.")
    assert [r.administrations for r in found] == [8, 8]


def test_a_short_name_of_two_drugs_gives_each_its_number() -> None:
    text = "They inhaled ABC (alfamine and betamine). ABC 50/100 ug was given twice daily."
    given = [(r.intervention, value(r), code(r)) for r in rows(text) if r.dose]
    assert given == [("alfamine", 50, "BID"), ("betamine", 100, "BID")]


ROLES = [
    ("Alfamine 400 mg/m2 bolus then 2400 mg/m2 infusion was given.", [None, None]),
    ("Alfamine 4 mg/kg bolus then 2 mg/kg/h infusion was given.", ["loading", "maintenance"]),
    (
        "They had alfamine 160 mg at week 0, followed by 80 mg at week 2, followed by 40 mg every other week.",
        ["loading", "loading", "maintenance"],
    ),
]


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_steps_of_one_drug(text: str, roles: list[str | None]) -> None:
    assert [r.role for r in rows(text)] == roles


def test_a_name_before_its_short_form_keeps_what_stands_before_it() -> None:
    text = "They had alfamine 5 mg/m2 on day 1 and weekly betamine (BET, 80 mg/m2, days 1, 8 and 15)."
    assert [code(r) for r in rows(text, abbreviations={"BET": "betamine"})] == [None, "QW"]


def test_a_supportive_drug_takes_no_regimen() -> None:
    found = rows("They had alfamine 150 mg/m2 with betamine support every 3 weeks.")
    assert [r.intervention for r in found] == ["alfamine"]


def test_what_is_infused_takes_no_daily_frequency_of_the_next_drug() -> None:
    text = "They had alfamine 250 mg/m2 as a 90-min infusion with betamine 1000 mg/m2 twice daily for 14 days."
    assert [(code(r), r.duration and r.duration.value) for r in rows(text)] == [(None, None), ("BID", 14)]


REPEATED = [
    ("Women received a single dose of alfamine 10 mg every 4 weeks.", ["Q4W"]),
    ("Single doses of alfamine 10 mg at 4-week intervals were given.", ["Q4W"]),
    ("A single oral dose of alfamine (200 ug/kg) was given monthly.", ["QM"]),
    ("Women received a single dose of alfamine 10 mg, then betamine 75 mg daily.", ["ONCE", "QD"]),
    ("Women received a single dose of alfamine 10 mg and betamine 5 mg daily.", ["ONCE", "QD"]),
    ("Women received a single dose of alfamine 10 mg. Blood was drawn every 4 weeks.", ["ONCE"]),
]


@pytest.mark.parametrize(("text", "codes"), REPEATED)
def test_a_single_dose_that_is_given_again_and_again(text: str, codes: list[str]) -> None:
    assert [code(r) for r in rows(text)] == codes
