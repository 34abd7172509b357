"""Exact and overlapping span scores per label, with bootstrap intervals over documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from trialmine.evaluate.annotated import Span
from trialmine.evaluate.bootstrap import Bootstrap, Numbers, ratio


@dataclass(frozen=True, slots=True)
class Counts:
    """Hits among the predicted and among the gold spans (they differ for overlaps), and how many spans there are."""

    hit_predicted: int = 0
    hit_gold: int = 0
    predicted: int = 0
    gold: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.hit_predicted + other.hit_predicted,
            self.hit_gold + other.hit_gold,
            self.predicted + other.predicted,
            self.gold + other.gold,
        )

    @property
    def precision(self) -> float:
        """Share of the predicted spans that are right."""
        return self.hit_predicted / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold spans that were found."""
        return self.hit_gold / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Exact and overlap counts of one label (or of all), with the 95 % interval of the exact F1."""

    exact: Counts
    overlap: Counts
    interval: tuple[float, float]


def score(predicted: Sequence[Iterable[Span]], gold: Sequence[Iterable[Span]]) -> dict[str, Score]:
    """Scores per label and for all labels ("*") of documents in the same order."""
    pairs = [(set(p), set(g)) for p, g in zip(predicted, gold, strict=True)]
    labels = sorted({s[2] for pair in pairs for side in pair for s in side})
    bootstrap = Bootstrap(len(pairs))
    out = {}
    for label in (*labels, "*"):
        chosen = [tuple({s for s in side if label in (s[2], "*")} for side in pair) for pair in pairs]
        exact = [_exact(p, g) for p, g in chosen]
        overlap = [_overlap(p, g) for p, g in chosen]
        out[label] = Score(
            sum(exact, Counts()), sum(overlap, Counts()), bootstrap.interval([astuple(c) for c in exact], _f1)
        )
    return out


def _exact(predicted: set[Span], gold: set[Span]) -> Counts:
    hits = len(predicted & gold)
    return Counts(hits, hits, len(predicted), len(gold))


def _overlap(predicted: set[Span], gold: set[Span]) -> Counts:
    def met(spans: set[Span], others: set[Span]) -> int:
        return sum(any(a < d and c < b and x == y for c, d, y in others) for a, b, x in spans)

    return Counts(met(predicted, gold), met(gold, predicted), len(predicted), len(gold))


def _f1(counts: Numbers) -> Numbers:
    hit_predicted, hit_gold, predicted, gold = counts.T
    precision, recall = ratio(hit_predicted, predicted), ratio(hit_gold, gold)
    return ratio(2 * precision * recall, precision + recall)
