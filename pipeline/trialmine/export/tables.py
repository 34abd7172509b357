"""Tidy tables as CSV files, Parquet files, or one DuckDB file with keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from trialmine.export.writer import Notes, Options, Run, Writer, library
from trialmine.records.trial import TrialRecord
from trialmine.report.columns import TABLES, Column
from trialmine.report.files import replaced_whole, writable_folder
from trialmine.report.table_files import frames, write_csv

_DUCKDB = {"string": "VARCHAR", "Int64": "BIGINT", "Float64": "DOUBLE", "boolean": "BOOLEAN"}
_ARROW = {"string": "string", "Int64": "int64", "Float64": "float64", "boolean": "bool"}
_KEYS = {
    "trials": ("record_id",),
    "interventions": ("record_id", "intervention_id"),
    "arms": ("record_id", "arm_id"),
    "endpoints": ("record_id", "endpoint_id"),
    "dosing": ("record_id", "dosing_id"),
    "statistics": ("record_id", "statistic_id"),
    **dict.fromkeys(("conditions", "eligibility", "adverse_events", "warnings", "edits"), ("record_id", "row")),
}
_REFERS = {
    "dosing": ("intervention_id", "interventions"),
    "statistics": ("endpoint_id", "endpoints"),
}


def _counted(records: Iterable[TrialRecord], notes: Notes) -> Iterator[TrialRecord]:
    for record in records:
        notes.written += 1
        yield record


def _first_of_each(run: Run, notes: Notes) -> Iterator[TrialRecord]:
    seen: set[str] = set()
    for record in run.records():
        if record.record_id in seen:
            notes.lost(record, "a second record of the same record_id (the key of every table)")
        else:
            seen.add(record.record_id)
            yield record


def _write_csv(run: Run, target: Path, _: Options, notes: Notes) -> None:
    write_csv(_counted(run.records(), notes), writable_folder(target))


def _write_parquet(run: Run, target: Path, _: Options, notes: Notes) -> None:
    arrow, parquet = library("pyarrow"), library("pyarrow.parquet")
    writable_folder(target)
    schemas = {name: arrow.schema([_field(arrow, c) for c in columns]) for name, columns in TABLES.items()}
    with ExitStack() as stack:
        places = {name: stack.enter_context(replaced_whole(target / f"{name}.parquet")) for name in TABLES}
        files = {
            name: stack.enter_context(parquet.ParquetWriter(place, schemas[name])) for name, place in places.items()
        }
        for piece in frames(_counted(run.records(), notes)):
            for name, frame in piece.items():
                files[name].write_table(arrow.Table.from_pandas(frame, schema=schemas[name], preserve_index=False))


def _field(arrow: object, column: Column) -> object:
    kind = getattr(arrow, _ARROW[column.dtype])() if column.dtype != "boolean" else arrow.bool_()  # type: ignore[attr-defined]
    return arrow.field(column.name, kind, metadata={"meaning": column.meaning})  # type: ignore[attr-defined]


def _write_duckdb(run: Run, target: Path, _: Options, notes: Notes) -> None:
    duckdb = library("duckdb")
    writable_folder(target.parent)
    with replaced_whole(target) as place:
        place.unlink()  # DuckDB makes its file itself, and takes an empty one for a broken one
        with duckdb.connect(str(place)) as connection:
            fill(connection, run, notes)


def fill(connection: Any, run: Run, notes: Notes) -> None:
    """Make the tables of a run in an open DuckDB database."""
    for name in _in_order():
        connection.execute(_definition(name, TABLES[name]))
    for piece in frames(_counted(_first_of_each(run, notes), notes)):
        for name in _in_order():
            if len(piece[name]):
                connection.register("chunk", piece[name])
                connection.execute(f'INSERT INTO "{name}" SELECT * FROM chunk')
                connection.unregister("chunk")


def _in_order() -> list[str]:
    # tables that others refer to come first
    first = ["trials", "interventions", "endpoints"]
    return first + [name for name in TABLES if name not in first]


def _definition(table: str, columns: tuple[Column, ...]) -> str:
    parts = [f'"{c.name}" {_DUCKDB[c.dtype]}' for c in columns]
    if key := _KEYS.get(table):
        parts.append(f"PRIMARY KEY ({', '.join(key)})")
    if table in _REFERS:
        column, other = _REFERS[table]
        parts.append(f"FOREIGN KEY (record_id, {column}) REFERENCES {other} (record_id, {column})")
    return f'CREATE TABLE "{table}" ({", ".join(parts)})'


CSV = Writer("csv", "a folder of CSV files, one per table", _write_csv)
PARQUET = Writer("parquet", "a folder of Parquet files, one per table, typed", _write_parquet)
DUCKDB = Writer("duckdb", "one DuckDB file, tables typed and keyed", _write_duckdb, suffix=".duckdb")
