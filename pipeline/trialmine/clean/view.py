"""What a text is made of, counted once: the cheap answers that keep clean text fast."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache

WORD = re.compile(r"[^\W\d_]+")
# Shapes that whole families of damage need; each starts with a rare character, so that looking for it is cheap.
_CUES = {
    "point_gap": re.compile(r"\.\s+[\da-z]"),
    "point_letter": re.compile(r"\.[a-zA-Z]"),
    "digit_gap_digit": re.compile(r"\d \d"),
    "exponent": re.compile(
        r"[\s.·*](?:[kc]?m|k?g|mg|m?[lL]|dL|dl|h|hr|hour|min|d|day|wk|week|s|m?mol)\s?\(?\s?-\s?[123](?![\d.%])"
    ),
    "p_over_one": re.compile(r"[Pp]\s?[<=>]\s?[1-9]"),
    "cells": re.compile(r"±\d+\.\d+\.\d"),
    "compared": re.compile(r"[<>=]\s?(?:or\b|/)|/\s?[<>=]|[<>]="),
}


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
        """Runs of letters in lower case, in order."""
        return WORD.findall(self.text.lower())

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that occurs."""
        return frozenset(self.words)

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Everything that stands between blanks."""
        return frozenset(self.text.split())

    def shows(self, cue: str) -> bool:
        """Does the text have a shape of `_CUES`?"""
        known = self._cues.get(cue)
        if known is None:
            known = self._cues[cue] = _CUES[cue].search(self.text) is not None
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

    def __init__(
        self, *, cue: str = "", characters: str = "", words: str = "", tokens: str = "", texts: tuple[str, ...] = ()
    ) -> None:
        self.cue = cue
        self.characters = frozenset(characters)
        self.words = frozenset(words.split())
        self.tokens = frozenset(tokens.split())
        self.texts = texts

    def met(self, text: str) -> bool:
        """Do all conditions hold for `text`?"""
        look = view(text)
        return not (
            (self.characters and self.characters.isdisjoint(look.characters))
            or (self.words and self.words.isdisjoint(look.vocabulary))
            or (self.cue and not look.shows(self.cue))
            or (self.tokens and self.tokens.isdisjoint(look.tokens))
            or (self.texts and not holds(text, self.texts))
        )


def worth(text: str, hints: tuple[str, ...] | Hints) -> bool:
    """Is a pattern with these hints worth a search? Single characters are looked up in the set of all."""
    if isinstance(hints, Hints):
        return hints.met(text)
    if not hints:
        return True
    if all(len(h) == 1 for h in hints):
        return not view(text).characters.isdisjoint(hints)
    return holds(text, hints)
