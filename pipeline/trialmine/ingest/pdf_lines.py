"""The printed lines of a PDF page, from the places of its characters."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from trialmine.ingest.extras import needed
from trialmine.ingest.pdf_layout import Line

_HYPHENS = {"\x02", "\ufffe", "\u00ad"}  # how pdfium gives the hyphen at a line's end
_TILTED = 0.1  # radians
_SPACE = 0.18  # of the letters' height: a gap that is a blank
_COLUMN = 1.4  # of the height: a gap between cells or columns
_RAISED = 0.75  # of the line's height: letters smaller than this are raised or lowered signs
_EXPONENT = re.compile(r"(?<![\d.,])10$")


class _Char(NamedTuple):
    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        return self.top - self.bottom


def page_lines(page: Any) -> list[Line]:
    """Pieces of lines without wide gaps in them, in no certain order; tilted text is left out."""
    text = page.get_textpage()
    try:
        chars = list(_chars(text))
    finally:
        text.close()
        page.close()
    return [line for run in _runs(chars) if (line := _line(run)).text]


def _chars(text: Any) -> Iterator[_Char]:
    raw = needed("pypdfium2.raw", "pdf")
    box = raw.FS_RECTF()
    for i in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, i)
        if code in (0, 10, 13, 32, 0xA0) or raw.FPDFText_IsGenerated(text, i) == 1:
            continue
        if abs(math.remainder(raw.FPDFText_GetCharAngle(text, i), 2 * math.pi)) > _TILTED:
            continue
        # the loose box is the font's, so that "a" and "b" of one line are equally high
        sign = chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"
        raw.FPDFText_GetLooseCharBox(text, i, box)
        yield _Char("-" if sign in _HYPHENS else sign, box.left, box.right, box.bottom, box.top)


def _runs(chars: list[_Char]) -> Iterator[list[_Char]]:
    """Characters that stand beside each other on one line, as the file has them in a row."""
    run: list[_Char] = []
    for char in chars:
        if run and not _continues(run, char):
            yield run
            run = []
        run.append(char)
    if run:
        yield run


def _continues(run: list[_Char], char: _Char) -> bool:
    height = max(c.height for c in run[-8:]) or 1.0
    middle = (char.bottom + char.top) / 2
    low, high = min(c.bottom for c in run[-8:]), max(c.top for c in run[-8:])
    gap = char.left - run[-1].right
    return low - 0.3 * height <= middle <= high + 0.3 * height and -0.6 * height <= gap <= _COLUMN * height


def _line(run: list[_Char]) -> Line:
    height = sorted(c.height for c in run)[int(len(run) * 0.8)]
    base = sorted(c.bottom for c in run)[len(run) // 2]
    parts = [run[0].text]
    for before, char in pairwise(run):
        if char.left - before.right > _SPACE * height:
            parts.append(" ")
        is_raised = char.bottom > base + 0.25 * height and char.height < _RAISED * height
        if is_raised and (char.text.isdigit() or char.text in "-−–") and _EXPONENT.search("".join(parts[-4:])):
            parts.append("^")
        parts.append(char.text)
    return Line(
        text="".join(parts).strip(),
        left=min(c.left for c in run),
        right=max(c.right for c in run),
        bottom=min(c.bottom for c in run),
        top=max(c.top for c in run),
        size=height,
    )
