"""Lengths that leave a row out: what is told of the last step alone, and steps that are told by their date."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.cycle import is_of_last_step, is_of_one_day
from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Mention

# "50 mg in week 5 and 100 mg from week 6 on": a date is no length
_DATED = regex.compile(
    r",?\s(?:daily\s)?(?:(?:in|on|at)\s(?:week|month)\s\d{1,2}(?!\s?[-–—,/]|\s(?:to|and|or|through)\s\d)|(?:from|starting\s(?:from|at|in))\s(?:week|month|day)\s\d{1,2}\s(?:on(?!\s\w+\s\d)|onwards?)\b)",
    regex.IGNORECASE,
)


def open_to(text: str, draft: Draft, drafts: Sequence[Draft], found: Sequence[Mention]) -> list[Mention]:
    """The lengths that a row may have."""
    if is_of_one_day(draft) and _is_stepped(draft, drafts, draft.sentence.end):
        return []
    if draft.dose_span and _DATED.match(text, max(draft.end, draft.dose_span[1]), draft.sentence.end):
        return [m for m in found if (m.start, m.end) in draft.stated.get("duration", ())]
    return [m for m in found if not (is_of_last_step(m) and _is_stepped(draft, drafts, m.start))]


def without_lengths(drafts: Sequence[Draft]) -> None:
    """Take from the first day's dose the length that scope gave it with the steps behind it."""
    for draft in drafts:
        if draft.duration is not None and is_of_one_day(draft) and _is_stepped(draft, drafts, draft.sentence.end):
            draft.drop("duration")


def _is_stepped(draft: Draft, drafts: Sequence[Draft], stop: int) -> bool:
    """Whether another dose of the drug is told behind a row's, and before `stop`, in its sentence."""
    own = [d.dose_span[0] for d in drafts if d.dose_span and d.intervention == draft.intervention]
    return draft.dose_span is not None and any(draft.dose_span[0] < at < min(stop, draft.sentence.end) for at in own)
