"""The values of a JSON file, one by one: an array's, one object, or objects that follow each other in any layout.

A broken value costs itself alone: reading goes on with the next object, also inside the list that an outer object
wraps around its records.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from trialmine.ingest.jsonl import is_deeper, reason
from trialmine.ingest.reader import Source, unreadable
from trialmine.records.document import Unreadable

_BETWEEN = re.compile(r"[\s,\[\]\ufeff]*")
_NEXT_OBJECT = re.compile(r"\}\s*,?\s*(?=\{\s*\")|\n(?=\{\s*\")")  # where reading goes on behind a broken object
_LIST = re.compile(r"\"\w{1,60}\"\s*:\s*\[\s*(?=\{\s*\")")
_OBJECT = re.compile(r"[\[,]\s*(?=\{\s*\")")
_DECODER = json.JSONDecoder(strict=False)  # not strict: line breaks inside strings are common in exports


def values(source: Source) -> Iterator[tuple[int, Any] | Unreadable]:
    """(line, value) of each value of the top level, arrays opened, or what can't be read."""
    limit = source.limits.json_chars
    text = source.text().read(limit + 1)
    if len(text) > limit:
        what = f"the file is longer than {limit:,} characters"
        remedy = "Write it as JSONL, one object a line: that is read at any size. Or raise --limit json_chars=NUMBER."
        yield unreadable(source.uri, what, remedy)
        return
    yield from _values(text, source)


def _values(text: str, source: Source) -> Iterator[tuple[int, Any] | Unreadable]:
    at = first = _after_separators(text, 0)
    line, counted, listed = 1, 0, False
    while at < len(text):
        source.budget.check_time()
        line, counted = line + text.count("\n", counted, at), at
        try:
            value, end = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            wrapped = _LIST.search(text, at, error.pos) if at == first and text[at] == "{" else None
            if wrapped:
                at, listed = wrapped.end(), True  # the records before the broken one are whole
                continue
            what = f"the JSON is broken here ({reason(error)})"
            remedy = "Mend or drop that record; reading went on with the next one."
            yield unreadable(source.uri, what, remedy, line=error.lineno)
            at = _after_broken(text, max(error.pos, at + 1))
        except RecursionError:
            yield _too_deep(source, line)
            return
        else:
            deep = is_deeper(value, source.limits.depth)
            yield _too_deep(source, line) if deep else (line, value)
            at = end
        at = _after_separators(text, at)
        if listed and text[at : at + 1] != "{":  # the end of the list, or of one inside the broken record
            m = _OBJECT.search(text, at)
            at = m.end() if m else len(text)


def _too_deep(source: Source, line: int) -> Unreadable:
    return unreadable(
        source.uri, f"the JSON has more than {source.limits.depth} levels", "Flatten it, or drop it.", line=line
    )


def _after_separators(text: str, at: int) -> int:
    m = _BETWEEN.match(text, at)
    return m.end() if m else at


def _after_broken(text: str, at: int) -> int:
    m = _NEXT_OBJECT.search(text, at - 1)
    return m.end() if m else len(text)
