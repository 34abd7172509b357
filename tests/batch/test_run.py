from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from support.pipeline import HandmadePipeline
from support.records import TEXT
from trialmine.batch.check import checked_line
from trialmine.batch.engine import InProcess
from trialmine.batch.journal import JOURNAL
from trialmine.batch.manifest import Entry
from trialmine.batch.run import run
from trialmine.errors import OutputError
from trialmine.records.document import Document, Unreadable
from trialmine.report.columns import TABLES
from trialmine.report.run_folder import read_records, read_texts

GOOD = Document(TEXT, "text", doc_id="good")
PLAIN = Document("A letter about the weather.", "text", doc_id="letter")
BOOM = Document("boom", "text", doc_id="bad", uri="bad.txt")
LIE = Document("a lie", "text", doc_id="lie")
UNREADABLE = Unreadable("page.pdf", "page.pdf: this is a PDF. Save it as text.")


def manifest_of(folder: Path) -> Any:
    return json.loads((folder / "run.json").read_text())


def test_a_run_writes_everything(tmp_path: Path) -> None:
    manifest = run(InProcess(HandmadePipeline()), [GOOD, PLAIN], tmp_path / "out", config={"html": True})
    names = {p.name for p in (tmp_path / "out").iterdir()}
    assert names == {"records.jsonl", "texts.jsonl", "run.json", "report.html", *(f"{t}.csv" for t in TABLES)}
    records = list(read_records(tmp_path / "out"))
    assert [r.doc_id for r in records] == ["good", "letter"]
    for record, text in zip(records, read_texts(tmp_path / "out"), strict=True):
        record.check_quotes(text)
    assert manifest.status_counts == {"ok": 2, "partial": 0, "failed": 0, "joined": 0}


def test_the_tables_are_the_frames(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), [GOOD, PLAIN, GOOD], tmp_path)
    for name, columns in TABLES.items():
        with (tmp_path / f"{name}.csv").open(newline="", encoding="utf-8") as file:
            head, *rows = csv.reader(file)
        assert head == [c.name for c in columns]
        assert all(len(row) == len(columns) for row in rows)
        assert len(rows) > 0


def test_an_empty_run_still_has_its_tables(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), [], tmp_path)
    assert (tmp_path / "dosing.csv").read_text().startswith("record_id,doc_id,")
    assert (tmp_path / "records.jsonl").read_text() == ""


def test_failed_documents_are_listed_and_the_others_come_out(tmp_path: Path) -> None:
    seen: list[Entry] = []
    run(InProcess(HandmadePipeline()), [BOOM, GOOD, UNREADABLE, LIE, PLAIN], tmp_path, notify=seen.append)
    assert [r.doc_id for r in read_records(tmp_path)] == ["good", "letter"]
    documents = {d["doc_id"]: d for d in manifest_of(tmp_path)["documents"]}
    assert documents["bad"]["status"] == "failed"
    assert documents["bad"]["uri"] == "bad.txt"
    assert "PDF" in documents["page.pdf"]["error"]
    assert "contract" in documents["lie"]["error"]
    assert documents["good"]["rows"]["dosing"] == 3
    assert len(seen) == 5
    html = (tmp_path / "report.html").read_text()
    assert "this is a PDF" in html


def test_manifest_says_with_what_and_how_long(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), [GOOD, GOOD], tmp_path, config={"inputs": ["a"]}, keep_duplicates=True)
    manifest = manifest_of(tmp_path)
    assert manifest["version"] == "test"
    assert manifest["config"] == {"inputs": ["a"]}
    assert manifest["status"] == "complete"
    assert manifest["counts"]["documents"] == 2
    assert manifest["counts"]["rows"]["dosing"] == 6
    assert manifest["timings"]["stages"] == {"clean": 0.2, "nlp": 0.4}


def test_a_document_met_twice_gives_one_record_and_is_listed(tmp_path: Path) -> None:
    again = Document(TEXT.replace(" ", "\n"), "text", doc_id="again", uri="copy.txt")
    manifest = run(InProcess(HandmadePipeline()), [GOOD, PLAIN, again], tmp_path)
    assert [r.doc_id for r in read_records(tmp_path)] == ["good", "letter"]
    assert manifest.status_counts == {"ok": 2, "partial": 0, "failed": 0, "joined": 1}
    entry = manifest_of(tmp_path)["documents"][-1]
    assert (entry["doc_id"], entry["uri"], entry["status"]) == ("again", "copy.txt", "joined")
    assert entry["joined_to"]["doc_id"] == "good"
    assert entry["joined_to"]["because"] == "text"


def test_ctrl_c_keeps_what_was_finished(tmp_path: Path) -> None:
    manifest = run(InProcess(HandmadePipeline()), [GOOD, Document("stop", "text"), PLAIN], tmp_path)
    assert manifest.interrupted
    assert [r.doc_id for r in read_records(tmp_path)] == ["good"]
    assert manifest_of(tmp_path)["status"] == "interrupted"


def test_ctrl_c_leaves_a_complete_run_that_is_there(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), [GOOD, PLAIN], tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    with pytest.raises(KeyboardInterrupt):
        run(InProcess(HandmadePipeline()), [GOOD, Document("stop", "text")], tmp_path)
    after = {p.name: p.read_bytes() for p in tmp_path.iterdir() if p.is_file()}
    assert before.items() <= after.items()
    assert set(after) - set(before) == {JOURNAL}


def test_a_run_that_breaks_leaves_the_old_run(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), [GOOD], tmp_path)
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}

    class Broken(HandmadePipeline):
        def outcomes(self, documents: Any) -> Any:
            yield from super().outcomes([PLAIN])
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError):
        run(InProcess(Broken()), [PLAIN], tmp_path)
    after = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    assert b"letter" in after.pop(JOURNAL)  # what was done, for the next run
    assert after == before


def test_no_page_when_none_is_wanted(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), [GOOD], tmp_path, html=False)
    assert not (tmp_path / "report.html").exists()


def test_the_page_of_the_run_before_does_not_pass_for_this_one_s(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), [GOOD], tmp_path)
    assert (tmp_path / "report.html").exists()
    run(InProcess(HandmadePipeline()), [GOOD], tmp_path, html=False)
    assert not (tmp_path / "report.html").exists()


def test_an_unwritable_folder_is_said_before_anything_is_read(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file in the way")

    def items() -> Any:
        raise AssertionError("read before the folder was tried")
        yield

    with pytest.raises(OutputError, match="out"):
        run(InProcess(HandmadePipeline()), items(), tmp_path / "out")


def test_half_a_surrogate_pair_costs_its_own_document_at_most(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), [Document("odd \ud83d sign", "text", doc_id="odd"), GOOD], tmp_path)
    assert "good" in [r.doc_id for r in read_records(tmp_path)]


def test_a_quote_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="stands at"):
        checked_line(HandmadePipeline().extract(GOOD), TEXT.replace("40 mg", "60 mg"))


def test_an_input_that_gives_nothing_does_not_take_a_run_s_place(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), [GOOD], tmp_path)
    before = (tmp_path / "records.jsonl").read_bytes()
    for items in ([UNREADABLE], [], [BOOM]):
        with pytest.raises(OutputError, match="the run that is here is kept"):
            run(InProcess(HandmadePipeline()), items, tmp_path)
        assert (tmp_path / "records.jsonl").read_bytes() == before
    assert manifest_of(tmp_path)["counts"]["ok"] == 1
