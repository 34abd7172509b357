"""Lengths that leave a row out: what is told of the last step alone, and steps that are told by their date."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.cycle import is_of_last_step, is_of_one_day, is_too_short
from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.on_top import is_on_top_of
from trialmine.records.article import Mention

# "50 mg in week 5 and 100 mg from week 6 on": a date is no length
_DATED = regex.compile(
    r",?\s(?:daily\s)?(?:(?:in|on|at)\s(?:week|month)\s\d{1,2}(?!\s?[-–—,/]|\s(?:to|and|or|through)\s\d{1,2}\b(?!\s?(?:m?g|[µμ]g|mcg|m[lL]|IU|units)\b))|(?:from|starting\s(?:from|at|in))\s(?:week|month|day)\s\d{1,2}\s(?:on(?!\s\w+\s\d)|onwards?)\b)",
    regex.IGNORECASE,
)


def open_to(text: str, draft: Draft, drafts: Sequence[Draft], found: Sequence[Mention]) -> list[Mention]:
    """The lengths that a row may have."""
    if _is_first_day(draft, drafts) or (draft.role == "loading" and not draft.stated.get("duration")):
        return []
    found = [m for m in found if not _is_repeated(draft, drafts, (m.start, m.end)) and not is_on_top_of(text, draft, m)]
    found = [m for m in found if not is_too_short(draft, m)]
    if _is_dated(text, draft):
        places = draft.stated.get("duration", ())
        return [m for m in found if (m.start, m.end) in places and m.start >= draft.end]
    return [m for m in found if not (is_of_last_step(m) and _is_stepped(draft, drafts, m.start))]


def without_lengths(text: str, drafts: Sequence[Draft]) -> None:
    """Take from the first day's dose, and from a step told by its date, the length that scope gave it of another."""
    for draft in drafts:
        ahead = all(end <= draft.end for _, end in draft.stated.get("duration", ()))
        repeated = any(_is_repeated(draft, drafts, place) for place in draft.stated.get("duration", ()))
        if draft.duration is not None and (
            repeated or _is_first_day(draft, drafts) or (ahead and _is_dated(text, draft))
        ):
            draft.drop("duration")


def _is_repeated(draft: Draft, drafts: Sequence[Draft], place: tuple[int, int]) -> bool:
    """Whether a row was given once, and the length at this place is one of another's that was given again and again."""
    if draft.frequency is None or draft.frequency.code != "ONCE":
        return False
    return any(
        place in d.stated.get("duration", ()) and d.frequency is not None and d.frequency.code != "ONCE" for d in drafts
    )


def _is_first_day(draft: Draft, drafts: Sequence[Draft]) -> bool:
    led = draft.role == "loading" or _is_stepped(draft, drafts, draft.sentence.end)
    return led and is_of_one_day(draft)


def _is_dated(text: str, draft: Draft) -> bool:
    at = max(draft.end, draft.dose_span[1]) if draft.dose_span else draft.end
    return draft.dose_span is not None and _DATED.match(text, at, draft.sentence.end) is not None


def _is_stepped(draft: Draft, drafts: Sequence[Draft], stop: int) -> bool:
    """Whether another dose of the drug is told behind a row's, and before `stop`, in its sentence."""
    own = [d.dose_span[0] for d in drafts if d.dose_span and d.intervention == draft.intervention]
    return draft.dose_span is not None and any(draft.dose_span[0] < at < min(stop, draft.sentence.end) for at in own)
