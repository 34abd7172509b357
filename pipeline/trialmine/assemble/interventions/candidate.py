"""A possible intervention with every place that names it."""

from __future__ import annotations

from dataclasses import dataclass, field

from trialmine.records.vocabulary import InterventionKind


@dataclass(slots=True)
class Candidate:
    """One possible intervention with every place that names it."""

    key: str
    name: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    wider: list[tuple[int, int]] = field(default_factory=list)  # what the span model takes for its whole name
    kind: InterventionKind | None = None
    source: str = "lexicon"
    frames: set[str] = field(default_factory=set)
    score: float = 0.0
    certainty: float = 1.0
    seen: float = 0.0  # share of its places that the span model takes for interventions
