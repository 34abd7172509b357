"""One amount told of several drugs, fixed combinations by their short names, and doses told in brackets in turn."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build, short

NAMES = ("alfamine", "betamine", "gammamine", "deltamine", "placebo", "saline", "usual care")
SHARED: list[tuple[str, list[tuple[Any, ...]]]] = [
    # a choice between drugs behind an amount
    ("They had 10 mg of alfamine or betamine daily.", [("alfamine", 10, "mg", "QD"), ("betamine", 10, "mg", "QD")]),
    (
        "They had 30 g/day of alfamine, betamine or gammamine.",
        [("alfamine", 30, "g/d", None), ("betamine", 30, "g/d", None), ("gammamine", 30, "g/d", None)],
    ),
    (
        "They had 0.4 U/kg alfamine, betamine, and gammamine.",
        [("alfamine", 0.4, "[iU]/kg", None), ("betamine", 0.4, "[iU]/kg", None), ("gammamine", 0.4, "[iU]/kg", None)],
    ),
    (
        "They had 5 mg/kg single infusion of either alfamine (N = 37) or betamine (N = 12).",
        [("alfamine", 5, "mg/kg", "ONCE"), ("betamine", 5, "mg/kg", "ONCE")],
    ),
    (
        "They had 8 mL/kg of either alfamine in the red group or 6% betamine in the blue group.",
        [("alfamine", 8, "mL/kg", None), ("betamine", 8, "mL/kg", None)],
    ),
    ("They had 1 mL of alfamine 2% or saline.", [("alfamine", 1, "mL", None), ("saline", 1, "mL", None)]),
    (
        "They had alfamine or betamine at equal doses of 5 mg.",
        [("alfamine", 5, "mg", None), ("betamine", 5, "mg", None)],
    ),
    # milligrams are none of a placebo's, nor what an alternative is not measured in
    ("They had 10 mg of alfamine or placebo.", [("alfamine", 10, "mg", None)]),
    ("They had 10 mg of alfamine or usual care.", [("alfamine", 10, "mg", None)]),
    # unless the text itself says so
    (
        "Group A had alfamine 5 mg. Placebo was started at a dose of 5 mg daily.",
        [("alfamine", 5, "mg", None), ("placebo", 5, "mg", "QD")],
    ),
    ("They had alfamine or placebo at a dose of 5 mg daily.", [("alfamine", 5, "mg", "QD")]),
    # an alternative with an amount or an aim of its own, here or elsewhere
    ("They had 10 mg alfamine or betamine 50 mg.", [("alfamine", 10, "mg", None), ("betamine", 50, "mg", None)]),
    ("They had 10 mg of alfamine or betamine (target 2-3).", [("alfamine", 10, "mg", None)]),
    (
        "They had 10 mg of alfamine or betamine. Betamine 80 mg was given for a week.",
        [("alfamine", 10, "mg", None), ("betamine", 80, "mg", None)],
    ),
    # two drugs together have not each the amount of the first
    ("They had 75 mg of alfamine and betamine.", [("alfamine", 75, "mg", None)]),
]
COMBINED: list[tuple[str, list[tuple[Any, ...]]]] = [
    (
        "They had alfamine (ALF)/betamine (BET) 40/10 mg.",
        [("alfamine", 40, "mg", None), ("betamine", 10, "mg", None)],
    ),
    (
        "They had alfamine (ALF)-betamine (BET) 40/10 mg once daily titrated to 80/25 mg.",
        [
            ("alfamine", 40, "mg", "QD"),
            ("betamine", 10, "mg", "QD"),
            ("alfamine", 80, "mg", None),
            ("betamine", 25, "mg", None),
        ],
    ),
    (
        "They had alfamine/betamine maintenance and reliever therapy (Brand, Device) 160/4.5 ug.",
        [("alfamine", 160, "ug", None), ("betamine", 4.5, "ug", None)],
    ),
    (
        "They had alfamine and betamine (A/BT). A/BT (200/25 mg) was given daily.",
        [("alfamine", 200, "mg", "QD"), ("betamine", 25, "mg", "QD")],
    ),
]
TOLD_IN_TURN: list[tuple[str, list[tuple[Any, ...]]]] = [
    (
        "They had low (1 mg/kg), medium (5 mg/kg), and high (25 mg/kg) doses of alfamine.",
        [("alfamine", 1, "mg/kg", None), ("alfamine", 5, "mg/kg", None), ("alfamine", 25, "mg/kg", None)],
    ),
    (
        "They had alfamine at low (1 mg), intermediate (5 mg) or standard (9 mg) doses.",
        [("alfamine", 1, "mg", None), ("alfamine", 5, "mg", None), ("alfamine", 9, "mg", None)],
    ),
    (
        "Betamine was known. They had single ascending doses (5-90 mg) and multiple doses (20 mg daily) of alfamine.",
        [("alfamine", (5, 90), "mg", "ONCE"), ("alfamine", 20, "mg", "QD")],
    ),
    # the same number in each group, and the cohorts of one drug
    (
        "They had alfamine 15, 30 or 60 mg daily (n = 12 each).",
        [("alfamine", 15, "mg", "QD"), ("alfamine", 30, "mg", "QD"), ("alfamine", 60, "mg", "QD")],
    ),
    ("They were assigned to 5, 10 or 20 mg of alfamine based on body weight.", [("alfamine", (5, 10, 20), "mg", None)]),
    ("They had 0.1, 0.3 or 1 mg/kg of alfamine in a 3+3 design.", [("alfamine", (0.1, 0.3, 1), "mg/kg", None)]),
]


@pytest.mark.parametrize(("text", "rows"), [*SHARED, *COMBINED, *TOLD_IN_TURN])
def test_rows(text: str, rows: list[tuple[Any, ...]]) -> None:
    assert [r for r in map(short, build("METHODS: " + text, NAMES)[0]) if r[1]] == rows


def test_a_single_pill_is_how_its_parts_come() -> None:
    text = "METHODS: They had an alfamine/betamine single-pill combination (SPC; 50/500 mg) twice daily."
    rows = [r for r in map(short, build(text, ("alfamine", "betamine", "single-pill combination"))[0]) if r[1]]
    assert rows == [("alfamine", 50, "mg", "BID"), ("betamine", 500, "mg", "BID")]
