"""Zip and tar archives: their members one by one, nothing ever written to disk under a member's name.

Members that are no plain files, or whose names lead out of the archive, are refused: no honest archive of articles has
them. Sizes, ratios and counts are watched while members are read, for what a header claims proves nothing.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO, NamedTuple, cast

from trialmine.errors import InputError, LimitError
from trialmine.ingest.budget import Budget, raised
from trialmine.ingest.streams import counted

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR, _TAR_AT = b"ustar", 257
_UNPACK = "Unpack the archive yourself and give the files that you trust."
_ENTRY_BYTES = 1_000  # of a zip's directory, for a member with a very long name
_LONGEST_HEADER = 1_000_000  # bytes of the long names and attributes before a tar's member
_JUNK = re.compile(r"(?:^|/)(?:\.(?![./])|__MACOSX/)")  # hidden files are left out of folders too


class Member(NamedTuple):
    """A member of an archive: its name, and its bytes or why it is refused."""

    name: str
    content: BinaryIO | InputError


def is_zip(head: bytes) -> bool:
    """Whether a file that begins with `head` is a zip archive (Office documents are)."""
    return head.startswith(ZIP)


def is_tar(head: bytes) -> bool:
    """Whether a file that begins with `head` is a tar archive."""
    return head.startswith(_TAR, _TAR_AT)


def opened_zip(file: BinaryIO, budget: Budget) -> zipfile.ZipFile:
    """The zip archive in a seekable file.

    Raises:
        LimitError: it has more members than the limits allow.
        InputError: it is damaged.
    """
    members = budget.limits.members
    if _directory_bytes(file) > members * _ENTRY_BYTES:
        raise _too_many(members)
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise InputError(f"the zip archive is damaged ({error})", remedy="Fetch or pack it again.") from error
    if len(archive.infolist()) > members:
        raise _too_many(members)
    return archive


def _directory_bytes(file: BinaryIO) -> int:
    """What the archive's end claims its directory to take; zipfile reads as much into memory."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    file.seek(0)
    end, end64 = tail.rfind(b"PK\x05\x06"), tail.rfind(b"PK\x06\x06")
    claimed = int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0
    wide = int.from_bytes(tail[end64 + 40 : end64 + 48], "little") if end64 >= 0 else 0
    return min(size, max(claimed, wide))


def zip_members(archive: zipfile.ZipFile, budget: Budget) -> Iterator[Member]:
    """The files of a zip archive in its order."""
    for info in archive.infolist():
        name = info.filename
        # a damaged list of members may leave a name empty, which zipfile can't ask for a folder
        if name and (info.is_dir() or _JUNK.search(name)):
            continue
        mode = info.external_attr >> 16
        fault: InputError | None
        if not name:
            fault = InputError("a file in it has no name", remedy="Pack it again.")
        elif info.flag_bits & 1:
            fault = InputError("it is encrypted", remedy="Unpack it with its password first.")
        elif stat.S_IFMT(mode) not in (0, stat.S_IFREG):
            fault = InputError(f"it is {_special(stat.S_IFMT(mode))}, not a file", remedy=_UNPACK)
        else:
            fault = _escape(name)
        yield Member(name, fault or _zip_content(archive, info, budget))


def _zip_content(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> BinaryIO | InputError:
    try:
        return counted(cast("BinaryIO", archive.open(info)), info.compress_size, budget)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
        return InputError(f"it can't be unpacked ({error})", remedy="Pack it again with the usual method (deflate).")


def tar_members(stream: BinaryIO, budget: Budget) -> Iterator[Member]:
    """The files of a tar archive; each must be read before the next is asked for.

    Raises:
        LimitError: it has more members than the limits allow.
        InputError: it is damaged.
    """
    try:
        with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header, errorlevel=0) as archive:
            for count, info in enumerate(archive, 1):
                if count > budget.limits.members:
                    raise _too_many(budget.limits.members)
                archive.members.clear()  # type: ignore[attr-defined] # tarfile keeps every header that it has seen
                if not info.isdir() and not _JUNK.search(info.name):
                    yield Member(info.name, _tar_content(archive, info, budget))
    except (tarfile.TarError, EOFError) as error:
        raise InputError(f"the tar archive is damaged ({error})", remedy="Fetch or pack it again.") from error


def _tar_content(archive: tarfile.TarFile, info: tarfile.TarInfo, budget: Budget) -> BinaryIO | InputError:
    if not info.isreg() or info.issparse():
        return InputError(f"it is {_TAR_KINDS.get(info.type, 'a special file')}, not a plain file", remedy=_UNPACK)
    content = archive.extractfile(info)
    fault = _escape(info.name)
    if fault or content is None:
        return fault or InputError("it holds nothing", remedy=_UNPACK)
    return counted(cast("BinaryIO", content), max(info.size, 1), budget)


class _Header(tarfile.TarInfo):
    """A tar header; one that claims megabytes of names and attributes is refused before they are read."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> _Header:
        header = super().frombuf(buf, encoding, errors)
        extended = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE)
        if header.type in (*extended, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK):
            if header.size > _LONGEST_HEADER:
                raise tarfile.ReadError(f"a header of {header.size:,} bytes")
        elif header.size < 0:
            raise tarfile.ReadError("a member of negative size")
        return header


_TAR_KINDS = {
    tarfile.SYMTYPE: "a symbolic link",
    tarfile.LNKTYPE: "a hard link",
    tarfile.CHRTYPE: "a device",
    tarfile.BLKTYPE: "a device",
    tarfile.FIFOTYPE: "a pipe",
    tarfile.GNUTYPE_SPARSE: "a sparse file",
}


def _special(kind: int) -> str:
    return {stat.S_IFLNK: "a symbolic link", stat.S_IFIFO: "a pipe"}.get(kind, "a special file")


def _escape(name: str) -> InputError | None:
    """Why a member's name is refused: it is absolute, or climbs out of the archive."""
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or re.match(r"[A-Za-z]:", name) or ".." in path.parts:
        return InputError("its name leads out of the archive", remedy=_UNPACK)
    return None


def _too_many(members: int) -> LimitError:
    return LimitError(f"the archive has more than {members:,} members", remedy=raised("members"))
