"""JSON lines: one document an object, one object a line; read line by line, so the file may be of any size."""

from __future__ import annotations

import json
from typing import Any

import orjson

from trialmine.ingest.encoding import bounded_lines
from trialmine.ingest.limits import HEAD_BYTES
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.rows import Rows


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
    uri, limit = source.uri, source.limits.line_chars
    rows, too_deep = Rows(source, READER.name), object()
    for line in bounded_lines(source.text(), limit, blank=False):
        if line.text is None:
            what = f"the line is longer than {limit:,} characters"
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
            row = too_deep
        if row is too_deep or _is_deeper(row, line.text, source.limits.depth):
            what = f"the line has more than {source.limits.depth} levels"
            yield unreadable(uri, what, "Drop that line.", line=line.number)
            continue
        yield from rows.documents(row, line.number)


def _is_deeper(row: object, line: str, limit: int) -> bool:
    return line.count("[") + line.count("{") > limit and is_deeper(row, limit)


def is_deeper(value: object, limit: int) -> bool:
    """Whether a JSON value has more levels than `limit`."""
    level = [value]
    for _ in range(limit + 1):
        level = [v for x in level if isinstance(x, (dict, list)) for v in (x.values() if isinstance(x, dict) else x)]
        if not level:
            return False
    return True


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
