"""Excel workbooks: one document a row of each sheet that has a column with text; formulas by their last values."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from trialmine.ingest.extras import needed
from trialmine.ingest.package import checked_package
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.rows import Rows, column, no_text_column
from trialmine.records.document import Unreadable


def _sniff(head: Head) -> int:
    return 85 if head.data.startswith(b"PK\x03\x04") and b"xl/" in head.data else 0


def _read(source: Source) -> Items:
    openpyxl = needed("openpyxl", "office")
    with source.file() as file:
        workbook = openpyxl.load_workbook(
            checked_package(file, source.budget), read_only=True, data_only=True, keep_links=False
        )
        try:
            left: list[Unreadable] = []
            sheets = [_sheet(sheet, source, left) for sheet in workbook.worksheets]
            for items in sheets:
                yield from items
            if len(left) == len(sheets):  # a sheet of notes beside the table is no fault
                yield from left
        finally:
            workbook.close()


def _sheet(sheet: Any, source: Source, left: list[Unreadable]) -> Items:
    rows = Rows(source, READER.name)
    header: list[str] | None = None
    for number, cells in enumerate(_cells(sheet), 1):
        source.budget.check_time()
        if not any(cell not in (None, "") for cell in cells):
            continue
        if header is None:
            header = [str(cell or "") for cell in cells]
            if not {column(name) for name in header} & rows.text_columns:
                what, remedy = no_text_column([name for name in header if name], "sheet")
                left.append(unreadable(source.uri, what, remedy, place=f"sheet {sheet.title!r}", line=number))
                return
        else:
            yield rows.document(dict(zip(header, cells, strict=False)), number)
    if header is None:
        left.append(unreadable(source.uri, "the sheet is empty", "Drop it.", place=f"sheet {sheet.title!r}"))


def _cells(sheet: Any) -> Iterator[list[Any]]:
    for row in sheet.iter_rows(values_only=True):
        yield [cell.isoformat() if isinstance(cell, date) else cell for cell in row]


READER = Reader(
    name="xlsx",
    description="an Excel workbook: one document a row, columns as in CSV",
    suffixes=(".xlsx", ".xlsm"),
    sniff=_sniff,
    read=_read,
    binary=True,
    part="xl/workbook.xml",
)
