"""The one interface of the writers, the run they read, and the notes on what a format could not hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from trialmine.errors import ConfigError, InputError
from trialmine.records.trial import TrialRecord
from trialmine.report.run_folder import TEXTS, read_texts
from trialmine.review.reviewed_run import is_corrected, reviewed_records, reviewed_run


class Options(NamedTuple):
    """What narrows an export; formats that have no use for it refuse it."""

    endpoint: str | None = None
    measure: str | None = None


class Loss(NamedTuple):
    """Something of a record that the format has no place for."""

    record_id: str
    what: str


@dataclass(slots=True)
class Notes:
    """What an export wrote and what it could not hold, to be kept with the run."""

    written: int = 0
    losses: Counter[Loss] = field(default_factory=Counter)

    def lost(self, record: TrialRecord, what: str, count: int = 1) -> None:
        """Count something that the format has no place for."""
        if count:
            self.losses[Loss(record.record_id, what)] += count

    def summary(self) -> Counter[str]:
        """How often each kind of thing was lost, over all records."""
        total: Counter[str] = Counter()
        for loss, count in self.losses.items():
            total[loss.what] += count
        return total


class Run(Protocol):
    """What writers read: records, and their raw texts where there are any."""

    def records(self) -> Iterator[TrialRecord]:
        """The records, one after another."""

    def documents(self) -> Iterator[tuple[TrialRecord, str]]:
        """Each record with its raw text.

        Raises:
            InputError: there are no texts, or they are not those of the records.
        """

    def checked(self, record: TrialRecord) -> bool:
        """Whether a person has said that the record is right."""


@dataclass(frozen=True, slots=True)
class RunFolder:
    """The records of a run on disk: its folder, or a file of records without texts.

    With `corrections`, records are as people corrected them.
    """

    source: Path
    corrections: bool = True
    _checked: set[str] = field(default_factory=set)

    def records(self) -> Iterator[TrialRecord]:
        """The records, one after another.

        Raises:
            InputError: there are none, or a line is none.
        """
        return reviewed_records(self.source, corrections=self.corrections)

    def documents(self) -> Iterator[tuple[TrialRecord, str]]:
        """Each record with its raw text.

        Raises:
            InputError: the source has records alone, or the texts are not those of the records.
        """
        if not (self.source / TEXTS).is_file():
            raise no_texts(str(self.source))
        if self.corrections and is_corrected(self.source):
            return with_texts(self._reviewed(), read_texts(self.source), str(self.source))
        return with_texts(self.records(), read_texts(self.source), str(self.source))

    def checked(self, record: TrialRecord) -> bool:
        """Whether a person has said that the record, which `documents` gave, is right."""
        return record.record_id in self._checked

    def _reviewed(self) -> Iterator[TrialRecord]:
        for reviewed, _ in reviewed_run(self.source):
            if reviewed.checked:
                self._checked.add(reviewed.record.record_id)
            else:
                self._checked.discard(reviewed.record.record_id)
            yield reviewed.record


def no_texts(where: str) -> InputError:
    """The error of a source that has records alone."""
    remedy = "Name the folder that `trialmine run -o` wrote."
    return InputError("this format needs the raw texts, which are not here", where=where, remedy=remedy)


def with_texts(records: Iterable[TrialRecord], texts: Iterable[str], where: str) -> Iterator[tuple[TrialRecord, str]]:
    """Records and texts side by side, every quote checked.

    Raises:
        InputError: a text is not the one that its record points into.
    """
    for record, text in zip(records, texts, strict=True):
        try:
            record.check_quotes(text)
        except ValueError as error:
            place = f"{where}, {record.doc_id}"
            raise InputError(f"texts and records disagree ({error})", where=place, remedy="Run again.") from error
        yield record, text


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: `write` fills the file or folder `target`, and tells the notes what was written and lost.

    `suffix` is empty where a folder is written; `narrows` says that the format makes use of options; `never` is what it
    holds of no record, so that notes need to say it once only.
    """

    name: str
    description: str
    write: Callable[[Run, Path, Options, Notes], None]
    suffix: str = ""
    narrows: bool = False
    never: tuple[str, ...] = ()


def library(module: str) -> Any:
    """A library of the `export` extra.

    Raises:
        ConfigError: it is not installed.
    """
    try:
        return import_module(module)
    except ImportError as error:
        remedy = "Install it with: pip install 'trialmine[export]'"
        raise ConfigError(
            f"this needs the library {module.split('.')[0]}, which is not installed", remedy=remedy
        ) from error
