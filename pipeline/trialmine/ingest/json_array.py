"""JSON: an array of documents, one document, or several objects that follow each other however they are laid out."""

from __future__ import annotations

import re

from trialmine.ingest.json_values import values
from trialmine.ingest.reader import Head, Items, Reader, Source
from trialmine.ingest.rows import Rows
from trialmine.records.document import Unreadable

_OPENING = re.compile(r"\[\s*(?:\{|\])|\{\s*(?:\"|\})")


def _sniff(head: Head) -> int:
    if _OPENING.match(head.text):
        return 70
    return 40 if ".json" in head.suffixes and head.text.startswith(("{", "[")) else 0


def _read(source: Source) -> Items:
    rows = Rows(source, READER.name)
    for item in values(source):
        if isinstance(item, Unreadable):
            yield item
        else:
            line, value = item
            yield from rows.documents(value, line)


READER = Reader(
    name="json",
    description="a JSON array of objects, or one object, with the same keys as JSON lines",
    suffixes=(".json",),
    sniff=_sniff,
    read=_read,
)
