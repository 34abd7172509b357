from __future__ import annotations

from typing import Any

import pytest

from support.records import whole_record
from trialmine.review.words import READERS, read_words
from trialmine.review.written import WRITERS, written

READ: list[tuple[str, str, dict[str, Any]]] = [
    ("dose", "400 mg", {"value": 400, "unit": "mg"}),
    ("dose", "10-50 ug/kg", {"low": 10, "high": 50, "unit": "ug/kg"}),
    ("dose", "10, 30 or 50 mg/m2", {"levels": (10, 30, 50), "unit": "mg/m2"}),
    ("dose", "up to 80 mg", {"value": 80, "comparator": "<="}),
    ("dose", "<= 6 mg", {"value": 6, "comparator": "<=", "text": "<= 6 mg"}),
    ("dose", "AUC 5", {"value": 5, "unit": "mg/mL.min"}),
    ("frequency", "BID", {"count": 2, "period_unit": "d", "code": "BID"}),
    ("frequency", "three times a week", {"count": 3, "period_unit": "wk"}),
    ("frequency", "once", {"count": 1, "period": None, "code": "ONCE"}),
    ("schedule", "d1-5, 15-19 q7w", {"days": (1, 2, 3, 4, 5, 15, 16, 17, 18, 19)}),
    ("schedule", "days 1 and 8 of a 21-day cycle, 6 cycles", {"days": (1, 8), "cycles": 6}),
    ("schedule", "q3w", {"days": ()}),
    ("duration", "12 weeks", {"value": 12, "unit": "wk"}),
    ("duration", "8-12 wk", {"value": 8, "value_max": 12, "unit": "wk"}),
    ("duration", "until disease progression", {"value": None}),
    ("infusion_time", "30 min", {"value": 30, "unit": "min"}),
    ("timepoint", "week 24", {"value": 24, "unit": "wk"}),
    ("timepoint", "6 months", {"value": 6, "unit": "mo"}),
    ("ci", "0.45 to 0.89", {"level": 0.95, "low": 0.45, "high": 0.89}),
    ("ci", "90% CI: -3.1, 2", {"level": 0.9, "low": -3.1, "high": 2}),
    ("p", "P < .001", {"comparator": "<", "value": 0.001}),
    ("p", "0.03", {"comparator": "=", "value": 0.03}),
    ("dispersion", "SD 3.1", {"kind": "sd", "value": 3.1}),
    ("dispersion", "(IQR 3-9)", {"kind": "iqr", "low": 3, "high": 9}),
    ("grade", "≥3", {"low": 3, "high": None}),
    ("grade", "grade 3 or 4", {"low": 3, "high": 4}),
]
NEVER = [
    ("dose", "some 400 mg or so"), ("dose", "400"), ("dose", "10 mcg kg"), ("dose", "400 mg and 800 mg twice"),
    ("frequency", "often"), ("schedule", "sometimes"), ("duration", "long"), ("ci", "0.9 to 0.1"), ("ci", "0.5"),
    ("p", "2"), ("p", "significant"), ("dispersion", "3.1"), ("dispersion", "SD 1-2"), ("grade", "7"), ("dose", ""),
    ("infusion_time", "slow"), ("timepoint", "later"),
]  # fmt: skip


@pytest.mark.parametrize(("slot", "words", "facts"), READ)
def test_what_is_typed_is_read(slot: str, words: str, facts: dict[str, Any]) -> None:
    value = read_words(slot, words)
    assert value is not None
    assert {name: getattr(value, name) for name in facts} == facts


@pytest.mark.parametrize(("slot", "words"), NEVER)
def test_what_is_not_wholly_understood_is_not_read(slot: str, words: str) -> None:
    assert read_words(slot, words) is None


@pytest.mark.parametrize(("slot", "words"), [(slot, words) for slot, words, _ in READ])
def test_what_is_written_is_read_back(slot: str, words: str) -> None:
    value = read_words(slot, words)
    again = read_words(slot, written(slot, value))
    assert value is not None
    assert again is not None
    assert again.model_dump(exclude={"text"}) == value.model_dump(exclude={"text"})


def test_every_written_cell_of_a_record_is_read_back() -> None:
    record = whole_record()
    cells = [(slot, getattr(row, slot)) for row in (*record.dosing, *record.statistics, *record.endpoints)
             for slot in WRITERS if getattr(row, slot, None) is not None]  # fmt: skip
    assert len(cells) > 6
    for slot, value in cells:
        again = read_words(slot, written(slot, value))
        assert again is not None, written(slot, value)
        assert again.model_dump(exclude={"text"}) == value.model_dump(exclude={"text"})


def test_readers_and_writers_are_of_the_same_slots() -> None:
    assert set(READERS) == set(WRITERS)
