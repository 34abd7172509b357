"""The figures of corpus/floors.json may not fall: the whole pipeline over shared gold and the kept-back fifths."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.gold import SHARED
from trialmine.batch.engine import InProcess
from trialmine.batch.run import run
from trialmine.evaluate.gold import held_out, read_gold, read_predicted, read_texts
from trialmine.evaluate.records import score_records
from trialmine.evaluate.regimens import KINDS, write_regimens
from trialmine.evaluate.trial_records import write_own
from trialmine.flow import load
from trialmine.ingest import read

FLOORS: dict[str, dict[str, float]] = json.loads(
    (Path(__file__).resolve().parents[1] / "corpus" / "floors.json").read_text(encoding="utf-8")
)

REGIMENS = "regimens-"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.shared,
    pytest.mark.skipif(not (SHARED / "gold").exists(), reason="the shared corpora are not beside the checkout"),
]


def files_of(name: str, folder: Path) -> tuple[Path, Path]:
    """Gold records and their texts: of the shared folder, of its fifth that taught nothing, of our own annotations'."""
    if name.startswith(REGIMENS):
        kind = next(kind for kind in KINDS if name == REGIMENS + kind)
        write_regimens(SHARED, folder, kind, "held-out")
        return folder / "regimens.jsonl", folder / "regimens.texts.jsonl"
    if name == "own-fifth":
        write_own(SHARED, folder, "held-out")
        return folder / "own.jsonl", folder / "own.texts.jsonl"
    gold, texts = (SHARED / "gold" / f"{name.removesuffix('-fifth')}{ending}" for ending in (".jsonl", ".texts.jsonl"))
    if not name.endswith("-fifth"):
        return gold, texts
    for path, rows in ((folder / gold.name, read_gold(gold)), (folder / texts.name, read_texts(texts))):
        path.write_text("".join(json.dumps(row) + "\n" for doc_id, row in rows.items() if held_out(doc_id)))
    return folder / gold.name, folder / texts.name


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_no_figure_falls(name: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    gold, texts = files_of(name, tmp_path_factory.mktemp("gold"))
    # through a run folder, since that is what users score
    manifest = run(InProcess(load()), read([str(texts)]), tmp_path, html=False)
    assert [e.error for e in manifest.failures] == []
    raw = {doc_id: row["text"] for doc_id, row in read_texts(texts).items()}
    found = score_records(read_gold(gold), read_predicted(tmp_path), raw)
    assert found.missing == 0
    assert found.audit is not None
    # the scorer reads neither "thirty-one" nor "9 MU", which only regimens have
    assert name.startswith(REGIMENS) or found.audit.unsupported == []
    f1 = {key: figure.as_json()["f"] for key, figure in found.figures.items()}
    unknown = sorted(set(FLOORS[name]) - set(f1))
    assert unknown == [], f"there are no such figures; there are {sorted(f1)}"
    fallen = {key: (f1[key], floor) for key, floor in FLOORS[name].items() if f1[key] < floor}
    assert fallen == {}, "figure: (now, floor)"
