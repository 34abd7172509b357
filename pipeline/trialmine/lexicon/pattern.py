"""A rule as an object: a named, verbose regex that carries its own examples and counter-examples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex
from regex import Match
from regex import Pattern as Compiled

from trialmine.lexicon.search import TIMEOUT, Search

__all__ = ["TIMEOUT", "Pattern"]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One rule.

    Args:
        name: dotted rule id, unique in the package.
        regex: verbose, case-insensitive unless it says `(?-i:…)`, with named groups.
        hits: texts of our own in which the rule must match.
        misses: look-alikes in which it must not.
    """

    name: str
    regex: str
    hits: tuple[str, ...]
    misses: tuple[str, ...]
    _search: Search = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_search", Search(self.regex, regex.VERBOSE))

    @property
    def compiled(self) -> Compiled[str]:
        """The regex, compiled on first use."""
        return self._search.compiled

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match[str]]:
        """All matches in text[start:end], left to right."""
        return self._search.find(text, start, end)

    def may_be_in(self, text: str) -> bool:
        """Whether there can be a match in `text`; a quick look that says yes where it is not sure."""
        return self._search.may_be_in(text)

    def matches_at(self, text: str, openings: Sequence[int]) -> Iterator[Match[str]]:
        """The matches that begin at places of an ordered list; they may overlap."""
        return self._search.matches_at(text, openings)
