"""Opens whatever the user names (files, folders, patterns, stdin) and reads the documents in it, one by one."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from trialmine.ingest.opened import cause, read_stream
from trialmine.ingest.options import ReadOptions
from trialmine.ingest.reader import Items, unreadable
from trialmine.ingest.registry import by_name
from trialmine.records.document import Document, Unreadable

STDIN = "-"
STDIN_NAME = "stdin"
_NO_DATA = ("_SUCCESS", "_metadata", "_common_metadata")  # what Spark and Dask put beside part files


def read(
    sources: Iterable[str | Path],
    *,
    format: str | None = None,  # noqa: A002 (the option's public name)
    stdin: BinaryIO | None = None,
    options: ReadOptions | None = None,
) -> Iterator[Document | Unreadable]:
    """The documents of files, folders with all that is in them, patterns like "*.xml", and "-" for stdin, in order.

    Archives and compressed files are opened. What can't be read comes out as an Unreadable that says where and why;
    the rest is read all the same.

    Args:
        sources: paths, patterns or "-".
        format: a name of FORMATS; if None, the format is told from the content of each source.
        stdin: the stream that "-" means; the process's standard input if None.
        options: limits, whole articles, column names; the defaults if None.

    Raises:
        ConfigError: there is no such format.
    """
    if format:
        by_name(format)  # a wrong format is a mistake of the call, not of a source: raised at once
    return _read_all(sources, format, stdin, options or ReadOptions())


def _read_all(sources: Iterable[str | Path], form: str | None, stdin: BinaryIO | None, options: ReadOptions) -> Items:
    for source in sources:
        if str(source) == STDIN:
            yield from read_stream(stdin or sys.stdin.buffer, STDIN_NAME, form, options)
            continue
        for found in _files(source):
            if isinstance(found, Unreadable):
                yield found
            else:
                yield from _file(found, form, options)


def _files(source: str | Path) -> Iterator[Path | Unreadable]:
    path, name = Path(source), str(source)
    try:
        if path.is_dir():
            yield from _folder(path)
        elif path.exists():
            yield path
        elif glob.has_magic(name):
            yield from _matches(name)
        else:
            yield unreadable(name, "there is no such file or folder", "Check the path.")
    except (OSError, ValueError) as error:  # a path that the system refuses: too long, or with a NUL in it
        yield unreadable(name, f"the path can't be looked at ({cause(error)})", "Check the path and your rights.")


def _folder(folder: Path) -> Iterator[Path | Unreadable]:
    found = False
    refused: list[OSError] = []
    for here, below, names in os.walk(folder, onerror=refused.append):
        below[:] = sorted(n for n in below if not n.startswith("."))
        for name in sorted(n for n in names if not n.startswith(".") and n not in _NO_DATA):
            path = Path(here, name)
            if path.is_file():
                found = True
                yield path
    for error in refused:
        yield unreadable(
            str(error.filename or folder), f"the folder can't be read ({cause(error)})", "Check your rights to it."
        )
    if not found and not refused:
        yield unreadable(str(folder), "there is no file in the folder", "Check the path; hidden files are left out.")


def _matches(pattern: str) -> Iterator[Path | Unreadable]:
    found = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not found:
        yield unreadable(pattern, "no file matches the pattern", "Check the path and the pattern.")
    for match in map(Path, found):
        if match.is_dir():
            # "**" names every folder below beside the files in it
            if "**" not in pattern:
                yield from _folder(match)
        else:
            yield match


def _file(path: Path, form: str | None, options: ReadOptions) -> Items:
    uri = str(path)
    try:
        stream = path.open("rb")
    except PermissionError:
        yield unreadable(uri, "you have no right to read the file", "Change its permissions (chmod +r) or copy it.")
    except OSError as error:
        yield unreadable(
            uri, f"the file can't be opened ({cause(error)})", "Check that it is a file and that it is there."
        )
    else:
        with stream:
            yield from read_stream(stream, uri, form, options)
