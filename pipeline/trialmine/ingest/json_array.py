"""JSON: an array of documents, one document, or several objects that follow each other however they are laid out."""

from __future__ import annotations

import json
import re

from trialmine.ingest.jsonl import reason
from trialmine.ingest.limits import MAX_JSON_CHARS
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.rows import documents

_OPENING = re.compile(r"\[\s*(?:\{|\])|\{\s*(?:\"|\})")
_BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")
_NEXT_OBJECT = re.compile(r"\}\s*,?\s*(?=\{\s*\")|\n(?=\{\s*\")")  # where reading goes on behind a broken object
_DECODER = json.JSONDecoder(strict=False)  # not strict: line breaks inside strings are common in exports


def _sniff(head: Head) -> int:
    if _OPENING.match(head.text):
        return 70
    return 40 if ".json" in head.suffixes and head.text.startswith(("{", "[")) else 0


def _read(source: Source) -> Items:
    text = source.text().read(MAX_JSON_CHARS + 1)
    if len(text) > MAX_JSON_CHARS:
        what = f"the file is longer than {MAX_JSON_CHARS:,} characters"
        yield unreadable(source.uri, what, "Write it as JSONL, one object a line: that is read at any size.")
        return
    yield from _values(text, source.uri)


def _values(text: str, uri: str) -> Items:
    at = _after_separators(text, 0)
    line, counted = 1, 0
    while at < len(text):
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, at = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            what = f"the JSON is broken here ({reason(error)})"
            yield unreadable(
                uri, what, "Mend or drop that record; reading went on with the next one.", line=error.lineno
            )
            at = _after_broken(text, max(error.pos, at + 1))
        except RecursionError:
            yield unreadable(uri, "the JSON is nested too deeply", "Flatten it.", line=line)
            return
        else:
            yield from documents(value, uri=uri, form=READER.name, line=line)
        at = _after_separators(text, at)


def _after_separators(text: str, at: int) -> int:
    m = _BETWEEN.match(text, at)
    return m.end() if m else at


def _after_broken(text: str, at: int) -> int:
    m = _NEXT_OBJECT.search(text, at - 1)
    return m.end() if m else len(text)


READER = Reader(
    name="json",
    description="a JSON array of objects, or one object, with the same keys as JSON lines",
    suffixes=(".json",),
    sniff=_sniff,
    read=_read,
)
