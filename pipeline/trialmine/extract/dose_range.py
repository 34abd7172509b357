"""Ranges whose dash was lost: "ten 50 mcg/kg" is 10-50 mcg/kg."""

from __future__ import annotations

import regex

# "two 50 mg/kg doses" are counted
_COUNTED = regex.compile(
    r"\s(?:[\w-]+\s){0,2}?(?:doses?|injections?|infusions?|bolus(?:es)?|tablets?|capsules?|vials?|administrations|cycles|courses)\b",
    regex.IGNORECASE,
)
_PER_BODY = regex.compile(r"/\s?(?:kg|m2|m²)", regex.IGNORECASE)
# the number in front is part of a name ("IL 2 50 ug/kg") or counts something else ("day 3 50 ug/kg")
_OWN_NUMBER = regex.compile(
    r"(?:(?-i:\b\p{Lu}{1,5}\s)|[=-]\s?"
    r"|\b(?:groups?|arms?|cohorts?|phase|weeks?|days?|stage|grade|levels?|step|part|cycles?|periods?|types?|visits?|and|or|to|of)\s)$",
    regex.IGNORECASE,
)
_STEEPEST = 20  # times; a range of doses that rises more is rare


_DECIMALS = (25.0, 75.0)


def is_range_by_body(low: float, high: float, unit: str) -> bool:
    """Whether "10 50 mcg/kg" is a range that lost its dash rather than a decimal that lost its point.

    >>> is_range_by_body(10, 50, "mcg/kg"), is_range_by_body(2, 5, "mg/kg"), is_range_by_body(10, 50, "mg")
    (True, False, False)
    """
    decimal = high < 10 or (high in _DECIMALS and low < 10)
    return _PER_BODY.search(unit) is not None and low < high <= low * _STEEPEST and not decimal


def dash_is_lost(text: str, start: int, ends: tuple[float, float], unit: str | None, stop: int) -> bool:
    """Whether two numbers, a blank apart, are the ends of a range of doses.

    Amounts by body weight or surface are not counted out like tablets, so a number before one is the lower end.

    Args:
        text: the clean text.
        start: where the first number begins.
        ends: the two numbers.
        unit: the unit behind the second.
        stop: where that unit ends.
    """
    low, high = ends
    if unit is None or not is_range_by_body(low, high, unit):
        return False
    return _OWN_NUMBER.search(text, max(0, start - 24), start) is None and _COUNTED.match(text, stop) is None
