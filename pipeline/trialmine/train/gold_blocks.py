"""Blocks of a gold record in the form that the assembling stage works with: one block learns from the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from trialmine.records.article import Block, Reference

_LONGEST = 80  # a quote longer than this is a sentence, not a name


class GoldRow(dict):  # type: ignore[type-arg]
    """A gold row whose keys can be read as attributes, like those of a record model; missing keys are None."""

    def __getattr__(self, key: str) -> Any:
        value = self.get(key)
        return () if value is None and key in ("aliases", "interventions", "arms", "identifiers") else value


def gold_block(record: Mapping[str, Any], name: str, text: str) -> Block:
    """A gold block as a Block: its rows, and a reference wherever a name, alias, label or quote stands in `text`."""
    rows: list[Any] = []
    references: list[Reference] = []
    for row in record.get(name) or []:
        rows.append(GoldRow(row))
        forms = {row.get(k) for k in ("name", "text", "label", "quote")} | set(row.get("aliases") or [])
        for form in sorted((f for f in forms if f and len(f) < _LONGEST), key=len, reverse=True):
            for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE):
                if not any(r.start < m.end() and m.start() < r.end for r in references):
                    references.append(Reference(m.start(), m.end(), row["id"]))
    return Block(tuple(rows), tuple(sorted(references, key=lambda r: r.start)))
