"""The patch file of a run: corrections, one a line, only ever added to.

Whoever writes holds a lock, so that two servers on one run lose nothing, and a line is on the disk before its author
is told so. A line that was not written to its end is as if it were not there.
"""

from __future__ import annotations

import fcntl
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError
from pydantic_core import from_json

from trialmine.errors import InputError, OutputError
from trialmine.report.files import synced
from trialmine.review.correction import ANY, Correction

CORRECTIONS = "corrections.jsonl"
Key = tuple[str, str]  # record_id and the hash of its text


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
        self._lock = threading.RLock()

    def of(self, record_id: str, text_sha256: str) -> tuple[Correction, ...]:
        """All corrections of one record, in the order they were made.

        Raises:
            InputError: the file can't be read, or a line is no correction.
        """
        with self._lock:
            self._catch_up()
            return tuple(self._of.get((record_id, text_sha256), ()))

    def records(self) -> list[Key]:
        """The records that have corrections.

        Raises:
            InputError: the file can't be read, or a line is no correction.
        """
        with self._lock:
            self._catch_up()
            return list(self._of)

    def append(self, key: Key, make: Callable[[Sequence[Correction]], Sequence[Correction]]) -> Sequence[Correction]:
        """Add corrections, made in the knowledge of all that are there; nobody else writes meanwhile.

        Raises:
            OutputError: the file can't be written.
            InputError: the file can't be read, or a line is no correction.
        """
        with self._lock, self._writing() as file:
            self._take(file)
            made = make(tuple(self._of.get(key, ())))
            content = b"".join(correction.model_dump_json().encode("utf-8") + b"\n" for correction in made)
            try:
                file.seek(0, 2)
                # what was not written to its end is closed, so that this line stands for itself
                file.write(b"\n" + content if file.tell() > self._read_to else content)
                synced(file)
            except OSError as error:
                raise _unwritable(self.path, error) from error
            self._take(file)
            return made

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
        try:
            told = from_json(line)
        except ValueError:
            return None  # not written to its end, and closed by the line after it
        try:
            return ANY.validate_python(told, strict=False) if told is not None else None
        except ValidationError as error:
            self._line -= 1
            first = error.errors()[0]
            where = f"{self.path}, line {self._line + 1}"
            remedy = "Read it with the version of trialmine that wrote it, or take the line out."
            what = f"no correction ({'.'.join(map(str, first['loc']))}: {first['msg']})"
            raise InputError(what, where=where, remedy=remedy) from error


def _unwritable(path: Path, error: OSError) -> OutputError:
    remedy = "Make the run's folder writable; the correction was not kept."
    return OutputError(f"can't write ({error.strerror or error})", where=str(path), remedy=remedy)
