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
    # the interval of a regimen, told at the end of its bracket
    (
        "They had ABC (alfamine 180 mg/m2, betamine 400 mg/m2, gammamine 400 mg/m2 then 2400 mg/m2 over 46 h "
        "every 2 weeks).",
        [
            ("alfamine", 180, "mg/m2", "Q2W"),
            ("betamine", 400, "mg/m2", "Q2W"),
            ("gammamine", 400, "mg/m2", "Q2W"),
            ("gammamine", 2400, "mg/m2", "Q2W"),
        ],
    ),
    (
        "They had alfamine 5 mg (group A) or betamine 6 mg (then every 2 weeks).",
        [("alfamine", 5, "mg", None), ("betamine", 6, "mg", "Q2W")],
    ),
    # what has an item of its own behind it is not told of it before
    (
        "A varnish was applied every 6 months versus alfamine 38% annually.",
        [("alfamine", 38, "%", "QY")],
    ),
    # a loading dose is given once
    (
        "They had alfamine 300 mg and betamine (60-mg loading dose and 10-mg daily maintenance dose).",
        [("alfamine", 300, "mg", None), ("betamine", 60, "mg", None), ("betamine", 10, "mg", "QD")],
    ),
    # a daily total that followed on the same amount
    (
        "They had alfamine 40 mg before surgery, followed by 40 mg/day for 30 days.",
        [("alfamine", 40, "mg", None), ("alfamine", 40, "mg/d", None)],
    ),
    (
        "They had alfamine 250 mg over 20 min before and after 7 days of betamine 200 mg three times daily.",
        [("alfamine", 250, "mg", None), ("betamine", 200, "mg", "TID")],
    ),
    (
        "They had alfamine 500 mg/m2 by bolus weekly with betamine 20 mg/m2 weekly.",
        [("alfamine", 500, "mg/m2", "QW"), ("betamine", 20, "mg/m2", "QW")],
    ),
    # a dose without a name behind two drugs
    (
        "They had alfamine 75 mg daily versus betamine 50 mg daily. The dose given was 25 mg in the first week.",
        [("alfamine", 75, "mg", "QD"), ("betamine", 50, "mg", "QD")],
    ),
    (
        "They had alfamine 75 mg daily or placebo. The dose given was 25 mg in the first week.",
        [("alfamine", 75, "mg", "QD"), ("alfamine", 25, "mg", None)],
    ),
    # an item in the middle of a list
    (
        "They had alfamine, betamine 1 g twice daily and gammamine.",
        [("betamine", 1, "g", "BID")],
    ),
    ("They had alfamine 64 ug (one spray of 32 ug per nostril) once daily.", [("alfamine", 64, "ug", "QD")]),
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


def test_days_behind_a_ceiling_are_those_of_the_whole_list() -> None:
    text = "They had alfamine 375 mg/m2, betamine 1.4 mg/m2 (maximum 2 mg) on day 1, and gammamine 100 mg on days 1-5."
    rows = build(text)[0]
    days = {(r.intervention, r.dose.value): r.schedule.days for r in rows if r.dose and r.schedule}
    assert days == {("alfamine", 375): (1,), ("betamine", 1.4): (1,), ("gammamine", 100): (1, 2, 3, 4, 5)}


def test_days_that_were_told_of_what_was_given() -> None:
    text = "Alfamine 25 mg was given orally on days 1-3 of a 28-day cycle with betamine 40 mg on days 1-4."
    rows = build(text)[0]
    assert [r.schedule and r.schedule.days for r in rows] == [(1, 2, 3), (1, 2, 3, 4)]


FORMS = [
    # what nobody gives so
    ("They had alfamine 80 mg, then 8 mg/h for 72 h, or alfamine 40 mg orally twice daily.", [None, None, "oral"]),
    ("They had alfamine 20 mL/kg at the time of spinal injection with betamine 10 mg.", [None, "intrathecal"]),
    ("They had alfamine gel 50 mg/day or betamine 1000 mg intramuscularly every 12 weeks.", [None, "intramuscular"]),
    ("They had alfamine 5 mg tablets or betamine 10 mg subcutaneously.", ["oral", "subcutaneous"]),
    ("They had alfamine 2 mg daily for 4 weeks or betamine 20 IU intramuscularly daily.", [None, "intramuscular"]),
    (
        "They had alfamine 200 mg i.m. every 2 weeks or an alfamine patch (two patches delivering 5 mg/day).",
        ["intramuscular", "transdermal"],
    ),
    ("They took two capsules daily, each containing 400 mg of alfamine.", ["oral"]),
    ("They had alfamine 5 mg or betamine 10 mg, both intramuscularly.", ["intramuscular", "intramuscular"]),
]


@pytest.mark.parametrize(("sentence", "routes"), FORMS)
def test_what_is_no_needle_s_is_not_injected(sentence: str, routes: list[str | None]) -> None:
    assert [r.route for r in build(sentence)[0]] == routes


def test_dose_escalation_is_no_course_of_the_dose() -> None:
    text = "They had alfamine 2.4 mg once weekly (after 16 weeks of dose escalation) for 68 weeks."
    (row,) = build(text)[0]
    assert row.duration
    assert row.duration.value == 68


def test_roles_of_two_drugs_that_are_loaded_in_brackets() -> None:
    text = (
        "They had alfamine (60-mg loading dose and 10-mg daily maintenance dose) or betamine (300-mg loading dose and "
        "75-mg daily maintenance dose)."
    )
    assert [r.role for r in build(text)[0]] == ["loading", "maintenance"] * 2


def test_a_dose_that_every_group_is_said_to_have() -> None:
    text = "Group 1 received alfamine 2 mg and betamine 1 mg, group 2 received alfamine 2 mg and gammamine 5 mg."
    arms = (("Group 1", ("alfamine", "betamine")), ("group 2", ("alfamine", "gammamine")))
    rows = {r.intervention: r.arms for r in build(text, arms=arms)[0]}
    assert rows == {"alfamine": ("Group 1", "group 2"), "betamine": ("Group 1",), "gammamine": ("group 2",)}


WITHIN = [("alfamine 2 mg/kg was given within 4 h of it", None), ("alfamine 2 mg/kg was infused within 30 min", 30)]


@pytest.mark.parametrize(("said", "minutes"), WITHIN)
def test_the_time_within_which_something_was_given_is_no_infusion(said: str, minutes: float | None) -> None:
    (row,) = build(f"After the intravenous line {said}.")[0]
    assert (row.infusion_time and row.infusion_time.value) == minutes


def test_an_infusion_of_the_next_group_is_not_lent() -> None:
    text = "Group A had alfamine 30 mg IV, group B received betamine 75 mg IV infusion over 30 min."
    assert [r.infusion_time and r.infusion_time.value for r in build(text)[0]] == [None, 30]


def test_counts_and_lengths_of_a_regimen_keep_to_their_drugs() -> None:
    text = (
        "They had alfamine 1.5 mg/m2 weekly for four doses, betamine 40 mg/m2/day for 28 days and gammamine "
        "6000 U/m2 IM three times a week x 9 doses."
    )
    rows = build(text)[0]
    assert [r.administrations for r in rows] == [4, None, 9]
    assert [r.duration and r.duration.value for r in rows] == [None, 28, None]
    assert [r.schedule for r in rows] == [None, None, None]


def test_a_second_frequency_has_its_own_length() -> None:
    text = "They had alfamine 10 ug daily for 2 weeks then twice weekly for 50 weeks."
    rows = build(text)[0]
    assert [(r.frequency and r.frequency.code, r.duration and r.duration.value) for r in rows] == [
        ("QD", 2),
        ("BIW", 50),
    ]


def test_a_length_behind_the_last_of_dated_steps() -> None:
    text = (
        "They had alfamine 500 mg once daily in week 1, 750 mg twice daily in week 2 and 1000 mg twice daily "
        "thereafter until week 24."
    )
    assert [r.duration and r.duration.value for r in build(text)[0]] == [None, None, 24]


def test_a_dose_until_recovery_has_not_the_length_of_the_next() -> None:
    first, second = build("They had alfamine 80 mg/kg/day until afebrile, then 3 mg/kg/day for 6 weeks.")[0]
    assert first.duration is None or first.duration.value is None
    assert second.duration
    assert second.duration.value == 6


def test_the_days_of_tablets_are_not_those_of_infusions() -> None:
    text = "They had ABC (alfamine 750 mg/m2, betamine 50 mg/m2 and gammamine 100 mg on days 1-5, every 3 weeks)."
    rows = build(text)[0]
    assert [r.schedule and r.schedule.days for r in rows] == [None, None, (1, 2, 3, 4, 5)]
    assert [r.frequency and r.frequency.code for r in rows][:2] == ["Q3W", "Q3W"]


def test_the_time_of_one_infusion_of_a_regimen() -> None:
    text = "They had alfamine 85 mg/m2, betamine 200 mg/m2 and gammamine 2600 mg/m2 as a 24-h infusion."
    assert [r.infusion_time and r.infusion_time.value for r in build(text)[0]] == [None, None, 24]


def test_a_year_of_treatment_is_that_of_both() -> None:
    text = "They had alfamine 210 mg monthly subcutaneously or betamine 70 mg weekly orally for 12 months."
    assert [r.duration and r.duration.value for r in build(text)[0]] == [12, 12]


def test_the_rate_of_a_solution_is_no_amount_of_the_solvent() -> None:
    rows = build("They had alfamine 20 units in 500 mL saline at 125 mL/h.", ("alfamine", "saline"))[0]
    assert [(r.intervention, r.dose and r.dose.unit) for r in rows] == [("alfamine", "[iU]")]


def test_days_in_the_bracket_of_another_drug() -> None:
    rows = build("They had alfamine (AUC 5) and betamine (100 mg/m2 on days 1-3).", ("alfaplatin", "betamine"))[0]
    assert [(r.intervention, r.schedule and r.schedule.days) for r in rows] == [("betamine", (1, 2, 3))]
    rows = build("They had alfamine (300 mg/m2) and betamine (100 mg/m2 on days 1-3).")[0]
    assert [r.schedule and r.schedule.days for r in rows] == [None, (1, 2, 3)]


CEILINGS = [
    "Alfamine (8 mg per kilogram of body weight, up to 800 mg) or placebo was given as a single infusion.",
    "Alfamine 8 mg/kg, up to 800 mg, was given as a single infusion.",
]


@pytest.mark.parametrize("text", CEILINGS)
def test_up_to_an_amount_behind_one_by_weight(text: str) -> None:
    rows = [r for r in build(text)[0] if r.intervention == "alfamine"]
    assert [(r.dose and r.dose.value, r.role) for r in rows] == [(8, None), (800, "maximum")]
    assert rows[0].frequency
    assert rows[0].frequency.code == "ONCE"


def test_what_a_tablet_that_was_given_holds_is_a_dose() -> None:
    text = "Group 1 received a daily tablet containing 30 mg alfamine; group 2 received 60 mg alfamine."
    assert [r.dose and r.dose.value for r in build(text)[0]] == [30, 60]
    text = "Identical tablets that contained 50 mg of alfamine were used. They took alfamine 100 mg once daily."
    assert [r.dose and r.dose.value for r in build(text)[0]] == [100]
