"""The rows of a record as annotations of its raw text: what BioC, brat and spaCy files have in common."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from trialmine.records.evidence import Evidence
from trialmine.records.trial import TrialRecord


class Annotated(NamedTuple):
    """A row of a record: its block in the singular, its id, what it holds, and where it stands."""

    kind: str
    key: str
    values: dict[str, Any]
    places: tuple[Evidence, ...]


class Link(NamedTuple):
    """That one row names another: ("statistic_endpoint", "s1", "e2")."""

    kind: str
    source: str
    target: str


_KINDS = {
    "interventions": "intervention",
    "arms": "arm",
    "dosing": "dosing",
    "endpoints": "endpoint",
    "statistics": "statistic",
    "adverse_events": "adverse_event",
}


def rows(record: TrialRecord) -> Iterator[Annotated]:
    """Every row of the record that has evidence; rows without an id of their own are numbered."""
    if record.design:
        yield _row("design", "design", record.design)
    if record.population.evidence:
        yield _row("population", "population", record.population, leave_out={"conditions", "eligibility"})
    for number, condition in enumerate(record.population.conditions, 1):
        yield _row("condition", f"c{number}", condition)
    for number, criterion in enumerate(record.population.eligibility, 1):
        yield _row("criterion", f"k{number}", criterion)
    for block, kind in _KINDS.items():
        for number, part in enumerate(getattr(record, block), 1):
            yield _row(kind, getattr(part, "id", None) or f"ae{number}", part)


def links(record: TrialRecord) -> Iterator[Link]:
    """Which row names which."""
    for arm in record.arms:
        yield from (Link("arm_intervention", arm.id, i) for i in arm.interventions)
    for dosing in record.dosing:
        yield Link("dosing_intervention", dosing.id, dosing.intervention)
        yield from (Link("dosing_arm", dosing.id, a) for a in dosing.arms)
    for statistic in record.statistics:
        if statistic.endpoint:
            yield Link("statistic_endpoint", statistic.id, statistic.endpoint)
        yield from (Link("statistic_arm", statistic.id, a) for a in statistic.arms)
    for number, event in enumerate(record.adverse_events, 1):
        yield from (Link("adverse_event_arm", f"ae{number}", a) for a in event.arms)


def _row(kind: str, key: str, part: Any, leave_out: set[str] | None = None) -> Annotated:
    values = part.model_dump(exclude={"evidence", "id", *(leave_out or ())}, exclude_defaults=True)
    return Annotated(kind, key, values, part.evidence)
