"""A run that was stopped, however and whenever, goes on where it was, and ends as if it had never stopped."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from support.pipeline import HandmadePipeline, TroubledPipeline
from support.records import TEXT
from trialmine.batch.engine import InProcess
from trialmine.batch.journal import JOURNAL
from trialmine.batch.run import FILES, run
from trialmine.records.document import Document
from trialmine.report.columns import TABLES

DOCS = [Document(TEXT if n % 2 else f"slow letter {n}", "text", doc_id=f"d{n}") for n in range(40)]


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


def run_slowly(folder: Path) -> None:
    run(InProcess(TroubledPipeline()), DOCS, folder, keep_duplicates=True)


def stopped(work: Callable[[], object], after: float, how: signal.Signals) -> int:
    """Does the work in a copy of this process, sends it the signal, and gives its exit code."""
    child = os.fork()
    if child == 0:
        for stop in (
            signal.SIGTERM,
            signal.SIGINT,
        ):  # as the command line does; who starts tests behind "&" ignores SIGINT
            signal.signal(stop, signal.default_int_handler)
        try:
            work()
        finally:
            os._exit(0)
    time.sleep(after)
    os.kill(child, how)  # until it is waited for, a process that has ended can still be sent signals
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("whole")
    run(InProcess(HandmadePipeline()), DOCS, folder, keep_duplicates=True)
    return contents(folder)


@pytest.mark.slow
def test_a_run_killed_at_ten_random_moments_ends_as_if_never_stopped(tmp_path: Path, whole: dict[str, bytes]) -> None:
    rng, started = Random(10), time.monotonic()
    run_slowly(tmp_path / "unbroken")
    takes, folder = time.monotonic() - started, tmp_path / "broken"
    codes = [stopped(lambda: run_slowly(folder), rng.uniform(0, 0.7 * takes), signal.SIGKILL) for _ in range(10)]
    assert codes.count(-signal.SIGKILL) >= 5
    run_slowly(folder)
    assert contents(folder) == contents(tmp_path / "unbroken") == whole
    assert {p.name for p in folder.iterdir()} == set(FILES)  # no journal, and nothing half-written


@pytest.mark.slow
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_told_to_stop_keeps_what_it_has(
    tmp_path: Path, whole: dict[str, bytes], how: signal.Signals
) -> None:
    assert stopped(lambda: run_slowly(tmp_path), 0.4, how) == 0
    done = (tmp_path / "records.jsonl").read_bytes()
    assert whole["records.jsonl"].startswith(done)
    assert b'"status": "interrupted"' in (tmp_path / "run.json").read_bytes()
    pipeline = Counting()
    run(InProcess(pipeline), DOCS, tmp_path, keep_duplicates=True)
    assert contents(tmp_path) == whole
    assert pipeline.seen == len(DOCS) - done.count(b"\n")


def test_what_a_power_cut_leaves_is_no_file_of_the_run(tmp_path: Path, whole: dict[str, bytes]) -> None:
    run(InProcess(HandmadePipeline()), [*DOCS[:7], Document("stop", "text")], tmp_path, keep_duplicates=True)
    with (tmp_path / JOURNAL).open("ab") as file:
        file.write(b'00000000 {"key": "half a li')
    (tmp_path / ".records.jsonl.abcd1234").write_text("half a record")
    (tmp_path / ".gitignore").write_text("not ours")
    pipeline = Counting()
    run(InProcess(pipeline), DOCS, tmp_path, keep_duplicates=True)
    assert contents(tmp_path) == whole
    assert pipeline.seen == len(DOCS) - 7
    assert {p.name for p in tmp_path.iterdir()} == {*FILES, ".gitignore"}
