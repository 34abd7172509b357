"""The two files that pasted documents are kept in: of each document a line in both, or in neither."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path
from typing import IO

from trialmine.errors import OutputError
from trialmine.report.files import append_whole, synced_folder, writable_folder
from trialmine.report.run_folder import RECORDS, TEXTS


class KeptFiles:
    """Records and their texts, in a folder that this server alone writes.

    Args:
        folder: made if it is missing; what an earlier server did not write to its end is cut off.

    Raises:
        OutputError: the folder can't be written, or another server holds it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = writable_folder(folder)
        self._held = self._hold()
        self._paths = (folder / TEXTS, folder / RECORDS)
        self._sizes = self._whole()
        self._cut()

    def _hold(self) -> IO[str]:
        held = (self._folder / ".serving").open("a")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            held.close()
            remedy = "Choose another folder with -o."
            raise OutputError("another server keeps its texts here", where=str(self._folder), remedy=remedy) from error
        return held

    def _whole(self) -> tuple[int, int]:
        """How far both files have a whole line of each document."""
        whole = (0, 0)
        with self._paths[0].open("a+b") as texts, self._paths[1].open("a+b") as records:
            texts.seek(0)
            records.seek(0)
            for one, other in zip(texts, records, strict=False):
                if one.endswith(b"\n") and other.endswith(b"\n"):
                    whole = (whole[0] + len(one), whole[1] + len(other))
        return whole

    def append(self, text: bytes, record: bytes) -> tuple[int, int]:
        """Bring a line to each file and to the disk; gives the bytes at which they start.

        Raises:
            OutputError: they can't be written; both files are as they were.
        """
        before = self._sizes
        try:
            self._cut()  # what a failure before left, where even that could not be taken back
            for path, line in zip(self._paths, (text, record), strict=True):
                append_whole(path, line + b"\n")
            if before == (0, 0):
                synced_folder(self._folder)
        except OSError as error:
            with suppress(OSError):
                self._cut()
            what = f"the record can't be kept ({error.strerror or error})"
            raise OutputError(what, where=str(self._folder), remedy="Make room there, and read it again.") from error
        self._sizes = (before[0] + len(text) + 1, before[1] + len(record) + 1)
        return before

    def _cut(self) -> None:
        for path, size in zip(self._paths, self._sizes, strict=True):
            if path.stat().st_size > size:
                os.truncate(path, size)

    def close(self) -> None:
        """Leave the folder to others."""
        self._held.close()
