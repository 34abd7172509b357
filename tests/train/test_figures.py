from __future__ import annotations

import json
from pathlib import Path

from trialmine.train.figures import write_metrics


def test_figures_become_a_page(tmp_path: Path) -> None:
    row = {"p": 50.0, "r": 40.0, "f1": 44.4, "ci": [30.1, 60.2], "overlap_f1": 70.0, "n": 12}
    own = {"settings": {"seed": 0}, "scores": {"a set": {"ARM": row, "*": row}}}
    meta = {"name": "m", "version": "1", "spacy_version": ">=3.8", "trialmine": own}
    for name in ("model", "measured"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "meta.json").write_text(json.dumps(meta))
    (tmp_path / "model.log").write_text("100 3s\n")
    (tmp_path / "pico.json").write_text(json.dumps({"age": row}))
    out = tmp_path / "METRICS.md"
    write_metrics(tmp_path / "model", out, measured=tmp_path / "measured", pico=tmp_path / "pico.json")
    page = out.read_text()
    assert page.count("| ARM | 50.0 | 40.0 | 44.4 | 30.1–60.2 | 70.0 | 12 |") == 2
    assert "| all |" in page
    assert "| age |" in page
    assert "100 3s" in page
    write_metrics(tmp_path / "model", out, measured=tmp_path / "absent")
    assert out.read_text().count("| ARM |") == 1
