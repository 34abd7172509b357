"""A compiled regex that is tried only where it can match."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property

import regex
from regex import Match
from regex import Pattern as Compiled

from trialmine.lexicon.openings import DEPTH, shape_of
from trialmine.lexicon.prefilter import EVERYWHERE, index_of, pairs_of, register

# the last guard against a pattern that turns out super-linear on hostile text; seconds per search
TIMEOUT = 5.0
# asking for the time costs as much as a match that fails at once: that is for regexes and texts that can need it
_LONG = 20_000
# in a shorter text it is not worth while to look first where a match can begin
_SHORT = 200


class Search:
    """The matches of a regex that is not case-sensitive, the same as `regex` finds, much faster where there are few.

    Args:
        pattern: the regex.
        flags: of `regex`, on top of IGNORECASE.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self.pattern = pattern
        self._flags = regex.IGNORECASE | flags
        shape = shape_of(pattern, self._flags)
        self._number = None if shape is None else register(shape)
        # how a match begins that is so short that the end of the search makes a difference to it
        self._ending = pairs_of(shape.open_ended) if shape is not None else frozenset[int]()
        self._nested = shape is None or shape.nested

    @cached_property
    def compiled(self) -> Compiled[str]:
        """The regex, compiled when first there is a place to try it at."""
        return regex.compile(self.pattern, self._flags)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match[str]]:
        """All matches in text[start:end], left to right.

        Raises:
            TimeoutError: a match takes too long.
        """
        stop = len(text) if end is None else end
        if self._number is None or len(text) < _SHORT:
            return self.compiled.finditer(text, start, stop, timeout=self._limit(text))
        index = index_of(text)
        found = index.places(self._number)
        if len(found) * EVERYWHERE > len(text):
            return self.compiled.finditer(text, start, stop, timeout=self._limit(text))
        first = bisect_left(found, start)
        if self._ending and stop < len(text):
            # the end of the search looks like the end of the text to a match that ends there
            ending = [at for at in range(max(start, stop - DEPTH), stop) if index.pair(at) in self._ending]
            if ending:
                found, first = sorted({*found[first : bisect_left(found, stop)], *ending}), 0
        if first == len(found) or found[first] >= stop:
            return iter(())
        return self._tried(text, found, first, stop)

    def _limit(self, text: str) -> float | None:
        return TIMEOUT if self._nested or len(text) > _LONG else None

    def may_be_in(self, text: str) -> bool:
        """Whether there can be a match in `text`; a quick look that says yes where it is not sure."""
        return self._number is None or len(text) < _SHORT or bool(index_of(text).places(self._number))

    def first(self, text: str, start: int = 0, end: int | None = None) -> Match[str] | None:
        """The first match in text[start:end]."""
        return next(self.find(text, start, end), None)

    def is_in(self, text: str, start: int = 0, end: int | None = None) -> bool:
        """Whether there is a match in text[start:end]."""
        return self.first(text, start, end) is not None

    def matches_at(self, text: str, openings: Sequence[int]) -> Iterator[Match[str]]:
        """The matches that begin at places of an ordered list; they may overlap.

        Raises:
            TimeoutError: a match takes too long.
        """
        limit = self._limit(text)
        if self._number is not None and len(text) >= _SHORT:
            openings = sorted({*index_of(text).places(self._number)}.intersection(openings))
        for at in openings:
            m = self.compiled.match(text, at, timeout=limit)
            if m is not None:
                yield m

    def _tried(self, text: str, found: Sequence[int], first: int, stop: int) -> Iterator[Match[str]]:
        """The matches, which begin at some of the places `found` from the `first` of them on."""
        match, free, limit = self.compiled.match, 0, self._limit(text)
        for i in range(first, len(found)):
            at = found[i]
            if at >= stop:
                return
            if at >= free:
                # neither partial nor concurrent: to let other threads in costs as much as a match that fails at once
                m = match(text, at, stop, False, False) if limit is None else match(text, at, stop, timeout=limit)
                if m is not None:
                    free = m.end()
                    yield m
