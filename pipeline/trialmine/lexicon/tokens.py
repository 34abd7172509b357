r"""Runs of word characters and single signs: the tokens of `\w+|[^\w\s]`, found for a whole text at once."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt
import regex

_BLANK, _WORD, _SIGN = 0, 1, 2
_PLANE = 0x10000
_WORD_CHAR, _BLANK_CHAR = regex.compile(r"\w"), regex.compile(r"\s")
_OTHER_SIGNS = regex.compile(r"[^\p{L}\p{N}]+")
_KEPT = 10_000  # names
Kinds = npt.NDArray[np.uint8]


def token_spans(text: str) -> list[tuple[int, int]]:
    """Where each token starts and ends.

    >>> token_spans("IL-6 rose")
    [(0, 2), (2, 3), (3, 4), (5, 9)]
    """
    kinds = _kinds(text)
    word, sign = kinds == _WORD, kinds == _SIGN
    starts, ends = word.copy(), word.copy()
    starts[1:] &= ~word[:-1]
    ends[:-1] &= ~word[1:]
    begin = np.flatnonzero(starts | sign).tolist()
    end = (np.flatnonzero(ends | sign) + 1).tolist()
    return list(zip(begin, end, strict=True))


@lru_cache(maxsize=_KEPT)
def bare_words(text: str) -> str:
    """The letters and digits of a name in small letters, with a blank for what stands between.

    >>> bare_words("IL-6 (Drug®)")
    'il 6 drug'
    """
    return _OTHER_SIGNS.sub(" ", text.lower()).strip()


def _kind(char: str) -> int:
    return _WORD if _WORD_CHAR.match(char) else _BLANK if _BLANK_CHAR.match(char) else _SIGN


_ASCII = bytes(_kind(chr(c)) for c in range(128)) + bytes(128)


@cache
def _plane() -> Kinds:
    """The kind of every character of the basic plane."""
    kinds = np.full(_PLANE, _SIGN, dtype=np.uint8)
    chars = "".join(map(chr, range(_PLANE)))
    for pattern, kind in ((_WORD_CHAR, _WORD), (_BLANK_CHAR, _BLANK)):
        kinds[[m.start() for m in pattern.finditer(chars)]] = kind
    return kinds


def _kinds(text: str) -> Kinds:
    if text.isascii():
        return np.frombuffer(text.encode("ascii").translate(_ASCII), dtype=np.uint8)
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds: Kinds = _plane()[np.minimum(points, _PLANE - 1)]
    for i in np.flatnonzero(points >= _PLANE).tolist():
        kinds[i] = _kind(text[i])
    return kinds
