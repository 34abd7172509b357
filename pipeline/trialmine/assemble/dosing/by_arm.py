"""What a sentence tells of each arm in turn: "cycles every 3 weeks in arm A and every 4 weeks in arm B"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Block, Mention
from trialmine.records.trial import Schedule, Span

_IN = regex.compile(r",?\s?\(?(?:in|for|to)\s(?:the\s|patients\sin\s(?:the\s)?)?", regex.IGNORECASE)
_SHARED = ("frequency", "schedule", "duration", "administrations")


def arm_behind(text: str, mention: Mention, arms: Block) -> str | None:
    """The arm that an attribute is told of, if it stands right behind it."""
    m = _IN.match(text, mention.end)
    if m is None:
        return None
    return next((r.id for r in arms.references if m.end() - 1 <= r.start <= m.end()), None)


def fill_by_arm(drafts: Sequence[Draft], told: Sequence[tuple[Mention, str]]) -> None:
    """Fill what was told of single arms into the rows that hold for that arm alone."""
    for mention, arm in told:
        for draft in drafts:
            if draft.arms == (arm,) and mention.kind in _SHARED:
                _fill(draft, mention)


def _fill(draft: Draft, mention: Mention) -> None:
    f, span = mention.value, (mention.start, mention.end)
    if mention.kind != "frequency" or draft.schedule is None or not draft.schedule.days:
        draft.fill(mention.kind, mention.value, span)
    elif f.count == 1 and f.period and f.period_unit in ("d", "wk", "mo"):
        draft.fill("schedule", Schedule(cycle_length=Span(value=f.period, unit=f.period_unit), text=f.text), span)
