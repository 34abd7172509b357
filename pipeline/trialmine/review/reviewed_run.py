"""A run as it stands with its corrections: what exports, tables and charts are made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from trialmine.errors import InputError
from trialmine.records.trial import TrialRecord
from trialmine.report.run_folder import TEXTS, one_of, read_records, read_texts
from trialmine.review.apply import Reviewed, apply
from trialmine.review.patch import CORRECTIONS, PatchFile


def is_corrected(source: Path) -> bool:
    """Whether there are corrections beside the records of a run."""
    return (source / CORRECTIONS).is_file() and (source / TEXTS).is_file()


def reviewed_run(folder: Path) -> Iterator[tuple[Reviewed, str]]:
    """Each record of a run with its corrections, and its raw text.

    Raises:
        InputError: there are no records or texts, or a line of these or of the corrections is none.
    """
    patch = PatchFile(folder / CORRECTIONS)
    try:
        for record, text in zip(read_records(folder), read_texts(folder), strict=True):
            yield apply(record, text, patch.of(record.record_id, record.source.text_sha256)), text
    except ValueError as error:  # of zip alone: readers tell theirs as InputErrors
        remedy = "Run again."
        raise InputError(f"texts and records disagree ({error})", where=str(folder), remedy=remedy) from error


def reviewed_records(source: Path, *, corrections: bool = True) -> Iterator[TrialRecord]:
    """The records of a run folder with its corrections, or of a file of records, or of standard input ("-").

    Args:
        corrections: whether corrections are made; without them, records are as the pipeline wrote them.

    Raises:
        InputError: there are no records there, or a line is none.
    """
    if corrections and is_corrected(source):
        return (reviewed.record for reviewed, _ in reviewed_run(source))
    return read_records(source)


def one_reviewed(source: Path, wanted: str | None = None, *, corrections: bool = True) -> TrialRecord:
    """The record with this record_id, doc_id or name of its file; with no id, the only one there is.

    Raises:
        ConfigError: there is none of that id, or an id is needed.
        InputError: there are no records there, or a line is none.
    """
    return one_of(reviewed_records(source, corrections=corrections), wanted, str(source))
