"""A rate of an unwanted event is a row of the adverse events; the same number is no result beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from trialmine.assemble.adverse_events.telling import words_of
from trialmine.records.evidence import Evidence
from trialmine.records.trial import AdverseEvent, Endpoint, Statistic


def without_event_rates(
    statistics: Iterable[Statistic], events: Sequence[AdverseEvent], endpoints: Sequence[Endpoint] = ()
) -> tuple[Statistic, ...]:
    """The results that no row of an unwanted event states in the same place; their ids are given anew.

    A result with an interval of its own is an estimate that the text makes, and stays. The P beside the rates of an
    event is of no other endpoint than that event.
    """
    rows = list(statistics)
    stated = [not s.ci and any(_states(e, s) for e in events) for s in rows]
    gone = [s for s, of_event in zip(rows, stated, strict=True) if of_event]
    kept = [r for s, out in zip(rows, stated, strict=True) if (r := _its_p(s, gone) if out else s) is not None]
    kept = [_of_its_event(s, events, endpoints) for s in kept]
    return tuple(s.model_copy(update={"id": f"s{n}"}) for n, s in enumerate(kept, 1))


_CLOSED = regex.compile(r"[)\]]")
_BESIDE = 4  # characters between an event or its rates and the P in the same or the next bracket


def _of_its_event(row: Statistic, events: Sequence[AdverseEvent], endpoints: Sequence[Endpoint]) -> Statistic:
    """A P right behind an event is of the endpoint of that name, or of none."""
    linked = next((e for e in endpoints if e.id == row.endpoint), None)
    if row.measure != "p_value" or linked is None:
        return row
    at = row.evidence[-1].end - len(row.p.text if row.p else "")
    terms = {e.term.lower() for e in events if any(0 <= at - p.end <= _BESIDE for p in e.evidence)}
    own = _CLOSED.split(row.text[: len(row.text) - len(row.p.text if row.p else "")])[-1]
    if not terms or any(words_of(t) & words_of(linked.name) for t in (*terms, own)):
        return row
    same = next((e.id for e in endpoints if e.name.lower() in terms), None)
    return row.model_copy(update={"endpoint": same})


def _its_p(row: Statistic, gone: Sequence[Statistic]) -> Statistic | None:
    """The P that compares the rates of an event, which the row of the event has no place for, with all their arms."""
    start, end = row.evidence[0].start, row.evidence[-1].end
    beside = [s for s in gone if s.p is None and start <= s.evidence[0].start < end]
    nothing = dict.fromkeys(("value", "unit", "numerator", "denominator", "dispersion"))
    arms = tuple(dict.fromkeys(a for s in (row, *beside) for a in s.arms))
    update = {**nothing, "measure": "p_value", "comparator": "=", "arms": arms}
    return row.model_copy(update=update) if row.p else None


def _states(event: AdverseEvent, row: Statistic) -> bool:
    percent = event.percent is not None and event.percent == row.value
    counted = row.numerator if row.measure != "count" else row.value
    number = event.n is not None and event.n == counted
    return (percent or number) and any(_over(a, b) for a in event.evidence for b in row.evidence)


def _over(a: Evidence, b: Evidence) -> bool:
    return a.start < b.end and b.start < a.end
