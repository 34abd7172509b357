"""A row of the statistics block in the making."""

from __future__ import annotations

from dataclasses import dataclass, field

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.trial import PValue
from trialmine.records.vocabulary import Measure

COMPARISONS = frozenset(
    {"hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio", "mean_difference", "risk_difference", "ratio", "p_value"}
)


@dataclass(slots=True)
class Result:
    """A row in the making: a number with its measure, or a P of its own (number None)."""

    measure: Measure
    at: int
    number: Candidate | None = None
    p: PValue | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    endpoint: str | None = None
    of_one: bool = False  # another P of a result that has its own

    @property
    def span(self) -> tuple[int, int]:
        """From where its number begins to the end of what belongs to it."""
        return (self.at, max(self.number.end, self.number.number_end) if self.number else self.at)
