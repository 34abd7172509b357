"""Numbers with a unit that are no doses: numbers of groups and days, needles, spreads, volumes of solutions."""

from __future__ import annotations

import regex

from trialmine.extract.dose_range import is_range_by_body
from trialmine.lexicon.lone_whole import COUNTED, LONE_WHOLE, LONE_ZERO

_CLEAR_UNIT = 2  # letters
_WEIGHED = ("mg", "ug", "ng", "mL", "[iU]", "mmol")
DATE = regex.compile(
    r"\b(?:days?|weeks?|cycles?|months?)\s(?:\d{1,3}(?:\s?[-–,&/]\s?|,?\s(?:and|to|or|through)\s)){0,5}$",
    regex.IGNORECASE,
)
NUMBERED = regex.compile(
    r"\b(?:groups?|arms?|cohorts?|stud(?:y|ies)|phase|weeks?|days?|stage|grade|level|n\s?=|step|part|cycles?|period|types?|class|month)\s?$",
    regex.IGNORECASE,
)


# "0 5 mg" is no 5 mg, and "one 5 mg daily" may be 1.5 mg; "one 5 mg tablet" is counted
_LONE_ZERO = regex.compile(rf"{LONE_ZERO}$", regex.IGNORECASE)
_LONE_WORD = regex.compile(r"(?<![\w.-])(?<!\d\s)(?:one|two|three|four|five|six|seven|eight|nine)\s$", regex.IGNORECASE)
_ONE_OR_TWO = regex.compile(r"(?:\d|25|75)\s?[a-zµμ]")
_GIVEN_SO = regex.compile(
    r"\s?(?:[,;.)]|(?:every|once|twice|thrice|daily|weekly|per\sday|a\sday|b\.?i\.?d|t\.?i\.?d|q\.?d|orally|i\.?v)\b)",
    regex.IGNORECASE,
)
# so is "2 5 mg" no 5 mg, nor "2 5 to 5 mg" from 5 mg on
_WHOLE = regex.compile(rf"({LONE_WHOLE})$", regex.IGNORECASE)
_DECIMALS = regex.compile(r"\d{1,2}(?![\d.,·]|\s\d)")
_COUNTED = regex.compile(COUNTED, regex.IGNORECASE)
_TO_AMOUNT = regex.compile(
    r"\s?(?:[-–—/]|to|or|and|,)\s?\d[\d.]*\s?-?(?:[mkunµμ]?g|mcg|m?l|iu|u|%)(?!\w)", regex.IGNORECASE
)


def has_lost_point(text: str, start: int, end: int, unit: str | None) -> bool:
    """Whether a blank before the amount text[start:end] may be what is left of a decimal point."""
    if text[start - 1 : start] != " ":
        return False
    if _LONE_ZERO.search(text, max(0, start - 12), start) or _is_decimals(text, start, end, unit):
        return True
    word = _LONE_WORD.search(text, max(0, start - 9), start) and _ONE_OR_TWO.match(text, start)
    return bool(word and _GIVEN_SO.match(text, end))


def _is_decimals(text: str, start: int, end: int, unit: str | None) -> bool:
    """Whether the digits at `start` may be the decimals of the lone number before them: the 5 of "2 5 mg"."""
    if not text[start - 2 : start - 1].isdigit():
        return False
    digits = _DECIMALS.match(text, start)
    whole = _WHOLE.search(text, max(0, start - 40), start)
    if digits is None or whole is None or (unit is None and not _TO_AMOUNT.match(text, digits.end())):
        return False
    if unit is not None and is_range_by_body(float(whole[1]), float(digits[0]), unit):
        return False
    return _COUNTED.match(text, end) is None


# "a 22 g spinal needle"
_NEEDLE = regex.compile(
    r"[\s-](?:[\p{L}-]+\s){0,3}(?:needles?|cannulas?|cannulae|catheters?|angiocaths?|trocars?)\b", regex.IGNORECASE
)
# "(800 mg/m2/d CI), and B (500": a continuous infusion
_SPREAD_BEFORE = regex.compile(r"\bCIs?\b(?!\s?[)\]]+,?\s(?:and\s|or\s|plus\s)?[a-z])[^;.]{0,24}$|\bSD\s?$")
_SPREAD_OPENS = regex.compile(r"\s?(?:±|\+/-|\+-|\()\s?\d*\.?\d*\s?(?:±)?")
_SPREAD_BEHIND = regex.compile(r"(?:±|\+/-)\s?\d")
_SIGN_BEFORE = regex.compile(r"(?:±|\+/[-−]|=|p\s?<)\s?$")
_DOSE_IS = regex.compile(r"(?:dose|dosage|DL\d?)\s?=\s?$")


def is_noise(text: str, start: int, stop: int, written: str, code: str, *, alone: bool) -> bool:
    """Whether a number with a unit is a group, a day, a needle, a spread or a volume of solution, and no dose.

    start and stop: the first of the numbers that share the unit, and its end; alone: it is one number.
    """
    unit = written.strip()
    # "the second cohort 40 mg" tells an amount
    numbered = alone and not code.startswith(_WEIGHED) and NUMBERED.search(text[max(0, start - 12) : start])
    if numbered or _is_date(text, start, unit):
        return True
    # "21G" is a needle; an interval of confidence is no dose
    needle = unit == "g" and _NEEDLE.match(text, stop)
    if unit in ("G", "CI") or needle or _SPREAD_BEFORE.search(text[max(0, start - 30) : start]):
        return True
    before, after = text[max(0, start - 3) : start], text[stop : stop + 12]
    if _SPREAD_OPENS.match(after) and _SPREAD_BEHIND.search(after[:7]):
        return True
    if _SIGN_BEFORE.search(text[max(0, start - 5) : start]):
        return not _DOSE_IS.search(text[max(0, start - 12) : start])
    # "10 mg/2 mL": the volume only says how the amount was dissolved
    if code in ("mL", "L") and regex.search(r"[a-z]\s?/\s?$", before):
        return True
    # a number word or small digit before a one-letter unit is prose ("one U-shaped", "3 d")
    return unit in ("u", "m", "g ", "l", "amp", "M") and code not in ("U", "L", "g")


def _is_date(text: str, start: int, unit: str) -> bool:
    """Whether a number is the last of "days 1-5" or "days 1, 8", and no clear unit makes it an amount."""
    return len(unit) < _CLEAR_UNIT and DATE.search(text, max(0, start - 30), start) is not None
