"""Parquet: one document a row, columns as in CSV; read in small batches, and only the columns that mean something."""

from __future__ import annotations

from typing import Any

from trialmine.errors import LimitError
from trialmine.ingest.budget import raised
from trialmine.ingest.extras import needed
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.rows import Rows, column, no_text_column

_BATCH = 200  # rows in memory at a time
_HEADER_BYTES = 16_000_000  # of the file's own description


def _sniff(head: Head) -> int:
    return 99 if head.data.startswith(b"PAR1") else 0


def _read(source: Source) -> Items:
    parquet = needed("pyarrow.parquet", "parquet")
    with source.file() as file:
        table = parquet.ParquetFile(file, thrift_string_size_limit=_HEADER_BYTES, pre_buffer=False)
        _check_sizes(table.metadata, source)
        names: list[str] = table.schema_arrow.names
        rows = Rows(source, READER.name)
        if not {column(name) for name in names} & rows.text_columns:
            yield unreadable(source.uri, *no_text_column(names, "table"))
            return
        number = 0
        for batch in table.iter_batches(_BATCH, columns=[n for n in names if column(n) in rows.known_columns]):
            for row in batch.to_pylist():
                number += 1
                yield rows.document(row, number)


def _check_sizes(metadata: Any, source: Source) -> None:
    limit = source.limits.file_bytes
    largest = max((metadata.row_group(i).total_byte_size for i in range(metadata.num_row_groups)), default=0)
    if largest > limit:
        what = f"a row group unpacks to {largest:,} bytes; it may have {limit:,}"
        raise LimitError(what, where=source.uri, remedy=raised("file_bytes"))


READER = Reader(
    name="parquet",
    description="a Parquet file: one document a row, columns as in CSV",
    suffixes=(".parquet", ".pq"),
    sniff=_sniff,
    read=_read,
    binary=True,
)
