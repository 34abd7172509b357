from __future__ import annotations

import pytest

from trialmine.evaluate.spans import score


def test_exact_and_overlap_count_apart() -> None:
    row = score([[(0, 4, "A"), (9, 12, "A")]], [[(0, 4, "A"), (8, 12, "A"), (20, 22, "A")]])["A"]
    assert row.exact.precision == pytest.approx(0.5)
    assert row.exact.recall == pytest.approx(1 / 3)
    assert row.overlap.precision == pytest.approx(1.0)
    assert row.overlap.recall == pytest.approx(2 / 3)


def test_labels_are_told_apart() -> None:
    rows = score([[(0, 4, "A")]], [[(0, 4, "B")]])
    assert {label: row.exact.f1 for label, row in rows.items()} == {"A": 0, "B": 0, "*": 0}


def test_nothing_gives_nothing() -> None:
    assert score([], [])["*"].exact.f1 == 0


def test_the_interval_holds_the_score() -> None:
    predicted = [[(0, 4, "A")] if i % 3 else [(0, 5, "A")] for i in range(30)]
    low, high = score(predicted, [[(0, 4, "A")]] * 30)["A"].interval
    assert low < 2 / 3 < high
