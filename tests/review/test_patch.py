from __future__ import annotations

import errno
import json
import multiprocessing
import os
from pathlib import Path

import pytest

from trialmine.errors import InputError, OutputError
from trialmine.review.correction import Check, Correction, Edit
from trialmine.review.patch import CORRECTIONS, PatchFile

KEY = ("pmid:1", "00")


def check(by: str) -> Correction:
    return Check(by=by, record_id=KEY[0], text_sha256=KEY[1])


def add(patch: PatchFile, by: str) -> None:
    patch.append(KEY, lambda _: [check(by)])


def names(patch: PatchFile) -> list[str]:
    return [c.by for c in patch.of(*KEY)]


def test_lines_are_added_and_read_by_others(tmp_path: Path) -> None:
    one, other = PatchFile(tmp_path / CORRECTIONS), PatchFile(tmp_path / CORRECTIONS)
    assert names(one) == []
    add(one, "ann")
    add(other, "bob")
    assert names(one) == names(other) == names(PatchFile(tmp_path / CORRECTIONS)) == ["ann", "bob"]
    assert one.of("pmid:1", "11") == ()
    assert one.counts() == {KEY: 2}
    line = json.loads((tmp_path / CORRECTIONS).read_text().splitlines()[0])
    assert line["by"] == "ann"
    assert line["at"].endswith("Z")


def test_who_appends_knows_what_is_there(tmp_path: Path) -> None:
    one, other = PatchFile(tmp_path / CORRECTIONS), PatchFile(tmp_path / CORRECTIONS)
    add(one, "ann")
    seen: list[int] = []
    other.append(KEY, lambda before: seen.append(len(before)) or [check("bob")])  # type: ignore[func-returns-value]
    assert seen == [1]


def test_a_line_that_was_not_written_to_its_end_costs_itself(tmp_path: Path) -> None:
    path = tmp_path / CORRECTIONS
    patch = PatchFile(path)
    add(patch, "ann")
    with path.open("ab") as file:
        file.write(check("torn").model_dump_json().encode()[:40])
    assert names(patch) == names(PatchFile(path)) == ["ann"]
    add(patch, "bob")
    assert names(patch) == names(PatchFile(path)) == ["ann", "bob"]


def test_a_line_that_is_no_correction_is_told(tmp_path: Path) -> None:
    path = tmp_path / CORRECTIONS
    path.write_text(check("ann").model_dump_json() + '\n{"action": "dance"}\n')
    with pytest.raises(InputError, match="line 2"):
        PatchFile(path).of(*KEY)


def test_a_line_of_a_later_version_costs_its_record_alone(tmp_path: Path) -> None:
    path = tmp_path / CORRECTIONS
    other = {"action": "dance", "record_id": "pmid:2", "text_sha256": "00"}
    path.write_text(check("ann").model_dump_json() + "\n" + json.dumps(other) + "\n")
    patch = PatchFile(path)
    assert names(patch) == ["ann"]
    add(patch, "bob")
    for make in (lambda: patch.of("pmid:2", "00"), lambda: patch.append(("pmid:2", "00"), lambda _: [check("eve")])):
        with pytest.raises(InputError, match="line 2"):
            make()
    assert names(PatchFile(path)) == ["ann", "bob"]


def test_a_torn_line_is_told_in_the_log(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / CORRECTIONS
    path.write_text('{"action": "che\n' + check("ann").model_dump_json() + "\n")
    assert names(PatchFile(path)) == ["ann"]
    assert "line 1" in caplog.text


@pytest.mark.parametrize("written", [0, 1, 250, 400])
def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: int) -> None:
    path = tmp_path / CORRECTIONS
    patch = PatchFile(path)
    add(patch, "ann")
    before = path.read_bytes()

    def full(handle: int, content: bytes) -> None:
        os.write(handle, content[:written])
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr("trialmine.review.patch.write_whole", full)
    with pytest.raises(OutputError, match="no space left"):
        patch.append(KEY, lambda _: [check("bob"), check("bob")])
    assert path.read_bytes() == before
    monkeypatch.undo()
    add(patch, "eve")
    assert names(patch) == names(PatchFile(path)) == ["ann", "eve"]


def test_a_new_file_has_its_name_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders: list[Path] = []
    monkeypatch.setattr("trialmine.review.patch.synced_folder", folders.append)
    patch = PatchFile(tmp_path / CORRECTIONS)
    add(patch, "ann")
    add(patch, "bob")
    assert folders == [tmp_path]


def test_half_a_character_is_refused(tmp_path: Path) -> None:
    patch = PatchFile(tmp_path / CORRECTIONS)
    half = Edit(by="ann", record_id=KEY[0], text_sha256=KEY[1], block="arms", row="a1", slot="label", after="\ud83d")
    with pytest.raises(InputError, match="half"):
        patch.append(KEY, lambda _: [check("ann"), half])
    assert names(patch) == []


def test_nothing_is_ever_overwritten(tmp_path: Path) -> None:
    path = tmp_path / CORRECTIONS
    patch, before = PatchFile(path), b""
    for n in range(5):
        add(patch, str(n))
        now = path.read_bytes()
        assert now.startswith(before)
        before = now


def _many(path: str, who: str, count: int) -> None:
    patch = PatchFile(Path(path))
    for n in range(count):
        add(patch, f"{who}{n}")


@pytest.mark.slow
def test_several_processes_lose_nothing(tmp_path: Path) -> None:
    path = str(tmp_path / CORRECTIONS)
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_many, args=(path, who, 40)) for who in "abc"]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    found = names(PatchFile(Path(path)))
    assert len(found) == 120
    for who in "abc":
        assert [n for n in found if n.startswith(who)] == [f"{who}{n}" for n in range(40)]
