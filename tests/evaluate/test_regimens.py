from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from trialmine.errors import InputError
from trialmine.evaluate import regimens
from trialmine.evaluate.regimens import main, read_regimens
from trialmine.evaluate.trial_records import stand_off

SHARED = Path(__file__).resolve().parents[3] / "shared"
COWS = "Feeding\nCows had oats 2 kg daily."
HORSES = "Horses had hay 5 kg daily."


def record_of(doc_id: str, drug: str, amount: str, value: float) -> dict[str, Any]:
    return {
        "doc_id": doc_id,
        "interventions": [{"id": "i1", "name": drug, "kind": "other", "quote": f"had {drug}"}],
        "arms": [],
        "dosing": [{"id": "d1", "intervention": "i1", "dose": {"value": value, "unit": "kg"}, "quote": amount}],
    }


RECORDS = {
    "cows.methods": record_of("cows.methods", "oats", "oats 2 kg", 2),
    "horses": record_of("horses", "hay", "hay 5 kg", 5),
}


@pytest.fixture
def barn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two corpora, and the annotation of a text of each as the checkout keeps it."""
    for folder in ("raw-text", "pico-corpus"):
        (tmp_path / "data" / folder).mkdir(parents=True)
    with lzma.open(tmp_path / "data/raw-text/biomed.txt.xz", "wt", encoding="utf-8") as file:
        file.write("Sheep.\nBODY.METHODS.FEEDING:\nCows had oats 2 kg daily.\nGoats.")
    (tmp_path / "data/pico-corpus/train.jsonl").write_text(json.dumps({"pmid": "7", "text": HORSES}) + "\n")
    cows = {"kind": "methods", "file": "raw-text/biomed.txt.xz", "lines": [1, 3]}
    horses = {"kind": "cancer", "file": "pico-corpus/train.jsonl", "id": "7"}
    rows = [
        {"source": cows, "held_out": True, **stand_off(RECORDS["cows.methods"], COWS)},
        {"source": horses, "held_out": False, **stand_off(RECORDS["horses"], HORSES)},
    ]
    monkeypatch.setattr(regimens, "REGIMENS", tmp_path / "regimens.jsonl")
    (tmp_path / "regimens.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return tmp_path


def test_texts_come_from_their_corpora(barn: Path) -> None:
    assert list(read_regimens(barn)) == [(RECORDS["cows.methods"], COWS), (RECORDS["horses"], HORSES)]


@pytest.mark.parametrize(
    ("chosen", "ids"),
    [
        ({"kind": "methods"}, ["cows.methods"]),
        ({"kind": "cancer"}, ["horses"]),
        ({"part": "open"}, ["horses"]),
        ({"part": "held-out"}, ["cows.methods"]),
        ({"kind": "cancer", "part": "held-out"}, []),
    ],
)
def test_kinds_and_parts(barn: Path, chosen: dict[str, Any], ids: list[str]) -> None:
    assert [record["doc_id"] for record, _ in read_regimens(barn, **chosen)] == ids


@pytest.mark.parametrize(
    ("row", "said"),
    [({"pmid": "7", "text": "Horses had straw."}, "is not what was annotated"), ({"pmid": "8"}, "is missing")],
)
def test_another_text_is_refused(barn: Path, row: dict[str, str], said: str) -> None:
    (barn / "data/pico-corpus/train.jsonl").write_text(json.dumps(row) + "\n")
    with pytest.raises(InputError, match=said):
        list(read_regimens(barn))


def test_an_excerpt_may_end_within_a_line(barn: Path) -> None:
    row = {"kind": "methods", "file": "raw-text/biomed.txt.xz", "lines": [1, 3], "length": len(COWS) - 1}
    written = {"source": row, "held_out": False, **stand_off(RECORDS["cows.methods"], COWS[:-1])}
    (barn / "regimens.jsonl").write_text(json.dumps(written) + "\n")
    assert [text for _, text in read_regimens(barn)] == [COWS[:-1]]


def test_without_corpora_there_are_none(tmp_path: Path) -> None:
    assert list(read_regimens(tmp_path)) == []


def test_the_annotation_is_written_as_gold(barn: Path, tmp_path: Path) -> None:
    main(["--shared", str(barn), "--out", str(tmp_path / "gold"), "--kind", "methods"])
    assert json.loads((tmp_path / "gold/regimens.jsonl").read_text()) == RECORDS["cows.methods"]
    assert json.loads((tmp_path / "gold/regimens.texts.jsonl").read_text())["text"] == COWS


@pytest.mark.shared
@pytest.mark.skipif(not (SHARED / "data/raw-text").is_dir(), reason="the shared corpora are not beside the checkout")
def test_every_quote_of_our_annotation_stands_in_its_text() -> None:
    own = list(read_regimens(SHARED))
    assert len(own) > 500
    for record, text in own:
        rows = (row for block in ("interventions", "arms", "dosing") for row in record[block])
        assert all(row["quote"] in text for row in rows), record["doc_id"]
