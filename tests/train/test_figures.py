from __future__ import annotations

import json
from pathlib import Path

from trialmine.train.figures import write_metrics, write_pico


def write_meta(folder: Path, meta: object) -> Path:
    folder.mkdir()
    (folder / "meta.json").write_text(json.dumps(meta))
    return folder


def test_figures_become_a_page(tmp_path: Path) -> None:
    row = {"p": 50.0, "r": 40.0, "f1": 44.4, "ci": [30.1, 60.2], "overlap_f1": 70.0, "n": 12}
    own = {"settings": {"seed": 0}, "scores": {"a set": {"ARM": row, "*": row}}}
    meta = {"name": "m", "version": "1", "spacy_version": ">=3.8", "trialmine": own}
    for name in ("model", "measured"):
        write_meta(tmp_path / name, meta)
    (tmp_path / "model.log").write_text("100 3s\n")
    (tmp_path / "pico.json").write_text(json.dumps({"pico/dev": {"age": row}}))
    out = tmp_path / "METRICS.md"
    write_metrics(tmp_path / "model", out, measured=[tmp_path / "measured"], pico=tmp_path / "pico.json")
    page = out.read_text()
    assert page.count("| ARM | 50.0 | 40.0 | 44.4 | 30.1–60.2 | 70.0 | 12 |") == 2
    assert "| all |" in page
    assert "| age |" in page
    assert "100 3s" in page
    assert "### Seeds" not in page
    write_pico(out, {"pico/dev": {"eligibility": row}})
    assert "| eligibility |" in out.read_text()
    assert "| age |" not in out.read_text()
    write_metrics(tmp_path / "model", out)
    assert out.read_text().count("| ARM |") == 1


def test_seeds_stand_side_by_side(tmp_path: Path) -> None:
    row = {"p": 50.0, "r": 40.0, "f1": 44.0, "ci": [30.1, 60.2], "overlap_f1": 70.0, "n": 12}
    folders = []
    for seed, f1 in enumerate((44.0, 45.0, 46.0)):
        scores = {"a set": {"ARM": row | {"f1": f1}}} | ({"another": {"*": row}} if seed else {})
        own = {"settings": {"seed": seed}, "scores": scores}
        meta = {"name": "m", "version": "1", "spacy_version": ">=3.8", "trialmine": own}
        folders.append(write_meta(tmp_path / f"measured-{seed}", meta))
    write_metrics(folders[0], tmp_path / "METRICS.md", measured=folders)
    page = (tmp_path / "METRICS.md").read_text()
    assert "| set | label | seed 0 | seed 1 | seed 2 | mean | SD |" in page
    assert "| a set | ARM | 44.0 | 45.0 | 46.0 | 45.0 | 1.0 |" in page
    assert "| another | all | – | 44.0 | 44.0 | 44.0 | 0.0 |" in page
