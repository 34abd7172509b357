"""A rule as an object: a named, verbose regex that carries its own examples and counter-examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex
from regex import Match
from regex import Pattern as Compiled

# the last guard against a pattern that turns out super-linear on hostile text; seconds per document and pattern
TIMEOUT = 5.0


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
    compiled: Compiled[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "compiled", regex.compile(self.regex, regex.VERBOSE | regex.IGNORECASE))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match[str]]:
        """All matches in text[start:end], left to right."""
        stop = len(text) if end is None else end
        return self.compiled.finditer(text, start, stop, timeout=TIMEOUT, concurrent=True)
