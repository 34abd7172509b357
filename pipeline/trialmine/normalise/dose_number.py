"""Numbers of doses: what `number` reads, powers of ten, and thousands with a point before a unit of activity."""

# ruff: noqa: E501 (tables read as rows)
from __future__ import annotations

import regex

from trialmine.normalise.number import NUMBER_DIGITS, WORD_VALUES, number, power_of_ten

_WORDS = "|".join(sorted((w for w, v in WORD_VALUES.items() if v > 0), key=len, reverse=True))
_POWER = r"10\s?(?:\^\s?\(?\d{1,2}\)?|\*\*?\d{1,2}|\(\d{1,2}\)|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})"
# "10 x 106 IU" is a flattened exponent only behind a multiplication sign
_TIMES_POWER = rf"{NUMBER_DIGITS}\s?[x×·*]\s?(?:{_POWER}|10\s?[1-9]\d?(?!\d|[.,]\d))"
_MILLIONS = rf"{NUMBER_DIGITS}\s(?:million|billion|thousand)"
POWER_NUMBER = rf"(?:{_TIMES_POWER}|{_POWER})"
# "1/2 tablet", "half a tablet"; a stroke elsewhere parts the drugs of a combination
_FORM_AHEAD = r"(?=\s(?:of\s)?(?:an?\s)?(?:tab|cap|pill|sachet|packet|vial|amp|patch|supposit|lozenge|scoop|teaspoon|tablespoon|cup\b))"
_PARTS = rf"(?:(?:\d(?:\sand\sa?\s?|\s|-))?[123]\s?[/⁄]\s?[234]{_FORM_AHEAD}(?:\s(?:of\s)?an?)?|\d?\s?[½¼¾](?:\s(?:of\s)?an?)?|\b(?:one[\s-])?half(?:\s(?:of\s)?an?)?\b)"
DOSE_NUMBER = rf"(?:{POWER_NUMBER}|{_MILLIONS}|{_PARTS}|{NUMBER_DIGITS}|\b(?:{_WORDS})\b)"

# what a number of its own may stand behind, before another number
_THOUSANDS_APART = regex.compile(
    r"(?<!\b(?:groups?|arms?|days?|weeks?|cycles?|phase|part|cohort|level|grade|stage|study|step|period|and|or|to)\s)"
    r"(?<![\w.,:/-])\d{1,3}\s\d{3}",
    regex.IGNORECASE,
)
_POINT_THOUSANDS = regex.compile(r"[1-9]\d{0,2}(?:\.000){1,2}")
_ACTIVITY = regex.compile(r"\s?(?:i\.?\s?u|units?|u\b|international)", regex.IGNORECASE)
_SCALED = regex.compile(r"(\S+)\s(million|billion|thousand)", regex.IGNORECASE)
_FLAT = regex.compile(r"(?P<m>\S+)\s?[x×·*]\s?10\s?(?P<e>[1-9]\d?)")
_RAISED = regex.compile(r"10\s?[\^*(⁰¹²³⁴⁵⁶⁷⁸⁹]")
_PARTED = regex.compile(
    r"(?:(?P<whole>\d)[\s-]?(?:and\s(?:a\s)?)?)?(?:(?P<part>[123])\s?[/⁄]\s?(?P<of>[234])|(?P<sign>[½¼¾]))(?!\d)|(?:one[\s-])?half\b",
    regex.IGNORECASE,
)
_SIGNS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


def dose_number(text: str, unit: str) -> float | None:
    """The value of a dose's number.

    >>> dose_number("3 x 10^6", "cells"), dose_number("40.000", "IU"), dose_number("1.000", "mg"), dose_number("two", "tablets")
    (3000000.0, 40000.0, 1.0, 2.0)
    >>> dose_number("10 x 106", "IU"), dose_number("1.5 million", "units"), dose_number("half", "tablet")
    (10000000.0, 1500000.0, 0.5)
    """
    plain = text.strip()
    if (parts := _parts(plain)) is not None:
        return parts
    # no dose is stated to a thousandth of an international unit
    if _POINT_THOUSANDS.fullmatch(plain) and _ACTIVITY.match(unit):
        return float(plain.replace(".", ""))
    scaled = _SCALED.fullmatch(plain)
    if scaled:
        factor = number(scaled[1])
        return None if factor is None else factor * _SCALE[scaled[2].lower()]
    flat = _FLAT.fullmatch(plain)
    if flat and (mantissa := number(flat["m"])) is not None:
        return mantissa * 10.0 ** int(flat["e"])
    return power_of_ten(plain) if _RAISED.search(plain) else number(plain)


def _parts(plain: str) -> float | None:
    """The value of "1 1/2", "½" or "half a", or None."""
    m = _PARTED.match(plain)
    if m is None:
        return None
    whole = float(m["whole"] or 0)
    if m["sign"]:
        return whole + _SIGNS[m["sign"]]
    return whole + int(m["part"]) / int(m["of"]) if m["part"] else 0.5


def is_part_of_number(text: str, start: int, end: int) -> bool:
    """Whether the digits are the end of a number whose thousands a blank sets apart: the 250 of "1 250 mg".

    Such a number is left alone: its digits, read one by one, state another.

    >>> is_part_of_number("took 1 250 mg", 7, 10), is_part_of_number("on day 1 250 mg", 9, 12)
    (True, False)
    """
    before = _THOUSANDS_APART.search(text, max(0, start - 16), end)
    return before is not None and before.end() == end
