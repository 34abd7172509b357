"""A dose that one sentence tells twice because it was given twice, in turn."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import regex

from trialmine.assemble.dosing.draft import Draft

_IN_TURN = regex.compile(r"\b(?:followed\sby|then|thereafter|and\ssubsequently)\b", regex.IGNORECASE)


def set_apart(drafts: Sequence[Draft], text: str) -> None:
    """Mark the drafts of a sentence that repeat a dose of their drug as another step: "5 mg once, then 5 mg daily"."""
    dosed = sorted((d for d in drafts if d.dose_span), key=lambda d: d.dose_span or (0, 0))
    for a, b in combinations(dosed, 2):
        if a.intervention != b.intervention or a.daily_key != b.daily_key or not (a.dose_span and b.dose_span):
            continue
        in_turn = _IN_TURN.search(text, a.dose_span[1], b.dose_span[0])
        if in_turn and (a.dose_key != b.dose_key or _timed_otherwise(a, b)):
            b.apart = True


def _timed_otherwise(a: Draft, b: Draft) -> bool:
    """Whether the second statement has a timing of its own; without one it takes up the first."""
    of_a, of_b = ((d.frequency, d.schedule, d.duration, d.infusion_time) for d in (a, b))
    return any(of_b) and of_a != of_b
