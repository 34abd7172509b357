"""Whose a dose, a length and a route are: of the arm whose size closes it, of one step, of one drug."""

from __future__ import annotations

import pytest

from support.dosing_rows import build

TWO = (("high-dose group (n = 61)", ("alfamine",)), ("standard-dose group (n = 63)", ("alfamine",)))
ROUTES: list[tuple[str, list[str | None]]] = [
    # an adjective before one drug is not the other's
    ("They took alfamine 5 mg daily with oral betamine 6 mg daily.", [None, "oral"]),
    ("They were assigned to oral alfamine 5 mg daily or to betamine 6 mg.", ["oral", None]),
    ("They took oral alfamine 5 mg or betamine 6 mg daily.", ["oral", "oral"]),
    # what a dose closes with is not the next drug's
    ("They had alfamine 50 mg/kg i.v. on days 3 and 4, then betamine 15 mg/kg twice daily.", ["intravenous", None]),
    ("They took alfamine 5 mg or betamine 6 mg orally.", ["oral", "oral"]),
    # a depot is not swallowed
    ("Alfamine 400 mg was injected once a month, with oral alfamine 10 mg daily.", [None, "oral"]),
    ("They had depot alfamine 64 mg monthly or oral alfamine 8 mg daily.", [None, "oral"]),
    (
        "They had depot alfamine 16 mg on day 1, then 24 mg weekly with sublingual placebo.",
        [None, None],
    ),
    # a cream tells nothing of milligrams
    ("They had alfamine 150 mg every 2 weeks; all used betamine 0.1% cream once daily.", [None, "topical"]),
    ("They used alfamine 1% or betamine 0.1% cream once daily.", ["topical", "topical"]),
]
LENGTHS: list[tuple[str, list[float | None]]] = [
    ("They took alfamine 200 mg on the first day and 100 mg/day for the next 6 days.", [None, 6]),
    ("They took alfamine 200 mg daily or betamine 100 mg daily for 6 days.", [6, 6]),
    (
        "Alfamine was given at 25 mg/day for weeks 1-2, 50 mg/day in week 3 and 75 mg/day from week 4 on.",
        [2, None, None],
    ),
    ("They had alfamine 9 mg on two days or hormone withdrawal for 4 weeks.", [None]),
    ("They had alfamine 9 mg daily or placebo for 4 weeks.", [4, 4]),
    ("They had alfamine 9 mg nightly for 24 months, followed by a 12-month washout.", [24]),
    ("They had alfamine 16 mg on day 1, then 24 mg weekly for 12 weeks.", [None, 12]),
    ("They had alfamine 16 mg weekly for 12 weeks.", [12]),
]
CYCLES: list[tuple[str, tuple[int | None, int | None]]] = [
    ("Alfamine 5 mg was given daily for four 8-week cycles, and alone for up to eight 28-day cycles.", (None, None)),
    ("Alfamine 5 mg was given daily for four 8-week cycles.", (4, None)),
    ("Alfamine 5 mg was given daily for up to eight 28-day cycles.", (None, 8)),
]
COMBINED: list[tuple[str, list[tuple[str, float, str, str]]]] = [
    (
        "They took alfamine/betamine 4 mg/1 mg on day 1, up to 16 mg/4 mg per day.",
        [
            ("alfamine", 4, "mg", "="),
            ("betamine", 1, "mg", "="),
            ("alfamine", 16, "mg/d", "<="),
            ("betamine", 4, "mg/d", "<="),
        ],
    ),
]
RAYS: list[tuple[str, list[tuple[float, str]]]] = [
    ("They received alfamine 3.7 GBq or alfamine 1.1 GBq.", [(3.7, "GBq"), (1.1, "GBq")]),
    ("They received 370 MBq/kg of alfamine.", [(370, "MBq/kg")]),
]


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        (
            "They had a loading dose of alfamine 40 mg/kg followed by 20 mg/kg/day (high-dose, n=61) or "
            "a loading dose of 20 mg/kg followed by 10 mg/kg/day "
            "(standard-dose, n=63).",
            [0, 0, 1, 1],
        ),
        ("They had alfamine 40 mg (n = 61) or alfamine 20 mg (n = 63).", [0, 1]),
        # sizes that stand before the doses close nothing
        ("The high-dose group (n = 61) had alfamine 40 mg, the standard-dose group (n = 63) alfamine 20 mg.", [0, 1]),
    ],
)
def test_arms_by_size(text: str, arms: list[int]) -> None:
    rows, _ = build(text, arms=TWO, sizes=(61, 63))
    assert [r.arms for r in rows] == [(TWO[i][0],) for i in arms]


def test_loading_doses_in_the_order_of_the_arms() -> None:
    arms = (("alfamine 150 mg", ("alfamine",)), ("alfamine 300 mg", ("alfamine",)))
    rows, _ = build(
        "They took alfamine 150 mg or alfamine 300 mg weekly after a loading dose (300 mg or 600 mg).", arms=arms
    )
    assert [(r.dose and r.dose.value, r.arms) for r in rows] == [
        (150, ("alfamine 150 mg",)),
        (300, ("alfamine 300 mg",)),
        (300, ("alfamine 150 mg",)),
        (600, ("alfamine 300 mg",)),
    ]


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        ("The alfamine arm received 50 mg/kg daily.", ("alfamine arm",)),
        ("Alfamine 50 mg/kg was given to all.", ("alfamine arm", "betamine arm")),
    ],
)
def test_arm_that_a_sentence_begins_with(text: str, arms: tuple[str, ...]) -> None:
    held = (("alfamine arm", ("alfamine",)), ("betamine arm", ("betamine", "alfamine")))
    (row,), _ = build(text, arms=held)
    assert row.arms == arms


@pytest.mark.parametrize(("text", "routes"), ROUTES)
def test_routes(text: str, routes: list[str | None]) -> None:
    assert [r.route for r in build(text)[0]] == routes


@pytest.mark.parametrize(("text", "lengths"), LENGTHS)
def test_lengths(text: str, lengths: list[float | None]) -> None:
    rows, _ = build(text)
    assert [r.duration.value if r.duration else None for r in rows] == lengths
    assert all(r.schedule is None or r.schedule.off is None for r in rows)


@pytest.mark.parametrize(("text", "cycles"), CYCLES)
def test_cycles(text: str, cycles: tuple[int | None, int | None]) -> None:
    (row,), _ = build(text)
    assert (row.schedule.cycles, row.schedule.cycles_max) == cycles if row.schedule else cycles == (None, None)


@pytest.mark.parametrize(("text", "rows"), COMBINED)
def test_combined(text: str, rows: list[tuple[str, float, str, str]]) -> None:
    found = [(r.intervention, r.dose) for r in build(text)[0]]
    assert [(i, d.value, d.unit, d.comparator) for i, d in found if d] == rows


@pytest.mark.parametrize(("text", "doses"), RAYS)
def test_radioactivity(text: str, doses: list[tuple[float, str]]) -> None:
    assert [(r.dose.value, r.dose.unit) for r in build(text)[0] if r.dose] == doses


def test_interval_behind_a_week() -> None:
    rows, _ = build("They had alfamine 300 mg weekly to week 4 and then every 4 weeks.")
    assert [r.frequency and r.frequency.code for r in rows] == ["QW", "Q4W"]


VOLUMES = [
    "Eyes received 1.25 mg/0.05 mL alfamine or 2 mg/0.05 mL betamine.",
    "Eyes received 1.25 mg in 0.05 mL alfamine or 2 mg in 0.1 mL betamine.",
    "Eyes received alfamine 1.25 mg/0.05 mL or betamine 2 mg/0.1 mL.",
]


@pytest.mark.parametrize("text", VOLUMES)
def test_the_volume_of_an_amount_parts_it_from_no_drug(text: str) -> None:
    found = [(r.intervention, r.dose and r.dose.value) for r in build(text)[0]]
    assert found == [("alfamine", 1.25), ("betamine", 2)]
