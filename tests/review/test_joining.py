"""Patch files of several runs become one: nothing lost, each correction once, the later edit last."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from trialmine.errors import InputError
from trialmine.review.joining import join_patches


def patch(path: Path, *lines: tuple[str, int]) -> Path:
    path.write_text("".join(json.dumps({"id": i, "at": f"2026-03-01T10:00:{s:02}Z"}) + "\n" for i, s in lines))
    return path


def ids(path: Path) -> list[str]:
    return [json.loads(line)["id"] for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("turned", [False, True])
def test_order_is_that_of_time_whatever_run_is_named_first(tmp_path: Path, turned: bool) -> None:
    monday, tuesday = patch(tmp_path / "m", ("a", 1), ("c", 3)), patch(tmp_path / "t", ("b", 2), ("d", 4))
    join_patches([tuesday, monday] if turned else [monday, tuesday], tmp_path / "all")
    assert ids(tmp_path / "all") == ["a", "b", "c", "d"]


def test_what_was_corrected_in_the_target_stays_and_nothing_comes_twice(tmp_path: Path) -> None:
    ann, target = patch(tmp_path / "ann", ("a", 1)), patch(tmp_path / "all", ("a", 1), ("bob", 5))
    for _ in range(2):
        join_patches([target, ann], target)
        assert ids(target) == ["a", "bob"]


def test_a_clock_put_back_changes_no_order_of_one_file(tmp_path: Path) -> None:
    one, other = patch(tmp_path / "1", ("edit", 9), ("undo", 2)), patch(tmp_path / "2", ("x", 5))
    join_patches([one, other], tmp_path / "all")
    assert ids(tmp_path / "all") == ["x", "edit", "undo"]


def test_a_torn_line_is_left_out(tmp_path: Path) -> None:
    torn = patch(tmp_path / "1", ("a", 1))
    torn.write_bytes(torn.read_bytes() + '{"id": "é'.encode()[:-1])
    join_patches([torn], tmp_path / "all")
    assert ids(tmp_path / "all") == ["a"]


@pytest.mark.parametrize("line", ["3", "{}", '{"id": "a", "at": "noon"}', '{"id": "a", "at": 7}'])
def test_what_is_no_correction_is_said_with_its_place(tmp_path: Path, line: str) -> None:
    wrong = patch(tmp_path / "1", ("a", 1))
    wrong.write_text(wrong.read_text() + line + "\n")
    with pytest.raises(InputError, match="line 2"):
        join_patches([wrong], tmp_path / "all")
    assert not (tmp_path / "all").exists()
