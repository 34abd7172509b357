from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from support.records import TEXT, whole_record
from trialmine.records.trial import TrialRecord

WriteRun = Callable[..., Path]


@pytest.fixture
def write_run(tmp_path: Path) -> WriteRun:
    """Writes a run folder of hand-made records: `write_run(record, …, texts=[…])`."""

    def write(*records: TrialRecord, texts: Sequence[str] | None = None) -> Path:
        folder = tmp_path / "run"
        folder.mkdir()
        lines = (r.model_dump_json() for r in records)
        (folder / "records.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        rows = (json.dumps({"text": text}) for text in texts or [TEXT] * len(records))
        (folder / "texts.jsonl").write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        return folder

    return write


@pytest.fixture
def run(write_run: WriteRun) -> Path:
    """A run of two whole records."""
    return write_run(*(whole_record(name).model_copy(update={"record_id": f"doi:10.1/{name}"}) for name in ("a", "b")))
