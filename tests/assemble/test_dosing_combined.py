"""Doses of several drugs in one number, counts of tablets, and doses that one sentence tells twice."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build, short

ROWS: list[tuple[str, list[tuple[Any, ...]]]] = [
    # the names of a fixed combination stand behind it
    (
        "They took 160/4.5 ug alfamine/betamine twice daily.",
        [("alfamine", 160, "ug", "BID"), ("betamine", 4.5, "ug", "BID")],
    ),
    (
        "They took 100-25 mg of alfamine-betamine daily.",
        [("alfamine", 100, "mg", "QD"), ("betamine", 25, "mg", "QD")],
    ),
    (
        "They took 30 mg of betamine or three tablets of alfamine (120 mg) daily.",
        [("betamine", 30, "mg", "QD"), ("alfamine", 120, "mg", "QD")],
    ),
    ("They took four puffs of alfamine (100 ug) daily.", [("alfamine", 400, "ug", "QD")]),
    # a bracket behind a drug and its placebo tells of the drug
    (
        "They had alfamine/placebo (4 mg/kg/day × 3 d) with betamine 10 mg.",
        [("alfamine", 4, "mg/kg/d", None), ("betamine", 10, "mg", None)],
    ),
    # two steps with one amount
    (
        "They had alfamine 5 mg once weekly for 8 weeks followed by alfamine 5 mg every 6 weeks.",
        [("alfamine", 5, "mg", "QW"), ("alfamine", 5, "mg", "Q6W")],
    ),
    (
        "Group A had alfamine 5 mg before breakfast while group B had alfamine 5 mg at bedtime.",
        [("alfamine", 5, "mg", None), ("alfamine", 5, "mg", "QD")],
    ),
    # how often a daily total is given, told in a sentence of its own
    (
        "METHODS: They had alfamine 9 IU/day. Alfamine was given by twice-daily injections.",
        [("alfamine", 9, "[iU]/d", "BID")],
    ),
]


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_rows(text: str, rows: list[tuple[Any, ...]]) -> None:
    assert [r for r in map(short, build(text)[0]) if r[1]] == rows
