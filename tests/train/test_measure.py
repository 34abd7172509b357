from __future__ import annotations

import json
from pathlib import Path

import pytest

from trialmine.train.figures import write_metrics
from trialmine.train.measure import score


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


def test_figures_become_a_page(tmp_path: Path) -> None:
    row = {"p": 50.0, "r": 40.0, "f1": 44.4, "ci": [30.1, 60.2], "overlap_f1": 70.0, "n": 12}
    own = {"settings": {"seed": 0}, "scores": {"a set": {"ARM": row, "*": row}}, "scores_before_join": {}}
    meta = {"name": "m", "version": "1", "spacy_version": ">=3.8", "trialmine": own}
    (tmp_path / "meta.json").write_text(json.dumps(meta))
    (tmp_path / "log").write_text("100 3s\n")
    write_metrics(tmp_path, tmp_path / "METRICS.md", log=tmp_path / "log")
    page = (tmp_path / "METRICS.md").read_text()
    assert "| ARM | 50.0 | 40.0 | 44.4 | 30.1–60.2 | 70.0 | 12 |" in page
    assert "| all |" in page
    assert "100 3s" in page
