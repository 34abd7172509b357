"""A rate of an unwanted event is a row of the adverse events; the same number is no result beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from trialmine.records.evidence import Evidence
from trialmine.records.trial import AdverseEvent, Statistic


def without_event_rates(statistics: Iterable[Statistic], events: Sequence[AdverseEvent]) -> tuple[Statistic, ...]:
    """The results that no row of an unwanted event states in the same place; their ids are given anew.

    A result with an interval of its own is an estimate that the text makes, and stays.
    """
    kept = [
        r for s in statistics if (r := s if s.ci or not any(_states(e, s) for e in events) else _its_p(s)) is not None
    ]
    return tuple(s.model_copy(update={"id": f"s{n}"}) for n, s in enumerate(kept, 1))


def _its_p(row: Statistic) -> Statistic | None:
    """The P that compares the rates of an event, which the row of the event has no place for."""
    nothing = dict.fromkeys(("value", "unit", "numerator", "denominator", "dispersion"))
    return row.model_copy(update={**nothing, "measure": "p_value", "comparator": "="}) if row.p else None


def _states(event: AdverseEvent, row: Statistic) -> bool:
    percent = event.percent is not None and event.percent == row.value
    counted = row.numerator if row.measure != "count" else row.value
    number = event.n is not None and event.n == counted
    return (percent or number) and any(_over(a, b) for a in event.evidence for b in row.evidence)


def _over(a: Evidence, b: Evidence) -> bool:
    return a.start < b.end and b.start < a.end
