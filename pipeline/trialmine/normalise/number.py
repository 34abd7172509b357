"""Numbers as trial texts write them: digits, thousands, middle dots, words, powers of ten."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

import regex

_UNITS = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
WORD_VALUES: dict[str, float] = {
    **{w: float(i) for i, w in enumerate(_UNITS)},
    **{w: 10.0 * (i + 2) for i, w in enumerate(_TENS)},
}  # fmt: skip
_SCALES = {"hundred": 100.0, "thousand": 1_000.0, "million": 1_000_000.0, "billion": 1_000_000_000.0}

_SMALL = "|".join(sorted(WORD_VALUES, key=len, reverse=True))
# "twenty-one", "one hundred and thirty two", "forty"; at most eight words, so that no run of words makes it slow
# and "and" only behind a hundred or more: "five and one" are two numbers
_DIGIT_WORD = "|".join(_UNITS[1:10])
_SCALE = r"[\s-]+(?:hundred|thousand|million)"
NUMBER_WORD = (
    rf"(?:(?:{_SMALL})(?:(?<=ty)[\s-]+(?:{_DIGIT_WORD})|{_SCALE}(?:[\s-]+(?:and[\s-]+)?(?:{_SMALL}))?){{0,7}})"
)
# 1,250 | 1 250 is left alone (two numbers) | 0.5 | .5 | 0·5
NUMBER_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:[.·]\d+)?|\d+(?:[.·]\d+)?|[.·]\d+)"
# people or events
COUNT_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d{1,6})"
NUMBER = rf"(?:{NUMBER_DIGITS}|\b{NUMBER_WORD}\b)"

_POWER = regex.compile(
    r"^\s*(?P<m>\d[\d,]*(?:[.·]\d+)?|[.·]\d+)?\s*(?:[x×*]\s*)?10\s*(?:\^|\*\*|\*)?\s*\(?(?P<e>[⁰¹²³⁴⁵⁶⁷⁸⁹]+"
    r"|-?\d{1,2})\)?\s*$"
)
# ASCII digits: float() does not know every digit that \\d matches
_DIGITS = regex.compile(r"[-+−–]?(?:[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?|\.[0-9]+)")
_LONGEST = 80  # characters; hundreds of digits are no number of a trial, and infinite as a float
_KEPT = 10_000  # numbers as they are written, which come again and again
_LARGER = regex.compile(r"\b(?:hundred|thousand)[\s-]+(?:and[\s-]+)?$", regex.IGNORECASE)
_THOUSANDS_BEFORE = regex.compile(r"(?<![\d.])\d{1,3}(?:,\d{3})*,$")
_THOUSAND = regex.compile(r"\d{3}(?!\d)")
_THOUSANDS_BEHIND = regex.compile(r",\d{3}(?!\d)")
_BETWEEN_WORDS = regex.compile(r"[\s-]+")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def number(text: str) -> float | None:
    """The value of a number in digits or words, or None if `text` is none.

    >>> number("1,250"), number("0·05"), number(".5"), number("twenty-one"), number("one-hundred-and-two")
    (1250.0, 0.05, 0.5, 21.0, 102.0)
    >>> number("often") is None
    True
    """
    plain = text.strip()
    return _value(plain) if len(plain) <= _LONGEST else None


@lru_cache(maxsize=_KEPT)
def _value(text: str) -> float | None:
    plain = text.replace("·", ".")
    if _DIGITS.fullmatch(plain):
        return float(plain.replace(",", "").replace("−", "-").replace("–", "-"))
    return _words(plain.lower())


def is_rest_of_number(text: str, start: int) -> bool:
    """Whether the number word at `start` goes on with a larger one that is no number by itself.

    >>> is_rest_of_number("Hundred and forty-three women", 12), is_rest_of_number("and forty-three women", 4)
    (True, False)
    """
    return _LARGER.search(text, max(0, start - 20), start) is not None


def is_cut_from_number(text: str, start: int, end: int) -> bool:
    """Whether the digits text[start:end] are a part of a number whose thousands a comma sets apart.

    >>> is_cut_from_number("98 of 3,380 men", 8, 11), is_cut_from_number("98 of 3,380 men", 6, 7)
    (True, True)
    >>> is_cut_from_number("98 of 3,380 men", 6, 11), is_cut_from_number("in 7,12 and 9 men", 5, 7)
    (False, False)
    """
    if not text[start:end].strip():
        return False
    if (
        text[start - 1 : start] == ","
        and _THOUSAND.match(text, start)
        and _THOUSANDS_BEFORE.search(text, max(0, start - 12), start)
    ):
        return True
    return len(text[start:end].rpartition(",")[2]) <= 3 and _THOUSANDS_BEHIND.match(text, end) is not None


def power_of_ten(text: str) -> float | None:
    """The value of "5 x 10^6", "10⁶" or "3×10(9)", or None.

    >>> power_of_ten("5 x 10^6"), power_of_ten("10⁹")
    (5000000.0, 1000000000.0)
    """
    m = _POWER.match(text)
    if m is None or len(text) > _LONGEST:
        return None
    mantissa = float(m["m"].replace(",", "").replace("·", ".")) if m["m"] else 1.0
    return mantissa * 10.0 ** int(m["e"].translate(_SUPERSCRIPTS))


def _words(text: str) -> float | None:
    said = [w for w in _BETWEEN_WORDS.split(text) if w]
    if any(b == "and" and a not in _SCALES for a, b in pairwise(said)):
        return None  # "five and one" are two
    words = [w for w in said if w != "and"]
    if not words or any(w not in WORD_VALUES and w not in _SCALES for w in words) or words[0] in _SCALES:
        return None
    total, part = 0.0, 0.0
    for word in words:
        if word in WORD_VALUES:
            part += WORD_VALUES[word]
        elif word == "hundred":
            part *= 100.0
        else:
            total, part = total + part * _SCALES[word], 0.0
    return total + part
