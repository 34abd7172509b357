"""Records as tidy tables: one pandas DataFrame per block, with the same columns and dtypes even when empty.

Every table starts with `record_id` and `doc_id`; ids of other rows stand beside the names that they resolve to; several
ids share a cell, joined by ";". `start` and `end` are the first piece of evidence, half-open code points into raw text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pandas as pd

from trialmine.normalise.frequency import fhir_timing
from trialmine.normalise.route import route_codes
from trialmine.records.trial import Dosing, Statistic, TrialRecord
from trialmine.report.cells import Names, Row, fields, identifier_cell, joined, keys, place, span
from trialmine.report.columns import TABLES
from trialmine.report.daily_dose import daily_dose
from trialmine.report.whole_record import conditions, edits, eligibility, evidence, trials, warnings


def to_frames(records: Iterable[TrialRecord]) -> dict[str, pd.DataFrame]:
    """One table for each block of the record, by the names and columns of `report/columns.py`.

    `trials` has a row per record; `evidence` has every piece of evidence of every row, so that nothing of a record's
    pointers is lost where other tables show the first piece only.
    """
    rows: dict[str, list[Row]] = {name: [] for name in TABLES}
    for record in records:
        names = Names(record)
        for table, build in _BUILDERS.items():
            rows[table] += build(record, names)
    return {name: _frame(name, rows[name]) for name in TABLES}


def _frame(table: str, rows: list[Row]) -> pd.DataFrame:
    columns = TABLES[table]
    data = {c.name: pd.Series([row[c.name] for row in rows], dtype=c.dtype) for c in columns}
    return pd.DataFrame(data, columns=[c.name for c in columns])


def _dosing(record: TrialRecord, names: Names) -> Iterator[Row]:
    for row in record.dosing:
        drug, plan = names.interventions[row.intervention], row.schedule
        frequency = ("code", "count", "count_max", "period", "period_max", "period_unit", "as_needed", "text")
        yield {
            **keys(record),
            "dosing_id": row.id,
            "intervention_id": row.intervention,
            "intervention": drug.name,
            "intervention_kind": drug.kind,
            "intervention_role": drug.role,
            "intervention_identifiers": identifier_cell(drug.identifiers),
            **names.arm_cells(row.arms),
            "role": row.role,
            **fields("dose", row.dose, ("comparator", "value", "low", "high", "unit", "text")),
            "dose_levels": joined(f"{v:g}" for v in row.dose.levels) if row.dose else None,
            "route": row.route,
            "route_codes": identifier_cell(route_codes(row.route)),
            "form": row.form,
            **fields("frequency", row.frequency, frequency),
            "frequency_fhir_code": identifier_cell((timed,) if (timed := fhir_timing(row.frequency)) else ()),
            **_derived(row),
            "cycle_days": joined(plan.days) if plan else None,
            **span("cycle_length", plan.cycle_length if plan else None),
            "cycles": plan.cycles if plan else None,
            "cycles_max": plan.cycles_max if plan else None,
            **span("on", plan.on if plan else None),
            **span("off", plan.off if plan else None),
            "schedule_text": plan.text if plan else None,
            **fields("duration", row.duration, ("value", "value_max", "unit", "text")),
            "administrations": row.administrations,
            **span("infusion_time", row.infusion_time),
            "condition": row.condition,
            "text": row.text,
            **place(row.evidence, names),
        }


def _derived(row: Dosing) -> Row:
    daily = daily_dose(row)
    return {
        "derived_daily_dose": daily.low if daily else None,
        "derived_daily_dose_high": daily.high if daily and daily.high > daily.low else None,
        "derived_daily_dose_unit": daily.unit if daily else None,
    }


def _statistics(record: TrialRecord, names: Names) -> Iterator[Row]:
    for row in record.statistics:
        yield {
            **keys(record),
            "statistic_id": row.id,
            **_endpoint_cells(row, names),
            **names.arm_cells(row.arms),
            **{k: getattr(row, k) for k in ("measure", "comparator", "value", "unit", "numerator", "denominator")},
            **fields("ci", row.ci, ("level", "low", "high")),
            **fields("p", row.p, ("comparator", "value", "text")),
            **fields("dispersion", row.dispersion, ("kind", "value", "low", "high")),
            **fields("timepoint", row.timepoint, ("value", "unit", "text")),
            "text": row.text,
            **place(row.evidence, names),
        }


def _endpoint_cells(row: Statistic, names: Names) -> Row:
    endpoint = names.endpoints[row.endpoint] if row.endpoint else None
    return {
        "endpoint_id": row.endpoint,
        "endpoint": endpoint.name if endpoint else None,
        "endpoint_code": endpoint.code if endpoint else None,
    }


def _endpoints(record: TrialRecord, names: Names) -> Iterator[Row]:
    for row in record.endpoints:
        yield {
            **keys(record),
            "endpoint_id": row.id,
            **{k: getattr(row, k) for k in ("name", "code", "role", "kind", "instrument")},
            **fields("timepoint", row.timepoint, ("value", "unit", "text")),
            **place(row.evidence, names),
        }


def _arms(record: TrialRecord, names: Names) -> Iterator[Row]:
    for row in record.arms:
        yield {
            **keys(record),
            "arm_id": row.id,
            **{k: getattr(row, k) for k in ("label", "role", "n")},
            "intervention_ids": joined(row.interventions),
            "interventions": joined([names.interventions[i].name for i in row.interventions], "; "),
            **place(row.evidence, names),
        }


def _interventions(record: TrialRecord, names: Names) -> Iterator[Row]:
    for row in record.interventions:
        yield {
            **keys(record),
            "intervention_id": row.id,
            **{k: getattr(row, k) for k in ("name", "text", "kind", "role")},
            "aliases": joined(row.aliases, "; "),
            "identifiers": identifier_cell(row.identifiers),
            **place(row.evidence, names),
        }


def _adverse_events(record: TrialRecord, names: Names) -> Iterator[Row]:
    for number, row in enumerate(record.adverse_events, 1):
        yield {
            **keys(record),
            "row": number,
            "term": row.term,
            **fields("grade", row.grade, ("low", "high")),
            **{k: getattr(row, k) for k in ("n", "percent")},
            **names.arm_cells(row.arms),
            **{k: getattr(row, k) for k in ("dose_limiting", "serious", "related", "text")},
            **place(row.evidence, names),
        }


_BUILDERS: dict[str, Callable[[TrialRecord, Names], Iterator[Row]]] = {
    "trials": trials,
    "conditions": conditions,
    "eligibility": eligibility,
    "dosing": _dosing,
    "statistics": _statistics,
    "endpoints": _endpoints,
    "arms": _arms,
    "interventions": _interventions,
    "adverse_events": _adverse_events,
    "warnings": warnings,
    "edits": edits,
    "evidence": evidence,
}
