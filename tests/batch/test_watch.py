"""A watched folder: files are read once each, whole, as they come; stopping and starting again repeats nothing."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from support.pipeline import HandmadePipeline
from trialmine.batch.engine import InProcess
from trialmine.batch.manifest import Manifest
from trialmine.batch.run import run
from trialmine.batch.watch import watch
from trialmine.ingest import read
from trialmine.report.run_folder import read_texts


def run_new(new: Sequence[Path], folder: Path, sums: Mapping[str, str]) -> Manifest:
    return run(InProcess(HandmadePipeline()), read(new), folder, config={"files": sums}, html=False)


def watched(folder: Path, target: Path, *steps: Callable[[], object]) -> list[list[str]]:
    """The texts of each run, when the steps are done one between any two looks, and Ctrl-C comes behind the last."""
    left = [*steps, lambda: None, lambda: None]

    def look(_: float) -> None:
        if not left:
            raise KeyboardInterrupt
        left.pop(0)()

    manifests = watch(folder, target, run_new, look=look)
    with suppress(KeyboardInterrupt):
        deque(manifests, maxlen=0)
    return [list(read_texts(place)) for place in sorted(target.iterdir()) if (place / "texts.jsonl").exists()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in" / "below").mkdir(parents=True)
    return tmp_path / "in"


def test_files_are_read_as_they_come_and_never_again(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("one")
    runs = watched(folder, tmp_path / "out", lambda: None, lambda: (folder / "below/b.txt").write_text("two"))
    assert runs == [["one"], ["two"]]
    (folder / "a.txt").rename(folder / "renamed.txt")
    (folder / "c.txt").write_text("three")
    assert watched(folder, tmp_path / "out") == [["one"], ["two"], ["three"]]
    assert watched(folder, tmp_path / "out") == [["one"], ["two"], ["three"]]


def test_half_written_files_are_waited_for(folder: Path, tmp_path: Path) -> None:
    growing = [lambda n=n: (folder / "a.txt").write_text("word " * n) for n in range(1, 6)]
    (folder / "b.txt.part").write_text("half")
    (folder / ".hidden").write_text("half")
    runs = watched(folder, tmp_path / "out", *growing, lambda: (folder / "b.txt.part").rename(folder / "b.txt"))
    assert runs == [["word " * 5], ["half"]]


def test_a_file_that_changes_is_new(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("one")
    assert watched(folder, tmp_path / "out", lambda: None, lambda: (folder / "a.txt").write_text("two"))[1] == ["two"]


def test_a_run_that_was_stopped_is_taken_up(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("one")
    (folder / "b.txt").write_text("stop")  # Ctrl-C in the middle
    assert watched(folder, tmp_path / "out") == [["one"]]
    (folder / "b.txt").write_text("two")
    assert watched(folder, tmp_path / "out") == [["one", "two"]]
    assert json.loads((tmp_path / "out" / "000001" / "run.json").read_text())["status"] == "complete"


def test_what_can_t_be_read_is_said_once(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_bytes(b"\x89PNG" + bytes(99))
    watched(folder, tmp_path / "out")
    watched(folder, tmp_path / "out")
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["000001"]


def test_a_run_that_was_put_away_leaves_its_number_and_the_others_alone(folder: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(name)
        watched(folder, tmp_path / "out")
    (tmp_path / "out" / "000001").rename(tmp_path / "archive")
    (folder / "one.txt").unlink()
    (folder / "three.txt").write_text("three")
    assert watched(folder, tmp_path / "out") == [["two"], ["three"]]


def test_a_stopped_run_keeps_what_it_read_of_a_file_that_has_left(folder: Path, tmp_path: Path) -> None:
    (folder / "a.txt").write_text("one")
    (folder / "b.txt").write_text("stop")
    watched(folder, tmp_path / "out")
    (folder / "a.txt").unlink()
    (folder / "b.txt").write_text("two")
    assert watched(folder, tmp_path / "out") == [["one"], ["two"]]
