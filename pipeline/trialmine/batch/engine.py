"""How documents are worked through: the one interface of the engines, and the plain one that works in this process."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, NamedTuple, Protocol

from trialmine.batch.check import checked_line
from trialmine.batch.manifest import Entry, rows_of
from trialmine.flow import Extracts, Outcome
from trialmine.records.document import Document

Load = Callable[[], Extracts]

YOUNG = 10_000
"""Objects made before the youngest are looked through for garbage, which a document leaves little of."""


class Result(NamedTuple):
    """A document that is done: its record as a checked line of JSON, or None, and what became of it."""

    document: Document
    line: str | None
    entry: Entry


class Engine(Protocol):
    """Works through documents. Every engine gives the same results, in the order of the documents."""

    @property
    def description(self) -> Mapping[str, Any]:
        """Version and model, for the manifest."""

    def results(self, items: Iterable[Document | Result]) -> Iterator[Result]:
        """One result per document, in order; results of an earlier run pass through in their places."""


class InProcess:
    """One document after the other, here."""

    def __init__(self, pipeline: Extracts) -> None:
        self._pipeline = pipeline

    @property
    def description(self) -> Mapping[str, Any]:
        """Version and model, for the manifest."""
        return self._pipeline.description

    def results(self, items: Iterable[Document | Result]) -> Iterator[Result]:
        """One result per document, in order; results of an earlier run pass through in their places."""
        thresholds = gc.get_threshold()
        gc.set_threshold(YOUNG)
        try:
            for done, group in groupby(items, key=lambda item: isinstance(item, Result)):
                if done:
                    yield from (item for item in group if isinstance(item, Result))
                else:
                    documents = (item for item in group if isinstance(item, Document))
                    yield from map(finished, self._pipeline.outcomes(documents))
        finally:
            gc.set_threshold(*thresholds)


def finished(outcome: Outcome) -> Result:
    """The result of an outcome: its record is checked, and not written when it breaks the contract."""
    document, record = outcome.document, outcome.record
    if record is None:
        return failed(document, outcome.error or "no record", seconds=outcome.seconds)
    try:
        line = checked_line(record, document.text)
    except ValueError as error:
        return failed(document, f"the record breaks the contract and was not written: {error}", seconds=outcome.seconds)
    entry = Entry(
        record.doc_id, outcome.status, document.uri, record.record_id, outcome.error, outcome.seconds, rows_of(record),
        len(record.warnings),
    )  # fmt: skip
    return Result(document, line, entry)


def failed(document: Document, reason: str, *, seconds: Mapping[str, float] | None = None) -> Result:
    """The result of a document that gave no record."""
    doc_id = document.doc_id or document.record_id
    return Result(document, None, Entry(doc_id, "failed", document.uri, error=reason, seconds=seconds or {}))
