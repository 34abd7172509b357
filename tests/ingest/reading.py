"""What the readers' tests share: how a file is read, and its documents and messages told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from trialmine.records.document import Document, Unreadable

Item = Document | Unreadable
ReadFile = Callable[..., list[Item]]


def documents(items: Iterable[Item]) -> list[Document]:
    """The documents among what a reader gave."""
    return [item for item in items if isinstance(item, Document)]


def messages(items: Iterable[Item]) -> list[str]:
    """The messages of what could not be read."""
    return [item.message for item in items if isinstance(item, Unreadable)]
