"""A difference between shares of people is one of risks, by whatever name, and its amount proves it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from trialmine.assemble.statistics.result import Result

_ROUNDED = 1.0  # points by which an adjusted or rounded difference may be off


def differences_of_shares(results: Sequence[Result]) -> None:
    """Mean differences in points that are what two shares of the same sentence differ by become risk differences."""
    for r in results:
        if r.measure != "mean_difference" or r.number is None or r.number.unit != "%" or r.number.value is None:
            continue
        shares = [
            s.number.value
            for s in results
            if s.measure == "proportion" and s.number is not None and s.number.sentence == r.number.sentence
            if s.number.unit == "%" and s.number.value is not None and s.at < r.at
        ]
        if any(abs(abs(a - b) - abs(r.number.value)) <= _ROUNDED for a, b in combinations(shares, 2)):
            r.measure = "risk_difference"
