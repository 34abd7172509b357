"""What a reader of one format is: the small interface behind which every format is a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import BinaryIO, TextIO

from trialmine.errors import InputError
from trialmine.ingest.budget import Budget
from trialmine.ingest.encoding import decode, text_stream
from trialmine.ingest.limits import IngestLimits
from trialmine.ingest.options import ReadOptions
from trialmine.ingest.streams import seekable
from trialmine.records.document import Document, Unreadable

Items = Iterator[Document | Unreadable]
_COMPRESSED = (".gz", ".bz2", ".xz")


@dataclass(frozen=True)
class Head:
    """The first bytes of a source, and its name as far as it has one: what a format is told from."""

    data: bytes
    name: str = ""

    @cached_property
    def text(self) -> str:
        """The head as text, without leading white space."""
        return decode(self.data).lstrip()

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The name's suffixes in lower case, compression left out: "a.XML.gz" has (".xml",)."""
        return tuple(s.lower() for s in PurePath(self.name).suffixes if s.lower() not in _COMPRESSED)


@dataclass(frozen=True, slots=True)
class Source:
    """An open source: its URI, its head, and its bytes from the first one on."""

    uri: str
    head: Head
    stream: BinaryIO
    options: ReadOptions
    budget: Budget

    @property
    def limits(self) -> IngestLimits:
        """What the source may cost."""
        return self.options.limits

    def text(self) -> TextIO:
        """The source as text, line ends as they are."""
        return text_stream(self.stream, self.head.data)

    def bytes(self, limit: int) -> bytes | None:
        """All bytes, or None if there are more than `limit`."""
        data = self.stream.read(limit + 1)
        return data if len(data) <= limit else None

    def file(self) -> BinaryIO:
        """The bytes as a file to jump about in, to be closed by who asks for it.

        Raises:
            LimitError: there are more than `limits.file_bytes`.
        """
        return seekable(self.stream, self.budget)


@dataclass(frozen=True, slots=True)
class Reader:
    """One format.

    Args:
        name: what `--format` and `Document.format` say.
        description: one line for the user.
        suffixes: usual file name endings; they break ties between readers that are equally sure.
        sniff: how sure the head is of this format, 0 (not at all) to 100.
        read: the documents of a source, lazily. A record that can't be read is yielded as Unreadable; a source
            that can't be read at all may raise InputError or OSError.
        binary: whether files of this format are no text.
        part: for a format that is a zip package, the member that tells it.
    """

    name: str
    description: str
    suffixes: tuple[str, ...]
    sniff: Callable[[Head], int]
    read: Callable[[Source], Items]
    binary: bool = False
    part: str | None = None


def unreadable(
    uri: str, what: str, remedy: str, *, line: int | None = None, place: str | None = None, doc_id: str | None = None
) -> Unreadable:
    """An Unreadable whose message names the source, the place in it, and what to do."""
    where = uri + (f", line {line}" if line else "") + (f", {place}" if place else "")
    return Unreadable(uri, str(InputError(what, where=where, remedy=remedy)), doc_id)
