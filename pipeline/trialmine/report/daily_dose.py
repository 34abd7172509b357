"""The daily dose that a dosing row comes to. Derived: records keep doses as stated, only tables show it beside them."""

from __future__ import annotations

from typing import NamedTuple

import regex

from trialmine.records.trial import Dosing, Frequency

# nobody takes a drug every few minutes all day long: such a dose is repeated until it works
_DAYS = {"h": 1 / 24, "d": 1.0}
# a strength says nothing of the amount that is taken
_STRENGTH = regex.compile(r"%|/(?:[mdu]?L|g)\b|ppm|MAC")
_TIMES = ("/d", "/h", "/min", "/wk", "/mo")


class DailyDose(NamedTuple):
    """Amount a day; `high` differs from `low` where dose or frequency is a range."""

    low: float
    high: float
    unit: str


def daily_dose(row: Dosing) -> DailyDose | None:
    """Dose times the administrations of a day, for what is taken every day; None wherever the text leaves it open.

    Weekly drugs, drugs of single days of a cycle, drugs as needed, repeats within minutes, strengths and lists of
    levels have none.
    """
    dose, plan = row.dose, row.schedule
    if dose is None or dose.levels or dose.comparator != "=" or (plan and (plan.days or plan.off)):
        return None
    if _STRENGTH.search(dose.unit):
        return None
    low, high = (dose.value, dose.value) if dose.value is not None else (dose.low, dose.high)
    if low is None or high is None:
        return None
    if dose.unit.endswith("/d"):
        return DailyDose(low, high, dose.unit)
    times = None if dose.unit.endswith(_TIMES) else _times_a_day(row.frequency)
    return DailyDose(_plain(low * times[0]), _plain(high * times[1]), f"{dose.unit}/d") if times else None


def _times_a_day(often: Frequency | None) -> tuple[float, float] | None:
    """Fewest and most administrations of a day, for what is given every day."""
    if often is None or often.as_needed or often.count is None or often.period is None:
        return None
    day = _DAYS.get(often.period_unit or "")
    longest = (often.period_max or often.period) * day if day else 0.0
    if not day or longest > 1:
        return None
    return often.count / longest, (often.count_max or often.count) / (often.period * day)


def _plain(value: float) -> float:
    # 5 mg every 8 hours is 15, not 15.000000000000002
    return float(f"{value:.10g}")
