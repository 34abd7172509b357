"""Searches a slow pattern only near a word that every match of it holds."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search


def find_near(pattern: Pattern, cue: Search, text: str, *, before: int, behind: int) -> Iterator[regex.Match[str]]:
    """Matches of `pattern` in the stretches from `before` characters before a cue to `behind` characters after it.

    The same matches as in the whole text, as long as no match reaches further from its cue.
    """
    if not pattern.may_be_in(text):
        return
    for start, end in _stretches(text, cue, before, behind):
        yield from pattern.find(text, start, end)


def _stretches(text: str, cue: Search, before: int, behind: int) -> Iterator[tuple[int, int]]:
    start = end = -1
    for m in cue.find(text):
        low, high = max(m.start() - before, 0), min(m.end() + behind, len(text))
        if start >= 0 and low > end:
            yield start, end
            start = low
        start, end = (low if start < 0 else start), high
    if start >= 0:
        yield start, end
