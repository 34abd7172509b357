from __future__ import annotations

from pathlib import Path

import pytest

from batch.test_resume import DOCS
from support.pipeline import HandmadePipeline
from trialmine.batch.engine import InProcess
from trialmine.batch.parts import write_parts
from trialmine.batch.run import run
from trialmine.errors import ConfigError
from trialmine.ingest import read
from trialmine.records.document import Document


def test_parts_in_jsonl_are_the_records_in_order(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), DOCS, tmp_path, parts="jsonl", html=False, keep_duplicates=True)
    write_parts(tmp_path, "jsonl", rows=16)
    parts = sorted((tmp_path / "parts").iterdir())
    assert [p.name for p in parts] == ["part-00000.jsonl", "part-00001.jsonl", "part-00002.jsonl"]
    assert b"".join(p.read_bytes() for p in parts) == (tmp_path / "records.jsonl").read_bytes()
    write_parts(tmp_path, "jsonl")
    assert [p.name for p in (tmp_path / "parts").iterdir()] == ["part-00000.jsonl"]


def test_parts_in_parquet_are_read_back_as_an_input_of_parts(tmp_path: Path) -> None:
    run(InProcess(HandmadePipeline()), DOCS, tmp_path, parts="parquet", html=False, keep_duplicates=True)
    write_parts(tmp_path, "parquet", rows=16)
    (tmp_path / "parts" / "_SUCCESS").touch()
    items = list(read([tmp_path / "parts"]))
    assert [(d.doc_id, d.text) for d in items if isinstance(d, Document)] == [(d.doc_id, d.text) for d in DOCS]
    assert len(items) == len(DOCS)


def test_an_unknown_format_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no parts in 'avro'"):
        run(InProcess(HandmadePipeline()), iter(lambda: 1 / 0, 0), tmp_path / "out", parts="avro")  # type: ignore[arg-type]
