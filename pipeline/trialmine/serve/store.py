"""The records that a server shows: a run's folder, indexed by byte, so that a record is read when it is asked for."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import orjson

from trialmine.errors import InputError, OutputError
from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord
from trialmine.report.run_folder import RECORDS, TEXTS
from trialmine.review.apply import Reviewed, apply
from trialmine.review.correction import Correction, live
from trialmine.review.patch import CORRECTIONS, Key, PatchFile
from trialmine.serve.facets import Entry, Review, entry_of
from trialmine.serve.kept_files import KeptFiles

_log = logging.getLogger(__name__)
_CACHED = 64  # records held as models


@dataclass(frozen=True, slots=True)
class _Place:
    record: int
    text: int


def key_of(record_id: str, text_sha256: str) -> str:
    """What a record is called in addresses: letters and digits alone, whatever its id holds."""
    return hashlib.sha256(f"{record_id}\n{text_sha256}".encode()).hexdigest()[:16]


class Store:
    """One folder of records and texts. Safe to be used from several threads.

    Args:
        folder: a run's folder; for a growing store it may be empty.
        growing: whether records may be added.
    """

    def __init__(self, folder: Path, *, growing: bool = False) -> None:
        self.folder = folder
        self.patch = PatchFile(folder / CORRECTIONS)
        self._lock = threading.RLock()
        self._kept = KeptFiles(folder) if growing else None
        self._index()

    def _clear(self) -> None:
        self._seen: tuple[tuple[int, int, int], ...] = ()
        self._entries: dict[str, Entry] = {}
        self._of: dict[Key, str] = {}
        self._reviewed: dict[str, tuple[int, Reviewed]] = {}
        self._places: dict[str, _Place] = {}
        self._ids: dict[str, str] = {}
        self._cache: OrderedDict[str, tuple[TrialRecord, str]] = OrderedDict()

    def _index(self) -> None:
        self._clear()
        records, texts = self.folder / RECORDS, self.folder / TEXTS
        try:
            stamp = self._stamp()
            with records.open("rb") as lines, texts.open("rb") as texts_file:
                for (at, line), (text_at, told) in zip(_lines(lines), _lines(texts_file), strict=True):
                    self._enter(orjson.loads(line), json.loads(told)["text"], _Place(at, text_at))
            self._seen = stamp
        except (OSError, ValueError, KeyError, TypeError) as error:
            remedy = "Name the folder that `trialmine run INPUT… -o FOLDER` wrote."
            raise InputError(f"no whole run is here ({error})", where=str(self.folder), remedy=remedy) from error

    def _enter(self, record: dict[str, Any], text: str, place: _Place) -> None:
        key = key_of(record["record_id"], record["source"]["text_sha256"])
        if key not in self._entries:  # a run that keeps duplicates may hold a record twice
            self._entries[key] = entry_of(record, text, key)
            self._of[record["record_id"], record["source"]["text_sha256"]] = key
            self._places[key] = place
            self._ids.setdefault(record["record_id"], key)

    def _stamp(self) -> tuple[tuple[int, int, int], ...]:
        told = [(self.folder / name).stat() for name in (RECORDS, TEXTS)]
        return tuple((t.st_ino, t.st_size, t.st_mtime_ns) for t in told)

    def _keep_up(self) -> None:
        """Look at the folder anew if the run was made anew meanwhile."""
        if self._kept is not None:
            return  # nobody else writes there
        try:
            changed = self._stamp() != self._seen
        except OSError:
            changed = True
        if changed:
            self._index()

    def close(self) -> None:
        """Leave the folder to others."""
        if self._kept is not None:
            self._kept.close()

    def key(self, name: str) -> str | None:
        """The key of a record by its key or record_id.

        Raises:
            InputError: the run was made anew, and is not whole.
        """
        with self._lock:
            self._keep_up()
            return name if name in self._entries else self._ids.get(name)

    def get(self, key: str) -> tuple[TrialRecord, str]:
        """A record as the pipeline wrote it, and its raw text.

        Raises:
            KeyError: there is none of that key.
            InputError: its line is no record any more, or another one.
        """
        with self._lock:
            self._keep_up()
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
            place = self._places[key]
            line, text = _line(self.folder / RECORDS, place.record), _line(self.folder / TEXTS, place.text)
            try:
                found = _checked(key, TrialRecord.model_validate_json(line), json.loads(text)["text"])
            except (ValueError, KeyError, TypeError) as error:
                where = f"{self.folder / RECORDS}, byte {place.record}"
                raise InputError(f"not a trial record ({error})", where=where, remedy="Run again.") from error
            self._cache[key] = found
            if len(self._cache) > _CACHED:
                self._cache.popitem(last=False)
            return found

    def __contains__(self, key: str) -> bool:
        """Whether there is a record of that key."""
        return key in self._entries

    def entries(self) -> list[Entry]:
        """The lines of all records as they stand with their corrections, in the order of the run."""
        with self._lock:
            self._keep_up()
            for place, count in self.patch.counts().items():
                key = self._of.get(place)
                if key is not None and self._reviewed.get(key, (0,))[0] != count:
                    self._bring_up_to_date(key)
            return list(self._entries.values())

    def _bring_up_to_date(self, key: str) -> None:
        try:
            self.reviewed(key)
        except InputError as error:  # told whoever opens the record; the others can be listed
            _log.warning("%s", error)

    def reviewed(self, key: str) -> tuple[Reviewed, str, tuple[Correction, ...]]:
        """A record with its corrections, its raw text, and the corrections.

        Raises:
            KeyError: there is none of that key.
            InputError: its line is no record any more, or the patch file can't be read.
        """
        with self._lock:
            record, text = self.get(key)
            corrections = self.patch.of(record.record_id, record.source.text_sha256)
            known = self._reviewed.get(key)
            if known is None or known[0] != len(corrections):
                reviewed = apply(record, text, corrections)
                self._entries[key] = entry_of(
                    reviewed.record.model_dump(mode="json"), text, key, _state(reviewed, corrections)
                )
                if not corrections:
                    return reviewed, text, corrections
                known = self._reviewed[key] = (len(corrections), reviewed)
            return known[1], text, corrections

    def correct(self, key: str, make: Callable[[Sequence[Correction]], Sequence[Correction]]) -> Sequence[Correction]:
        """Add corrections of a record, made in the knowledge of all that are there.

        Raises:
            OutputError: the patch file can't be written.
            InputError: the correction makes no sense.
        """
        record, _ = self.get(key)
        return self.patch.append((record.record_id, record.source.text_sha256), make)

    def add(self, key: str, record: dict[str, Any], line: str, text: str) -> None:
        """Keep a new record under its key; one that is there already is not written again.

        Raises:
            OutputError: it can't be written, or this is no growing store.
        """
        with self._lock:
            if key in self._entries:
                return
            if self._kept is None:
                raise OutputError("no records are added to a run", where=str(self.folder))
            told = json.dumps({"doc_id": record["doc_id"], "record_id": record["record_id"], "text": text})
            text_at, at = self._kept.append(told.encode("ascii"), line.encode("utf-8"))
            self._enter(record, text, _Place(at, text_at))

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._entries)


def _checked(key: str, record: TrialRecord, text: str) -> tuple[TrialRecord, str]:
    """The pair, if the record is the one of that key and the text its own."""
    told = record.source.text_sha256
    if key_of(record.record_id, told) != key or Document(text, "text").text_sha256 != told:
        raise ValueError("records and texts were changed meanwhile, or do not belong together")
    record.check_quotes(text)
    return record, text


def _state(reviewed: Reviewed, corrections: Sequence[Correction]) -> Review:
    if reviewed.checked:
        return "checked"
    return "corrected" if live(corrections) else "untouched"


def _lines(file: BinaryIO) -> Iterator[tuple[int, bytes]]:
    at = 0
    for line in file:
        if line.strip():
            yield at, line
        at += len(line)


def _line(path: Path, at: int) -> bytes:
    with path.open("rb") as file:
        file.seek(at)
        return file.readline()
