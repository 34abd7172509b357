"""Readers: bytes of any supported format in, Documents out.

    >>> from trialmine import ingest
    >>> for item in ingest.read(["abstracts.jsonl", "saved_page.html", "-"]): ...   # doctest: +SKIP

`read` yields a Document per document and an Unreadable per source or record that could not be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trialmine.ingest.registry import FORMATS
    from trialmine.ingest.sources import read

__all__ = ["FORMATS", "read"]


def __getattr__(name: str) -> Any:  # the readers' libraries are loaded when the first source is read, not on import
    if name == "read":
        from trialmine.ingest.sources import read  # noqa: PLC0415

        return read
    if name == "FORMATS":
        from trialmine.ingest.registry import FORMATS  # noqa: PLC0415

        return FORMATS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
