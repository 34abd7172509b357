"""A regimen as a calendar: a lane per dosing row, and the days of the cycle on which it is given.

Days are those that the record states; a frequency without days is laid out from day 1, and the lane says so.
"""

from __future__ import annotations

from typing import NamedTuple

from trialmine.records.trial import Dosing, Schedule, Span, TrialRecord
from trialmine.report import wording

_DAYS = {"d": 1, "wk": 7}  # months and years have no fixed number of days
_SHORTEST, _LONGEST = 7, 366


class Lane(NamedTuple):
    """One row of the chart: what is given, on which days, and what the chart can't show."""

    drug: str
    words: str
    days: tuple[int, ...]
    note: str


class Calendar(NamedTuple):
    """The lanes of a regimen over `length` days."""

    arms: str
    length: int
    lanes: tuple[Lane, ...]


def calendars(record: TrialRecord) -> list[Calendar]:
    """A calendar for each set of arms whose rows state on which days, or how often, a drug is given."""
    groups: dict[tuple[str, ...], list[Dosing]] = {}
    for row in record.dosing:
        if row.schedule or (row.frequency and row.frequency.period):
            groups.setdefault(row.arms, []).append(row)
    labels = {a.id: a.label for a in record.arms}
    drugs = {i.id: i.name for i in record.interventions}
    # one length for all, so that the strips of a record can be laid side by side
    length = _length([row for rows in groups.values() for row in rows])
    return [
        Calendar(
            " and ".join(labels[a] for a in arms), length, tuple(_lane(r, drugs[r.intervention], length) for r in rows)
        )
        for arms, rows in groups.items()
    ]


def _length(rows: list[Dosing]) -> int:
    stated = [
        n
        for row in rows
        if row.schedule
        for n in (_cycle(row.schedule), max(row.schedule.days, default=0))
        if n and n > 0
    ]
    spaced = [2 * step for row in rows if (step := _step(row)) and step > 1]
    return min(max([_SHORTEST, *(stated or spaced)]), _LONGEST)


def _cycle(plan: Schedule) -> int | None:
    if plan.cycle_length:
        return _in_days(plan.cycle_length)
    lengths = [_in_days(part) for part in (plan.on, plan.off) if part]
    return sum(n for n in lengths if n) if len(lengths) == 2 and all(lengths) else None


def _in_days(length: Span) -> int | None:
    days = _DAYS.get(length.unit)
    return round(length.value * days) if days else None


def _step(row: Dosing) -> int | None:
    """Days from one dose to the next, for frequencies of a day or more."""
    f = row.frequency
    days = _DAYS.get(f.period_unit or "") if f and f.period else None
    if f is None or days is None or f.count is None or f.period is None:
        return None
    step = f.period * days / f.count
    return 1 if step <= 1 else round(step) if step == round(step) else None


def _lane(row: Dosing, drug: str, length: int) -> Lane:
    parts = (
        wording.dose(row.dose),
        wording.route(row.route),
        wording.frequency(row.frequency),
        f"({wording.label(row.role)})" if row.role else "",
    )
    words = " ".join(filter(None, parts))
    plan, step = row.schedule, _step(row)
    if plan and plan.days:
        before = tuple(d for d in plan.days if d < 0)
        shown = tuple(d for d in sorted(set(plan.days)) if 0 <= d <= length)
        return Lane(drug, words, shown, f"and days {wording.days(before)}" if before else "")
    on = _in_days(plan.on) if plan and plan.on else None
    if on:
        given = range(1, min(on, length) + 1)
        return Lane(drug, words, tuple(given[:: step or 1]), "" if step == 1 else "days counted from day 1")
    if step is None:
        return Lane(drug, words, (), "days not stated")
    return Lane(drug, words, tuple(range(1, length + 1, step)), "" if step == 1 else "days counted from day 1")
