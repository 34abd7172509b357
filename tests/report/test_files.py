from __future__ import annotations

import os
from pathlib import Path

import pytest

from trialmine.errors import InputError, OutputError
from trialmine.report.files import writable_folder, written_whole
from trialmine.report.run_folder import read_records

not_as_root = pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "records.jsonl"
    target.write_text("old")

    def breaks_off() -> None:
        with written_whole(target) as file:
            file.write("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        breaks_off()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_whole_write_takes_the_place(tmp_path: Path) -> None:
    with written_whole(tmp_path / "a.txt") as file:
        file.write("whole\n")
        assert not (tmp_path / "a.txt").exists()
    assert (tmp_path / "a.txt").read_text() == "whole\n"


def test_a_missing_folder_is_an_output_error(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="can't write"), written_whole(tmp_path / "no" / "a.txt"):
        pass


def test_a_file_in_the_folders_place_is_an_output_error(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(OutputError, match="can't be written"):
        writable_folder(tmp_path / "out")


@not_as_root
def test_a_read_only_folder_is_an_output_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="can't be written"):
        writable_folder(tmp_path / "out")


def test_full_disk_is_an_output_error() -> None:
    with pytest.raises(OutputError, match="can't"):
        writable_folder(Path("/proc/out"))


@pytest.mark.parametrize("content", ["", "{}\n", "not json\n", '{"record_id": 1}\n', "\x00\xff"])
def test_files_that_hold_no_records(tmp_path: Path, content: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(content.encode("latin-1"))
    if not content:
        assert list(read_records(path)) == []
        return
    with pytest.raises(InputError, match="records"):
        list(read_records(path))


def test_a_missing_run_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="trialmine run"):
        list(read_records(tmp_path / "nowhere"))
