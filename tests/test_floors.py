"""The figures of corpus/floors.json may not fall: the whole pipeline over shared gold, scored by the shared scorer."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from support.gold import SHARED
from trialmine.batch.run import run
from trialmine.flow import load
from trialmine.ingest import read

FLOORS: dict[str, dict[str, float]] = json.loads(
    (Path(__file__).resolve().parents[1] / "corpus" / "floors.json").read_text(encoding="utf-8")
)
SCORER = SHARED / "bench" / "score_records.py"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.skipif(not SCORER.exists(), reason="the shared corpora are not beside the checkout"),
]


def scores(name: str, folder: Path) -> dict[str, dict[str, float]]:
    gold, texts = (SHARED / "gold" / f"{name}{ending}" for ending in (".jsonl", ".texts.jsonl"))
    manifest = run(load(), read([str(texts)]), folder, html=False)
    assert [e.error for e in manifest.failures] == []
    command = [sys.executable, SCORER, gold, folder / "records.jsonl", "--texts", texts, "--json"]
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True)
    figures: dict[str, dict[str, float]] = json.loads(done.stdout)
    return figures


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_figure_falls(name: str, tmp_path: Path) -> None:
    found = scores(name, tmp_path)
    assert found["documents"]["missing"] == 0
    assert found["evidence"]["unsupported"] == 0
    f1 = {key: figures["f"] for key, figures in found.items() if "f" in figures}
    unknown = sorted(set(FLOORS[name]) - set(f1))
    assert unknown == [], f"the scorer gives no such figures; it gives {sorted(f1)}"
    fallen = {key: (f1[key], floor) for key, floor in FLOORS[name].items() if f1[key] < floor}
    assert fallen == {}, "figure: (now, floor)"
