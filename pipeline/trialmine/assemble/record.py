"""Chains the block builders into one validated record. Order matters: arms need interventions, statistics need endpoints."""

from __future__ import annotations

from trialmine.assemble.citation import Citation
from trialmine.records.article import Article, Mentions
from trialmine.records.document import CleanText, Document
from trialmine.records.trial import Cleaning, CleaningEdit, Evidence, Source, TrialRecord, Warning


def build_record(article: Article, mentions: Mentions, *, clean: CleanText, document: Document) -> TrialRecord:
    """The trial record of one document; every span in it is raw text.

    Raises:
        pydantic.ValidationError: a block broke the contract, which is a fault of ours.
    """
    record = TrialRecord(
        record_id=document.record_id,
        doc_id=document.doc_id or document.record_id,
        source=_source(document),
        document_kind="other",
        cleaning=_cleaning(clean),
        warnings=_cleaning_warnings(clean),
    )
    record.check_quotes(clean.raw)
    return record


def _source(document: Document) -> Source:
    names = ("uri", "format", "title", "pmid", "pmcid", "doi", "journal", "year", "registry_ids", "language")
    return Source(text_sha256=document.text_sha256, **{name: getattr(document, name) for name in names})


def _cleaning(clean: CleanText) -> Cleaning:
    edits = (
        CleaningEdit(rule=e.rule, start=e.start, end=e.end, before=e.before, after=e.after, confidence=e.confidence)
        for e in clean.edits
    )
    return Cleaning(noise_level=clean.noise_level, edits=tuple(edits))


def _cleaning_warnings(clean: CleanText) -> tuple[Warning, ...]:
    return tuple(
        Warning(
            code=issue.code,
            message=issue.message,
            evidence=(Evidence(start=issue.start, end=issue.end, quote=clean.raw[issue.start : issue.end]),)
            if issue.end > issue.start
            else (),
        )
        for issue in clean.issues
    )
