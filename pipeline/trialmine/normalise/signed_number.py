"""Signed numbers and comparators as result sentences write them."""

from __future__ import annotations

import regex

from trialmine.normalise.number import NUMBER_DIGITS, number
from trialmine.records.vocabulary import Comparator

DASH = r"[-‐‑‒–—−]"
# ". 0489": print layouts leave a blank behind the leading point
DECIMAL = rf"(?:{NUMBER_DIGITS}|(?<=[=<>≤≥±(\[]\s?)[.·]\s\d+)"
# a minus stands at the number, and not behind another number ("5-7" is a range)
# "with tea — 0.2 in the morning — than": a dash that parts words is no minus
_MINUS = r"(?:(?!—\s)[-‐‑‒–—−]|(?<=[(=<>,;:\[]\s?|\b(?:was|were|of|to|by|is|from|and|versus|vs\.?)\s)—(?=\s))"
SIGNED = rf"(?:(?<![\w)\]%.]){_MINUS}\s?|(?<![\w)\]%])\+\s?)?{DECIMAL}"

_READINGS: dict[str, Comparator] = {
    "<": "<", "＜": "<", "&lt;": "<", "less than": "<", "below": "<", "under": "<", "fewer than": "<",
    "lower than": "<",
    "<=": "<=", "≤": "<=", "≦": "<=", "⩽": "<=", "=<": "<=", "at most": "<=", "up to": "<=", "no more than": "<=",
    "=": "=", "＝": "=", ":": "=",
    ">": ">", "＞": ">", "&gt;": ">", "more than": ">", "over": ">", "above": ">", "greater than": ">",
    "exceeding": ">", "higher than": ">",
    ">=": ">=", "≥": ">=", "≧": ">=", "⩾": ">=", "=>": ">=", "at least": ">=", "no less than": ">=",
    "~": "~", "≈": "~", "∼": "~", "about": "~", "approximately": "~", "almost": "~", "nearly": "~", "around": "~",
    "roughly": "~", "circa": "~",
}  # fmt: skip
_WORDS = sorted((w for w in _READINGS if w[0].isalpha()), key=len, reverse=True)
_SIGNS = sorted((w for w in _READINGS if not w[0].isalpha() and w != ":"), key=len, reverse=True)
COMPARATOR_SIGN = "(?:" + "|".join(_SIGNS) + ")"
COMPARATOR_WORD = r"(?:\b(?:" + "|".join(w.replace(" ", r"\s+") for w in _WORDS) + r")\b)"
_GAP = regex.compile(r"(?<=[.·])\s+(?=\d)")
_DASH = regex.compile(DASH)
_SIGN = regex.compile(rf"^(?:{DASH}|\+)\s*")


def comparator(text: str | None) -> Comparator:
    """The comparator that `text` states; nothing stated is "=".

    >>> comparator("less  than"), comparator("≥"), comparator(None)
    ('<', '>=', '=')
    """
    return _READINGS.get(" ".join((text or "").lower().split()), "=")


def signed_number(text: str) -> float | None:
    """The value of a number with its sign, or None.

    >>> signed_number("−0.96"), signed_number("+5"), signed_number(". 0489"), signed_number("– 3")
    (-0.96, 5.0, 0.0489, -3.0)
    """
    plain = _GAP.sub("", text.strip())
    negative = _DASH.match(plain) is not None
    value = number(_SIGN.sub("", plain))
    return -value if negative and value is not None else value
