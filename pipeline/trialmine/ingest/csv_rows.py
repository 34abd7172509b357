"""CSV and TSV: one document a row, told by the header's column names; commas, semicolons, tabs or bars between cells.

The parser is strict, because a forgotten quotation mark would otherwise swallow the rows behind it unseen. A row that
does not parse, or has more cells than the header, is refused, and reading goes on with the next line.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Collection, Iterator
from itertools import zip_longest

from trialmine.ingest.encoding import Line, bounded_lines
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.rows import COLUMNS, TEXT_FIELDS, Rows, column, no_text_column

_DELIMITERS = ",\t;|"
_TEXT = {name for field in TEXT_FIELDS for name in COLUMNS[field]}
_KNOWN = {name for names in COLUMNS.values() for name in names}
_MAX_NAME = 60  # characters of a column name; longer "cells" are prose
_QUOTE = "Put cells that hold the separator in quotation marks, and double the marks inside."


def _sniff(head: Head) -> int:
    first, *rest = re.split(r"[\r\n]+", head.text, maxsplit=1)
    names = _names(first)
    if len(names) > 1 and any(rest) and {*names} & _TEXT and all(len(n) <= _MAX_NAME for n in names):
        return 85 if sum(n in _KNOWN for n in names) > 1 else 50
    named = {".csv", ".tsv", ".tab"} & {*head.suffixes}
    return 20 if named and head.text[:1] not in "<{[" else 0


def _delimiter(header: str, given: Collection[str] = ()) -> str:
    own = _KNOWN | {column(name) for name in given}

    def known(delimiter: str) -> tuple[int, int]:
        cells = _cells(header, delimiter)
        return sum(column(c) in own for c in cells), len(cells)

    return max(_DELIMITERS, key=known)


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _names(header: str) -> list[str]:
    return [column(c) for c in _cells(header, _delimiter(header))]


class _Lines:
    """Rows with the line they begin in; a row that fails gives its lines back, all but the first."""

    def __init__(self, lines: Iterator[Line], delimiter: str, limit: int) -> None:
        self._lines = lines
        self._limit = limit
        self._delimiter = delimiter
        self._waiting: deque[Line] = deque()

    def _next(self) -> Line | None:
        return self._waiting.popleft() if self._waiting else next(self._lines, None)

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        """(line number, cells), or (line number, what is wrong)."""
        while line := self._next():
            if line.text is None:
                yield line.number, f"the line is longer than {self._limit:,} characters"
            elif line.text.strip():
                yield line.number, self._row(line)

    def _row(self, first: Line) -> list[str] | str:
        taken: list[Line] = [first]

        def feed() -> Iterator[str]:
            size = len(first.text or "")
            yield first.text or ""
            while (line := self._next()) is not None:
                taken.append(line)
                size += len(line.text or "")
                if line.text is None or size > self._limit:
                    return
                yield line.text

        try:
            return next(csv.reader(feed(), delimiter=self._delimiter, strict=True))
        except (csv.Error, StopIteration) as error:
            self._waiting.extendleft(reversed(taken[1:]))
            return f"the row can't be parsed ({str(error) or 'it breaks off'})"


def _read(source: Source) -> Items:
    limit = source.limits.line_chars
    csv.field_size_limit(2**31 - 1)  # one setting for the whole process, so it can't be a source's own
    lines = bounded_lines(source.text(), limit)
    first = next((line for line in lines if line.text is None or line.text.strip()), None)
    if first is None or first.text is None:
        yield unreadable(source.uri, "there is no header line", "Begin the file with the column names.")
        return
    delimiter = _delimiter(first.text, source.options.columns.values())
    header = _cells(first.text, delimiter)
    rows = Rows(source, "tsv" if delimiter == "\t" else READER.name)
    if not {column(c) for c in header} & rows.text_columns:
        yield unreadable(source.uri, *no_text_column(header, "table"), line=first.number)
        return
    damaged = False
    for number, cells in _Lines(lines, delimiter, limit):
        # spreadsheets leave out empty cells at a row's end; behind a broken row, a short one is a piece of that
        fault = cells if isinstance(cells, str) else _fault(len(cells), len(header), strict=damaged)
        if fault or isinstance(cells, str):
            damaged = True
            yield unreadable(source.uri, str(fault), _QUOTE, line=number)
        else:
            yield rows.document(dict(zip_longest(header, cells)), number)


def _fault(cells: int, columns: int, *, strict: bool) -> str | None:
    return (
        f"the row has {cells} cells and the header {columns}"
        if cells > columns or (strict and cells < columns)
        else None
    )


READER = Reader(
    name="csv",
    description="CSV or TSV with a header: doc_id, text (or title and abstract), pmid, doi …",
    suffixes=(".csv", ".tsv", ".tab"),
    sniff=_sniff,
    read=_read,
)
