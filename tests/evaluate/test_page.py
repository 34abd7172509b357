from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.pipeline import HandmadePipeline
from support.records import TEXT, whole_record
from trialmine.errors import InputError
from trialmine.evaluate.corpora.registry import CORPORA
from trialmine.evaluate.page import BEGIN, END, corpora_tables, measured, records_table, with_figures

PAGE = Path(__file__).resolve().parents[2] / "docs" / "EVALUATION.md"


def test_only_the_figures_of_a_page_change() -> None:
    page = f"before\n{BEGIN}\nold\n{END}\nafter\n"
    written = with_figures(page, ["new"])
    assert written == page.replace("old", "new")
    assert with_figures(written, ["new"]) == written


def test_a_page_without_marks_is_left_alone() -> None:
    with pytest.raises(InputError, match="no place for figures"):
        with_figures("text", [])


def test_the_page_of_the_repository_tells_of_every_corpus() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert with_figures(page, ["x"])
    for corpus in CORPORA:
        assert f"**{corpus.name}**" in page


def test_figures_become_tables(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    for name in ("dev", "train"):
        # "a" is no held-out record, "c" is one
        rows = [whole_record(doc_id) for doc_id in "abcdefgh"]
        (gold / f"{name}.jsonl").write_text("".join(r.model_dump_json() + "\n" for r in rows))
        texts = [{"doc_id": doc_id, "text": TEXT} for doc_id in "abcdefgh"]
        (gold / f"{name}.texts.jsonl").write_text("".join(json.dumps(t) + "\n" for t in texts))
    table = list(records_table(HandmadePipeline(), gold))
    assert "| dosing.row | 1.000 (1.00–1.00) | 1.000 (1.00–1.00) |" in table
    assert table[-1] == "| unsupported evidence | 0 | 0 |"

    folder = tmp_path / "phee"
    folder.mkdir()
    marks = [{"label": "Treatment.Route", "start": 0, "end": 4, "text": "oral"}]
    (folder / "dev.jsonl").write_text(json.dumps({"id": "1", "text": "oral use", "entities": marks}) + "\n")
    lines = list(corpora_tables(list(measured(HandmadePipeline(), tmp_path, ["phee"]))))
    assert "### phee, dev.jsonl" in lines
    assert "1. Route: read, but its drug has no row (1)" in lines
