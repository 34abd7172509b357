"""Reads the shared gold records, for measuring one block with the other blocks taken from the gold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trialmine.evaluate.gold import held_out
from trialmine.train.gold_blocks import gold_block as block

__all__ = ["SHARED", "block", "held_out", "load"]

SHARED = Path(__file__).resolve().parents[3] / "shared"


def load(name: str) -> list[tuple[dict[str, Any], str]]:
    """(record, raw text) pairs of gold/NAME.jsonl."""

    def lines(path: Path) -> list[dict[str, Any]]:
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]

    texts = {row["doc_id"]: row["text"] for row in lines(SHARED / "gold" / f"{name}.texts.jsonl")}
    return [(r, texts[r["doc_id"]]) for r in lines(SHARED / "gold" / f"{name}.jsonl")]
