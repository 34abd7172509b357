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
    ("Rash was rarer (22 [7%] vs nine [6%]).", [(22, 7), (9, 6)]),
    ("Rash: tea, 72.0% [n = 72]; water, 4.6% [n = 5].", [(72, 72), (5, 4.6)]),
    ("Rash was rarer (9 vs 21 women; OR 0.37, 95% CI 0.2 to 0.9).", [(9, None), (21, None)]),
    ("Rash in 131 [42%] of 310 patients.", [(131, 42)]),
    ("Rash hit 6 patients after tea, 5 after milk and 8 after water.", [(6, None), (5, None), (8, None)]),
    ("Limiting were rash grade 3 (n = 2) and fever grade 4 (n = 1).", [(2, None), (1, None)]),
    ("Rash was seen in 3 patients and fever in one.", [(3, None), (1, None)]),
    ("Visits were on days 1, 2 and 5.", []),
    ("Rash was seen in 22% of those on tea (13/58) and 27% of those on water (14/52, P = .6).", [(13, 22), (14, 27)]),
    ("Rash was seen in 57.2% (1,611/2,816) of them.", [(1611, 57.2)]),
    ("Rash lasted a day less (median 1 vs. 2).", []),
    ("Rash occurred in 98 of 3,380 patients.", [(98, None)]),
    ("Rash occurred in 1,204 of 3,412 women and in 98/3,380 men.", [(1204, None), (98, None)]),
    ("Rash was seen in 212 (6.2%) of 3,412 children.", [(212, 6.2)]),
    ("Falls (n = 1,012) were rarer (1,012 vs 1,334).", [(1012, None), (1012, None), (1334, None)]),
    ("Rash hit 1,012 patients after tea and 1,198 after water.", [(1012, None), (1198, None)]),
    ("Rash was seen in 7, 12 and 9 children.", [(7, None), (12, None), (9, None)]),
]


@pytest.mark.parametrize(("sentence", "expected"), COUNTS)
def test_counts_of_events(sentence: str, expected: list[tuple[int | None, float | None]]) -> None:
    found = sorted(extract_event_counts(read(sentence)), key=lambda m: m.start)
    assert [(m.value.n, m.value.percent) for m in found] == expected
