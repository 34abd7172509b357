"""The patch file of a run: corrections, one a line, only ever added to.

Whoever writes holds a lock, so that two servers on one run lose nothing, and a line is on the disk before its author
is told so. What can't be written whole is taken back; a line that a crash left torn is as if it were not there, and is
told in the log. A line that this version can't read is told to whoever wants the record that it corrects.
"""

from __future__ import annotations

import fcntl
import logging
import os
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import ValidationError
from pydantic_core import from_json

from trialmine.errors import InputError, OutputError
from trialmine.report.files import synced_folder, write_whole
from trialmine.review.correction import ANY, Correction, as_line

CORRECTIONS = "corrections.jsonl"
Key = tuple[str, str]  # record_id and the hash of its text
_log = logging.getLogger(__name__)


class PatchFile:
    """The corrections of a run, read as far as they were needed. Safe to be used from several threads.

    Args:
        path: the file; it is made with the first correction.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_to = 0
        self._line = 0
        self._of: dict[Key, list[Correction]] = defaultdict(list)
        self._unread: dict[Key, InputError] = {}
        self._lock = threading.RLock()

    def of(self, record_id: str, text_sha256: str) -> tuple[Correction, ...]:
        """All corrections of one record, in the order they were made.

        Raises:
            InputError: the file can't be read, or a line of this record is no correction.
        """
        with self._lock:
            self._catch_up()
            return self._all((record_id, text_sha256))

    def _all(self, key: Key) -> tuple[Correction, ...]:
        if key in self._unread:
            raise self._unread[key]
        return tuple(self._of.get(key, ()))

    def counts(self) -> dict[Key, int]:
        """How many corrections each record has that has any.

        Raises:
            InputError: the file can't be read, or a line is no correction.
        """
        with self._lock:
            self._catch_up()
            return {key: len(self._of.get(key, ())) for key in (*self._of, *self._unread)}

    def append(self, key: Key, make: Callable[[Sequence[Correction]], Sequence[Correction]]) -> Sequence[Correction]:
        """Add corrections, made in the knowledge of all that are there; nobody else writes meanwhile.

        Raises:
            OutputError: the file can't be written.
            InputError: the file can't be read, or a line is no correction.
        """
        with self._lock, self._writing() as file:
            self._take(file)
            made = make(self._all(key))
            self._write(file, b"".join(as_line(correction) for correction in made))
            self._take(file)
            return made

    def _write(self, file: BinaryIO, content: bytes) -> None:
        end = file.seek(0, 2)
        try:
            # what was not written to its end is closed, so that this line stands for itself; past the file's buffer,
            # which would be written after all when the file is closed
            write_whole(file.fileno(), b"\n" + content if end > self._read_to else content)
            os.fsync(file.fileno())
            if end == 0:
                synced_folder(self.path.parent)
        except OSError as error:
            with suppress(OSError):
                os.ftruncate(file.fileno(), end)
            raise _unwritable(self.path, error) from error

    @contextmanager
    def _writing(self) -> Iterator[BinaryIO]:
        try:
            file = self.path.open("a+b")
        except OSError as error:
            raise _unwritable(self.path, error) from error
        with file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield file

    def _catch_up(self) -> None:
        try:
            if self.path.stat().st_size <= self._read_to:
                return
            with self.path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH)
                self._take(file)
        except FileNotFoundError:
            return
        except OSError as error:
            remedy = "Make it readable."
            raise InputError(f"can't be read ({error.strerror})", where=str(self.path), remedy=remedy) from error

    def _take(self, file: BinaryIO) -> None:
        """Read what was added since."""
        file.seek(self._read_to)
        for line in file:
            if not line.endswith(b"\n"):
                return
            self._line += 1
            correction = self._correction(line)
            if correction is not None:
                self._of[correction.record_id, correction.text_sha256].append(correction)
            self._read_to += len(line)

    def _correction(self, line: bytes) -> Correction | None:
        where = f"{self.path}, line {self._line}"
        try:
            told = from_json(line)
        except ValueError:
            if line.strip():
                _log.warning("%s: not written to its end; it is left out.", where)
            return None
        try:
            return ANY.validate_python(told, strict=False) if told is not None else None
        except ValidationError as error:
            first = error.errors()[0]
            remedy = "Read it with the version of trialmine that wrote it, or take the line out."
            what = f"no correction ({'.'.join(map(str, first['loc']))}: {first['msg']})"
            self._refuse(told, InputError(what, where=where, remedy=remedy))
            return None

    def _refuse(self, told: Any, error: InputError) -> None:
        """Hold a line against its record; one that names none is told to everybody."""
        fields = told if isinstance(told, dict) else {}
        key = (fields.get("record_id"), fields.get("text_sha256"))
        if not all(isinstance(part, str) for part in key):
            self._line -= 1  # it is met again
            raise error
        self._unread.setdefault((str(key[0]), str(key[1])), error)


def _unwritable(path: Path, error: OSError) -> OutputError:
    remedy = "Make the run's folder writable; the correction was not kept."
    return OutputError(f"can't write ({error.strerror or error})", where=str(path), remedy=remedy)
