"""Readers: bytes of any supported format in, Documents out.

    >>> from trialmine import ingest
    >>> for item in ingest.read(["abstracts.jsonl", "saved_page.html", "-"]): ...   # doctest: +SKIP

`read` yields a Document per document and an Unreadable per source or record that could not be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from trialmine.ingest.limits import IngestLimits
    from trialmine.ingest.options import ReadOptions
    from trialmine.ingest.registry import FORMATS
    from trialmine.ingest.sources import read

__all__ = ["FORMATS", "IngestLimits", "ReadOptions", "read"]


def __getattr__(name: str) -> Any:  # the readers' libraries are loaded when the first source is read, not on import
    if name == "read":
        from trialmine.ingest.sources import read  # noqa: PLC0415

        return read
    if name == "IngestLimits":
        from trialmine.ingest.limits import IngestLimits  # noqa: PLC0415

        return IngestLimits
    if name == "ReadOptions":
        from trialmine.ingest.options import ReadOptions  # noqa: PLC0415

        return ReadOptions
    if name == "FORMATS":
        from trialmine.ingest.registry import FORMATS  # noqa: PLC0415

        return FORMATS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
