"""Opens whatever the user names (files, folders, patterns, stdin) and reads the documents in it, one by one."""

from __future__ import annotations

import glob
import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from trialmine.errors import InputError
from trialmine.ingest.identifiers import broken_in_text, checked_registry_ids, registry_ids
from trialmine.ingest.language import language_of
from trialmine.ingest.limits import HEAD_BYTES, MAX_DOCUMENT_CHARS
from trialmine.ingest.reader import Head, Items, Source, unreadable
from trialmine.ingest.registry import by_name, reader_for
from trialmine.records.document import Document, Unreadable

STDIN = "-"
_GZIP = b"\x1f\x8b"


def read(
    sources: Iterable[str | Path],
    *,
    format: str | None = None,  # noqa: A002 (the option's public name)
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Unreadable]:
    """The documents of files, folders with all that is in them, patterns like "*.xml", and "-" for stdin, in order.

    What can't be read comes out as an Unreadable that says where and why; the rest is read all the same.

    Args:
        sources: paths, patterns or "-".
        format: a name of FORMATS; if None, the format is told from the content of each source.
        stdin: the stream that "-" means; the process's standard input if None.

    Raises:
        ConfigError: there is no such format.
    """
    if format:
        by_name(format)  # a wrong format is a mistake of the call, not of a source: raised at once
    return _read_all(sources, format, stdin)


def _read_all(sources: Iterable[str | Path], form: str | None, stdin: BinaryIO | None) -> Items:
    for source in sources:
        if str(source) == STDIN:
            yield from _guarded(stdin or sys.stdin.buffer, "stdin", form)
            continue
        for found in _files(source):
            if isinstance(found, Unreadable):
                yield found
            else:
                yield from _file(found, form)


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
        yield unreadable(name, f"the path can't be looked at ({_cause(error)})", "Check the path and your rights.")


def _folder(folder: Path) -> Iterator[Path | Unreadable]:
    found = False
    refused: list[OSError] = []
    for here, below, names in os.walk(folder, onerror=refused.append):
        below[:] = sorted(n for n in below if not n.startswith("."))
        for name in sorted(n for n in names if not n.startswith(".")):
            path = Path(here, name)
            if path.is_file():
                found = True
                yield path
    for error in refused:
        yield unreadable(
            str(error.filename or folder), f"the folder can't be read ({_cause(error)})", "Check your rights to it."
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


def _file(path: Path, form: str | None) -> Items:
    uri = str(path)
    try:
        stream = path.open("rb")
    except PermissionError:
        yield unreadable(uri, "you have no right to read the file", "Change its permissions (chmod +r) or copy it.")
    except OSError as error:
        yield unreadable(
            uri, f"the file can't be opened ({_cause(error)})", "Check that it is a file and that it is there."
        )
    else:
        with stream:
            yield from _guarded(stream, uri, form)


def _guarded(stream: BinaryIO, uri: str, form: str | None) -> Items:
    """The documents of a stream; a fault that ends the reading is told behind the documents that came before it."""
    try:
        yield from _stream(stream, uri, form)
    except InputError as error:
        yield Unreadable(uri, str(error))
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        what = f"the compressed file is damaged or breaks off ({_cause(error)})"
        yield unreadable(uri, what, "Fetch or compress it again; what was read before is kept.")
    except OSError as error:
        yield unreadable(uri, f"reading failed ({_cause(error)})", "Check the disk or the connection, and try again.")
    except UnicodeError as error:
        yield unreadable(uri, f"the text can't be decoded ({_cause(error)})", "Save it as UTF-8.")


def _stream(stream: BinaryIO, uri: str, form: str | None) -> Items:
    data, stream = _opened(stream)
    if not data:
        yield unreadable(uri, "the file is empty", "Give a file with text in it.")
        return
    head = Head(data, uri)
    reader = reader_for(head, format=form)
    none = True
    for item in reader.read(Source(uri, head, stream)):
        none = False
        yield _checked(item) if isinstance(item, Document) else item
    if none:
        yield unreadable(
            uri, "there is no document in it", f"It was read as {reader.name}; give another --format if it is not."
        )


def _opened(stream: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The head, and the stream from its start on, unpacked if it is gzip."""
    data = _head(stream)
    stream = _rewound(data, stream)
    if not data.startswith(_GZIP):
        return data, stream
    unpacked: BinaryIO = gzip.GzipFile(fileobj=stream)  # type: ignore[assignment]
    data = _head(unpacked)
    return data, _rewound(data, unpacked)


def _head(stream: BinaryIO) -> bytes:
    parts: list[bytes] = []
    missing = HEAD_BYTES
    while missing and (part := stream.read(missing)):  # a pipe gives its bytes in pieces
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)


class _Rewound(io.RawIOBase):
    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        target = memoryview(buffer).cast("B")
        part = self._head[: len(target)] if len(self._head) else self._rest.read(len(target))
        self._head = self._head[len(part) :]
        target[: len(part)] = part
        return len(part)


def _rewound(head: bytes, rest: BinaryIO) -> BinaryIO:
    """A stream that gives `head` again and then what `rest` still holds."""
    return io.BufferedReader(_Rewound(head, rest), buffer_size=1 << 17)


def _checked(document: Document) -> Document | Unreadable:
    """The document with its language and the trial numbers that its text states, or why it is none."""
    uri, doc_id = document.uri or "text", document.doc_id
    place = f"document {doc_id}" if doc_id else None
    if not document.text.strip():
        return unreadable(uri, "there is no text in it", "Give a document with text.", place=place, doc_id=doc_id)
    if len(document.text) > MAX_DOCUMENT_CHARS:
        what = f"the text has {len(document.text):,} characters; one document may have {MAX_DOCUMENT_CHARS:,}"
        return unreadable(uri, what, "Split it into its documents.", place=place, doc_id=doc_id)
    in_fields, notes = checked_registry_ids(document.registry_ids)
    return replace(
        document,
        language=language_of(document.text, document.language),
        registry_ids=tuple(dict.fromkeys([*in_fields, *registry_ids(document.text)])),
        notes=tuple(dict.fromkeys([*document.notes, *notes, *broken_in_text(document.text)])),
    )


def _cause(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
