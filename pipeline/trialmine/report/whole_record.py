"""The tables of what belongs to the record as a whole: the trial, its people, warnings, repairs, and all evidence."""

from __future__ import annotations

from collections.abc import Iterator

from trialmine.records.evidence import Evidence
from trialmine.records.trial import TrialRecord
from trialmine.report.cells import Names, Row, fields, identifier_cell, joined, keys, place

_SOURCE = ("title", "pmid", "pmcid", "doi", "journal", "year", "language", "uri", "format", "text_sha256")
_DESIGN = ("allocation", "masking", "assignment", "escalation", "multicenter", "allocation_ratio", "purpose")
_BLOCKS = ("interventions", "arms", "dosing", "endpoints", "statistics", "adverse_events")


def trials(record: TrialRecord, _: Names) -> Iterator[Row]:
    """One row: source, kind, design and population."""
    design, people = record.design, record.population
    yield {
        **keys(record),
        **{name: getattr(record.source, name) for name in _SOURCE},
        "registry_ids": joined(record.source.registry_ids),
        "document_kind": record.document_kind,
        "noise_level": record.cleaning.noise_level,
        "phase": joined(design.phase) if design else None,
        "control": joined(design.control) if design else None,
        **{name: getattr(design, name) if design else None for name in _DESIGN},
        "conditions": joined([c.name for c in people.conditions], "; "),
        **{name: getattr(people, name) for name in ("enrolled", "evaluable", "randomized", "sex")},
        **fields("age", people.age, ("minimum", "maximum", "mean", "median", "unit")),
    }


def conditions(record: TrialRecord, names: Names) -> Iterator[Row]:
    """A row per condition of the participants."""
    for number, row in enumerate(record.population.conditions, 1):
        told = {"name": row.name, "text": row.text, "identifiers": identifier_cell(row.identifiers)}
        yield {**keys(record), "row": number, **told, **place(row.evidence, names)}


def eligibility(record: TrialRecord, names: Names) -> Iterator[Row]:
    """A row per criterion."""
    for number, row in enumerate(record.population.eligibility, 1):
        yield {**keys(record), "row": number, "kind": row.kind, "text": row.text, **place(row.evidence, names)}


def warnings(record: TrialRecord, _: Names) -> Iterator[Row]:
    """A row per warning, at its first place."""
    for number, row in enumerate(record.warnings, 1):
        first = row.evidence[0] if row.evidence else None
        yield {**keys(record), "row": number, "code": row.code, "message": row.message, **_span(first)}


def edits(record: TrialRecord, _: Names) -> Iterator[Row]:
    """A row per repair of the text."""
    for number, row in enumerate(record.cleaning.edits, 1):
        yield {
            **keys(record),
            "row": number,
            **{name: getattr(row, name) for name in ("rule", "after", "confidence", "start", "end")},
            "quote": row.before,
        }


def evidence(record: TrialRecord, _: Names) -> Iterator[Row]:
    """A row per piece of evidence of every row of every block."""
    for block, row_id, pieces in _cited(record):
        for number, piece in enumerate(pieces, 1):
            at = {"block": block, "row_id": row_id, "piece": number, "section": piece.section}
            yield {**keys(record), **at, **_span(piece)}


def _cited(record: TrialRecord) -> Iterator[tuple[str, str | None, tuple[Evidence, ...]]]:
    if record.design:
        yield "design", None, record.design.evidence
    yield "population", None, record.population.evidence
    numbered = {"conditions": record.population.conditions, "eligibility": record.population.eligibility}
    blocks = {**numbered, **{name: getattr(record, name) for name in _BLOCKS}, "warnings": record.warnings}
    for block, rows in blocks.items():
        for number, row in enumerate(rows, 1):
            yield block, getattr(row, "id", None) or str(number), row.evidence


def _span(piece: Evidence | None) -> Row:
    return {name: getattr(piece, name) if piece else None for name in ("start", "end", "quote")}
