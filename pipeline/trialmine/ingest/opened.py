"""Reads one opened source: through its compressions and archives down to the documents, each of them checked."""

from __future__ import annotations

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from trialmine.errors import InputError, LimitError
from trialmine.ingest import archive
from trialmine.ingest.budget import Budget, raised
from trialmine.ingest.identifiers import broken_in_text, checked_registry_ids, registry_ids
from trialmine.ingest.language import language_of
from trialmine.ingest.limits import IngestLimits
from trialmine.ingest.options import ReadOptions
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.registry import package_reader, reader_for
from trialmine.ingest.streams import compression, head_of, rewound, seekable, unpacked
from trialmine.records.document import Document, Note, Unreadable

_DAMAGED = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError)


@dataclass(frozen=True, slots=True)
class _Opened:
    """A source, or a member of one, and how deep it lies in archives and compressions."""

    stream: BinaryIO
    uri: str
    form: str | None
    options: ReadOptions
    budget: Budget
    level: int = 0
    doc_ids: set[str] = field(default_factory=set)


def read_stream(stream: BinaryIO, uri: str, form: str | None, options: ReadOptions) -> Items:
    """The documents of a stream; a fault that ends the reading is told behind the documents that came before it."""
    budget = Budget(options.limits, uri)
    items = _guarded(_Opened(stream, uri, form, options, budget))
    while True:
        budget.restart_clock()
        item = next(items, None)
        if item is None:
            return
        yield item


def _guarded(source: _Opened) -> Items:
    uri = source.uri
    try:
        yield from _layers(source)
    except InputError as error:
        if source.level and source.budget.exhausted:
            raise
        yield Unreadable(uri, str(InputError(error.what, where=error.where or uri, remedy=error.remedy)))
    except _DAMAGED as error:
        what = f"the compressed file is damaged or breaks off ({cause(error)})"
        yield unreadable(uri, what, "Fetch or compress it again; what was read before is kept.")
    except OSError as error:
        yield unreadable(uri, f"reading failed ({cause(error)})", "Check the disk or the connection, and try again.")
    except UnicodeError as error:
        yield unreadable(uri, f"the text can't be decoded ({cause(error)})", "Save it as UTF-8.")
    except RecursionError:
        yield unreadable(uri, "it is nested too deeply", "Flatten it, or save its text and give that.")


def _layers(source: _Opened) -> Items:
    """The documents under whatever wraps them."""
    data = head_of(source.stream)
    if not data:
        yield unreadable(source.uri, "the file is empty", "Give a file with text in it.")
        return
    mark = compression(data)
    if mark is None and not archive.is_zip(data) and not archive.is_tar(data):
        yield from _documents(source, Head(data, source.uri), rewound(data, source.stream, source.budget))
        return
    nesting = source.options.limits.nesting
    if source.level >= nesting:
        raise LimitError(f"it lies in more than {nesting} archives and compressions", remedy=raised("nesting"))
    if archive.is_zip(data):
        yield from _zip(source, data)
        return
    stream = rewound(data, source.stream, source.budget)
    if mark is None:
        yield from _members(source, archive.tar_members(stream, source.budget))
    else:
        inner = unpacked(stream, mark, source.budget)
        yield from _layers(replace(source, stream=inner, level=source.level + 1))


def _zip(source: _Opened, head: bytes) -> Items:
    with ExitStack() as opened:
        file = source.stream
        if source.level or not file.seekable():
            stream = rewound(head, source.stream, source.budget)
            file = opened.enter_context(seekable(stream, source.budget))
        file.seek(0)
        zipped = opened.enter_context(archive.opened_zip(file, source.budget))
        package = package_reader(zipped.namelist())
        if package is None:
            yield from _members(source, archive.zip_members(zipped, source.budget))
        else:
            file.seek(0)
            yield from _documents(source, Head(head, source.uri), file, package)


def _members(source: _Opened, members: Iterator[archive.Member]) -> Items:
    none = True
    for name, content in members:
        none = False
        uri = f"{source.uri}!{name}"
        if isinstance(content, InputError):
            yield unreadable(uri, f"it was refused: {content.what}", content.remedy or "")
        else:
            source.budget.check_time()
            yield from _guarded(replace(source, stream=content, uri=uri, level=source.level + 1))
    if none:
        yield unreadable(source.uri, "there is no file in the archive", "Check that it was packed right.")


def _documents(source: _Opened, head: Head, stream: BinaryIO, package: Reader | None = None) -> Items:
    uri = source.uri
    reader = package or reader_for(head, format=source.form)
    none = True
    items = reader.read(Source(uri, head, stream, source.options, source.budget))
    for item in _told(items, reader) if reader.binary else items:
        none = False
        yield checked(item, source.options.limits, source.doc_ids) if isinstance(item, Document) else item
    if none:
        yield unreadable(
            uri, "there is no document in it", f"It was read as {reader.name}; give another --format if it is not."
        )


def _told(items: Items, reader: Reader) -> Items:
    """The items of a binary format; what its library trips over is a fault of the file."""
    try:
        yield from items
    except (InputError, OSError):
        raise
    except Exception as error:
        what = f"it can't be read as {reader.name} ({type(error).__name__}: {str(error)[:200]})"
        raise InputError(what, remedy="Save it anew, or as text or CSV.") from error


def checked(document: Document, limits: IngestLimits, doc_ids: set[str] | None = None) -> Document | Unreadable:
    """The document with its language and the trial numbers that its text states, or why it is none.

    Args:
        document: as its reader gives it.
        limits: how long it may be.
        doc_ids: ids of the documents before it, to which its own is added.
    """
    uri, doc_id = document.uri or "text", document.doc_id
    place = f"document {doc_id}" if doc_id else None
    if not document.text.strip():
        return unreadable(uri, "there is no text in it", "Give a document with text.", place=place, doc_id=doc_id)
    if len(document.text) > limits.document_chars:
        what = f"the text has {len(document.text):,} characters; one document may have {limits.document_chars:,}"
        return unreadable(uri, what, "Split it into its documents.", place=place, doc_id=doc_id)
    in_fields, notes = checked_registry_ids(document.registry_ids)
    same = _same_id(document, doc_ids) if doc_ids is not None else ()
    notes = (*document.notes, *notes, *broken_in_text(document.text), *same)
    return replace(
        document,
        language=language_of(document.text, document.language),
        registry_ids=tuple(dict.fromkeys([*in_fields, *registry_ids(document.text)])),
        notes=tuple(dict.fromkeys(notes)),
    )


def _same_id(document: Document, seen: set[str]) -> tuple[Note, ...]:
    if document.doc_id is None:
        return ()
    named = f"{document.uri}\n{document.doc_id}"  # a corpus holds the documents of many files
    if named not in seen:
        seen.add(named)
        return ()
    message = (
        f"an earlier document of {document.uri} has the doc_id {document.doc_id!r} too; "
        "give each an id of its own, or drop the one that is a copy"
    )
    return (Note("duplicate_doc_id", message),)


def cause(error: Exception) -> str:
    """What went wrong, in the words of the system or the library."""
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
