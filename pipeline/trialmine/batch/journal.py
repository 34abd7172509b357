"""What a run has done so far, on disk, so that a run that was killed goes on where it was.

A line per document that is done, behind a checksum; a line that was not written to its end is as if it were not there.
A document is known again by its text and what its source says of it; a journal is used only by the same version, code,
model and options.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Any, Self
from zlib import crc32

import trialmine
from trialmine.batch.engine import Engine, Result
from trialmine.batch.manifest import Entry
from trialmine.errors import OutputError
from trialmine.records.document import Document
from trialmine.report.files import synced, synced_folder
from trialmine.resources import model_path

JOURNAL = ".unfinished.jsonl"
_SYNC_SECONDS = 1.0  # what a power cut may cost


def identity(description: Mapping[str, Any], options: Mapping[str, Any]) -> str:
    """What two runs must share for the one to go on with the other's work."""
    model = description.get("model")
    source = model.get("source") if isinstance(model, Mapping) else None
    place = model_path() if source == "shipped" else Path(source) if source and Path(source).is_dir() else None
    told = {"description": description, "options": options, "code": code_hash()}
    return _digest(json.dumps({**told, "model": _hash_of(place) if place else None}, sort_keys=True, default=str))


@cache
def code_hash() -> str:
    """What tells one state of the package from another; while it is worked on, its version alone does not."""
    return _hash_of(Path(trialmine.__file__).parent)


def _hash_of(folder: Path) -> str:
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
        digest.update(f"{path.relative_to(folder)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def key_of(document: Document) -> str:
    """What tells a document apart: its text and what its source says of it."""
    return _digest(json.dumps(asdict(document), default=str))


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


class Journal:
    """The journal of a run folder, open; one run at a time may write it."""

    def __init__(self, folder: Path, who: str) -> None:
        """Open the journal, and find in it what an earlier run of the same identity has done.

        Raises:
            OutputError: it can't be written, or another run is at work in the folder.
        """
        self.path = folder / JOURNAL
        self._places: dict[str, int] = {}
        self._synced = monotonic()
        try:
            self._file = self.path.open("a+b")
        except OSError as error:
            raise _unwritable(self.path, error) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._open(who)
        except BlockingIOError as error:
            self._file.close()
            remedy = "Wait for it to end, or choose another folder with -o."
            raise OutputError("another run is writing here", where=str(folder), remedy=remedy) from error
        except OutputError:
            self._close()
            raise

    def _open(self, who: str) -> None:
        self._file.seek(0)
        head = _content(self._file.readline())
        if head is None or head.get("identity") != who:
            self._file.truncate(0)
            self._write({"identity": who})
            synced_folder(self.path.parent)
            return
        end = self._file.tell()
        while row := _content(line := self._file.readline()):
            self._places[row["key"]] = end
            end += len(line)
        self._file.truncate(end)  # what follows was not written to its end

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self._close()

    def _close(self) -> None:
        # what a full disk did not take has been said already, and can't be written now either
        with suppress(OSError):
            self._file.close()

    def __len__(self) -> int:
        """How many documents are done."""
        return len(self._places)

    def results(self, engine: Engine, documents: Iterable[Document]) -> Iterator[Result]:
        """One result per document, in order: what an earlier run has done is recalled, the rest is the engine's.

        Each record is noted before it is handed on; a document that failed is tried again by the next run.

        Raises:
            OutputError: the disk is full.
        """
        keys: deque[str] = deque()  # of the documents whose results are still to come

        def items() -> Iterator[Document | Result]:
            for document in documents:
                keys.append(key := key_of(document))
                yield self._recalled(key, document) or document

        for result in engine.results(items()):
            key = keys.popleft()
            if result.line is not None and key not in self._places:
                self._write({"key": key, "line": result.line, "entry": asdict(result.entry)})
            yield result

    def _recalled(self, key: str, document: Document) -> Result | None:
        place = self._places.get(key)
        if place is None:
            return None
        self._file.seek(place)
        row = _content(self._file.readline())
        return None if row is None else Result(document, row["line"], Entry(**row["entry"]))

    def _write(self, row: Mapping[str, Any]) -> None:
        content = json.dumps(row).encode()
        try:
            self._file.write(b"%08x %s\n" % (crc32(content), content))
            self._file.flush()
            if monotonic() - self._synced > _SYNC_SECONDS:
                synced(self._file)
                self._synced = monotonic()
        except OSError as error:
            raise _unwritable(self.path, error) from error

    def done(self) -> None:
        """The run is whole: the journal has served."""
        self.path.unlink(missing_ok=True)


def _content(line: bytes) -> dict[str, Any] | None:
    """What a line holds; None for one that was not written to its end."""
    checksum, _, content = line.rstrip(b"\n").partition(b" ")
    if not line.endswith(b"\n") or checksum != b"%08x" % crc32(content):
        return None
    row: dict[str, Any] = json.loads(content)
    return row


def _unwritable(path: Path, error: OSError) -> OutputError:
    remedy = "Make room, or choose another folder with -o; what is done so far is kept."
    return OutputError(f"can't write ({error.strerror or error})", where=str(path), remedy=remedy)
