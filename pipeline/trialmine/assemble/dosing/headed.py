"""Doses told behind their day: "(day 1, 50 mg; days 2-5, 100 mg)"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Mention

Span = tuple[int, int]
_TO_DOSE = regex.compile(r"\s?[,:=]\s?(?:at\s|a\s)?|\s")
_OPENED = regex.compile(r"[(\[:]\s?(?:on\s)?$", regex.IGNORECASE)
_NEXT = regex.compile(r"\s?[;,]?\s(?:(?:and|then|followed\sby)\s)?(?:on\s)?", regex.IGNORECASE)


def headed(text: str, drafts: Sequence[Draft], attributes: Sequence[Mention]) -> dict[Mention, Span]:
    """The days that head a dose, with the item that has it: the first opens a list, the others go on with it."""
    doses = sorted((d.dose_span, d.span) for d in drafts if d.dose_span)
    found: dict[Mention, Span] = {}
    reached: int | None = None  # the end of the last dose of a list that still goes on
    for m in attributes:
        if m.kind != "schedule" or not m.value.days:
            continue
        item = next(((dose, span) for dose, span in doses if dose[0] >= m.end), None)
        goes_on = reached is not None and reached <= m.start and _NEXT.fullmatch(text, reached, m.start)
        if item is None or not _TO_DOSE.fullmatch(text, m.end, item[0][0]):
            reached = None
        elif goes_on or _OPENED.search(text, max(0, m.start - 6), m.start):
            found[m] = item[1]
            reached = item[0][1]
    return found if len(found) > 1 else {}
