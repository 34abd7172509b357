"""The records of a run in part files, for programs that read many files side by side (Dask, Spark, DuckDB)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from typing import Any, Literal, get_args

from trialmine.errors import ConfigError
from trialmine.report.files import replaced_whole, writable_folder
from trialmine.report.run_folder import RECORDS, TEXTS

PartFormat = Literal["jsonl", "parquet"]
PARTS = "parts"
ROWS = 10_000  # records of a part
_GROUP = 500  # of them in memory at a time
_COLUMNS = ("record_id", "doc_id", "text", "record")
Row = dict[str, str]


def write_parts(folder: Path, form: str, *, rows: int = ROWS) -> None:
    """Write `parts/part-00000.FORM` and so on, in the order of records.jsonl; parts of an earlier run are removed.

    Each row has record_id, doc_id, text and record, which is the line of records.jsonl; a part in JSONL has the record
    alone.

    Raises:
        ConfigError: there is no such format, or pyarrow is not installed.
        OutputError: the folder can't be written.
    """
    write = part_writer(form)
    place = writable_folder(folder / PARTS)
    for old in chain(place.glob("part-*"), place.glob(".part-*")):
        old.unlink()
    left = _rows(folder)
    for number, first in enumerate(left):
        with replaced_whole(place / f"part-{number:05}.{form}") as beside:
            write(beside, chain([first], islice(left, rows - 1)))


def part_writer(form: str) -> Any:
    """What writes one part, from a path and rows.

    Raises:
        ConfigError: there is no such format, or pyarrow is not installed.
    """
    if form == "jsonl":
        return _write_jsonl
    if form != "parquet":
        names = ", ".join(get_args(PartFormat))
        raise ConfigError(f"there are no parts in {form!r}", where="--parts", remedy=f"Formats: {names}.")
    try:
        import_module("pyarrow.parquet")
    except ImportError as error:
        remedy = "Install it with: pip install 'trialmine[parquet]'"
        raise ConfigError("this needs the library pyarrow, which is not installed", remedy=remedy) from error
    return _write_parquet


def _rows(folder: Path) -> Iterator[Row]:
    with (folder / RECORDS).open(encoding="utf-8", newline="") as records, (folder / TEXTS).open("rb") as texts:
        for record, text in zip(records, texts, strict=False):
            yield {**json.loads(text), "record": record.rstrip("\n")}


def _write_jsonl(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(row["record"] + "\n" for row in rows)


def _write_parquet(path: Path, rows: Iterable[Row]) -> None:
    arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    schema = arrow.schema([(name, arrow.string()) for name in _COLUMNS])
    left = iter(rows)
    with parquet.ParquetWriter(path, schema) as file:
        while group := list(islice(left, _GROUP)):
            file.write_table(arrow.Table.from_pylist(group, schema=schema))
