from __future__ import annotations

import json
import multiprocessing
from pathlib import Path

import pytest

from trialmine.errors import InputError
from trialmine.review.correction import Check, Correction
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
    assert one.records() == [KEY]
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
