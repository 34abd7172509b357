"""What a text is made of, counted once: the cheap answers that keep clean text fast."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

WORD = re.compile(r"[^\W\d_]+")
# every byte that is no letter becomes a blank: several times as fast as a pattern
_LETTERS = bytes(c if c < 128 and chr(c).isalpha() else 32 for c in range(256))
# Shapes that whole families of damage need; most start with a rare character, so that looking for them is cheap.
_CUES = {
    "point_gap": re.compile(r"\.\s+[\da-z]"),
    "point_letter": re.compile(r"\.[a-zA-Z]"),
    "digit_gap_digit": re.compile(r"\d \d"),
    "p_over_one": re.compile(r"[Pp]\s?[<=>]\s?[1-9]"),
    "cells": re.compile(r"±\d+\.\d+\.\d"),
    "point_capital": re.compile(r"\.[A-Z][a-z]"),
    "odd_level": re.compile(r"%(?<=\d\d\d%)\s?[Cc]"),
    "tag": re.compile(r"<[/a-zA-Z]"),
    "zero_strength": re.compile(r" 0[1-9]"),
    "compared": re.compile(r"[<>=]\s?(?:or\b|/)|/\s?[<>=]|[<>]=|=[<>]"),
}
_MINUS_DIGIT = re.compile(r"-\s?[123](?![\d.%])")
_UNIT_BEFORE = re.compile(
    r"[\s.·*(](?:[kc]?m|k?g|mg|m?[lL]|dL|dl|h|hr|hour|min|d|day|wk|week|s|m?mol|person|year)\s?\(?\s?$"
)


def _exponent(text: str) -> bool:
    """A negative exponent behind a unit; looked for from its minus, which is rare."""
    return any(_UNIT_BEFORE.search(text[max(0, m.start() - 10) : m.start()]) for m in _MINUS_DIGIT.finditer(text))


class View:
    """The characters, words and cues of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._cues: dict[str, bool] = {}

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character that occurs."""
        return frozenset(self.text)

    @cached_property
    def words(self) -> list[str]:
        """Runs of ASCII letters in lower case, in order."""
        return self.text.lower().encode("ascii", "replace").translate(_LETTERS).decode("ascii").split()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that occurs."""
        return frozenset(self.words)

    def shows(self, cue: str) -> bool:
        """Does the text have a shape of `_CUES`, or a negative exponent ("exponent")?"""
        known = self._cues.get(cue)
        if known is None:
            known = _exponent(self.text) if cue == "exponent" else _CUES[cue].search(self.text) is not None
            self._cues[cue] = known
        return known


@lru_cache(maxsize=4)
def view(text: str) -> View:
    """The view of `text`; the last few are kept, as many steps look at the same text."""
    return View(text)


def holds(text: str, hints: tuple[str, ...]) -> bool:
    """Does the text hold one of the hints?"""
    return any(h in text for h in hints)


class Hints:
    """When a pattern is worth a search: every condition that is given must hold."""

    def __init__(self, *, cue: str = "", characters: str = "", words: str = "", texts: tuple[str, ...] = ()) -> None:
        self.cue = cue
        self.characters = frozenset(characters)
        self.words = frozenset(words.split())
        self.texts = texts

    def met(self, text: str) -> bool:
        """Do all conditions hold for `text`?"""
        look = view(text)
        return not (
            (self.characters and self.characters.isdisjoint(look.characters))
            or (self.words and self.words.isdisjoint(look.vocabulary))
            or (self.texts and not holds(text, self.texts))
            or (self.cue and not look.shows(self.cue))
        )


class _NotAscii(Hints):
    def met(self, text: str) -> bool:
        return not text.isascii()


NOT_ASCII = _NotAscii()


def worth(text: str, hints: tuple[str, ...] | Hints) -> bool:
    """Is a pattern with these hints worth a search? Single characters are looked up in the set of all."""
    if isinstance(hints, Hints):
        return hints.met(text)
    if not hints:
        return True
    if all(len(h) == 1 for h in hints):
        return not view(text).characters.isdisjoint(hints)
    return holds(text, hints)
