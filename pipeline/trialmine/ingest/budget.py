"""What one source has cost so far: bytes unpacked, and computing time since its last document."""

from __future__ import annotations

from time import thread_time

from trialmine.errors import LimitError
from trialmine.ingest.limits import IngestLimits

_HARMLESS = 1_000_000  # bytes; below that no ratio matters


class Budget:
    """Counts for one source, archives in it included; going over raises LimitError.

    Time is computing time: a slow pipe or disk is no attack.
    """

    def __init__(self, limits: IngestLimits, uri: str) -> None:
        self.limits = limits
        self.exhausted = False  # nothing more of this source may be read
        self._uri = uri
        self._unpacked = 0
        self._ends = thread_time() + limits.seconds

    def restart_clock(self) -> None:
        """The next document is asked for."""
        self._ends = thread_time() + self.limits.seconds

    def check_time(self) -> None:
        """Raise when the source has computed too long without giving a document."""
        if thread_time() > self._ends:
            self.exhausted = True
            what = f"reading was stopped: no document within {self.limits.seconds:g} s of computing"
            raise LimitError(what, where=self._uri, remedy=raised("seconds"))

    def unpacked(self, size: int) -> None:
        """Note that `size` more bytes came out of a compression."""
        self._unpacked += size
        if self._unpacked > self.limits.unpacked_bytes:
            self.exhausted = True
            what = f"it unpacks to more than {self.limits.unpacked_bytes:,} bytes"
            raise LimitError(what, where=self._uri, remedy=raised("unpacked_bytes"))

    def check_ratio(self, packed: int, unpacked: int) -> None:
        """Raise when a stream swells like a bomb."""
        if unpacked > _HARMLESS and unpacked > self.limits.ratio * max(packed, 1):
            what = f"it unpacks to more than {self.limits.ratio:,} times its size, as a decompression bomb does"
            raise LimitError(what, remedy=raised("ratio"))


def raised(name: str) -> str:
    """The remedy that names a limit."""
    return f"If you trust the file, raise the limit with --limit {name}=NUMBER."
