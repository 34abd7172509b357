"""A value as a person would type it: the counterpart of `words`, which reads it back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from trialmine.records.trial import ConfidenceInterval, Dispersion, PValue
from trialmine.report import wording

_SPREADS = {"sd": "SD", "se": "SE", "iqr": "IQR", "range": "range"}


def written(slot: str, value: Any) -> str:
    """The value of a slot that is written in words.

    Raises:
        KeyError: the slot is not written in words.
    """
    return "" if value is None else WRITERS[slot](value)


def _interval(ci: ConfidenceInterval) -> str:
    level = f" ({wording.number(ci.level * 100)}%)" if ci.level else ""
    return wording.interval(ci.low, ci.high) + level


def _p_value(p: PValue) -> str:
    sign = "" if p.comparator == "=" else f"{p.comparator} "
    return f"{sign}{wording.number(p.value)}"


def _dispersion(spread: Dispersion) -> str:
    kind = _SPREADS[spread.kind]
    if spread.low is not None and spread.high is not None:
        return f"{kind} {wording.interval(spread.low, spread.high)}"
    return f"{kind} {wording.number(spread.value)}" if spread.value is not None else kind


WRITERS: Mapping[str, Callable[[Any], str]] = {
    "dose": wording.dose,
    "frequency": wording.frequency,
    "schedule": wording.schedule,
    "duration": wording.duration,
    "infusion_time": wording.span,
    "timepoint": wording.timepoint,
    "ci": _interval,
    "p": _p_value,
    "dispersion": _dispersion,
    "grade": wording.grade,
}
