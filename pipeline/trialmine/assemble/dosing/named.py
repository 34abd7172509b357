"""Names beside amounts: those that words describe, and those that overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

import regex

from trialmine.records.article import Reference

# "5 mg of inhaled racemic A": words that only describe what is named behind them
DESCRIBED = regex.compile(
    r"\s{1,3}of\s{1,3}(?:(?!(?:and|or|with|in|for|to|from|plus|versus|vs|by|as|the|an?|per|than|containing|at|on|via|was|were)\b)[\p{L}\d'’-]+\s{1,3}){1,3}",
    regex.IGNORECASE,
)


def without_overlaps(references: Sequence[Reference]) -> list[Reference]:
    """The references in text order, without those that overlap a longer one."""
    kept: list[Reference] = []
    for r in sorted(references, key=lambda r: (r.start - r.end, r.start)):
        at = bisect_left(kept, r.start, key=lambda k: k.start)
        clear_before = at == 0 or kept[at - 1].end <= r.start
        if clear_before and (at == len(kept) or r.end <= kept[at].start):
            kept.insert(at, r)
    return kept
