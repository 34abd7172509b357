"""Tables as text: a line a row, cells told apart by a bar, so that no two numbers ever run together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

_BAR = " | "


def row_text(cells: Iterable[str]) -> str:
    """One row; a bar in a cell becomes a slash, line ends become blanks. Empty cells stay, for their place tells.

    >>> row_text(["Dose", "10 mg", ""]), row_text(["", ""])
    ('Dose | 10 mg |', '')
    """
    plain = [" ".join(cell.replace("|", "/").split()) for cell in cells]
    return _BAR.join(plain).strip() if any(plain) else ""


def rows_text(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """The rows that hold anything."""
    return (text for row in rows if (text := row_text(row)))
