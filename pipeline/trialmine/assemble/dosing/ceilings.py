"""A dose by weight and the most that anybody got of it: what is told behind both is told of the dose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.assemble.dosing.draft import Draft

_TOLD = ("frequency", "schedule", "route", "duration", "infusion_time", "condition")
_TIMED = ("frequency", "schedule", "duration")
_OPENED = regex.compile(
    r"\s?(?:[\w-]+\s){0,3}?(?:[(\[;,]|,?\sto|,?\swith)\s?(?:an?\s|the\s|up\sto\s(?:a\s)?)?(?:max\w*|capped|not\sexceeding|not\sto\sexceed)\b|[^;()]{0,20}?[(,]\s?up\sto\s",
    regex.IGNORECASE,
)


def share_with_ceilings(drafts: Sequence[Draft], text: str) -> None:
    """ "30 mg/kg (maximum 2 g) every 8 h": the interval is that of the dose."""
    dosed = sorted((d for d in drafts if d.dose_span), key=lambda d: d.dose_span or (0, 0))
    for dose, most in pairwise(dosed):
        if most.role != "maximum" or dose.intervention != most.intervention or dose.role == "maximum":
            continue
        if dose.dose_span and most.dose_span and _OPENED.match(text, dose.dose_span[1], most.dose_span[0]):
            _hand_back(dose, most, text)


def _hand_back(dose: Draft, most: Draft, text: str) -> None:
    for kind in _TOLD:
        places = most.stated.get(kind, ())
        # "(max 2 g daily)": what the bracket tells is the ceiling's own
        if not most.has(kind) or not all(most.end <= s and _is_closed(text, most.end, s) for s, _ in places):
            continue
        if dose.has(kind):
            # what is told behind both is told of the dose alone
            if kind in _TIMED and getattr(dose, kind) == getattr(most, kind):
                most.drop(kind)
            continue
        dose.take(kind, most)
        if kind in _TIMED:
            most.drop(kind)


def _is_closed(text: str, end: int, start: int) -> bool:
    """Whether a bracket that holds what ends at `end` is shut before `start`, or there is none."""
    shut = text.find(")", end)
    return shut < 0 or shut < start or "(" in text[end:shut]
