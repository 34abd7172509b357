from __future__ import annotations

import json
from pathlib import Path

from trialmine.train.figures import write_metrics


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
