"""Days and cycles: which parts of a schedule a row has, and which of them one drug shares with the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Mention
from trialmine.records.trial import Frequency

_WEEK = 7
_BESIDE = 16  # characters: ", to be repeated "
PLAINLY_DAILY = ("daily", "each day", "every day")
_PARTS = ("cycle_length", "days", "cycles", "cycles_max", "on", "off")
_EMPTY = (None, ())
_OWN_LENGTH = regex.compile(r"\b[\w]+[\s-](?:day|week|month)", regex.IGNORECASE)
_NEXT_LENGTH = regex.compile(
    r"\b(?:next|following|remaining|subsequent|further|additional|another)\b", regex.IGNORECASE
)


def has_parts(draft: Draft, mention: Mention) -> bool:
    """Whether the row has every part of a schedule that the mention tells."""
    old, new = draft.schedule, mention.value
    return old is not None and all(
        getattr(old, name) not in _EMPTY for name in _PARTS if getattr(new, name) not in _EMPTY
    )


def without_rival_cycles(found: Sequence[Mention], between: Callable[[int, int], bool]) -> list[Mention]:
    """ "for four 8-week cycles with B, and for eight 28-day cycles alone": cycles that differ by arm are nobody's.

    `between` tells whether another drug or dose stands between two places, for then each has its own.
    """
    cycles = [m for m in found if m.kind == "schedule" and (m.value.cycles or m.value.cycles_max)]
    told = [(m, length[0].lower()) for m in cycles if (length := _OWN_LENGTH.search(m.value.text))]
    rivals = [
        m for (a, one), (b, other) in pairwise(told) if one != other and not between(a.end, b.start) for m in (a, b)
    ]
    inside = [m for m in found if m.kind == "schedule" and any(m.start < r.end and r.start < m.end for r in rivals)]
    return [m for m in found if m not in inside]


def has_told(drafts: Sequence[Draft], kind: str, mention: Mention) -> bool:
    """Whether the drafts of an item have an attribute already, or one that leaves no room for it."""
    # days and frequencies are two ways to state one timing; a drug that has one takes no other drug's second,
    # unless it is the cycle of the days
    if kind == "frequency" and all(d.schedule and d.schedule.days for d in drafts):
        return not is_interval(mention.value) or any(
            has_interval(d) or (d.schedule and d.schedule.cycle_length) for d in drafts
        )
    if _leaves_no_room(drafts, kind, mention):
        return True
    if kind == "schedule":
        return all(d.schedule is not None and has_parts(d, mention) for d in drafts)
    return all(d.has(kind) for d in drafts)


def _leaves_no_room(drafts: Sequence[Draft], kind: str, mention: Mention) -> bool:
    if kind == "duration":
        # what is given on days of a cycle, or for four doses, has no course of days of another drug
        of_days = mention.value.unit == "d" and all(d.schedule and d.schedule.days for d in drafts)
        return (
            of_days
            or all(is_too_short(d, mention) for d in drafts)
            or all(d.administrations and d.frequency for d in drafts)
        )
    if kind == "administrations":
        return all(d.duration for d in drafts)
    if kind == "schedule":
        # nor has what was given weekly for 12 weeks another drug's number of cycles
        of_cycles = mention.value.cycles and all(d.duration and d.frequency for d in drafts)
        return bool(of_cycles or (mention.value.days and all(has_interval(d) for d in drafts)))
    return False


_DAYS = {"d": 1.0, "wk": 7.0, "mo": 28.0}


def is_too_short(draft: Draft, mention: Mention) -> bool:
    """ "A every 28 days or B for 14 days": whether a length is shorter than the interval at which the drug is given."""
    often, long = draft.frequency, mention.value
    if often is None or not is_interval(often) or not long.value or long.unit not in _DAYS:
        return False
    # "on two consecutive days weekly" is one regimen
    if any(start > mention.start for start, _ in draft.stated.get("frequency", ())):
        return False
    return bool(long.value * _DAYS[long.unit] < (often.period or 0.0) * _DAYS.get(often.period_unit or "", 365.0))


def is_of_one_drug(mention: Mention) -> bool:
    """Whether a schedule tells when one drug is given; cycles are what all drugs go through."""
    return mention.kind == "schedule" and bool(mention.value.days or mention.value.on)


def is_of_last_step(mention: Mention) -> bool:
    """ "10 mg on the first day and 5 mg for the next 6 days": a length that follows on another is of the last dose."""
    return mention.kind == "duration" and _NEXT_LENGTH.search(mention.value.text) is not None


def is_of_next_step(drafts: Sequence[Draft], left: tuple[int, int], mention: Mention) -> bool:
    """Whether such a length stands behind a later dose of the same drug."""
    if not is_of_last_step(mention):
        return False
    last = max((d for d in drafts if d.start <= mention.start), key=lambda d: d.start)
    return any(d.intervention == last.intervention for d in drafts if d.span == left)


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


def tells_interval(mention: Mention) -> bool:
    """Whether a mention tells after how many weeks all is repeated."""
    if mention.kind == "frequency":
        return is_interval(mention.value)
    return mention.kind == "schedule" and bool(mention.value.cycle_length) and not mention.value.days


def is_cycle(f: Frequency) -> bool:
    """Whether a frequency is the interval from one cycle to the next."""
    return is_interval(f) and f.count == 1 and f.period_unit != "a"


def is_by_day(f: Frequency) -> bool:
    """Whether a frequency counts within days: "twice daily", "every 8 h"."""
    return f.period is not None and f.period_unit in ("h", "d") and not is_interval(f)


def is_on_need(often: Frequency | None) -> bool:
    """ "A on demand": whether no more is told than that."""
    return often is not None and often.as_needed and often.period is None


def is_of_days(mention: Mention) -> bool:
    """Whether something is told that is taken by the day: "twice daily", "for 14 days"."""
    if mention.kind == "frequency":
        return is_by_day(mention.value)
    return mention.kind == "duration" and mention.value.unit == "d"


def is_of_one_day(draft: Draft) -> bool:
    """ "16 mg on day 1, then 24 mg for 8 weeks": the first dose was given once, unless it is of cycles."""
    plan = draft.schedule
    single = plan is not None and len(plan.days) == 1 and not (plan.cycle_length or plan.cycles or plan.cycles_max)
    return single and draft.frequency is None


def is_closer_told(draft: Draft, mention: Mention) -> bool:
    """ "A daily, 400 mg every 8 hours": what stands behind the amount says how the day's doses were given."""
    if mention.kind != "frequency" or draft.frequency is None or draft.dose_span is None:
        return False
    often = mention.value
    several = often.period_unit == "h" or (often.period_unit == "d" and (often.count or 0) > 1)
    plain = draft.frequency.text.lower() in PLAINLY_DAILY
    before = all(end <= draft.dose_span[0] for _, end in draft.stated.get("frequency", []))
    return plain and before and several and mention.start >= draft.dose_span[1]


def is_next_course(draft: Draft, mention: Mention) -> bool:
    """ "150 mg daily for 5 days every 4 weeks": the interval is from one course of days to the next."""
    if mention.kind != "frequency" or not is_interval(mention.value) or draft.duration is None:
        return False
    daily = draft.dose is not None and draft.dose.unit.endswith("/d")
    by_day = draft.frequency is not None and is_by_day(draft.frequency)
    told = draft.stated.get("duration", [])
    behind = bool(told) and 0 < mention.start - told[-1][1] <= _BESIDE
    return (daily or by_day) and behind and draft.duration.unit == "d"


def counts_cycles(attributes: Sequence[Mention], start: int, end: int) -> bool:
    """ "six 28-day cycles of A or four cycles of B": whether the second drug's cycles are counted before it."""
    between = (m for m in attributes if start <= m.start < end and m.kind == "schedule")
    return any(m.value.cycles or m.value.cycles_max for m in between)


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


def wording(mention: Mention) -> str:
    """The words of an attribute."""
    return str(getattr(mention.value, "text", mention.value))
