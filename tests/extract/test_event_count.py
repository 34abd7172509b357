from __future__ import annotations

import pytest

from support.marked import read
from trialmine.extract.event_count import extract_event_counts

COUNTS: list[tuple[str, list[tuple[int | None, float | None]]]] = [
    ("Sepsis occurred in 1, 2 and 5 patients.", [(1, None), (2, None), (5, None)]),
    ("Rash was seen in 2 and 3 children.", [(2, None), (3, None)]),
    ("Fever was seen in 12 elderly patients.", [(12, None)]),
    ("Fever was seen in 7 of 44 patients (16%).", [(7, 16)]),
    ("Cough was rarer (12 vs 26%).", [(None, 12), (None, 26)]),
    ("Visits were on days 1, 2 and 5.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), COUNTS)
def test_counts_of_events(sentence: str, expected: list[tuple[int | None, float | None]]) -> None:
    found = sorted(extract_event_counts(read(sentence)), key=lambda m: m.start)
    assert [(m.value.n, m.value.percent) for m in found] == expected
