"""Abbreviations that the text itself defines: those of scispaCy's detector, and those whose short form tokens split.

The detector's matcher and spans cost more than all the rest; here are its decisions, and a test holds them to it.

Rule: A. S. Schwartz, M. A. Hearst. A simple algorithm for identifying abbreviation definitions in biomedical
text. PSB 2003.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import regex

from trialmine.lexicon.pattern import Pattern

if TYPE_CHECKING:
    from spacy.tokenizer import Tokenizer

SHORT_FORM = Pattern(
    "abbreviation.short_form",
    r"""
    (?<=\S\s?)[(\[]\s*(?P<short>(?=[^)\]]{0,9}(?-i:\p{Lu}
      |\d))(?-i:[\p{L}\d][\p{L}\d+/-]{0,9}(?:\s\d{1,2})?))\s*(?=[)\];,])
    """,
    hits=("granulocyte colony-stimulating factor (G-CSF)", "zinc (Zn) and", "methotrexate (MTX; 5 mg)"),
    misses=("the drug (with food)", "(as a tablet)"),
)
PATTERNS = (SHORT_FORM,)

# what can hold a short form, or the long form of one that stands before it; numbers, shares and ratios cannot
_BRACKET = regex.compile(r"[(\[]\s*(?=[\p{L}\d])[^()\[\]=%:\n]{1,60}[)\],;]")
_BREAK = regex.compile(r"[()\[\];.\n]")
_WORD = regex.compile(r"\S+")
_REACH = 120  # characters; no long form is longer


_MOST_INSIDE = 8  # tokens between brackets; of more than three, the long form stands there
_MOST_SHORT = 3


def find_abbreviations(text: str, tokenizer: Tokenizer) -> dict[str, str]:
    """Short forms with their long forms."""
    found: dict[str, str] = {}
    if passages := _passages(text):
        read = _Tokens(passages, tokenizer)
        for defined, definition in _defined(read):
            # where two passages meet, words that are apart in the text stand together
            if read.text(*definition) in text:
                found |= dict.fromkeys(read.spellings(*defined), read.text(*definition))
    for m in SHORT_FORM.find(text):
        short = m["short"]
        if short not in found and not short.isdigit():
            before = text[max(0, m.start() - _REACH) : m.start()]
            long_form = _long_form(short, _BREAK.split(before)[-1])
            if long_form:
                found[short] = long_form
    return found


def _passages(text: str) -> str:
    """The text around its brackets, a line each: tokens are costly, and definitions stand nowhere else."""
    spans: list[list[int]] = []
    for m in _BRACKET.finditer(text):
        # from the start of a word
        start = text.find(" ", m.start() - _REACH) + 1 if m.start() > _REACH else 0
        start, end = min(start, m.start()), m.end() + 2
        if spans and start <= spans[-1][1]:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    return "\n".join(text[start:end] for start, end in spans)


class _Tokens:
    """The tokens of a text: their words, where each stands, and the blank behind it."""

    def __init__(self, text: str, tokenizer: Tokenizer) -> None:
        self._whole = text
        doc = tokenizer(text)
        self.words: list[str] = []
        self._starts: list[int] = []
        for token in doc:
            self.words.append(token.text)
            self._starts.append(token.idx)

    def text(self, start: int, end: int) -> str:
        """The text of tokens start to end."""
        return self._whole[self._starts[start] : self._starts[end - 1] + len(self.words[end - 1])]

    def width(self, i: int) -> int:
        """Characters from the start of a token to the next one's."""
        behind = self._starts[i] + len(self.words[i])
        return len(self.words[i]) + (self._whole[behind : behind + 1] == " ")

    def spellings(self, start: int, end: int) -> Iterator[str]:
        """The text of these tokens wherever they stand; blanks between them may differ."""
        yield self.text(start, end)
        size, words = end - start, self.words[start:end]
        if size > 1:
            yield from (self.text(i, i + size) for i, w in enumerate(self.words) if self.words[i : i + size] == words)


def _defined(read: _Tokens) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Short and long forms as tokens from and to; of two definitions of either the first one counts."""
    seen_short, seen_long = set[str](), set[str]()
    for short, long_form in _candidates(read.words):
        if not _is_short_form(read.words[slice(*short)], read.text(*short)):
            continue
        start = _start_of_long(read, short, long_form)
        if start is None or read.text(start, long_form[1]) in seen_long or read.text(*short) in seen_short:
            continue
        seen_long.add(read.text(start, long_form[1]))
        seen_short.add(read.text(*short))
        yield short, (start, long_form[1])


def _candidates(words: Sequence[str]) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Brackets: a short form in them and the words before, or the word before and a long form in them."""
    opened = list[int]()
    for end, word in enumerate(words):
        if word == "(":
            opened.append(end + 1)
        if word != ")":
            continue
        for start in opened:
            if not 0 < end - start <= _MOST_INSIDE or start == 1:
                continue
            if end - start > _MOST_SHORT:
                if _is_balanced(words[start:end]):
                    yield (start - 2, start - 1), (start, end)
            else:
                letters = sum(map(len, words[start:end]))
                most = min(letters + 5, letters * 2)
                yield (start, end), (max(start - most - 1, 0), start - 1)


def _is_balanced(words: Sequence[str]) -> bool:
    depth = 0
    for word in words:
        depth += (word == "(") - (word == ")")
        if depth < 0:
            return False
    return depth == 0


def _is_short_form(words: Sequence[str], text: str) -> bool:
    if not all(2 <= len(word) < 10 for word in words):
        return False
    return text[0].isalpha() and 2 * sum(map(str.isalpha, text)) >= len(text)


def _start_of_long(read: _Tokens, short: tuple[int, int], long_form: tuple[int, int]) -> int | None:
    """The first token of the shortest tail of `long_form` whose letters spell `short`."""
    at = _spelled(" ".join(read.words[slice(*short)]), " ".join(read.words[slice(*long_form)]))
    if at is None:
        return None
    passed = 0
    for i in range(*long_form):
        passed += read.width(i)
        if passed > at:
            return i
    return long_form[0]


def _spelled(short: str, tail: str) -> int | None:
    """Where the letters of `short` begin that are met in `tail` from its end, the first of them starting a word."""
    at = len(tail) - 1
    for i in range(len(short) - 1, -1, -1):
        char = short[i].lower()
        if not char.isalnum():
            continue
        while at >= 0 and (tail[at].lower() != char or (i == 0 and at > 0 and tail[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
        at -= 1
    return at + 1


def _long_form(short: str, before: str) -> str | None:
    """The shortest tail of `before` whose letters spell `short`, the first of them starting a word."""
    starts = [m.start() for m in _WORD.finditer(before)]
    if not starts:
        return None
    tail = before[starts[max(0, len(starts) - min(len(short) + 5, 2 * len(short) + 2))] :].rstrip()
    at = _spelled(short, tail)
    if at is None:
        return None
    long_form = tail[at:]
    return long_form if len(long_form) > len(short) and long_form.lower() != short.lower() else None
