"""Doses that one person got in turn or together: no arms of their own, and each on the row and arm it is told of."""

from __future__ import annotations

from typing import Any

import pytest

from support.blocks import blocks
from support.dosing_rows import build, short

# text -> labels of the arms
ARMS = [
    (
        "METHODS: Men were randomized to metformin (30 mg/kg over 20 min, followed by 10 mg/kg) or placebo.",
        ["metformin", "placebo"],
    ),
    ("METHODS: Men were randomized to metformin 30 mg/kg, then 10 mg/kg daily, or placebo.", ["metformin", "placebo"]),
    (
        "METHODS: Men were randomized to metformin (30 mg/kg on day 1, 10 mg/kg on days 2-5) or gliclazide "
        "(45 mg/kg for 10 days).",
        ["metformin", "gliclazide"],
    ),
    # what each got first tells the groups apart
    (
        "METHODS: Men were randomized to metformin 30 mg then 10 mg, or metformin 60 mg then 20 mg daily.",
        ["metformin 30 mg", "metformin 60 mg"],
    ),
    # in a cross-over every dose is an arm
    (
        "METHODS: In a crossover trial men were randomized to metformin 30 mg, then metformin 10 mg.",
        ["metformin 30 mg", "metformin 10 mg"],
    ),
    (
        "METHODS: Men were randomized to metformin-gliclazide (40 mg/kg and 8 mg/kg, respectively) or placebo.",
        ["metformin-gliclazide", "placebo"],
    ),
    (
        "METHODS: Men were randomized to metformin/gliclazide/sorafenib 40/8/2 mg, 80/16/4 mg or placebo.",
        ["metformin/gliclazide/sorafenib", "placebo"],
    ),
    (
        "METHODS: Men were randomized to metformin/gliclazide/sorafenib 40/8/2 mg or to placebo daily.",
        ["metformin/gliclazide/sorafenib", "placebo"],
    ),
]


@pytest.mark.parametrize(("text", "labels"), ARMS)
def test_steps_and_parts_of_a_combination_are_no_arms(text: str, labels: list[str]) -> None:
    assert [a.label for a in blocks(text).arms.rows] == labels


def test_a_placebo_of_a_combination_holds_none_of_its_drugs() -> None:
    found = blocks(ARMS[-1][0])
    names = {r.id: r.name for r in found.interventions.rows}
    assert [names[i] for i in found.arms.rows[-1].interventions] == ["placebo"]


# text -> rows
LISTS: list[tuple[str, list[tuple[Any, ...]]]] = [
    (
        "They took alfamine/betamine/gammamine 9/3/1 mg, 18/6/2 mg or 36/12/4 mg daily.",
        [
            (name, value * factor, "mg", "QD")
            for factor in (1, 2, 4)
            for name, value in (("alfamine", 9), ("betamine", 3), ("gammamine", 1))
        ],
    ),
    (
        "They took alfamine/betamine 9/3 mg or 18/6 mg daily.",
        [
            ("alfamine", 9, "mg", "QD"),
            ("betamine", 3, "mg", "QD"),
            ("alfamine", 18, "mg", "QD"),
            ("betamine", 6, "mg", "QD"),
        ],
    ),
]


@pytest.mark.parametrize(("text", "rows"), LISTS)
def test_each_list_of_numbers_belongs_to_the_combination(text: str, rows: list[tuple[Any, ...]]) -> None:
    assert [short(r) for r in build(text)[0]] == rows


IN_TURN = [
    "Dogs had alfamine 5 mg with betamine 2 mg IV (AB) or alfamine 5 mg with gammamine 3 mg IM (AG).",
    "Dogs had alfamine 5 mg with betamine 2 mg (AB) or alfamine 7 mg with gammamine 3 mg (AG).",
]


@pytest.mark.parametrize("text", IN_TURN)
def test_a_drug_of_two_arms_has_a_row_in_each(text: str) -> None:
    arms = (("AB", ("alfamine", "betamine")), ("AG", ("alfamine", "gammamine")))
    rows = build(text, arms=arms)[0]
    assert [(r.intervention, r.arms) for r in rows] == [
        ("alfamine", ("AB",)),
        ("betamine", ("AB",)),
        ("alfamine", ("AG",)),
        ("gammamine", ("AG",)),
    ]


# text -> intervention, route, minutes of infusion, unit of duration, frequency
LENT: list[tuple[str, list[tuple[Any, ...]]]] = [
    # another drug's hour is no length of what ran for minutes
    (
        "METHODS: They had alfamine (6 mg/kg over 10 min, followed by 2 mg/kg over 10 min after a pause) or betamine "
        "(5 mg/kg over 60 min, then 50 mg/h for 60 min).",
        [
            ("alfamine", None, 10, None),
            ("alfamine", None, 10, None),
            ("betamine", None, 60, None),
            ("betamine", None, None, "min"),
        ],
    ),
    (
        "METHODS: They were assigned to monthly subcutaneous alfamine 70 mg. Stable betamine 50 mg/day was permitted.",
        [("alfamine", "subcutaneous", None, None), ("betamine", None, None, None)],
    ),
    (
        "METHODS: They had alfamine 10 mg intrathecally. Betamine 5 mg boluses were given when blood pressure fell.",
        [("alfamine", "intrathecal", None, None), ("betamine", None, None, None)],
    ),
]


@pytest.mark.parametrize(("text", "rows"), LENT)
def test_routes_and_lengths_stay_with_their_drug(text: str, rows: list[tuple[Any, ...]]) -> None:
    found = build(text)[0]
    times = [r.infusion_time and r.infusion_time.value for r in found]
    units = [r.duration and r.duration.unit for r in found]
    assert [(r.intervention, r.route, t, u) for r, t, u in zip(found, times, units, strict=True)] == rows


def test_a_frequency_before_an_unknown_name_is_that_names() -> None:
    rows = build("METHODS: They had once-weekly omegamine or 2-4 daily injections of betamine.")[0]
    assert [
        (r.intervention, r.frequency and (r.frequency.count, r.frequency.count_max, r.frequency.period_unit))
        for r in rows
    ] == [("betamine", (2, 4, "d"))]
