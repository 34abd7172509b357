"""Files that are whole or not there: written beside their place, synced to disk, then renamed."""

from __future__ import annotations

import glob
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TextIO

from trialmine.errors import OutputError

_RANDOM = 8  # signs that mkstemp puts behind a prefix


@contextmanager
def replaced_whole(path: Path) -> Iterator[Path]:
    """An empty file beside `path` to be filled by name; it takes its place only when the block ends well.

    Raises:
        OutputError: the folder can't be written, or the disk is full.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        os.close(handle)
        beside = Path(name)
        try:
            yield beside
            _sync(beside)
        except BaseException:
            beside.unlink(missing_ok=True)
            raise
        # mkstemp gives the owner alone access; results follow the user's umask like any other file
        beside.chmod(0o666 & ~_umask())
        beside.replace(path)
        synced_folder(path.parent)  # a power cut must not undo the renaming, nor do it before an earlier one
    except OSError as error:
        raise OutputError(
            f"can't write ({error.strerror or error})",
            where=str(path),
            remedy="Choose a folder that can be written, with -o.",
        ) from error


@contextmanager
def written_whole(path: Path) -> Iterator[TextIO]:
    """A text file that takes its place at `path` only when the block ends well.

    Raises:
        OutputError: the folder can't be written, or the disk is full.
    """
    with replaced_whole(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        yield file


def synced(file: IO[bytes]) -> None:
    """Bring what was written to the disk itself."""
    file.flush()
    os.fsync(file.fileno())


def synced_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk itself."""
    _sync(folder)


def append_whole(path: Path, content: bytes) -> None:
    """Add bytes to a file, and bring them to the disk."""
    with path.open("ab", buffering=0) as file:  # a buffer would be written after all when a failed file is closed
        write_whole(file.fileno(), content)
        os.fsync(file.fileno())


def write_whole(handle: int, content: bytes) -> None:
    """Write all bytes, in as many pieces as the system takes."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def clear_remains(folder: Path, names: Iterable[str]) -> None:
    """Remove what a run that was killed left beside these files; only while no other run writes them."""
    for name in names:
        for remains in folder.glob(f".{glob.escape(name)}.{'?' * _RANDOM}"):
            remains.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def writable_folder(folder: Path) -> Path:
    """The folder, made if it is missing and tried out.

    Raises:
        OutputError: it can't be made or written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        in_the_way = isinstance(error, FileExistsError | NotADirectoryError)
        reason = "a file of that name is in the way" if in_the_way else error.strerror or str(error)
        raise OutputError(
            f"the output folder can't be written ({reason})",
            where=str(folder),
            remedy="Choose another one with -o, or make it writable.",
        ) from error
    return folder
