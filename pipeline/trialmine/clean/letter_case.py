"""Capitals that a text has lost: copies in small letters alone, as some corpora and search engines keep them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.records.document import Edit

_LETTERS = 120  # a text in small letters shorter than this may never have had any others
_LOOK = 400  # characters that show it
_STRAY = 500  # one capital in so many characters is none of a text that keeps its own
RULE = "case.lost"
_START = regex.compile(r"(?:\A|[.!?]\s+|\n\s*)(?P<letter>[a-z])")
_SHORT = regex.compile(r"[(\[](?P<short>[a-z][a-z0-9-]{1,7})[)\]]")
_WORD = regex.compile(r"[a-z0-9]+")
_WORDS = 9  # before a bracket, in which its short form may be spelled

# short forms that statistics and doses are told with, where nothing else can be meant
KNOWN = Pattern(
    "case.known",
    r"""
    \bci\b | \b(?:hr|rr|or|irr|ahr|aor|smd|wmd|md)\b(?=\s*(?:[=:,]|of|was)?\s*\d+\.\d) | (?<=[(±]\s?)(?:sd|se|sem|iqr)\b
    | (?<=\d\s?)iu\b | (?<=\b(?:groups?|arms?|cohorts?)\s)[a-d]\b(?!\s(?:few|lot|single|total))
    | (?<=\bphase\s)i{1,3}v?[ab]?\b
    """,
    hits=("95% ci 0.4 to 0.9", "hr 0.71", "a mean (sd) of", "400 iu", "in group b", "a phase iii trial"),
    misses=("24 hr later", "tea or 5 mg", "the city"),
)
PATTERNS = (KNOWN,)


def lost_capitals(text: str) -> Iterator[Edit]:
    """The capitals of sentences and of short forms, in a text that has none at all.

    >>> text = "we gave tea to adults with gout. overall survival (os) was longer (hr 0.71; 95% ci 0.52 to 0.97). " * 3
    >>> sorted({e.after for e in lost_capitals(text)})
    ['CI', 'HR', 'O', 'OS', 'W']
    """
    if not text[:_LOOK].islower() or sum(map(str.isalpha, text)) < _LETTERS:
        return
    if sum(map(str.isupper, text)) * _STRAY > len(text):
        return
    spans = {m.span("letter") for m in _START.finditer(text)} | {m.span() for m in KNOWN.find(text)}
    for short in dict.fromkeys(m["short"] for m in _SHORT.finditer(text) if _is_spelled(text, m)):
        spans |= {m.span() for m in regex.finditer(rf"(?<![\w-]){regex.escape(short)}(?![\w])", text)}
    end = 0
    for start, stop in sorted(spans, key=lambda s: (s[0], -s[1])):
        before = text[start:stop]
        if start >= end and len(before.upper()) == len(before) and before != before.upper():
            yield Edit(start, stop, before, before.upper(), RULE, 0.9, "capitals lost in the whole text")
            end = stop


def _is_spelled(text: str, bracket: regex.Match[str]) -> bool:
    """Whether the first letters of the words before a bracket spell what stands in it."""
    letters = [c for c in bracket["short"] if c.isalpha()]
    words = _WORD.findall(text[max(0, bracket.start() - 120) : bracket.start()])[-_WORDS:]
    initials = "".join(w[0] for w in words)
    return "".join(letters) in initials[-len(letters) - 2 :]
