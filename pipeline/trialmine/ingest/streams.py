"""Byte streams: their heads, a head put back, the plain bytes of a compressed one, a file to jump about in."""

from __future__ import annotations

import bz2
import io
import lzma
import tempfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol, cast

from trialmine.errors import LimitError
from trialmine.ingest.budget import Budget, raised
from trialmine.ingest.limits import HEAD_BYTES

_CHUNK = 1 << 17
_IN_MEMORY = 16_000_000  # bytes of a spooled file before it goes to disk
_XZ_MEMORY = 256_000_000  # xz -9 needs 65 MB; a header may ask for gigabytes


def head_of(stream: BinaryIO) -> bytes:
    """The first bytes, however small the pieces that a pipe gives them in."""
    parts: list[bytes] = []
    missing = HEAD_BYTES
    while missing and (part := stream.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


class _Chained(io.RawIOBase):
    """What `head` holds, then what `rest` gives; the budget's clock is looked at with each piece."""

    def __init__(self, head: bytes, rest: BinaryIO, budget: Budget) -> None:
        self._head = memoryview(head)
        self._rest = rest
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._budget.check_time()
        target = memoryview(buffer).cast("B")
        part = self._head[: len(target)] if len(self._head) else self._rest.read(len(target))
        self._head = self._head[len(part) :]
        target[: len(part)] = part
        return len(part)


def rewound(head: bytes, rest: BinaryIO, budget: Budget) -> BinaryIO:
    """A stream that gives `head` again and then what `rest` still holds."""
    return io.BufferedReader(_Chained(head, rest, budget), buffer_size=_CHUNK)


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _Gzip:
    """zlib's decompressor with the manners of the other two: what it has not used yet it keeps itself."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)


COMPRESSIONS: dict[bytes, Callable[[], _Decompressor]] = {
    b"\x1f\x8b": _Gzip,
    b"BZh": bz2.BZ2Decompressor,
    b"\xfd7zXZ\x00": lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY),
}


class _Unpacked(io.RawIOBase):
    """The plain bytes of a compressed stream, several parts behind each other included."""

    def __init__(self, packed: BinaryIO, mark: bytes, budget: Budget) -> None:
        self._packed = packed
        self._make = COMPRESSIONS[mark]
        self._mark = mark
        self._part = self._make()
        self._budget = budget
        self._taken = self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        target = memoryview(buffer).cast("B")
        data = self._some(len(target))
        self._given += len(data)
        self._budget.unpacked(len(data))
        self._budget.check_ratio(self._taken, self._given)
        target[: len(data)] = data
        return len(data)

    def _some(self, size: int) -> bytes:
        while True:
            data = self._part.decompress(b"", size) if self._taken and not self._part.eof else b""
            if data:
                return data
            fresh = self._part.unused_data if self._part.eof else b""
            fresh = fresh or self._packed.read(_CHUNK)
            self._taken += len(fresh)
            if self._part.eof:
                fresh = fresh.lstrip(b"\0")  # padding behind the last part
                if not fresh.startswith(self._mark[:1]):
                    return b""  # the end, or something else that was put behind it
                self._part = self._make()
            if not fresh:
                raise EOFError("it ends before its compressed data does")
            data = self._part.decompress(fresh, size)
            if data:
                return data


def compression(head: bytes) -> bytes | None:
    """The mark of the compression that `head` begins with."""
    return next((mark for mark in COMPRESSIONS if head.startswith(mark)), None)


def unpacked(packed: BinaryIO, mark: bytes, budget: Budget) -> BinaryIO:
    """The plain bytes of a stream in the compression of `mark`; limits are watched as it is read."""
    return io.BufferedReader(_Unpacked(packed, mark, budget), buffer_size=_CHUNK)


class _Counted(io.RawIOBase):
    """A member of an archive, its bytes counted against the `packed` bytes that it takes there."""

    def __init__(self, member: BinaryIO, packed: int, budget: Budget) -> None:
        self._member = member
        self._packed = packed
        self._given = 0
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        target = memoryview(buffer).cast("B")
        data = self._member.read(len(target))
        self._given += len(data)
        self._budget.unpacked(len(data))
        self._budget.check_ratio(self._packed, self._given)
        target[: len(data)] = data
        return len(data)


def counted(member: BinaryIO, packed: int, budget: Budget) -> BinaryIO:
    """The bytes of a member of an archive; limits are watched as it is read."""
    return io.BufferedReader(_Counted(member, packed, budget), buffer_size=_CHUNK)


def seekable(stream: BinaryIO, budget: Budget) -> BinaryIO:
    """The stream's bytes as a file to jump about in, to be closed by who asks; on disk when there are many.

    Raises:
        LimitError: there are more than the limits allow one such file.
    """
    file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - it goes with the last reference
    left = budget.limits.file_bytes
    while piece := stream.read(_CHUNK):
        left -= len(piece)
        if left < 0:
            file.close()
            raise LimitError(f"it has more than {budget.limits.file_bytes:,} bytes", remedy=raised("file_bytes"))
        file.write(piece)
    file.seek(0)
    return cast("BinaryIO", file)
