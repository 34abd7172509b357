"""Text folded to few signs, so that what a regex can begin with is a small table.

Digits, blanks, a few capitals each share a sign. A folded regex matches wherever the regex does: two characters that
it takes for the same have the same sign, or the regex has the signs of both.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

Signs = npt.NDArray[np.uint8]

_GROUPS = ("0123456789", " \t\x0b\x0c", "\n\r", "_", "([{", ")]}", "-", ".", ",", "%", "<=>", ":;", "/", "+", "'\"")
LETTERS = 26
_CAPITALS = ("ABCDEF", "GHIJKL", "MNOPQR", "STUVWXYZ")
_OTHER, _FIRST_GROUP = 0, 1 + LETTERS
_FIRST_CAPITAL = _FIRST_GROUP + len(_GROUPS)
_FAR_LETTER = _FIRST_CAPITAL + len(_CAPITALS)  # outside ASCII
_FAR_DASH, _FAR_OTHER, END = _FAR_LETTER + 1, _FAR_LETTER + 2, _FAR_LETTER + 3
SIZE = END + 1

_FAR_DASHES = "‐‑‒–—−"
# what a case-insensitive regex takes for an ASCII letter
LIKE_ASCII = {"ſ": "s", "\u212a": "k", "İ": "i", "ı": "i"}


def sign_of(char: str) -> int:
    """The sign of a character."""
    if char > "\x7f":
        if char in LIKE_ASCII:
            return sign_of(LIKE_ASCII[char])
        if char in _FAR_DASHES:
            return _FAR_DASH
        # the combining iota has capitals that are letters
        return _FAR_LETTER if char.isalpha() or char == "\u0345" else _FAR_OTHER
    if char.islower():
        return ord(char) - ord("a") + 1
    if char.isupper():
        return next(_FIRST_CAPITAL + i for i, group in enumerate(_CAPITALS) if char in group)
    return next((_FIRST_GROUP + i for i, group in enumerate(_GROUPS) if char in group), _OTHER)


def small_sign_of(char: str) -> int:
    """The sign of a character whose case does not matter."""
    return sign_of(char.lower()) if char.isascii() else sign_of(char)


_ASCII = bytes(sign_of(chr(c)) for c in range(128)) + bytes(128)
_TO_SMALL = {ord(c): c.lower() for group in _CAPITALS for c in group}


@cache
def _plane() -> Signs:
    return np.array([sign_of(chr(c)) for c in range(0x10000)], dtype=np.uint8)


def fold(text: str) -> Signs:
    """The signs of a text, one per character."""
    if text.isascii():
        return np.frombuffer(text.encode("ascii").translate(_ASCII), dtype=np.uint8)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    # beyond the plane are letters and signs; none of them is a case of another plane's character
    signs: Signs = _plane()[np.minimum(points, 0xFFFF)]
    return signs


def fold_case(text: str) -> Signs:
    """The same with no difference between capitals and small letters."""
    # among letters that are not ASCII there is none already
    return fold(text.translate(_TO_SMALL))


def signs_of(chars: str) -> int:
    """The signs of several characters as a bit set."""
    out = 0
    for char in chars:
        out |= 1 << sign_of(char)
    return out


@cache
def signs_of_ascii(codes: int) -> int:
    """The same of a bit set of ASCII codes."""
    return signs_of("".join(chr(c) for c in range(128) if codes >> c & 1))


def ascii_codes(char_class: str) -> int:
    """The ASCII characters that a class of `re` matches, as a bit set of their codes."""
    matches = re.compile(char_class).match
    return sum(1 << c for c in range(128) if matches(chr(c)))


ALL = (1 << SIZE) - 1
"""Every sign, the end of the text too."""
ANY = ALL & ~(1 << END)
FAR = 1 << _FAR_LETTER | 1 << _FAR_DASH | 1 << _FAR_OTHER
# what Unicode counts as letters, digits and blanks beyond ASCII differs between regex engines: all may be all
WORD = signs_of_ascii(ascii_codes(r"\w")) | FAR
NO_WORD = signs_of_ascii(ascii_codes(r"\W")) | FAR | 1 << END
