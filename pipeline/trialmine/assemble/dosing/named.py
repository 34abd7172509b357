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

_IN_THE = regex.compile(r"\s(?:\([^()]{1,30}\)\s)?(?:(?:was|were)\sgiven\s)?in\s(?:the\s|each\s)?", regex.IGNORECASE)
_GROUP_OPENED = regex.compile(
    r"[-\s](?:(?:only|alone|treated)\s)?(?:groups?|arms?)\s?[(\[]\s?(?:at\s)?", regex.IGNORECASE
)
_QUALITY = regex.compile(r"[-‐‑](?:rich|enriched|fortified|free|naive|resistant|refractory|depleted|induced)\b")


def is_quality(text: str, reference: Reference) -> bool:
    """ "A-rich oil", "an A-naive patient": the name tells what something else is like."""
    return _QUALITY.match(text, reference.end) is not None


def names_group(text: str, reference: Reference, before: Reference, amount: int) -> bool:
    """ "A in the B-only group (5 mg)": whether B, which stands before the amount, names the group that had A."""
    opened = before.id != reference.id and _GROUP_OPENED.fullmatch(text, reference.end, amount) is not None
    return opened and _IN_THE.fullmatch(text, before.end, reference.start) is not None


def without_overlaps(references: Sequence[Reference]) -> list[Reference]:
    """The references in text order, without those that overlap a longer one."""
    kept: list[Reference] = []
    for r in sorted(references, key=lambda r: (r.start - r.end, r.start)):
        at = bisect_left(kept, r.start, key=lambda k: k.start)
        clear_before = at == 0 or kept[at - 1].end <= r.start
        if clear_before and (at == len(kept) or r.end <= kept[at].start):
            kept.insert(at, r)
    return kept
