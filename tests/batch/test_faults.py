"""Faults put into a run: whatever befalls a document or the machine, nothing else is lost and the reason is said."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from batch.test_resume import DOCS, contents, run_slowly
from support.pipeline import DyingPipeline, HandmadePipeline, TroubledPipeline
from trialmine.batch.engine import InProcess
from trialmine.batch.processes import Processes
from trialmine.batch.run import run
from trialmine.clean import cleaner
from trialmine.clean.repair import Stage
from trialmine.errors import ConfigError, ModelError, OutputError
from trialmine.flow import load
from trialmine.nlp.ner import load_ner
from trialmine.records.document import Document, Edit
from trialmine.resources import model_path

pytestmark = pytest.mark.slow

FAULTS = {
    "abort": "ended the process that read it (signal 6)",
    "segfault": "ended the process that read it (signal 11)",
    "hang": "took more than 4 s and was stopped",
    "poison": "took more than 4 s and was stopped",
    "eat": "MemoryError",
    "boom": "internal error: boom",
    "lie": "breaks the contract",
}


@pytest.fixture(scope="module")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("unbroken")
    run_slowly(folder)
    return contents(folder)


def test_each_faulty_document_costs_itself_alone_and_says_why(tmp_path: Path) -> None:
    texts = [text for fault in FAULTS for text in (f"a letter, then {fault[::-1]}", fault)]
    docs = [Document(text, "text", doc_id=text) for text in texts]
    engine = Processes(TroubledPipeline, 1, seconds=4, megabytes=1200)
    manifest = run(engine, docs, tmp_path, html=False)
    assert [e.doc_id for e in manifest.entries()] == texts
    said = {e.doc_id: e.error or "" for e in manifest.failures}
    assert said.keys() == FAULTS.keys()
    assert {fault: said[fault] for fault, reason in FAULTS.items() if reason not in said[fault]} == {}
    assert (tmp_path / "records.jsonl").read_bytes().count(b"\n") == len(FAULTS)


def test_a_poisonous_input_costs_the_repair_that_it_holds_up(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def too_slow(_: str) -> list[Edit]:
        raise TimeoutError  # as a pattern does whose time is up

    monkeypatch.setattr(cleaner, "STAGES", (Stage((too_slow,)), *cleaner.STAGES))
    document = Document("Thirty patients took velotinib 5 mg twice daily.", "text", doc_id="a")
    manifest = run(InProcess(load(ner_model="none")), [document], tmp_path, html=False)
    (entry,) = manifest.entries()
    assert (entry.status, entry.rows["dosing"]) == ("partial", 1)
    assert "a repair was given up" in (entry.error or "")


def test_a_killed_worker_costs_nothing() -> None:
    engine = Processes(TroubledPipeline, 1)
    results = engine.results(DOCS)
    first = [next(results) for _ in range(3)]
    for child in engine.pids:
        os.kill(child, 9)
    here = InProcess(HandmadePipeline()).results(DOCS)
    assert [(r.line, r.entry.status) for r in [*first, *results]] == [(r.line, r.entry.status) for r in here]


def test_a_process_that_can_t_even_start_is_said_once() -> None:
    with pytest.raises(ConfigError, match=r"ended before it could \(exit code 3\)"):
        list(Processes(DyingPipeline, 1).results(DOCS))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk], check=False).returncode
    ):
        pytest.skip("only root may mount a small disk")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_is_said_and_with_more_room_the_run_goes_on(small_disk: Path, unbroken: dict[str, bytes]) -> None:
    with pytest.raises(OutputError, match="No space left"):
        run(InProcess(HandmadePipeline()), DOCS, small_disk / "out", keep_duplicates=True)
    left = {p.name for p in (small_disk / "out").iterdir()}
    assert left == {".unfinished.jsonl"}
    subprocess.run(["mount", "-o", "remount,size=4m", small_disk], check=True)
    run(InProcess(HandmadePipeline()), DOCS, small_disk / "out", keep_duplicates=True)
    assert contents(small_disk / "out") == unbroken


def test_a_folder_that_turns_read_only_is_said(small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(OutputError, match="can't be written"):
        run(InProcess(HandmadePipeline()), DOCS[:1], small_disk / "out")


@pytest.mark.parametrize("part", ["recogniser/weights.npz", "vocab/vectors", "config.cfg"])
def test_a_flipped_byte_in_the_model_is_said(tmp_path: Path, part: str) -> None:
    shutil.copytree(model_path(), tmp_path / "model")
    with (tmp_path / "model" / part).open("r+b") as file:
        file.seek(1000)
        byte = file.read(1)[0]
        file.seek(1000)
        file.write(bytes([byte ^ 1]))
    with pytest.raises(ModelError, match=f"{part} is not what it was"):
        load_ner(tmp_path / "model")


def test_a_clock_that_jumps_changes_nothing(
    tmp_path: Path, unbroken: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    times = iter(10_000 * n * (-1) ** n for n in range(10**9))
    monkeypatch.setattr("time.time", lambda: float(next(times)))
    run(Processes(TroubledPipeline, 1, seconds=5), DOCS, tmp_path, keep_duplicates=True)
    assert contents(tmp_path) == unbroken
