"""JSON lines: one document an object, one object a line; read line by line, so the file may be of any size."""

from __future__ import annotations

import json
from typing import Any

import orjson

from trialmine.ingest.encoding import bounded_lines
from trialmine.ingest.limits import HEAD_BYTES, MAX_LINE_CHARS
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.rows import documents


def parse(text: str) -> Any:
    """A JSON value.

    Raises:
        ValueError: `text` is no JSON.
    """
    try:
        return orjson.loads(text)
    except ValueError:
        return json.loads(text)  # slower, and takes NaN and lone surrogates, which other programs write


def _sniff(head: Head) -> int:
    first, end, rest = head.text.partition("\n")
    if not first.startswith("{") or not first[1:].lstrip().startswith('"'):
        return 0
    try:
        parse(first)
    except ValueError:
        # a first line that is broken, or longer than the head; a pretty-printed object opens with a bare brace
        return 75 if rest.startswith("{") or (not end and len(head.data) >= HEAD_BYTES) else 0
    except RecursionError:
        return 60
    return 90


def _read(source: Source) -> Items:
    uri = source.uri
    for line in bounded_lines(source.text(), MAX_LINE_CHARS):
        if line.text is None:
            what = f"the line is longer than {MAX_LINE_CHARS:,} characters"
            yield unreadable(uri, what, "Split the document, or write one object a line.", line=line.number)
            continue
        if not line.text.strip():
            continue
        try:
            row = parse(line.text)
        except ValueError as error:
            yield unreadable(uri, f"the line is no JSON ({reason(error)})", "Mend or drop that line.", line=line.number)
            continue
        except RecursionError:
            yield unreadable(uri, "the line is nested too deeply", "Drop that line.", line=line.number)
            continue
        yield from documents(row, uri=uri, form=READER.name, line=line.number)


def reason(error: ValueError) -> str:
    """What a JSON parser complains of, in few words."""
    return str(error).split(": line")[0][:120]


READER = Reader(
    name="jsonl",
    description="JSON lines, one object a line with doc_id, text (or title and abstract), pmid, doi …",
    suffixes=(".jsonl", ".ndjson", ".jsonlines"),
    sniff=_sniff,
    read=_read,
)
