"""What the page needs of one document: its text, its tables with the places they cite, edits and warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate
from typing import Any

from trialmine.clean.explain import why
from trialmine.records.evidence import Evidence
from trialmine.records.trial import AdverseEvent, Arm, Dosing, Endpoint, Intervention, Statistic, TrialRecord
from trialmine.report import wording
from trialmine.report.calendar import Calendar, calendars
from trialmine.report.comparisons import Row, comparisons
from trialmine.report.facts import Fact, design_facts, population_facts
from trialmine.report.regimen import regimens

Payload = dict[str, Any]
# a cell: what it shows, and the wordings to look for in the row's evidence so that a click lands on the very words
Cell = tuple[str, tuple[str | None, ...]]


def payload(record: TrialRecord, text: str, *, whole: bool = False) -> Payload:
    """The document as the page's script draws it; offsets are in UTF-16 units, the script's own.

    With `whole`, tables and columns that no row fills are there too.
    """
    page = _Page(record, text, whole=whole)
    return {
        "title": title(record, text),
        "doc": record.doc_id,
        "kind": wording.label(record.document_kind),
        "noise": record.cleaning.noise_level,
        "links": _links(record),
        "regimen": regimens(record),
        "calendars": [_calendar(c) for c in calendars(record)],
        "text": text,
        "tables": [table for table in page.tables() if whole or table["rows"]],
        "edits": [
            [*page.place(e.start, e.end), e.before, e.after, e.rule, round(e.confidence, 2), why(e.rule)]
            for e in record.cleaning.edits
        ],
        "warnings": [{"code": w.code, "message": w.message, "ev": page.places(w.evidence)} for w in record.warnings],
    }


def summary(record: TrialRecord, text: str) -> Payload:
    """The document's line in the list of documents."""
    return {
        "title": title(record, text),
        "doc": record.doc_id,
        "kind": wording.label(record.document_kind),
        "noise": record.cleaning.noise_level,
        "counts": {name: len(getattr(record, name)) for name in ("dosing", "statistics", "arms", "adverse_events")},
        "edits": len(record.cleaning.edits),
        "warnings": len(record.warnings),
        "estimates": [_estimate(row) for row in comparisons(record) if row["estimate"] is not None],
        "doses": _doses(record),
        "find": " ".join(
            [
                *(i.name for i in record.interventions),
                *(c.name for c in record.population.conditions),
                *(w.code for w in record.warnings),
            ]
        ),
    }


def _calendar(chart: Calendar) -> Payload:
    lanes = [
        {"drug": lane.drug, "words": lane.words, "runs": wording.runs(lane.days), "note": lane.note}
        for lane in chart.lanes
    ]
    return {"arms": chart.arms, "length": chart.length, "lanes": lanes}


def _estimate(row: Row) -> Payload:
    arms = " vs ".join(str(row[a]) for a in ("arm1", "arm2") if row[a])
    told = {"id": row["statistic_ids"], "measure": row["measure"], "unit": row["unit"], "value": row["estimate"]}
    limits = {"low": row["ci_low"], "high": row["ci_high"], "level": row["ci_level"]}
    return {**told, **limits, "endpoint": row["endpoint"] or "", "code": row["endpoint_code"] or "", "arms": arms}


def _doses(record: TrialRecord) -> list[Payload]:
    drugs = {i.id: i.name for i in record.interventions}
    told = []
    for row in record.dosing:
        if row.dose:
            values = [v for v in (row.dose.value, row.dose.low, row.dose.high, *row.dose.levels) if v is not None]
            unit = wording.unit(row.dose.unit)
            amount = {"unit": unit, "values": values, "range": row.dose.low is not None}
            told.append({"id": row.id, "drug": drugs[row.intervention], **amount})
    return told


def title(record: TrialRecord, text: str) -> str:
    """What the document is headed by."""
    return headline(record.source.title, text, record.doc_id)


def headline(title: str | None, text: str, doc_id: str, *, width: int = 140) -> str:
    """The title, else the text's first line, else the id."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    words = title or next(filter(None, lines), doc_id)
    return words if len(words) <= width else words[:width].rsplit(" ", 1)[0] + " …"


def _links(record: TrialRecord) -> list[list[str]]:
    s = record.source
    known: list[tuple[str, object]] = [
        ("PMID", s.pmid), ("PMCID", s.pmcid), ("DOI", s.doi), ("registry", ", ".join(s.registry_ids)),
        ("journal", s.journal), ("year", s.year), ("source", s.uri), ("format", s.format),
    ]  # fmt: skip
    return [[str(name), str(value)] for name, value in known if value]


class _Page:
    """One record being laid out: resolves ids and turns code points into UTF-16 offsets."""

    def __init__(self, record: TrialRecord, text: str, *, whole: bool = False) -> None:
        self.record, self.text, self.whole = record, text, whole
        self.drugs = {i.id: i for i in record.interventions}
        self.arm_rows = {a.id: a for a in record.arms}
        self.endpoint_rows = {e.id: e for e in record.endpoints}
        wide = any(ch > "\uffff" for ch in text)
        self._units = list(accumulate((1 + (ch > "\uffff") for ch in text), initial=0)) if wide else None

    def place(self, start: int, end: int) -> list[int]:
        return [self._units[start], self._units[end]] if self._units else [start, end]

    def places(self, evidence: Iterable[Evidence]) -> list[list[int]]:
        return [self.place(e.start, e.end) for e in evidence]

    def tables(self) -> list[Payload]:
        r = self.record
        return [
            self._table("dosing", "Dosing", _DOSING, r.dosing, self._dosing),
            self._table("statistics", "Statistics", _STATISTICS, r.statistics, self._statistic),
            self._table("arms", "Arms", _ARMS, r.arms, self._arm),
            self._table("interventions", "Interventions", _INTERVENTIONS, r.interventions, self._intervention),
            self._table("endpoints", "Endpoints", _ENDPOINTS, r.endpoints, self._endpoint),
            self._table("adverse_events", "Adverse events", _EVENTS, r.adverse_events, self._event),
            self._table("population", "Population", ("Fact", "Value"), population_facts(r.population), _fact),
            self._table("design", "Design", ("Fact", "Value"), design_facts(r.design), _fact),
        ]

    def _table(
        self, kind: str, name: str, columns: Sequence[str], rows: Sequence[Any], cells: Callable[[Any], list[Cell]]
    ) -> Payload:
        drawn = [self._row(row, getattr(row, "id", None) or str(n), cells(row)) for n, row in enumerate(rows, 1)]
        # a column that no row fills is left out, so that what is there has room
        kept = [i for i in range(len(columns)) if self.whole or any(row["cells"][i][0] for row in drawn)]
        for row in drawn:
            row["cells"] = [row["cells"][i] for i in kept]
        return {"kind": kind, "title": name, "columns": [columns[i] for i in kept], "rows": drawn}

    def _row(self, row: Any, key: str, cells: list[Cell]) -> Payload:
        evidence = row.evidence
        return {
            "id": key,
            **({"at": [row.block, row.row, row.slot]} if isinstance(row, Fact) else {}),
            "ev": self.places(evidence),
            "cells": [[shown, self._words(evidence, words)] for shown, words in cells],
            "warn": self._warnings(evidence),
        }

    def _words(self, evidence: Sequence[Evidence], words: tuple[str | None, ...]) -> list[int] | None:
        """Where the cell's own words stand within the row's evidence, or None."""
        for word in filter(None, words):
            for e in evidence:
                at = e.quote.lower().find(word.lower())
                if at >= 0 and len(e.quote.lower()) == len(e.quote):
                    return self.place(e.start + at, e.start + at + len(word))
        return None

    def _warnings(self, evidence: Sequence[Evidence]) -> list[str]:
        touched = [
            w.code
            for w in self.record.warnings
            if any(p.start < e.end and e.start < p.end for p in w.evidence for e in evidence)
        ]
        return list(dict.fromkeys(touched))

    def _arm_cell(self, ids: tuple[str, ...]) -> Cell:
        labels = [self.arm_rows[i].label for i in ids]
        return ("; ".join(labels), tuple(labels))

    def _dosing(self, d: Dosing) -> list[Cell]:
        drug = self.drugs[d.intervention]
        dose, often, plan, long = d.dose, d.frequency, d.schedule, d.duration
        role = wording.label(d.role)
        extent = [wording.duration(long), f"{d.administrations} times" if d.administrations else ""]
        how = [wording.label(d.route), d.form or "", f"over {wording.span(d.infusion_time)}" if d.infusion_time else ""]
        return [
            (drug.name, (drug.text, drug.name, *drug.aliases)),
            (" ".join(filter(None, [wording.dose(dose), f"({role})" if role else ""])), (dose.text,) if dose else ()),
            (", ".join(filter(None, how)), (d.form,)),
            (wording.frequency(often), (often.text,) if often else ()),
            (wording.schedule(plan), (plan.text,) if plan else ()),
            (", ".join(filter(None, extent)), (long.text,) if long else ()),
            (d.condition or "", (d.condition,)),
            self._arm_cell(d.arms),
        ]

    def _statistic(self, s: Statistic) -> list[Cell]:
        endpoint = self.endpoint_rows[s.endpoint] if s.endpoint else None
        when = s.timepoint
        return [
            (endpoint.name if endpoint else "", (endpoint.name, endpoint.code) if endpoint else ()),
            (wording.measure(s.measure), ()),
            (wording.estimate(s), (s.text,)),
            (wording.confidence(s), ()),
            (wording.p_value(s), (s.p.text,) if s.p else ()),
            self._arm_cell(s.arms),
            (wording.timepoint(when), (when.text,) if when else ()),
        ]

    def _arm(self, a: Arm) -> list[Cell]:
        drugs = [self.drugs[i].name for i in a.interventions]
        return [
            (a.label, (a.label,)),
            (wording.label(a.role), ()),
            ("" if a.n is None else str(a.n), (str(a.n),)),
            (" + ".join(drugs), tuple(drugs)),
        ]

    def _intervention(self, i: Intervention) -> list[Cell]:
        return [
            (i.name, (i.text, i.name)),
            (wording.label(i.kind), ()),
            (wording.label(i.role), ()),
            (", ".join(i.aliases), i.aliases),
            (", ".join(map(wording.identifier, i.identifiers)), ()),
        ]

    def _endpoint(self, e: Endpoint) -> list[Cell]:
        when = e.timepoint
        return [
            (e.name, (e.name,)),
            (e.code or "", (e.code,)),
            (wording.label(e.role), ()),
            (wording.label(e.kind), ()),
            (e.instrument or "", (e.instrument,)),
            (wording.timepoint(when), (when.text,) if when else ()),
        ]

    def _event(self, a: AdverseEvent) -> list[Cell]:
        marks = [
            word
            for said, word in ((a.dose_limiting, "dose-limiting"), (a.serious, "serious"), (a.related, "related"))
            if said
        ]
        return [
            (a.term, (a.term,)),
            (wording.grade(a.grade), ()),
            ("" if a.n is None else str(a.n), (str(a.n),)),
            ("" if a.percent is None else wording.quantity(a.percent, "%"), ()),
            (", ".join(marks), ()),
            self._arm_cell(a.arms),
        ]


def _fact(fact: Fact) -> list[Cell]:
    return [(fact.name, ()), (fact.value, (fact.value,))]


_DOSING = ("Drug", "Dose", "Route", "Frequency", "Schedule", "Duration", "Condition", "Arms")
_STATISTICS = ("Endpoint", "Measure", "Value", "CI", "P", "Arms", "Time")
_ARMS = ("Arm", "Role", "n", "Gets")
_INTERVENTIONS = ("Name", "Kind", "Role", "Also called", "Codes")
_ENDPOINTS = ("Endpoint", "Code", "Role", "Kind", "Instrument", "Time")
_EVENTS = ("Event", "Grade", "n", "%", "Marked as", "Arms")
