"""Records as tidy tables: one pandas DataFrame per block, with the same columns and dtypes even when empty.

Every table starts with `record_id` and `doc_id`; ids of other rows stand beside the names that they resolve to; several
ids share a cell, joined by ";". `start` and `end` are the first piece of evidence, half-open code points into raw text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pandas as pd

from trialmine.records.evidence import Evidence
from trialmine.records.trial import Span, Statistic, TrialRecord
from trialmine.report.columns import TABLES

Row = dict[str, Any]


def to_frames(records: Iterable[TrialRecord]) -> dict[str, pd.DataFrame]:
    """The tables dosing, statistics, endpoints, arms, interventions and adverse_events of the records."""
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for record in records:
        names = _Names(record)
        for table, build in _BUILDERS.items():
            rows[table] += build(record, names)
    return {name: _frame(name, rows[name]) for name in TABLES}


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    columns = TABLES[table]
    data = {c.name: pd.Series([row[c.name] for row in rows], dtype=c.dtype) for c in columns}
    return pd.DataFrame(data, columns=[c.name for c in columns])


class _Names:
    """What the ids of one record stand for, and which warnings touch a row."""

    def __init__(self, record: TrialRecord) -> None:
        self.interventions = {i.id: i for i in record.interventions}
        self.arms = {a.id: a.label for a in record.arms}
        self.endpoints = {e.id: e for e in record.endpoints}
        self._warnings = [(w.code, w.evidence) for w in record.warnings]

    def warnings(self, evidence: tuple[Evidence, ...]) -> str | None:
        codes = [
            code
            for code, places in self._warnings
            if any(w.start < e.end and e.start < w.end for w in places for e in evidence)
        ]
        return _joined(dict.fromkeys(codes))

    def arm_cells(self, ids: tuple[str, ...]) -> Row:
        return {"arm_ids": _joined(ids), "arms": _joined([self.arms[i] for i in ids], "; ")}


def _joined(items: Iterable[object], mark: str = ";") -> str | None:
    return mark.join(str(i) for i in items) or None


def _keys(record: TrialRecord) -> Row:
    return {"record_id": record.record_id, "doc_id": record.doc_id}


def _place(evidence: tuple[Evidence, ...], names: _Names) -> Row:
    first = evidence[0]
    return {
        "start": first.start,
        "end": first.end,
        "quote": first.quote,
        "section": first.section,
        "warnings": names.warnings(evidence),
    }


def _span(prefix: str, span: Span | None) -> Row:
    return {prefix: span.value if span else None, f"{prefix}_unit": span.unit if span else None}


def _fields(prefix: str, part: object | None, fields: tuple[str, ...]) -> Row:
    return {f"{prefix}_{name}": getattr(part, name) if part is not None else None for name in fields}


def _dosing(record: TrialRecord, names: _Names) -> Iterator[Row]:
    for row in record.dosing:
        drug, plan = names.interventions[row.intervention], row.schedule
        frequency = ("code", "count", "count_max", "period", "period_max", "period_unit", "as_needed", "text")
        yield {
            **_keys(record),
            "dosing_id": row.id,
            "intervention_id": row.intervention,
            "intervention": drug.name,
            "intervention_kind": drug.kind,
            "intervention_role": drug.role,
            **names.arm_cells(row.arms),
            "role": row.role,
            **_fields("dose", row.dose, ("comparator", "value", "low", "high", "unit", "text")),
            "dose_levels": _joined(f"{v:g}" for v in row.dose.levels) if row.dose else None,
            "route": row.route,
            "form": row.form,
            **_fields("frequency", row.frequency, frequency),
            "cycle_days": _joined(plan.days) if plan else None,
            **_span("cycle_length", plan.cycle_length if plan else None),
            "cycles": plan.cycles if plan else None,
            "cycles_max": plan.cycles_max if plan else None,
            **_span("on", plan.on if plan else None),
            **_span("off", plan.off if plan else None),
            "schedule_text": plan.text if plan else None,
            **_fields("duration", row.duration, ("value", "value_max", "unit", "text")),
            "administrations": row.administrations,
            **_span("infusion_time", row.infusion_time),
            "condition": row.condition,
            "text": row.text,
            **_place(row.evidence, names),
        }


def _statistics(record: TrialRecord, names: _Names) -> Iterator[Row]:
    for row in record.statistics:
        yield {
            **_keys(record),
            "statistic_id": row.id,
            **_endpoint_cells(row, names),
            **names.arm_cells(row.arms),
            **{k: getattr(row, k) for k in ("measure", "comparator", "value", "unit", "numerator", "denominator")},
            **_fields("ci", row.ci, ("level", "low", "high")),
            **_fields("p", row.p, ("comparator", "value", "text")),
            **_fields("dispersion", row.dispersion, ("kind", "value", "low", "high")),
            **_fields("timepoint", row.timepoint, ("value", "unit", "text")),
            "text": row.text,
            **_place(row.evidence, names),
        }


def _endpoint_cells(row: Statistic, names: _Names) -> Row:
    endpoint = names.endpoints[row.endpoint] if row.endpoint else None
    return {
        "endpoint_id": row.endpoint,
        "endpoint": endpoint.name if endpoint else None,
        "endpoint_code": endpoint.code if endpoint else None,
    }


def _endpoints(record: TrialRecord, names: _Names) -> Iterator[Row]:
    for row in record.endpoints:
        yield {
            **_keys(record),
            "endpoint_id": row.id,
            **{k: getattr(row, k) for k in ("name", "code", "role", "kind", "instrument")},
            **_fields("timepoint", row.timepoint, ("value", "unit", "text")),
            **_place(row.evidence, names),
        }


def _arms(record: TrialRecord, names: _Names) -> Iterator[Row]:
    for row in record.arms:
        yield {
            **_keys(record),
            "arm_id": row.id,
            **{k: getattr(row, k) for k in ("label", "role", "n")},
            "intervention_ids": _joined(row.interventions),
            "interventions": _joined([names.interventions[i].name for i in row.interventions], "; "),
            **_place(row.evidence, names),
        }


def _interventions(record: TrialRecord, names: _Names) -> Iterator[Row]:
    for row in record.interventions:
        yield {
            **_keys(record),
            "intervention_id": row.id,
            **{k: getattr(row, k) for k in ("name", "text", "kind", "role")},
            "aliases": _joined(row.aliases, "; "),
            "identifiers": _joined([f"{i.system}|{i.code}" for i in row.identifiers], "; "),
            **_place(row.evidence, names),
        }


def _adverse_events(record: TrialRecord, names: _Names) -> Iterator[Row]:
    for number, row in enumerate(record.adverse_events, 1):
        yield {
            **_keys(record),
            "row": number,
            "term": row.term,
            **_fields("grade", row.grade, ("low", "high")),
            **{k: getattr(row, k) for k in ("n", "percent")},
            **names.arm_cells(row.arms),
            **{k: getattr(row, k) for k in ("dose_limiting", "serious", "related", "text")},
            **_place(row.evidence, names),
        }


_BUILDERS: dict[str, Callable[[TrialRecord, _Names], Iterator[Row]]] = {
    "dosing": _dosing,
    "statistics": _statistics,
    "endpoints": _endpoints,
    "arms": _arms,
    "interventions": _interventions,
    "adverse_events": _adverse_events,
}
