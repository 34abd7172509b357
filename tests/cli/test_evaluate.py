from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
import spacy
from typer.testing import CliRunner, Result

import trialmine.flow
from support.pipeline import HandmadePipeline
from support.records import TEXT, whole_record
from trialmine.cli.app import app, main


@pytest.fixture(autouse=True)
def _handmade(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trialmine.flow, "load", lambda **options: HandmadePipeline(**options))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text(whole_record("a").model_dump_json() + "\n")
    path.with_name("gold.texts.jsonl").write_text(json.dumps({"doc_id": "a", "text": TEXT}) + "\n")
    return path


def call(*args: object) -> Result:
    return CliRunner().invoke(app, ["evaluate", *map(str, args)])


def test_texts_beside_the_gold_are_read_and_scored(gold: Path) -> None:
    result = call("records", gold, "--json")
    assert result.exit_code == 0
    out = json.loads(result.stdout)
    assert out["dosing.row"] == {"p": 1.0, "r": 1.0, "f": 1.0, "n": 3, "ci": [1.0, 1.0]}
    assert out["documents"] == {"gold": 1, "missing": 0}
    assert out["evidence"]["unsupported"] == 0
    assert "errors" not in out


def test_records_of_a_run_are_scored_with_their_differences(gold: Path, tmp_path: Path) -> None:
    row = whole_record("a").model_dump(mode="json")
    row["dosing"] = row["dosing"][:1]
    records = tmp_path / "records.jsonl"
    records.write_text(json.dumps(row) + "\n")
    result = call("records", gold, "--records", tmp_path, "--errors", 1)
    assert result.exit_code == 0
    assert "dosing.row" in result.stdout
    assert "missed row" in result.stdout
    assert "0 unsupported" in result.stdout
    listed = json.loads(call("records", gold, "--records", records, "--errors", 1, "--json").stdout)["errors"]
    assert [(e["block"], e["slot"]) for e in listed] == [("dosing", "missed row")]


def test_a_document_without_a_record_gives_exit_code_1(gold: Path) -> None:
    gold.with_name("gold.texts.jsonl").write_text(json.dumps({"doc_id": "a", "text": "boom"}) + "\n")
    result = call("records", gold)
    assert result.exit_code == 1
    assert "a: internal error: boom" in result.stderr


def test_an_entity_recogniser_is_scored(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "CHEMICAL", "pattern": "velotinib"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "model")
    data = tmp_path / "d.tsv"
    data.write_text("velotinib\tB-Drug\nor\tO\nplacebo\tB-Drug\n")
    args = ("ner", data, "--ner-model", tmp_path / "model", "--rename", "Drug=CHEMICAL", "--errors", 1)
    result = call(*args, "--speed")
    assert result.exit_code == 0
    assert "0.500" in result.stdout
    assert "words a second" in result.stdout
    assert "missed | d-0 | placebo" in result.stdout
    out = json.loads(call(*args, "--json").stdout)
    assert out["labels"]["*"]["exact"] == {"p": 1.0, "r": 0.5, "f": 0.667}


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["records", "MISSING"], "can't be read"),
        (["records", "GOLD", "--part", "some"], "all, open, held-out"),
        (["records", "GOLD", "--part", "held-out", "--errors", "3"], "gives figures only"),
        (["records", "LONE"], "--texts"),
        (["ner", "MISSING"], "can't be read"),
        (["ner", "MISSING", "--rename", "Drug"], "renames nothing"),
    ],
)
def test_bad_calls_end_with_a_message_and_2(
    args: list[str], message: str, tmp_path: Path, gold: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    lone = tmp_path / "lone.jsonl"
    lone.write_text(gold.read_text())
    places = {"MISSING": tmp_path / "nowhere.tsv", "GOLD": gold, "LONE": lone}
    monkeypatch.setattr(sys, "argv", ["trialmine", "evaluate", *[str(places.get(a, a)) for a in args]])
    with pytest.raises(SystemExit) as stop:
        main()
    assert stop.value.code == 2
    err = capfd.readouterr().err
    assert message in err
    assert "Traceback" not in err


@pytest.fixture
def pico(tmp_path: Path) -> Path:
    start = TEXT.index("60%")
    entities = [{"label": "iv-bin-percent", "start": start, "end": start + 3, "text": "60%"}]
    entities.append({"label": "cv-bin-abs", "start": 0, "end": 4, "text": "17"})
    (tmp_path / "dev.jsonl").write_text(json.dumps({"pmid": "a", "text": TEXT, "entities": entities}) + "\n")
    return tmp_path


def test_a_public_corpus_is_read_and_scored(pico: Path) -> None:
    result = call("corpus", "pico-corpus", pico, "--errors", 1)
    assert result.exit_code == 0
    assert "iv-bin-percent" in result.stdout
    assert "cv-bin-abs | no row holds it | a | 17" in result.stdout
    out = json.loads(call("corpus", "pico-corpus", pico, "--json").stdout)
    assert out["figures"]["marked numbers"]["ALL"]["r"] == 0.5
    assert out["evidence"]["unsupported"] == 0


def test_a_corpus_without_records_gives_exit_code_1(pico: Path, tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    records.write_text(whole_record("another").model_dump_json() + "\n")
    result = call("corpus", "pico-corpus", pico, "--records", records)
    assert result.exit_code == 1
    assert "1 without a record" in result.stdout


def test_the_corpora_are_listed() -> None:
    result = call("corpus")
    assert result.exit_code == 0
    assert "maccrobat" in result.stdout
