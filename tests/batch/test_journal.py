"""The journal of a run: what it holds is whole, of one identity, and written by one run at a time."""

from __future__ import annotations

import json
import resource
import signal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from batch.test_resume import DOCS, Counting
from support.pipeline import HandmadePipeline
from trialmine.batch.engine import InProcess
from trialmine.batch.journal import JOURNAL, Journal, identity
from trialmine.batch.run import run
from trialmine.errors import OutputError
from trialmine.records.document import Document


def test_an_interrupted_run_goes_on(tmp_path: Path) -> None:
    docs = [DOCS[1], Document("stop", "text", doc_id="stop"), DOCS[2]]
    assert run(InProcess(HandmadePipeline()), docs, tmp_path).interrupted
    assert (tmp_path / JOURNAL).exists()
    pipeline = Counting()
    run(InProcess(pipeline), [DOCS[1], DOCS[2]], tmp_path)
    assert pipeline.seen == 1
    assert json.loads((tmp_path / "run.json").read_text())["status"] == "complete"


def test_another_model_starts_anew(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), [DOCS[1], Document("stop", "text")], tmp_path, config={"ner_model": None})
    pipeline = Counting()
    run(InProcess(pipeline), [DOCS[1]], tmp_path, config={"ner_model": "other"})
    assert pipeline.seen == 1


def test_identity_holds_what_matters() -> None:
    base = identity({"version": "1"}, {"ner_model": None})
    assert base == identity({"version": "1"}, {"ner_model": None})
    assert base != identity({"version": "2"}, {"ner_model": None})
    assert base != identity({"version": "1"}, {"ner_model": "x"})


def test_two_runs_do_not_write_into_one_folder(tmp_path: Path) -> None:
    with Journal(tmp_path, "a"), pytest.raises(OutputError, match="another run is writing here"):
        Journal(tmp_path, "a")


def test_failed_documents_are_tried_again(tmp_path: Path) -> None:
    bad = Document("boom", "text", doc_id="bad")
    run(InProcess(HandmadePipeline()), [bad, DOCS[1], Document("stop", "text")], tmp_path)
    pipeline = Counting()
    run(InProcess(pipeline), [bad, DOCS[1]], tmp_path)
    assert pipeline.seen == 1


@given(cut=st.integers(0, 4000), flip=st.integers(0, 4000))
def test_no_half_line_is_taken_for_whole(cut: int, flip: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("journal")
    with Journal(folder, "who") as journal:
        results = list(journal.results(InProcess(HandmadePipeline()), DOCS[:3]))
    content = bytearray((folder / JOURNAL).read_bytes())[:cut]
    if flip < len(content):
        content[flip] ^= 1
    (folder / JOURNAL).write_bytes(content)
    with Journal(folder, "who") as journal:
        assert list(journal.results(InProcess(HandmadePipeline()), DOCS[:3])) == results


def test_a_full_disk_is_said_and_what_was_done_is_kept(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write then fails, as on a full disk
    resource.setrlimit(resource.RLIMIT_FSIZE, (15_000, before[1]))
    try:
        with pytest.raises(OutputError, match="can't write"):
            run(InProcess(HandmadePipeline()), DOCS, tmp_path, keep_duplicates=True)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert not (tmp_path / "records.jsonl").exists()
    pipeline = Counting()
    run(InProcess(pipeline), DOCS, tmp_path, keep_duplicates=True)
    assert 0 < pipeline.seen < len(DOCS)
