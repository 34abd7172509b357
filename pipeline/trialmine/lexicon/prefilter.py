"""Where in a text a regex can match at all: found for all regexes of the package at once, before any of them is tried.

A regex engine asks at every character whether a match begins there; hundreds of regexes ask each in turn. What a
match must begin with and must hold is read off each regex (openings.py) and kept in tables over folded text
(alphabet.py): a few array operations a text then leave the places, mostly none, where a regex is worth trying.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from trialmine.lexicon.alphabet import ALL, END, SIZE, Signs, fold, fold_case
from trialmine.lexicon.openings import DEPTH, Opening, Shape

_KEPT, _LEAST_KEPT = 100_000, 4  # characters, each of 50 bytes; and texts
_BITS = 8
_BIT = [np.uint8(1 << bit) for bit in range(_BITS)]
# where a match may begin at one character in so many, looking at those singly is slower than searching
EVERYWHERE = 8
_BUCKETS = 1 << 16
_GRAM = 6
_TABLE_STARTS = (0, 1, 2)
_NOWHERE: Sequence[int] = ()
_FACTOR = 0x9E3779B1  # odd, so that sums of signs spread over 32 bits

Bytes = npt.NDArray[np.uint8]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


class _Tables:
    """What is known of the regexes so far, by their numbers."""

    def __init__(self) -> None:
        self.shapes: list[Shape] = []
        self.known = 0  # how many regexes there are
        self.built = 0

    def add(self, shape: Shape) -> int:
        self.shapes.append(shape)
        self.known += 1
        return self.known - 1

    def build(self) -> None:
        """Bring the tables up to date; regexes come as modules are loaded."""
        if self.built == len(self.shapes):
            return
        width = -(-len(self.shapes) // _BITS)
        # rows of bits, one for each regex: may three signs be the one before a match and its first two; its first
        # three; its second to fourth
        self.opening = [np.zeros((SIZE**3, width), dtype=np.uint8) for _ in _TABLE_STARTS]
        for number, shape in enumerate(self.shapes):
            byte, bit = number // _BITS, np.uint8(1 << number % _BITS)
            for table, rows in zip(self.opening, _opening_rows(shape.openings), strict=True):
                table[rows, byte] |= bit
        self._build_needs()
        self.built = len(self.shapes)

    def _build_needs(self) -> None:
        buckets: list[int] = []
        choice_starts: list[int] = []
        anywhere: list[bool] = []
        first: list[int] = []
        without: list[int] = []
        for number, shape in enumerate(self.shapes):
            first.append(len(choice_starts))
            if not shape.needs:
                without.append(number)
                choice_starts.append(len(buckets))
                anywhere.append(True)
                buckets.append(0)
            for need in shape.needs:
                choice_starts.append(len(buckets))
                anywhere.append(not need.behind_start)
                buckets += sorted({_bucket(c[:_GRAM]) for c in need.choices})
        self.buckets, self.choice_starts = np.array(buckets, dtype=np.int64), np.array(choice_starts, dtype=np.int64)
        self.anywhere = np.array(anywhere, dtype=bool)
        self.first: Places = np.array(first, dtype=np.int64)
        self.without: Places = np.array(without, dtype=np.int64)

    def last_places(self, signs: Signs) -> Places:
        """Of every regex the last place of a text where a match can begin that holds what it must hold; -1 is none."""
        last = np.full(_BUCKETS, -1, dtype=np.int32)
        wide = signs.astype(np.uint32)
        key = np.zeros(len(wide), dtype=np.uint32)
        at = np.arange(len(wide), dtype=np.int32)
        for size in range(1, min(_GRAM, len(wide)) + 1):
            count = len(wide) - size + 1
            key = key[:count] * np.uint32(_FACTOR) + wide[size - 1 :] + np.uint32(1)
            bucket = (key >> np.uint32(16)) ^ (key & np.uint32(0xFFFF))
            last[bucket] = np.maximum(last[bucket], at[:count])  # of one bucket's places the last is kept
        met = np.maximum.reduceat(last[self.buckets], self.choice_starts)
        met[self.anywhere & (met >= 0)] = len(signs)
        out = np.minimum.reduceat(met, self.first)
        out[self.without] = len(signs)
        return out


def _bucket(gram: tuple[int, ...]) -> int:
    key = 0
    for sign in gram:
        key = (key * _FACTOR + sign + 1) & 0xFFFFFFFF
    return (key >> 16) ^ (key & 0xFFFF)


def _opening_rows(openings: tuple[Opening, ...]) -> list[Places]:
    """Rows of the tables."""
    flags = [np.zeros((SIZE,) * 3, dtype=bool) for _ in _TABLE_STARTS]
    seen = set[tuple[int, ...]]()
    for o in openings:
        signs = (o.before, *o.chars, o.behind, *[ALL] * DEPTH)
        for k, start in enumerate(_TABLE_STARTS):
            three = (k, *signs[start : start + 3])
            if three not in seen:
                seen.add(three)
                flags[k][np.ix_(*map(_members, three[1:]))] = True
    return [np.flatnonzero(f) for f in flags]


@lru_cache(maxsize=4096)
def _members(signs: int) -> Places:
    return np.array([i for i in range(SIZE) if signs >> i & 1], dtype=np.int64)


_TABLES = _Tables()


class TextIndex:
    """The places of one text where each regex may match."""

    def __init__(self, text: str) -> None:
        _TABLES.build()
        self.built = _TABLES.built
        self._size = len(text)
        self._signs = fold(text)
        self._begun = bytes((END,)) + self._signs.tobytes()
        last = _TABLES.last_places(fold_case(text))
        self._held: Flags = last >= 0
        self._ends: list[int] = (last + 1).tolist()  # behind the last place of each
        self._places: dict[int, Sequence[int]] = {}

    @cached_property
    def _columns(self) -> Bytes:
        """For eight regexes each, a bit at every place whether it may begin there."""
        padded = np.full(self._size + 1 + DEPTH, END, dtype=np.int64)
        padded[1 : self._size + 1] = self._signs
        threes = (padded[:-2] * SIZE + padded[1:-1]) * SIZE + padded[2:]
        rows = np.full((1, 1), 0xFF, dtype=np.uint8)
        for start, table in zip(_TABLE_STARTS, _TABLES.opening, strict=True):
            rows = rows & table.take(threes[start : start + self._size], axis=0)
        return np.ascontiguousarray(rows.T)

    @cached_property
    def _live(self) -> list[bool]:
        """Of every regex whether it may match somewhere."""
        met = np.unpackbits(np.bitwise_or.reduce(self._columns, axis=1), bitorder="little", count=self.built)
        live: list[bool] = (met.astype(bool) & self._held).tolist()
        return live

    def places(self, number: int) -> Sequence[int]:
        """Where regex `number` may match, in order; all places where there are too many to look at singly."""
        if not self._live[number]:
            return _NOWHERE
        known = self._places.get(number)
        if known is None:
            flags = (self._columns[number // _BITS][: self._ends[number]] & _BIT[number % _BITS]).astype(bool)
            found = flags.nonzero()[0]
            known = found.tolist() if len(found) * EVERYWHERE <= self._size else range(self._size)
            self._places[number] = known
        return known

    def pair(self, at: int) -> int:
        """The sign before a place and the one at it, as one number."""
        return self._begun[at] * SIZE + self._begun[at + 1]


class _Indexes:
    """The indexes of the texts that are worked on: texts that are read together, raw and clean, come again."""

    def __init__(self) -> None:
        self._kept: dict[str, TextIndex] = {}
        self._size = 0
        # the one that was asked for last is mostly asked for next
        self.latest: tuple[str, TextIndex] | None = None

    def of(self, text: str) -> TextIndex:
        """The index of a text, up to date."""
        index = self._kept.get(text)
        if index is None or index.built != _TABLES.known:
            self._drop(text)
            index = self._kept[text] = TextIndex(text)
            self._size += len(text)
            while self._size > _KEPT and len(self._kept) > _LEAST_KEPT:
                self._drop(next(iter(self._kept)))
        self.latest = text, index
        return index

    def _drop(self, text: str) -> None:
        if self._kept.pop(text, None) is not None:
            self._size -= len(text)


_INDEXES = _Indexes()


def register(shape: Shape) -> int:
    """The number by which `places` knows a regex."""
    return _TABLES.add(shape)


def index_of(text: str) -> TextIndex:
    """Where in `text` each regex may match."""
    latest = _INDEXES.latest
    return latest[1] if latest and latest[0] is text and latest[1].built == _TABLES.known else _INDEXES.of(text)


def pairs_of(openings: Iterable[Opening]) -> frozenset[int]:
    """The pairs of the sign before a match and its first one, as `TextIndex.pair` has them."""
    starts = {(o.before, o.chars[0]) for o in openings}
    return frozenset(int(a * SIZE + b) for before, first in starts for a in _members(before) for b in _members(first))
