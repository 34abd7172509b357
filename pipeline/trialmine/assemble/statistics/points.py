"""What a difference is of: of shares of people it is one of risks, and what it is taken between is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import regex

from trialmine.assemble.statistics.result import Result

_CHANGED = regex.compile(r"\b(?:chang|decreas|reduc|increas|improv|declin|gain|loss)\w*", regex.IGNORECASE)
_ROUNDED = 1.0  # points by which an adjusted or rounded difference may be off


def levels_before_a_difference(results: Sequence[Result], text: str) -> None:
    """ "the change did not differ (-14 and -12, respectively; mean difference, -2": they are none."""
    for first, second, difference in zip(results, results[1:], results[2:], strict=False):
        a, b, d = first.number, second.number, difference.number
        if a is None or b is None or d is None or a.group != b.group or a.sentence != d.sentence:
            continue
        unnamed = a.label is None and b.label is None and a.ci is None and b.ci is None
        if not unnamed or d.label != "mean_difference" or {first.measure, second.measure} != {"mean_difference"}:
            continue
        changed = _CHANGED.search(text, a.sentence.start, a.at) is not None
        first.measure = second.measure = "change_from_baseline" if changed else "mean"


def differences_of_shares(results: Sequence[Result]) -> None:
    """Mean differences in points that are what two shares of the same sentence differ by become risk differences.

    Where nothing but changes stands before one that was called so ("3.5% vs 2.6%; difference 0.9%"), it is none.
    """
    for r in results:
        called_risk = r.number is not None and r.number.label == "risk_difference"
        beside = [] if called_risk or r.measure != "risk_difference" else [s for s in results if _is_beside(s, r)]
        if _are_changes([s.measure for s in beside]):
            r.measure = "mean_difference"
            continue
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


def _is_beside(value: Result, difference: Result) -> bool:
    a, b = value.number, difference.number
    return bool(a and b and a.unit == b.unit == "%" and a.sentence == b.sentence and value.at < difference.at)


def _are_changes(measures: Sequence[str]) -> bool:
    return len(measures) > 1 and set(measures) <= {"percent_change", "change_from_baseline"}
