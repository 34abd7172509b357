"""Chains the block builders into one validated record; the order matters: arms need interventions, and so on."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trialmine.assemble.adverse_events.block import build_adverse_events
from trialmine.assemble.animals import without_animals
from trialmine.assemble.arms.block import build_arms
from trialmine.assemble.citation import Citation
from trialmine.assemble.consistency import check_consistency
from trialmine.assemble.design import build_design
from trialmine.assemble.document_kind import decide_document_kind
from trialmine.assemble.dosing.block import build_dosing
from trialmine.assemble.endpoints.block import build_endpoints
from trialmine.assemble.event_results import without_event_rates
from trialmine.assemble.interventions.block import build_interventions
from trialmine.assemble.population import build_population
from trialmine.assemble.statistics.block import build_statistics
from trialmine.records.article import Article, Mentions
from trialmine.records.document import CleanIssue, CleanText, Document, Note
from trialmine.records.evidence import Evidence
from trialmine.records.trial import Cleaning, CleaningEdit, Source, TrialRecord, Warning  # noqa: A004
from trialmine.records.vocabulary import DocumentKind


def build_record(article: Article, mentions: Mentions, *, clean: CleanText, document: Document) -> TrialRecord:
    """The trial record of one document; every span in it is raw text.

    Raises:
        pydantic.ValidationError: a block broke the contract, which is a fault of ours.
    """
    cite = Citation(article, clean)
    kind = decide_document_kind(article, mentions)
    blocks = _blocks(article, mentions, cite, kind) if kind != "other" else {}
    seen = _seen_warnings((*document.notes, *clean.issues), clean.raw)
    warnings = (*_language_warnings(document), *seen, *blocks.pop("warnings", ()))
    record = TrialRecord(
        record_id=document.record_id,
        doc_id=document.doc_id or document.record_id,
        source=_source(document),
        document_kind=kind,
        cleaning=_cleaning(clean),
        warnings=warnings,
        **blocks,
    )
    record.check_quotes(clean.raw)
    return record


def _blocks(article: Article, mentions: Mentions, cite: Citation, kind: DocumentKind) -> dict[str, Any]:
    interventions = build_interventions(article, mentions, cite)
    arms = build_arms(article, mentions, interventions, cite)
    endpoints = build_endpoints(article, mentions, interventions, cite)
    given = without_animals(article, mentions, kind)
    dosing, dosing_warnings = build_dosing(article, given, interventions, arms, cite)
    statistics, statistics_warnings = build_statistics(article, mentions, endpoints, arms, cite)
    events, event_warnings = build_adverse_events(article, mentions, arms, cite)
    statistics = without_event_rates(statistics, events, endpoints.rows)
    design = build_design(article, mentions, arms, cite, dosing, interventions)
    population = build_population(article, mentions, cite)
    contradictions = check_consistency(
        statistics=statistics, arms=arms.rows, population=population, adverse_events=events, design=design
    )
    return {
        "design": design,
        "population": population,
        "interventions": interventions.rows,
        "arms": arms.rows,
        "dosing": dosing,
        "endpoints": endpoints.rows,
        "statistics": statistics,
        "adverse_events": events,
        "warnings": (*dosing_warnings, *statistics_warnings, *event_warnings, *contradictions),
    }


def _source(document: Document) -> Source:
    names = ("uri", "format", "title", "pmid", "pmcid", "doi", "journal", "year", "registry_ids", "language")
    return Source(text_sha256=document.text_sha256, **{name: getattr(document, name) for name in names})


def _cleaning(clean: CleanText) -> Cleaning:
    edits = (
        CleaningEdit(rule=e.rule, start=e.start, end=e.end, before=e.before, after=e.after, confidence=e.confidence)
        for e in clean.edits
    )
    return Cleaning(noise_level=clean.noise_level, edits=tuple(edits))


def _language_warnings(document: Document) -> tuple[Warning, ...]:
    if document.language is None or document.language.lower().startswith("en"):
        return ()
    message = (
        f"the text is not in English ({document.language}): most of it can't be read, and numbers may be misread; "
        "give an English text or check every row"
    )
    return (Warning(code="not_english", message=message),)


def _seen_warnings(seen: Iterable[Note | CleanIssue], raw: str) -> tuple[Warning, ...]:
    """What reading and cleaning saw and could not settle."""
    return tuple(
        Warning(
            code=issue.code,
            message=issue.message,
            evidence=(Evidence(start=issue.start, end=issue.end, quote=raw[issue.start : issue.end]),)
            if issue.end > issue.start
            else (),
        )
        for issue in seen
    )
