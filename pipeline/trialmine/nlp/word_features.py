"""What the span model sees of a word beside its vector, its letters and its shape, and a text's segments."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence

_KNOWN = string.ascii_letters + string.digits + "-/()[],.;:'+%&α–β"
_LETTER = {letter: i + 1 for i, letter in enumerate(_KNOWN)}
_OTHER = len(_LETTER) + 1
_SEGMENT = 60

LETTERS = len(_LETTER) + 2
"""Numbers that a letter may have: 0 is none, the last is any that is not known."""
LONGEST = 24
"""Letters of a word that are looked at; of a longer one the first and the last half of that."""
SHAPES = 11


def letters(word: str) -> list[int]:
    """The numbers of the word's letters, LONGEST of them, with zeros behind a shorter word."""
    half = LONGEST // 2
    seen = word if len(word) <= LONGEST else word[:half] + word[-half:]
    return [_LETTER.get(c, _OTHER) for c in seen] + [0] * (LONGEST - len(seen))


def shape(word: str) -> int:
    """The kind of a word by its capitals and digits, 0-10."""
    digits = any(c.isdigit() for c in word)
    kinds = (
        word.isspace(),
        word.isdigit(),
        not any(c.isalnum() for c in word),
        word.islower() and not digits,
        word.islower(),
        word.isupper() and len(word) == 1,
        word.isupper() and not digits,
        word.isupper(),
        word[:1].isupper() and word[1:].islower(),
        not digits,
        True,
    )
    return kinds.index(True)


def segments(stops: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Stretches of a text's words, first and one past the last, that end with a sentence where one ends in time.

    Args:
        stops: of each word whether it is a full stop.
    """
    start = 0
    for i, stop in enumerate(stops, 1):
        length = i - start
        if (stop and length >= 0.6 * _SEGMENT) or length >= 2 * _SEGMENT:
            yield start, i
            start = i
    if start < len(stops):
        yield start, len(stops)
