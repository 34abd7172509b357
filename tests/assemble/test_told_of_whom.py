"""Whose the times of a sentence are that names no drug, and what wholes and their parts are told by the day."""

from __future__ import annotations

import pytest

from support.told_rows import amount, often, rows_of

ROWS = [
    # a mixture that is no drug of ours has its own interval
    (
        "Anesthesia was induced with etomidate 0.2 mg/kg. The crystalloid mixture was re-infused every 40 min at a dose"
        " of 8 mL/kg.",
        [("etomidate", 0.2, None)],
    ),
    ("Adults had ramipril 5 mg or placebo. All capsules were taken once daily.", [("ramipril", 5.0, "QD")]),
    # the whole of the rays has no day, a day's share is no dose of its own
    ("Patients received radiotherapy (50 Gy, 2 Gy per day).", [("radiotherapy", 50.0, None)]),
    # a count in a bracket ends with it
    (
        "Women were given fulvestrant 500 mg (2 x 250 mg by injection) plus anastrozole (1 mg daily).",
        [("fulvestrant", 500.0, None), ("anastrozole", 1.0, "QD")],
    ),
    # an element that has no amount does not bar what is told of those that have
    (
        "Girls were randomised. Each tablet contained 12 mg zinc and 20 mg iron. All tablets were given daily. Monthly"
        " vitamin A was advised.",
        [("zinc", 12.0, "QD"), ("iron", 20.0, "QD")],
    ),
    # drops are counted: a placebo has them as tablets
    (
        "Group 1 received tramadol, 15 drops every 6 h; Group 2 received placebo, 25 drops every 6 h.",
        [("tramadol", 15.0, "Q6H"), ("placebo", 25.0, "Q6H")],
    ),
    ("Adults received ribavirin 1000 mg/day in 2-3 divided doses.", [("ribavirin", 1000.0, None)]),
    ("Adults received memantine 5 mg in the morning and in the afternoon.", [("memantine", 5.0, "BID")]),
    ("Adults received acarbose 50 mg with breakfast, lunch and dinner.", [("acarbose", 50.0, "TID")]),
]


@pytest.mark.parametrize(("text", "told"), ROWS, ids=[t[:50] for t, _ in ROWS])
def test_whose_the_times_are(text: str, told: list[tuple[str, object, str | None]]) -> None:
    found = [(name, amount(row), often(row)) for name, row in rows_of(text)]
    assert [row for row in told if row not in found] == []
    assert {name for name, _, _ in found} - {name for name, _, _ in told} <= {"placebo", "vitamin A"}
