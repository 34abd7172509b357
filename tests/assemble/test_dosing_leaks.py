"""What is told of one drug alone, and the look-alikes in which it holds for its neighbours."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build

ROUTES = [
    # a bracket of its own
    (
        "Patients rinsed with alfamine 15 mL. Drugs were betamine (8 mg) and gammamine (0.25 mg IV).",
        [("alfamine", None), ("betamine", None), ("gammamine", "intravenous")],
    ),
    (
        "Patients received alfamine (5 mg) or betamine (8 mg), both orally.",
        [("alfamine", "oral"), ("betamine", "oral")],
    ),
    (
        "Alfamine was given orally at 50 mg with a regimen (betamine 85 mg/m2 and gammamine 400 mg/m2).",
        [("alfamine", "oral"), ("betamine", None), ("gammamine", None)],
    ),
    # what all had before they were assigned
    (
        "Men having an intrathecal injection of alfamine 10 mg were randomised to betamine 100 mcg or gammamine 5 IU.",
        [("alfamine", "intrathecal"), ("betamine", None), ("gammamine", None)],
    ),
    (
        "Men were randomised to intrathecal alfamine 100 mcg or betamine 5 mcg.",
        [("alfamine", "intrathecal"), ("betamine", "intrathecal")],
    ),
    # another form
    (
        "Adults had an alfamine patch of 4 mg/24 h or capsules starting with 1.5 mg of alfamine twice daily.",
        [("alfamine", "transdermal"), ("alfamine", "oral")],
    ),
    # another sentence
    (
        "Adults took alfamine nasal spray 56 mg twice weekly. Betamine 150 mg was given on day 1.",
        [("alfamine", "intranasal"), ("betamine", None)],
    ),
    (
        "Anaesthesia was begun with alfamine 2 mg/kg. Subcutaneous betamine 50 mg followed.",
        [("alfamine", None), ("betamine", "subcutaneous")],
    ),
    # what was added to both
    (
        "They had intravenous alfamine 750 mg monthly or betamine 1 g monthly, both with gammamine 60 mg/day.",
        [("alfamine", "intravenous"), ("betamine", "intravenous"), ("gammamine", None)],
    ),
    # each with its own times
    (
        "They had subcutaneous alfamine 10 U daily and betamine 500 mg twice daily.",
        [("alfamine", "subcutaneous"), ("betamine", None)],
    ),
    (
        "They had subcutaneous alfamine 10 mg and betamine 5 mg twice daily.",
        [("alfamine", "subcutaneous"), ("betamine", "subcutaneous")],
    ),
    # one of two ways
    ("Patients received alfamine 600 mg per day, oral or intravenous.", [("alfamine", None)]),
    ("Patients received alfamine 600 mg per day orally.", [("alfamine", "oral")]),
]


@pytest.mark.parametrize(("text", "expected"), ROUTES)
def test_a_route_is_lent_to_no_other_drug(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(r.intervention, r.route) for r in build(text)[0] if r.dose] == expected


def test_an_infusion_time_stays_outside_a_bracket_that_closed() -> None:
    text = "Women had a block (alfamine 2 mL with betamine 15 mcg) to get gammamine 100 mcg over 1 min."
    found = {r.intervention: r.infusion_time and r.infusion_time.value for r in build(text)[0]}
    assert found == {"alfamine": None, "betamine": None, "gammamine": 1}


ON_TOP = [
    (
        "Adults had alfamine 600 mg or placebo for 2 weeks, with standard betamine 2 g every 6 h.",
        {"alfamine": (None, 2), "betamine": ("Q6H", None)},
    ),
    ("Adults had alfamine 600 mg or betamine 2 g every 6 h.", {"alfamine": ("Q6H", None), "betamine": ("Q6H", None)}),
]


@pytest.mark.parametrize(("text", "expected"), ON_TOP)
def test_what_all_had_besides_keeps_its_own_timing(text: str, expected: dict[str, tuple[Any, Any]]) -> None:
    found = {
        r.intervention: (r.frequency and r.frequency.code, r.duration and r.duration.value) for r in build(text)[0]
    }
    assert {drug: found[drug] for drug in expected} == expected
    assert found.get("placebo", (None,))[0] is None


ROLES = [
    ("They had alfamine 4 mg (group RD, n = 32) or betamine 1 mg (group RX).", [None, None]),
    ("Alfamine was well tolerated. The RD was 5 mg of alfamine.", ["recommended"]),
    ("They had alfamine 300 mg every 4 weeks (600 mg loading dose) or alfamine 200 mg every 2 weeks.",
     [None, "loading", None]),
    ("They had alfamine 200 mg after a 400 mg loading dose or 300 mg of alfamine.", [None, "loading", None]),
    ("They had a loading dose of alfamine 600 mg, then alfamine 300 mg.", ["loading", "maintenance"]),
    ("They had alfamine 21 mg, then 14 mg, then 7 mg of alfamine.", [None, None, None]),
    ("They had alfamine 40 mg, then reduced over a week to 20 mg of alfamine.", [None, None]),
    ("They had alfamine 300 mg, then 75 mg daily.", ["loading", "maintenance"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "roles"), ROLES)
def test_roles_that_labels_and_steps_down_do_not_give(text: str, roles: list[str | None]) -> None:
    assert [r.role for r in build(text)[0] if r.dose] == roles


CEILINGS = [
    ("They had alfamine 30 mg/kg (maximum 2 g) 8-hourly.", [(30, "Q8H"), (2, None)]),
    ("They had alfamine 30 mg/kg every 8 h (maximum 2 g).", [(30, "Q8H"), (2, None)]),
    ("They had alfamine 5 mg once daily, increased to a maximum of 20 mg twice daily.", [(5, "QD"), (20, "BID")]),
]


@pytest.mark.parametrize(("text", "expected"), CEILINGS)
def test_what_stands_behind_a_ceiling_is_told_of_the_dose(text: str, expected: list[tuple[float, str | None]]) -> None:
    found = build(text)[0]
    assert [(r.dose.value, r.frequency and r.frequency.code) for r in found if r.dose] == expected


NEEDED = [
    ("Alfamine 5 mg at bedtime was given if needed.", [True]),
    ("Alfamine 1 mg twice daily was allowed as needed.", [True]),
    ("Alfamine 1 mg twice daily was given and betamine 2 mg was used as needed.", [False, True]),
]


@pytest.mark.parametrize(("text", "expected"), NEEDED)
def test_what_was_allowed_if_needed(text: str, expected: list[bool]) -> None:
    assert [r.frequency is not None and r.frequency.as_needed for r in build(text)[0]] == expected
