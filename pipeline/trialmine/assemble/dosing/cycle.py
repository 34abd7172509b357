"""Days and cycles: which parts of a schedule a row has, and which of them one drug shares with the next."""

from __future__ import annotations

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Mention
from trialmine.records.trial import Frequency

_WEEK = 7
PLAINLY_DAILY = ("daily", "each day", "every day")
_PARTS = ("cycle_length", "days", "cycles", "cycles_max", "on", "off")
_EMPTY = (None, ())


def has_parts(draft: Draft, mention: Mention) -> bool:
    """Whether the row has every part of a schedule that the mention tells."""
    old, new = draft.schedule, mention.value
    return old is not None and all(
        getattr(old, name) not in _EMPTY for name in _PARTS if getattr(new, name) not in _EMPTY
    )


def is_of_one_drug(mention: Mention) -> bool:
    """Whether a schedule tells when one drug is given; cycles are what all drugs go through."""
    return mention.kind == "schedule" and bool(mention.value.days or mention.value.on)


def has_interval(draft: Draft) -> bool:
    """Whether the drug is given at intervals of a week or more, which leaves no room for another drug's days."""
    return draft.frequency is not None and is_interval(draft.frequency)


def is_interval(f: Frequency) -> bool:
    """Whether a frequency is an interval of a week or more; "three times a week" is none."""
    return (
        f.period is not None
        and (f.count or 1) <= 1
        and (f.period_unit in ("wk", "mo", "a") or (f.period_unit == "d" and f.period >= _WEEK))
    )


def is_of_days(mention: Mention) -> bool:
    """Whether something is told that is taken by the day: "twice daily", "for 14 days"."""
    if mention.kind == "frequency":
        return not is_interval(mention.value) and mention.value.period is not None
    return mention.kind == "duration" and mention.value.unit == "d"


def fits(draft: Draft, mention: Mention) -> bool:
    """Whether a draft can take this attribute at all: a rate per time has its frequency in the unit."""
    if mention.kind != "frequency" or draft.dose is None:
        return True
    value, unit = mention.value, draft.dose.unit
    rate = regex.search(r"/(?:h|min|d|wk)$", unit)
    if rate is None:
        return True
    # "4.8 g/day once daily" and "in two divided doses" say how a daily total is given
    told_behind = mention.start >= draft.start or (value.count or 0) > 1
    # "daily" alone says no more than the unit
    if value.text.lower() in PLAINLY_DAILY:
        return False
    return unit.endswith("/d") and value.period_unit in ("d", "h") and told_behind
