"""All records that a server shows: those of the run, and those of texts that were given to it since."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import orjson

from trialmine.records.trial import TrialRecord
from trialmine.review.apply import Reviewed
from trialmine.review.correction import Correction
from trialmine.serve.facets import Entry
from trialmine.serve.store import Store, key_of


class Library:
    """The records of a run and of pasted texts, by key.

    Args:
        run: the folder of a run, or None.
        pasted: the folder that pasted texts and their records are kept in.
        most: how many of these are kept.
    """

    def __init__(self, run: Path | None, pasted: Path, *, most: int) -> None:
        self._run = Store(run) if run else None
        self._pasted = Store(pasted, growing=True)
        self._most = most

    @property
    def _stores(self) -> tuple[Store, ...]:
        return (self._pasted, self._run) if self._run else (self._pasted,)

    def key(self, name: str) -> str | None:
        """The key of a record by its key or record_id; None if there is no such record."""
        return next((key for store in self._stores if (key := store.key(name))), None)

    def origin(self, key: str) -> tuple[TrialRecord, str]:
        """A record as the pipeline wrote it, and its raw text.

        Raises:
            KeyError: there is none of that key.
        """
        return self._store(key).get(key)

    def reviewed(self, key: str) -> tuple[Reviewed, str, tuple[Correction, ...]]:
        """A record with its corrections, its raw text, and the corrections.

        Raises:
            KeyError: there is none of that key.
        """
        return self._store(key).reviewed(key)

    def correct(self, key: str, make: Callable[[Sequence[Correction]], Sequence[Correction]]) -> Sequence[Correction]:
        """Add corrections of a record, made in the knowledge of all that are there.

        Raises:
            KeyError: there is none of that key.
            OutputError: the patch file can't be written.
            InputError: the correction makes no sense.
        """
        return self._store(key).correct(key, make)

    def add(self, line: str, text: str) -> str | None:
        """Keep a record; gives its key, or None where no more are kept. One that is there already stays."""
        record = orjson.loads(line)
        key = key_of(record["record_id"], record["source"]["text_sha256"])
        if any(key in store for store in self._stores):
            return key
        if len(self._pasted) >= self._most:
            return None
        self._pasted.add(key, record, line, text)
        return key

    def entries(self) -> list[Entry]:
        """The lines of all records, the latest pasted ones first."""
        run = self._run.entries() if self._run else []
        return [*reversed(self._pasted.entries()), *run]

    def close(self) -> None:
        """Leave the folders to others."""
        for store in self._stores:
            store.close()

    def _store(self, key: str) -> Store:
        for store in self._stores:
            if key in store:
                return store
        raise KeyError(key)
