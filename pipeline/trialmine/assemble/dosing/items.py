"""The items of one sentence that are given (drugs and their doses), in text order, and what stands between them."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.between import masked
from trialmine.assemble.dosing.brackets import (
    are_bracketed,
)
from trialmine.assemble.dosing.cycle import (
    has_told,
)
from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.filling import take
from trialmine.assemble.dosing.joints import (
    AS_ONE,
    CEILING,
    LISTED,
    LOOSELY_LISTED,
    NEXT_ARM,
    NEXT_CLAUSE,
    REST,
    SIZE,
)
from trialmine.assemble.dosing.on_top import begins_on_top
from trialmine.records.article import Mention

Span = tuple[int, int]
FARTHEST = 250  # characters from an item to what may still be told of it
BREAK = regex.compile(r";|\.\s|\b(?:whereas|while|followed\sby|then|thereafter|but|after\swhich)\b", regex.IGNORECASE)
# what is left of "on days 1 and 8" without the days
_ON_DAYS = regex.compile(r"\s(?:on|from)\s{2,}", regex.IGNORECASE)
_TIMINGS = ("frequency", "schedule", "duration")


class Items:
    """The drafts of one sentence, the spans they stand in, and the mentions of attributes beside them."""

    def __init__(self, text: str, drafts: Sequence[Draft], attributes: Sequence[Mention]) -> None:
        self.text = text
        self.drafts = sorted(drafts, key=lambda d: d.span)
        self.spans = sorted({d.span for d in self.drafts})
        self.attributes = sorted(attributes, key=lambda m: (m.start, -m.end))

    def run(self, span: Span) -> list[Span]:
        """The item with those that are written as one with it, "oral A-B": what is told of one holds for both."""
        i = self.spans.index(span)
        first = last = i
        while first and AS_ONE.fullmatch(self.text, self.spans[first - 1][1], self.spans[first][0]):
            first -= 1
        while last + 1 < len(self.spans) and AS_ONE.fullmatch(self.text, self.spans[last][1], self.spans[last + 1][0]):
            last += 1
        return [span, *(s for s in self.spans[first : last + 1] if s != span)]

    def at(self, span: Span) -> list[Draft]:
        """The drafts of an item."""
        return [d for d in self.drafts if d.span == span]

    def fill(self, span: Span, mention: Mention) -> None:
        """Give the drafts of an item what the mention says."""
        for draft in self.at(span):
            take(draft, mention)

    def parted(self, start: int, end: int) -> bool:
        """Whether what stands there parts an item from what is told behind it."""
        gap = self.text[start:end]
        # "day 1; q21" goes on, "5 mg was given; all were seen every week" does not
        return len(gap) > FARTHEST or (len(gap) > 4 and bool(regex.search(r";", gap)) and len(self.spans) > 1)

    def is_infused(self, left: Span, right: Span) -> bool:
        """Whether an item says how long its infusion ran."""
        return any(m.kind == "infusion_time" and left[0] <= m.start and m.end <= right[0] for m in self.attributes)

    def is_timed(self, span: Span, stop: int, kind: str = "frequency") -> bool:
        """Whether an item has a frequency, or a length, that is told before `stop`."""
        return any(end <= stop for d in self.at(span) for _, end in d.stated.get(kind, []))

    def is_bare(self, span: Span) -> bool:
        """Whether an item has no dose."""
        return all(d.dose is None for d in self.at(span))

    def start_ahead(self, mention: Mention) -> int | None:
        """Where the next item behind a mention begins, if there is one."""
        return min((s[0] for s in self.spans if s[0] >= mention.end), default=None)

    def timed_between(self, left: Span, right: Span) -> bool:
        """ "daily A or four cycles of B": what is told before the next item is of that one."""
        return any(left[1] <= m.start < right[0] and m.kind in ("frequency", "schedule") for m in self.attributes)

    def closed(self, left: Span, right: Span) -> bool:
        """Whether the item before has said its own how and when, or an arm ends there."""
        start, end = left[1], right[0]
        often = [{d.frequency.code for d in self.at(s) if d.frequency} for s in (left, right)]
        if often[0] and often[1] and often[0] != often[1]:
            return True
        told = any(start <= m.start and m.end <= end and m.kind in _TIMINGS for m in self.attributes)
        gap = self.text[start:end]
        return told or NEXT_ARM.search(gap) is not None or NEXT_CLAUSE.search(gap) is not None

    def has(self, span: Span, kind: str, mention: Mention) -> bool:
        """Whether an item has something of this kind that the mention must not replace."""
        return has_told(self.at(span), kind, mention)

    def listed(self, left: Span, right: Span) -> bool:
        """Whether two items stand next to each other in one list."""
        gap = REST.sub("", SIZE.sub("", _ON_DAYS.sub(" ", self.masked(left[1], right[0], None))), count=1)
        if begins_on_top(gap):
            return False
        if are_bracketed(self.text, left, right) or CEILING.fullmatch(self.text, left[1], right[0]):
            return True
        if LOOSELY_LISTED.fullmatch(gap) and not BREAK.search(gap):
            return True
        return (
            len(gap) < 120 and LISTED.fullmatch(gap) is not None and not regex.search(r"\bfollowed\sby\b|\bthen\b", gap)
        )

    def masked(self, start: int, end: int, skip: Mention | None) -> str:
        """text[start:end] without the attributes that stand in it, but for `skip`."""
        return masked(self.text, start, end, ((m.start, m.end) for m in self.attributes if m is not skip))
