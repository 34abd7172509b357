"""All records that a server shows: those of the run, and those of texts that were given to it since."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson

from trialmine.records.trial import TrialRecord
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
        self._pasted = Store(pasted, growing=True)
        self._run = Store(run) if run else None
        self._most = most

    @property
    def _stores(self) -> tuple[Store, ...]:
        return (self._pasted, self._run) if self._run else (self._pasted,)

    def key(self, name: str) -> str | None:
        """The key of a record by its key or record_id; None if there is no such record."""
        return next((key for store in self._stores if (key := store.key(name))), None)

    def get(self, key: str) -> tuple[TrialRecord, str]:
        """A record as the pipeline wrote it, and its raw text.

        Raises:
            KeyError: there is none of that key.
        """
        return self._store(key).get(key)

    def add(self, line: str, text: str) -> str | None:
        """Keep a record; gives its key, or None where no more are kept. One that is there already stays."""
        record = orjson.loads(line)
        key = key_of(record["record_id"], record["source"]["text_sha256"])
        if any(key in store.entries for store in self._stores):
            return key
        if len(self._pasted) >= self._most:
            return None
        self._pasted.add(key, record, line, text)
        return key

    def entries(self) -> Iterator[Entry]:
        """The lines of all records, the latest pasted ones first."""
        yield from reversed(list(self._pasted.entries.values()))
        if self._run:
            yield from (e for key, e in self._run.entries.items() if key not in self._pasted.entries)

    def close(self) -> None:
        """Leave the folders to others."""
        for store in self._stores:
            store.close()

    def _store(self, key: str) -> Store:
        for store in self._stores:
            if key in store.entries:
                return store
        raise KeyError(key)
