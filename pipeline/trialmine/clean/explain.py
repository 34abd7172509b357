"""What cleaning changed and why, as rows for people and tools."""

from __future__ import annotations

from dataclasses import dataclass

from trialmine.records.document import CleanText

CONTEXT = 30


@dataclass(frozen=True, slots=True)
class Explanation:
    """One edit in its surroundings; `context` is the raw text with the edit as [before -> after]."""

    rule: str
    start: int
    end: int
    before: str
    after: str
    confidence: float
    reason: str
    context: str


def explain(cleaned: CleanText) -> list[Explanation]:
    """The edits of a cleaned text, in order, each with a stretch of the raw text around it."""
    rows = []
    for e in cleaned.edits:
        left = cleaned.raw[max(0, e.start - CONTEXT) : e.start]
        right = cleaned.raw[e.end : e.end + CONTEXT]
        context = f"{left}[{e.before} -> {e.after}]{right}".replace("\n", " ")
        rows.append(Explanation(e.rule, e.start, e.end, e.before, e.after, e.confidence, e.reason, context))
    return rows
