"""The arm whose size closes an item: "40 then 20 mg/kg (high, n=157) or 20 then 10 mg/kg (standard, n=155)"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Article

_SIZE = regex.compile(
    r"[(\[](?:[^()\[\]=]{0,60}[\s;,])?n\s?=\s?(?P<n>\d{1,3}(?:,?\d{3})*)[^()\[\]=]{0,20}[)\]]", regex.IGNORECASE
)
_NEXT = regex.compile(r",?\s(?:or|and|versus|vs\.?)\b|[;,]", regex.IGNORECASE)


def arm_by_size(draft: Draft, own: Sequence[Draft], article: Article, arms: Sequence[Any]) -> str | None:
    """The arm whose number of people stands behind a dose, in a sentence that closes each arm's doses of a drug so."""
    if draft.dose_span is None:
        return None
    start, end = draft.sentence.start, draft.sentence.end
    sizes = list(_SIZE.finditer(article.text, start, end))
    places = [d.dose_span for d in own if d.dose_span and start <= d.dose_span[0] < end]
    if len(sizes) < 2 or not places or any(not _NEXT.match(article.text, m.end()) for m in sizes[:-1]):
        return None
    # every size has doses of the drug before it and behind the last one: so it is theirs that it closes
    stops = [start, *(m.end() for m in sizes)]
    items = [[p for p in places if a <= p[0] and p[1] <= b] for a, b in pairwise(stops)]
    if not all(items) or places[-1][1] > stops[-1]:
        return None
    index = next((i for i, item in enumerate(items) if draft.dose_span in item), None)
    if index is None:
        return None
    n = int(sizes[index]["n"].replace(",", ""))
    of_size = [a.id for a in arms if a.n == n]
    return of_size[0] if len(of_size) == 1 else None
