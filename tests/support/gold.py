"""Reads the shared gold records, for measuring one block with the other blocks taken from the gold."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from trialmine.evaluate.gold import held_out
from trialmine.records.article import Block, Reference

__all__ = ["SHARED", "GoldRow", "block", "held_out", "load"]

SHARED = Path(__file__).resolve().parents[3] / "shared"


def load(name: str) -> list[tuple[dict[str, Any], str]]:
    """(record, raw text) pairs of gold/NAME.jsonl."""

    def lines(path: Path) -> list[dict[str, Any]]:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]

    texts = {row["doc_id"]: row["text"] for row in lines(SHARED / "gold" / f"{name}.texts.jsonl")}
    return [(r, texts[r["doc_id"]]) for r in lines(SHARED / "gold" / f"{name}.jsonl")]


class GoldRow(dict):  # type: ignore[type-arg]
    """A gold row whose keys can be read as attributes, like those of a record model; missing keys are None."""

    def __getattr__(self, key: str) -> Any:
        value = self.get(key)
        return () if value is None and key in ("aliases", "interventions", "arms", "identifiers") else value


def block(record: dict[str, Any], name: str, text: str) -> Block:
    """A gold block as a Block: its rows, and a reference wherever a name, alias, label or quote stands in `text`."""
    rows, references = [], []
    for row in record.get(name) or []:
        rows.append(GoldRow(row))
        forms = {row.get(k) for k in ("name", "text", "label", "quote")} | set(row.get("aliases") or [])
        for form in sorted((f for f in forms if f and len(f) < 80), key=len, reverse=True):
            for m in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE):
                if not any(r.start < m.end() and m.start() < r.end for r in references):
                    references.append(Reference(m.start(), m.end(), row["id"]))
    return Block(tuple(rows), tuple(sorted(references, key=lambda r: r.start)))
