"""Annotated texts: every corpus becomes texts with character spans."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

Span = tuple[int, int, str]
Labels = Mapping[str, str] | Callable[[str], str | None]
"""A corpus' labels to ours; those without one are dropped."""


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with half-open labelled spans; `known` are the stretches that were annotated, None for all of it."""

    id: str
    text: str
    spans: tuple[Span, ...]
    known: tuple[tuple[int, int], ...] | None = None


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a JSONL file."""
    with path.open(encoding="utf-8") as file:
        yield from (json.loads(line) for line in file if line.strip())


def read_spans(path: Path, labels: Labels) -> list[Annotated]:
    """A corpus in the shared JSONL form; `labels` maps its labels to ours, those it leaves out are dropped."""
    rename = labels.get if isinstance(labels, Mapping) else labels
    out = []
    for row in read_jsonl(path):
        spans = [
            (e["start"], e["end"], label)
            for e in row["entities"]
            if (label := rename(e["label"])) and not e.get("fragments")
        ]
        out.append(Annotated(str(row.get("id") or row.get("pmid")), row["text"], disjoint(spans)))
    return out


def read_outcomes(path: Path) -> list[Annotated]:
    """evidence-outcomes: only the results and the conclusions were annotated, so only they are known."""
    out = []
    for doc in read_spans(path, {"Outcome": "OUT"}):
        starts = [0, *(i for i in range(len(doc.text)) if doc.text.startswith("\n\n", i)), len(doc.text)]
        parts = [(a, b) for a, b in pairwise(starts) if doc.text[a:b].lstrip()[:4].upper() in ("RESU", "CONC", "FIND")]
        if parts:
            out.append(Annotated(doc.id, doc.text, doc.spans, tuple(parts)))
    return out


def read_tags(path: Path, labels: Labels, *, sequences: int = 8) -> list[Annotated]:
    """A tokenised corpus with IOB2 tags; up to `sequences` sentences of a document are read as one text.

    Raises:
        ValueError: a line has no tag.
    """
    rename = labels.get if isinstance(labels, Mapping) else labels
    out: list[Annotated] = []
    rows: list[tuple[str, str]] = []
    blanks = 0
    for number, line in enumerate([*path.read_text(encoding="utf-8").split("\n"), "-DOCSTART-"], 1):
        token, tab, tag = line.rstrip("\r").partition("\t")
        if token and not tab and not token.startswith("-DOCSTART-"):
            raise ValueError(f"line {number} has no tag: {token[:40]!r}")
        blanks += not token
        if token.startswith("-DOCSTART-") or blanks >= sequences:
            if rows:
                text, spans = detokenize(rows)
                named = [(a, b, label) for a, b, tag in spans if (label := rename(tag))]
                out.append(Annotated(f"{path.stem}-{len(out)}", text, tuple(named)))
            rows, blanks = [], 0
        elif token:
            rows.append((token, tag.strip()))
    return out


def detokenize(rows: Iterable[tuple[str, str]]) -> tuple[str, list[Span]]:
    """Text and spans of tagged tokens, with the blanks that print would have."""
    text, open_label, glue = "", "", True
    spans: list[Span] = []
    for token, tag in rows:
        bound = token in {"-", "/"}
        if not (glue or bound or token in {",", ".", ";", ":", ")", "]", "%", "'s"}):
            text += " "
        start = len(text)
        text += token
        label = tag[2:]
        if label and tag.startswith("I-") and label == open_label:
            spans[-1] = (spans[-1][0], len(text), label)
        elif label:
            spans.append((start, len(text), label))
        open_label, glue = label, bound or token in {"(", "["}
    return text, spans


def disjoint(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans without those that overlap a longer one."""
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= k[0] or k[1] <= span[0] for k in kept):
            kept.append(span)
    return tuple(sorted(kept))
