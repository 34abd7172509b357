"""Brackets of which one half was dropped, closed again around an abbreviation, a count or a P value."""

from __future__ import annotations

from collections.abc import Iterator

from trialmine.lexicon.pattern import Pattern
from trialmine.records.document import Edit

_CONTENT = (
    r"(?:(?-i:(?![IVX]+\b)[A-Z][A-Za-z0-9-]{1,9})|n\s?=\s?\d{1,6}|p\s?[=<>≤≥]\s?0?\.\d{1,6}|"
    r"\d{1,5}(?:\.\d{1,3})?\s?(?:mg|mcg|[μµ]g|g|ml|mL|%)|\d{1,4}/\d{1,4})"
)
OPENED = Pattern(
    "bracket.close",
    rf"\((?P<c>{_CONTENT})(?=[\s,;:]|\.(?:\s|$))",
    hits=("lifestyle change (ILS with", "group (n=32 and"),
    misses=("change (ILS) with", "(some words"),
)
CLOSED = Pattern(
    "bracket.open",
    rf"(?<=\s)(?P<c>{_CONTENT})(?=\))",
    hits=("estrogen n=382) in", "sodium EC-MPS) versus"),
    misses=("estrogen (n=382) in", "of words) in", "at first, II) water"),
)
PATTERNS = (OPENED, CLOSED)
_REACH = 250  # a bracket whose partner does not stand within so many characters has none


def halves(text: str) -> Iterator[Edit]:
    """Puts back the missing half. Only the bracket is supplied, its content stands in the text."""
    if "(" in text:
        for m in OPENED.find(text):
            if not _closes(text[m.end() : m.end() + _REACH], "()"):
                last = m.end() - 1
                yield Edit(
                    last, m.end(), text[last], text[last] + ")", OPENED.name, 0.75, "half of the brackets is lost"
                )
    if ")" in text:
        for m in CLOSED.find(text):
            if not _closes(text[max(0, m.start() - _REACH) : m.start()][::-1], ")("):
                at = m.start() - 1
                yield Edit(at, m.start(), text[at], text[at] + "(", CLOSED.name, 0.75, "half of the brackets is lost")


def _closes(ahead: str, pair: str) -> bool:
    """Does `ahead` hold the partner of a bracket that stands before it? Brackets inside brackets are passed over."""
    depth = 1
    for c in ahead:
        if c in pair:
            depth += 1 if c == pair[0] else -1
            if depth == 0:
                return True
    return False
