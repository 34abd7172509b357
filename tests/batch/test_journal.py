"""A run that was killed goes on where it was, and ends as if it had never stopped."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.pipeline import HandmadePipeline
from support.records import TEXT
from trialmine.batch.engine import InProcess
from trialmine.batch.journal import JOURNAL, Journal, identity
from trialmine.batch.run import run
from trialmine.errors import OutputError
from trialmine.records.document import Document
from trialmine.report.columns import TABLES

DOCS = [Document(TEXT if n % 2 else f"slow letter {n}", "text", doc_id=f"d{n}") for n in range(40)]
SCRIPT = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from support.pipeline import TroubledPipeline
from batch.test_journal import DOCS
from trialmine.batch.engine import InProcess
from trialmine.batch.run import run
run(InProcess(TroubledPipeline()), DOCS, Path(sys.argv[1]), keep_duplicates=True)
"""


def contents(folder: Path) -> dict[str, bytes]:
    names = ["records.jsonl", "texts.jsonl", *(f"{t}.csv" for t in TABLES)]
    return {name: (folder / name).read_bytes() for name in names}


class Counting(HandmadePipeline):
    """Counts the documents that it is given."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = 0

    def outcomes(self, documents):  # type: ignore[no-untyped-def]
        for document in documents:
            self.seen += 1
            yield from super().outcomes([document])


@pytest.mark.slow
def test_killed_runs_end_as_if_never_stopped(tmp_path: Path) -> None:
    whole = tmp_path / "whole"
    run(InProcess(HandmadePipeline()), DOCS, whole, keep_duplicates=True)
    script = SCRIPT.format(tests=str(Path(__file__).resolve().parents[1]))
    for _ in range(3):
        broken = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "out")])
        lines = 0
        while broken.poll() is None and lines < 8:
            time.sleep(0.02)
            path = tmp_path / "out" / JOURNAL
            lines = path.read_bytes().count(b"\n") if path.exists() else 0
        os.kill(broken.pid, signal.SIGKILL)
        broken.wait()
        assert not (tmp_path / "out" / "records.jsonl").exists()
    with (tmp_path / "out" / JOURNAL).open("ab") as file:
        file.write(b'00000000 {"key": "half a li')  # as a power cut leaves it
    pipeline = Counting()
    run(InProcess(pipeline), DOCS, tmp_path / "out", keep_duplicates=True)
    assert contents(tmp_path / "out") == contents(whole)
    assert pipeline.seen < len(DOCS) - 5
    assert not (tmp_path / "out" / JOURNAL).exists()


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
    results = list(InProcess(HandmadePipeline()).results(DOCS[:3]))
    with Journal(folder, "who") as journal:
        for result in results:
            journal.add(result)
    content = bytearray((folder / JOURNAL).read_bytes())[:cut]
    if flip < len(content):
        content[flip] ^= 1
    (folder / JOURNAL).write_bytes(content)
    with Journal(folder, "who") as journal:
        for result in results:
            recalled = journal.recall(result.document)
            assert recalled is None or recalled == result


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
