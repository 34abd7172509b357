"""Regex fragments for small numbers and units of time that schedules, frequencies and durations share."""

# ruff: noqa: E501 (tables read as rows)
from __future__ import annotations

_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
COUNT_WORDS = rf"(?:{_TENS})(?:[\s-](?:{_ONES}))?|{_ONES}|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen"
# a number has all its words: "eight" in "twenty eight" is none
COUNT = rf"(?:\d{{1,3}}(?:\.\d{{1,2}})?|\b(?<!(?:{_TENS})[\s-])(?:{COUNT_WORDS})\b)"
TIME_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|hr|h|days?|d|weeks?|wks?|wk|w|months?|mos?|mths?|years?|yrs?|yr|"
    r"fortnights?)(?![A-Za-z])"
)
DASH = r"(?:\s?[-–—‐‑−]\s?|\s(?:to|or)\s)"

CODE_OF_TIME = {
    "s": "s", "sec": "s", "secs": "s", "second": "s", "min": "min", "mins": "min", "minute": "min",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "d": "d", "day": "d", "w": "wk", "wk": "wk", "wks": "wk", "week": "wk",
    "mo": "mo", "mos": "mo", "mth": "mo", "mths": "mo", "month": "mo", "year": "a", "yr": "a", "yrs": "a",
}  # fmt: skip


def time_code(text: str) -> str | None:
    """UCUM code of a time word.

    >>> time_code("weeks"), time_code("hrs"), time_code("d"), time_code("apples")
    ('wk', 'h', 'd', None)
    """
    word = text.strip().lower()
    return CODE_OF_TIME.get(word) or CODE_OF_TIME.get(word.removesuffix("s"))
