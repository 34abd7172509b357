"""The records that a server shows: a run's folder, indexed by byte, so that a record is read when it is asked for."""

from __future__ import annotations

import fcntl
import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO

import orjson

from trialmine.errors import InputError, OutputError
from trialmine.records.trial import TrialRecord
from trialmine.report.files import writable_folder
from trialmine.report.run_folder import RECORDS, TEXTS
from trialmine.review.apply import Reviewed, apply
from trialmine.review.correction import Correction, live
from trialmine.review.patch import CORRECTIONS, Key, PatchFile
from trialmine.serve.facets import Entry, Review, entry_of

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
        self.folder, self._growing = folder, growing
        self.patch = PatchFile(folder / CORRECTIONS)
        self._entries: dict[str, Entry] = {}
        self._of: dict[Key, str] = {}
        self._reviewed: dict[str, tuple[int, Reviewed]] = {}
        self._places: dict[str, _Place] = {}
        self._ids: dict[str, str] = {}
        self._cache: OrderedDict[str, tuple[TrialRecord, str]] = OrderedDict()
        self._lock = threading.RLock()
        self._held: IO[str] | None = None
        if growing:
            writable_folder(folder)
            self._hold()
        self._index()

    def _hold(self) -> None:
        """Take the folder for this server alone, and cut off what an earlier one did not write to its end."""
        self._held = (self.folder / ".serving").open("a")
        try:
            fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            self._held.close()
            remedy = "Choose another folder with -o."
            raise OutputError("another server keeps its texts here", where=str(self.folder), remedy=remedy) from error
        with (self.folder / RECORDS).open("a+b") as records, (self.folder / TEXTS).open("a+b") as texts:
            records.seek(0)
            texts.seek(0)
            whole = (0, 0)
            for one, other in zip(records, texts, strict=False):
                if one.endswith(b"\n") and other.endswith(b"\n"):
                    whole = (whole[0] + len(one), whole[1] + len(other))
            records.truncate(whole[0])
            texts.truncate(whole[1])

    def _index(self) -> None:
        records, texts = self.folder / RECORDS, self.folder / TEXTS
        try:
            with records.open("rb") as lines, texts.open("rb") as texts_file:
                for (at, line), (text_at, told) in zip(_lines(lines), _lines(texts_file), strict=True):
                    self._enter(orjson.loads(line), json.loads(told)["text"], _Place(at, text_at))
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

    def close(self) -> None:
        """Leave the folder to others."""
        if self._held is not None:
            self._held.close()

    def key(self, name: str) -> str | None:
        """The key of a record by its key or record_id."""
        return name if name in self._entries else self._ids.get(name)

    def get(self, key: str) -> tuple[TrialRecord, str]:
        """A record as the pipeline wrote it, and its raw text.

        Raises:
            KeyError: there is none of that key.
            InputError: its line is no record any more.
        """
        with self._lock:
            if key in self._cache:
                self._cache.move_to_end(key)
                return self._cache[key]
            place = self._places[key]
            line, text = _line(self.folder / RECORDS, place.record), _line(self.folder / TEXTS, place.text)
            try:
                found = TrialRecord.model_validate_json(line), json.loads(text)["text"]
                found[0].check_quotes(found[1])
            except (ValueError, KeyError) as error:
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
            for place in self.patch.records():
                if (key := self._of.get(place)) is not None:
                    self.reviewed(key)  # brings its line up to date
            return list(self._entries.values())

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
        """Keep a new record under its key; one that is there already is not written again."""
        with self._lock:
            if key in self._entries:
                return
            told = json.dumps({"doc_id": record["doc_id"], "record_id": record["record_id"], "text": text})
            text_at = _append(self.folder / TEXTS, told.encode("ascii"))
            at = _append(self.folder / RECORDS, line.encode("utf-8"))
            self._enter(record, text, _Place(at, text_at))

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._entries)


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


def _append(path: Path, line: bytes) -> int:
    with path.open("ab") as file:
        at = file.tell()
        file.write(line + b"\n")
        return at
