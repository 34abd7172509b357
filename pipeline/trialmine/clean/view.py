"""What a text is made of, counted once: the cheap answers that keep clean text fast."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from trialmine.normalise.number import WORD_VALUES

WORD = re.compile(r"[^\W\d_]+")
# every byte that is no letter becomes a blank: several times as fast as a pattern
_LETTERS = bytes(c if c < 128 and chr(c).isalpha() else 32 for c in range(256))
_SMALL = bytes(32 if 9 <= c <= 13 else ord(chr(c).lower()) if c < 128 else c for c in range(256))
_ASCII_LETTERS = bytes(c for c in range(128) if chr(c).isalpha())
_NUMBER = "|".join(sorted((w for w in WORD_VALUES), key=len, reverse=True))
# Shapes with letters in them. Each is searched from a sign or a letter that stands first: that is fast.
_CUES = {
    "point_number": re.compile(rf"\.(?i:{_NUMBER})\b"),
    "day_pair": re.compile(rf"ays? (?:\d{{1,3}}|(?i:{_NUMBER})) (?:\d|(?i:{_NUMBER})\b)"),
    "glued_number": re.compile(r"\d(?<=[a-z]{2}\d)"),
    "point_capital": re.compile(r"\.[A-Z][a-z]"),
    "tag": re.compile(r"<[/a-zA-Z]"),
    "p_heading": re.compile(r"p [ICFR]"),
    "p_over_one": re.compile(r"[<=>](?:(?<=[Pp].)|(?<=[Pp]\s.))\s?[1-9]"),
    "status": re.compile(r"\d(?:posi|nega)tive"),
    "line_hyphen": re.compile(r"-[ \t]*[\r\n]"),
    "wrap": re.compile(r"-(?<=[^\W\d_]-)\s"),
}
# "> or =", ">=", "=/>" and their like, letters left out
COMPARED = r"[<>]\s{0,3}[/=]|[/=]\s?[<>]"


class View:
    """The characters, words and cues of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._cues: dict[str, bool] = {}

    @cached_property
    def marks(self) -> str:
        """The text without its ASCII letters, and with long runs of blanks cut: an eighth of it, to look for signs in.

        Neighbours that no letter parts stay neighbours; "5 of 10" leaves two blanks between the numbers.
        """
        rest = self.text.encode("utf-8", "surrogatepass").translate(None, _ASCII_LETTERS)
        return b"  ".join(filter(None, rest.split(b"  "))).decode("utf-8", "surrogatepass") + "  "

    @cached_property
    def characters(self) -> frozenset[str]:
        """Every character that occurs, ASCII letters left out."""
        return frozenset(self.marks)

    @cached_property
    def small(self) -> bytes:
        """The text in small letters; white space is a blank, what is not ASCII a question mark."""
        return self.text.encode("ascii", "replace").translate(_SMALL)

    @cached_property
    def words(self) -> list[str]:
        """Runs of ASCII letters in lower case, in order."""
        return self.small.translate(_LETTERS).decode("ascii").split()

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word that occurs."""
        return frozenset(self.words)

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
    """When a pattern is worth a search: every condition that is given must hold.

    Args:
        characters: one of these signs occurs (no ASCII letters).
        words: one of these words occurs, in any case.
        marks: a pattern found in the text without its letters (`View.marks`).
        cue: a shape of the text, by its name.
        texts: one of these strings occurs. The dearest condition; give it words or marks for company.
    """

    def __init__(
        self, *, characters: str = "", words: str = "", marks: str = "", cue: str = "", texts: tuple[str, ...] = ()
    ) -> None:
        self.characters = frozenset(characters)
        self.words = frozenset(words.split())
        self.marks = re.compile(marks) if marks else None
        self.cue = cue
        self.texts = texts
        self.always = not (characters or words or marks or cue or texts)

    def met(self, text: str) -> bool:
        """Do all conditions hold for `text`?"""
        if self.always:
            return True
        look = view(text)
        return not (
            (self.characters and self.characters.isdisjoint(look.characters))
            or (self.words and self.words.isdisjoint(look.vocabulary))
            or (self.marks and self.marks.search(look.marks) is None)
            or (self.cue and not look.shows(self.cue))
            or (self.texts and not holds(text, self.texts))
        )


def any_of(hints: Iterable[Hints]) -> Hints:
    """Met where one of `hints` may be: one look instead of many. All must name marks, or all characters, or all words.

    Raises:
        ValueError: they have no kind of condition in common.
    """
    every = tuple(hints)
    if all(h.marks for h in every):
        return Hints(marks="|".join(f"(?:{h.marks.pattern})" for h in every if h.marks))
    if all(h.characters for h in every):
        return Hints(characters="".join(c for h in every for c in h.characters))
    if all(h.words for h in every):
        return Hints(words=" ".join(w for h in every for w in h.words))
    raise ValueError("hints of different kinds: sort the steps by marks, characters or words")


ALWAYS = Hints()
