"""The public functions that work without any set-up: one text or many, with the default pipeline."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import overload

from trialmine.flow import Pipeline, load
from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord


@cache
def _default() -> Pipeline:
    return load()


@overload
def extract(texts: Document | str) -> TrialRecord: ...  # type: ignore[overload-overlap]  # a str is a text first
@overload
def extract(texts: Iterable[Document | str]) -> list[TrialRecord]: ...
def extract(texts: Document | str | Iterable[Document | str]) -> TrialRecord | list[TrialRecord]:
    """The record of one text, or the records of several, with the default pipeline.

    >>> extract("Patients took velotinib 40 mg twice daily.").document_kind  # doctest: +SKIP
    'trial_report'

    Raises:
        TrialmineError: a document can't be processed.
    """
    if isinstance(texts, str | Document):
        return _default().extract(texts)
    return list(_default().stream(texts))
