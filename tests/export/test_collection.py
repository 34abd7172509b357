from __future__ import annotations

from pathlib import Path

import pytest

from support.records import TEXT, whole_record
from trialmine import Records
from trialmine.errors import ConfigError, InputError
from trialmine.export.registry import WRITERS


def test_every_format_has_its_method(tmp_path: Path) -> None:
    records = Records([whole_record()], [TEXT])
    for form in WRITERS:
        notes = getattr(records, f"to_{form.name}")(tmp_path / form.name)
        assert notes.written == 1
        assert (tmp_path / form.name).exists()


def test_records_are_found_by_place_and_by_either_id(run: Path) -> None:
    records = Records.read(run)
    assert len(records) == 2
    assert records[1] == records["b"] == records["doi:10.1/b"]
    with pytest.raises(KeyError):
        records["nobody"]


def test_a_file_of_records_has_no_texts(run: Path, tmp_path: Path) -> None:
    records = Records.read(run / "records.jsonl")
    assert len(records.to_frames()["dosing"]) == 6
    with pytest.raises(InputError, match="needs the raw texts"):
        records.to_bioc(tmp_path / "b.json")
    with pytest.raises(ConfigError, match="Choose one of"):
        records.to("xls", tmp_path / "x")
