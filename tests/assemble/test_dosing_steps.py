"""Steps that are no doses, alternatives in brackets before their drug, and brackets that share or keep what is told."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build, short

ROWS: list[tuple[str, list[tuple[Any, ...]]]] = [
    # how far and how often a dose was changed
    ("They took alfamine 60 mg daily, then tapered by 10 mg every week.", [("alfamine", 60, "mg", "QD")]),
    (
        "Alfamine was started at 25 mg and increased by 25 mg weekly to 100 mg.",
        [("alfamine", 25, "mg", None), ("alfamine", 100, "mg", None)],
    ),
    (
        "Patients received alfamine 3 mg/kg. Escalation by 1.5 mg/kg up to a maximum dose of 7.5 mg/kg was allowed.",
        [("alfamine", 3, "mg/kg", None), ("alfamine", 7.5, "mg/kg", None)],
    ),
    # alternatives
    (
        "They took alfamine 5 mg twice daily plus either low (500 mg, n = 6) or high (1000 mg, n = 7) dose betamine.",
        [("alfamine", 5, "mg", "BID"), ("betamine", 500, "mg", None), ("betamine", 1000, "mg", None)],
    ),
    (
        "We gave intranasal (3 mg) versus intramuscular (1 mg) alfamine to people on betamine.",
        [("alfamine", 3, "mg", None), ("alfamine", 1, "mg", None)],
    ),
    (
        "They were assigned to low-dose (5 mg) or high-dose (20 mg) alfamine once daily.",
        [("alfamine", 5, "mg", "QD"), ("alfamine", 20, "mg", "QD")],
    ),
    # brackets
    (
        "They had AB (alfamine 75 mg and betamine 200 mg) or AC (alfamine 75 mg and gammamine 600 mg) every 3 weeks.",
        [("alfamine", 75, "mg", "Q3W"), ("betamine", 200, "mg", "Q3W"), ("gammamine", 600, "mg", "Q3W")],
    ),
    (
        "They got alfamine 400 mg (weeks 0, 2 and 4) and alfamine 200 mg every 2 weeks.",
        [("alfamine", 400, "mg", None), ("alfamine", 200, "mg", "Q2W")],
    ),
    # one that is set against another
    ("Once-weekly alfamine versus betamine 100 mg was given.", [("betamine", 100, "mg", None)]),
    # a loading dose and the same amount in another arm
    (
        "Group A had a loading dose of 2 g of alfamine. Group B was given 2 g of alfamine every 8 hours.",
        [("alfamine", 2, "g", None), ("alfamine", 2, "g", "Q8H")],
    ),
    # a total of the day and what stands before it
    (
        "They had alfamine 2 mg/kg per day, followed by twice-daily tablets delivering 5.5 mg/kg per day.",
        [("alfamine", 2, "mg/kg/d", None), ("alfamine", 5.5, "mg/kg/d", "BID")],
    ),
    # days and weeks between the steps are no amounts
    (
        "They took alfamine 0.5 mg once daily on days 1-3, 0.5 mg twice daily on days 4-7, then 1 mg twice daily.",
        [("alfamine", 0.5, "mg", "QD"), ("alfamine", 0.5, "mg", "BID"), ("alfamine", 1, "mg", "BID")],
    ),
    (
        "They took alfamine 10 mg on day 1, 10 mg twice daily on day 2, and 30 mg twice daily thereafter.",
        [("alfamine", 10, "mg", None), ("alfamine", 10, "mg", "BID"), ("alfamine", 30, "mg", "BID")],
    ),
    (
        "Alfamine 16 mg/kg was given weekly for eight weeks then every two weeks.",
        [("alfamine", 16, "mg/kg", "QW"), ("alfamine", 16, "mg/kg", "Q2W")],
    ),
    (
        "Alfamine was tapered from 20 mg/day to 5 mg/day by month 3.",
        [("alfamine", 20, "mg/d", None), ("alfamine", 5, "mg/d", None)],
    ),
    # what nobody was given
    ("The use of alfamine 0.05% was prohibited. They used betamine 5 mg daily.", [("betamine", 5, "mg", "QD")]),
    (
        "Mean daily alfamine dose was 104 mg as needed and 231 mg with maintenance. They took alfamine 200 mg daily.",
        [("alfamine", 200, "mg", "QD")],
    ),
    ("They consumed 20 g of alfamine per day.", [("alfamine", 20, "g/d", None)]),
    ("They ate alfamine-rich oil and 300 mg of betamine daily.", [("betamine", 300, "mg", "QD")]),
    # from one course to the next
    ("They had alfamine 200 mg/m2 for 5 days, repeated every 28 days.", [("alfamine", 200, "mg/m2", None)]),
    # what a sentence begins with, and what a study was
    (
        "Every day for two weeks, group 1 received alfamine 75 mg, and group 2 received betamine 10 mg.",
        [("alfamine", 75, "mg", "QD"), ("betamine", 10, "mg", "QD")],
    ),
    (
        "They took alfamine 0.2 g. A randomized, single-dose, two-period crossover design was used.",
        [("alfamine", 0.2, "g", "ONCE")],
    ),
    (
        "They took alfamine 0.2 g. Single-dose and multiple-dose kinetics were seen in this study.",
        [("alfamine", 0.2, "g", None)],
    ),
    (
        "METHODS: They took alfamine 5 mg. CONCLUSIONS: Once-daily alfamine improved control.",
        [("alfamine", 5, "mg", "QD")],
    ),
    ("They had capsules with alfamine at a daily dosage of 17 mg of betamine.", [("betamine", 17, "mg/d", None)]),
    # what an amount was dissolved in
    ("They were given 3 g of alfamine in 100 mL of normal saline.", [("alfamine", 3, "g", None)]),
    ("They were given 10 mL of saline containing 5 mg alfamine.", [("alfamine", 5, "mg", None)]),
    # a neighbour's frequency
    ("They were assigned to alfamine, and to betamine 81 mg once daily.", [("betamine", 81, "mg", "QD")]),
    ("People with 4 to 14 migraine days per month had alfamine 10 mg.", [("alfamine", 10, "mg", None)]),
    # a name of none of ours
    (
        "They took alfamine (80 mg), dry extract of Morus alba leaf (200 mg) and betamine (56 mg) daily.",
        [("alfamine", 80, "mg", None), ("betamine", 56, "mg", "QD")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_rows(text: str, expected: list[tuple[Any, ...]]) -> None:
    rows, _ = build(text)
    assert sorted([r for r in map(short, rows) if r[1]], key=str) == sorted([r for r in expected if r[1]], key=str)


FIELDS: list[tuple[str, str, str, Any]] = [
    ("Under peribulbar block alfamine 0.5 ug/kg was given.", "alfamine", "route", None),
    ("They had epidural alfamine 9 mL. General anesthesia was induced with betamine 2 mg/kg.", "betamine", "route",
     None),
    ("They had alfamine (15 mg) plus betamine (1 g twice daily for 2 days).", "alfamine", "duration", None),
    ("They had alfamine 1 mg/kg from days 1 to 3.", "alfamine", "schedule", (1, 2, 3)),
    ("Alfamine was given at 10 mg every 2 weeks for 6 doses per group.", "alfamine", "administrations", 6),
    ("They had alfamine 30 mg/m2 per day on days -5 to -3.", "alfamine", "schedule", (-5, -4, -3)),
    ("They received alfamine 400 mg (weeks 0, 2 and 4).", "alfamine", "administrations", 3),
    ("Infants received alfamine 5 ug at 2, 4 and 6 months of age.", "alfamine", "administrations", 3),
    ("They had alfamine 5 ug in a two-dose primary series.", "alfamine", "administrations", 2),
    ("People low in vitamin D had alfamine 5 mg with D2 or D3.", "alfamine", "schedule", None),
    ("They had alfamine 6 mg every 8 weeks after six monthly doses.", "alfamine", "administrations", None),
    ("They had alfamine 25 mg daily for weeks 1-2, 50 mg daily for weeks 3-4.", "alfamine", "schedule", None),
    ("The 24-week treatment course of alfamine was taken twice daily.", "alfamine", "schedule", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "drug", "field", "expected"), FIELDS)
def test_fields(text: str, drug: str, field: str, expected: Any) -> None:
    rows, _ = build(text)
    value = getattr(next(r for r in rows if r.intervention == drug), field)
    assert (value.days if field == "schedule" and value else value) == expected
