"""Right, wrong and missed values, and the figures that follow from them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from trialmine.evaluate.bootstrap import Bootstrap, Interval, Numbers, ratio


@dataclass(slots=True)
class Tally:
    """True positives, false positives and false negatives of one slot."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.tp + other.tp, self.fp + other.fp, self.fn + other.fn)

    @property
    def gold(self) -> int:
        """How many values the gold has."""
        return self.tp + self.fn

    @property
    def precision(self) -> float:
        """Share of the predicted values that are right."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold's values that were found."""
        return self.tp / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class Figure:
    """A line of a table of figures; None is what the gold does not allow to say.

    `interval` is the 95 % interval of F1, or of recall where that is all there is.
    """

    precision: float | None
    recall: float
    f1: float | None
    gold: int
    interval: Interval

    def as_json(self) -> dict[str, Any]:
        """The figure rounded to three digits, without what can't be said."""
        named = {"p": self.precision, "r": self.recall, "f": self.f1}
        rounded = {name: round(value, 3) for name, value in named.items() if value is not None}
        return {**rounded, "n": self.gold, "ci": [round(x, 3) for x in self.interval]}


def figure_of(tallies: Sequence[Tally], bootstrap: Bootstrap) -> Figure:
    """Precision, recall and F1 over documents, a tally each."""
    total = sum(tallies, Tally())
    interval = bootstrap.interval([(t.tp, t.fp, t.fn) for t in tallies], _f1)
    return Figure(total.precision, total.recall, total.f1, total.gold, interval)


def recall_of(tallies: Sequence[Tally], bootstrap: Bootstrap) -> Figure:
    """Recall over documents, where the gold marks too little for a precision."""
    total = sum(tallies, Tally())
    interval = bootstrap.interval([(t.tp, t.fn) for t in tallies], lambda c: ratio(c[:, 0], c[:, 0] + c[:, 1]))
    return Figure(None, total.recall, None, total.gold, interval)


def _f1(counts: Numbers) -> Numbers:
    tp, fp, fn = counts.T
    return ratio(2 * tp, 2 * tp + fp + fn)
