"""A corpus as `trialmine ingest` writes it: documents as read, one a line, with nothing lost on the way back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from typing import Any

import orjson
from pydantic import TypeAdapter, ValidationError

from trialmine.ingest.reader import unreadable
from trialmine.records.document import Document, Unreadable

MARK = "trialmine_corpus"
_VERSION = 1


def line_of(document: Document) -> str:
    """The document as a line of JSON."""
    row = {MARK: _VERSION, "record_id": document.record_id, **asdict(document)}
    try:
        return orjson.dumps(row).decode()
    except (TypeError, ValueError):  # half of a surrogate pair, which UTF-8 can't hold
        return json.dumps(row)


def document_of(row: Mapping[str, Any], uri: str, line: int) -> Document | Unreadable:
    """The document of a corpus's line."""
    if row[MARK] != _VERSION:
        what = f"the corpus has version {row[MARK]!r}; this trialmine reads version {_VERSION}"
        return unreadable(uri, what, "Write it again with trialmine ingest.", line=line)
    fields = {name: value for name, value in row.items() if name not in (MARK, "record_id")}
    try:
        return _documents().validate_python(fields)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        what = f"the line is no document of a corpus ({place}: {first['msg']})"
        return unreadable(uri, what, "Write the corpus again with trialmine ingest.", line=line)


@cache
def _documents() -> TypeAdapter[Document]:
    return TypeAdapter(Document)
