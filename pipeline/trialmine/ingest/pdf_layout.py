"""From printed lines to running text: columns, running heads, paragraphs. Knows nothing of PDF."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

_MARGIN = 0.1  # of the page's text: where running heads and page numbers stand
_REPEATED = 3  # pages; a line that stands on so many, its numbers aside, is furniture
_COLUMN_LINES = 5  # fewer make no column
_CROSSING = 0.35  # share of lines that may run across two columns: title, abstract, wide tables
_WIDE = 1.2  # of the letters' height: a gap between pieces of a line that may part cells
_TABLE_GAP = 5.0  # the same: a gap that no justified line has
_ALIGNED = 1.5  # points; cells of a column begin, end or centre this closely
_PAGE_NUMBER = re.compile(
    r"(?:page|p\.?)?\s*[-–]?\s*\d{1,4}\s*[-–]?\s*(?:(?:of|/)\s*\d{1,4})?|\d{1,4}\s*\|.{0,60}|[ivx]{1,6}",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.?!:;][\"”’)\]]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a printed line with its place on the page in points, from the lower left; `size` is its letters'."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        """Its height on the page."""
        return (self.bottom + self.top) / 2


def without_furniture(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The pages without running heads, running feet and page numbers."""
    counts = Counter(key for page in pages for key in {_shape(line) for line in _edges(page)})
    return [
        [line for line in page if not (line in edges and _is_furniture(line, counts, len(pages)))]
        for page in pages
        for edges in [set(_edges(page))]
    ]


def _edges(page: Sequence[Line]) -> list[Line]:
    if not page:
        return []
    low, high = min(x.bottom for x in page), max(x.top for x in page)
    margin = _MARGIN * (high - low)
    return [line for line in page if line.bottom > high - margin or line.top < low + margin]


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.lower().split()))


def _is_furniture(line: Line, counts: Counter[str], pages: int) -> bool:
    if _PAGE_NUMBER.fullmatch(line.text.strip()):
        return True
    # left and right pages may have heads of their own
    return counts[_shape(line)] >= max(2, min(_REPEATED, pages // 2)) and pages > 1


def reading_order(page: Sequence[Line]) -> list[Line]:
    """The lines as they are read: down each column, lines across them in between; pieces of one line joined."""
    gutter = _gutter(page)
    if gutter is None:
        return _joined(page)
    across = sorted((x for x in page if _crosses(x, gutter)), key=lambda x: -x.middle)
    ordered: list[Line] = []
    ceiling = float("inf")
    for wide in [*across, None]:
        floor = wide.middle if wide else float("-inf")
        zone = [x for x in page if not _crosses(x, gutter) and floor < x.middle <= ceiling]
        ordered += reading_order([x for x in zone if x.right <= gutter])
        ordered += reading_order([x for x in zone if x.left >= gutter])
        ordered += [wide] if wide else []
        ceiling = floor
    return ordered


def _crosses(line: Line, gutter: float) -> bool:
    return line.left < gutter < line.right


def _gutter(page: Sequence[Line]) -> float | None:
    """The x of the white strip between two columns that fewest lines cross; None for a single column."""
    if len(page) < 2 * _COLUMN_LINES:
        return None
    low, high = min(x.left for x in page), max(x.right for x in page)
    edges = sorted({round(x.left) - 1.0 for x in page if low + 0.2 * (high - low) < x.left < low + 0.8 * (high - low)})
    best: tuple[int, float] | None = None
    for x in edges:
        crossing = sum(_crosses(line, x) for line in page)
        left = sum(line.right <= x for line in page)
        right = sum(line.left >= x for line in page)
        sides = min(_rows(page, x, left=True), _rows(page, x, left=False))
        if sides >= _COLUMN_LINES and min(left, right) >= _COLUMN_LINES and crossing <= _CROSSING * len(page):
            best = min(best or (crossing, x), (crossing, x))
    return best[1] if best else None


def _rows(page: Sequence[Line], x: float, *, left: bool) -> int:
    """How many lines beside x are long enough for a column of prose; a table's cells are short."""
    side = [line for line in page if (line.right <= x if left else line.left >= x)]
    if not side:
        return 0
    width = max(s.right for s in side) - min(s.left for s in side)
    return sum(line.right - line.left > 0.5 * width and len(line.text) > 15 for line in side)


def _joined(lines: Sequence[Line]) -> list[Line]:
    """Lines from top to bottom; pieces at one height are one line, with a bar at each wide gap."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda x: (-x.middle, x.left)):
        row = rows[-1] if rows else None
        if row is not None and abs(row[0].middle - line.middle) < 0.4 * min(row[0].size, line.size):
            row.append(line)
        else:
            rows.append([line])
    ordered = [sorted(row, key=lambda x: x.left) for row in rows]
    gaps = [_wide_gaps(row) for row in ordered]
    return [_one(row, _cell_gaps(gaps, i)) for i, row in enumerate(ordered)]


def _wide_gaps(row: list[Line]) -> list[tuple[Line, Line]]:
    return [(a, b) for a, b in pairwise(row) if b.left - a.right > _WIDE * a.size]


def _cell_gaps(gaps: list[list[tuple[Line, Line]]], at: int) -> set[Line]:
    """The pieces of a row that begin a cell: a gap is as wide as only tables have it, or cells above or below line up.

    A justified line may have wide gaps too, but those of the next line are elsewhere.
    """
    near = [piece for i in (at - 2, at - 1, at + 1, at + 2) if 0 <= i < len(gaps) for _, piece in gaps[i]]
    return {
        piece
        for before, piece in gaps[at]
        if piece.left - before.right > _TABLE_GAP * before.size or any(_line_up(piece, other) for other in near)
    }


def _line_up(a: Line, b: Line) -> bool:
    edges = (a.left - b.left, a.right - b.right, (a.left + a.right - b.left - b.right) / 2)
    return min(map(abs, edges)) < _ALIGNED


def _one(pieces: list[Line], cells: set[Line]) -> Line:
    whole = pieces[0]
    for piece in pieces[1:]:
        gap = piece.left - whole.right
        sign = " | " if piece in cells else " " if gap > 0.15 * whole.size else ""
        whole = replace(
            whole,
            text=whole.text + sign + piece.text,
            right=max(whole.right, piece.right),
            bottom=min(whole.bottom, piece.bottom),
            top=max(whole.top, piece.top),
        )
    return whole


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The lines, those of one paragraph joined by blanks; behind a hyphen the line's end stays."""
    if not lines:
        return []
    parts = [lines[0].text]
    for (before, line), starts in zip(pairwise(lines), _starts(lines), strict=True):
        if starts:
            parts.append(line.text)
        else:
            parts[-1] += ("\n" if before.text.endswith("-") else " ") + line.text
    return [part for part in parts if part.strip()]


def _starts(lines: Sequence[Line]) -> Iterator[bool]:
    """For each line but the first, whether it opens a paragraph."""
    steps = [a.middle - b.middle for a, b in pairwise(lines) if 0 < a.middle - b.middle < 4 * a.size]
    step = median(steps) if steps else 0.0
    size = median(line.size for line in lines)
    for before, line in pairwise(lines):
        if " | " in before.text or " | " in line.text:
            yield True
            continue
        resized = abs(before.size - line.size) > 0.12 * before.size
        down = before.middle - line.middle
        if down <= 0 or abs(before.left - line.left) > 0.5 * (before.right - before.left):  # the next column or page
            yield resized or (bool(_ENDS.search(before.text)) and not line.text[:1].islower())
            continue
        apart = down > 1.45 * step * max(1.0, line.size / size) if step else False
        indented = line.left - before.left > 0.8 * line.size and bool(_ENDS.search(before.text))
        width = max(before.right, line.right) - min(before.left, line.left)
        short = (
            before.right < line.right - 0.15 * width
            and (bool(_ENDS.search(before.text)) or len(before.text) < 60)
            and not line.text[:1].islower()
        )
        yield resized or apart or indented or short
