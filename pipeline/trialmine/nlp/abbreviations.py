"""Abbreviations that the text itself defines: scispaCy's detector, and its rule for short forms that tokens split.

Rule: A. S. Schwartz, M. A. Hearst. A simple algorithm for identifying abbreviation definitions in biomedical
text. PSB 2003.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import regex

from trialmine.lexicon.pattern import Pattern

if TYPE_CHECKING:
    from spacy.language import Language

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


def find_abbreviations(text: str, nlp: Language) -> dict[str, str]:
    """Short forms with their long forms; `nlp` is a pipeline with scispaCy's abbreviation detector."""
    passages = _passages(text)
    read = nlp(passages)._.abbreviations if passages else []
    # where two passages meet, words that are apart in the text stand together
    found = {a["short_text"]: a["long_text"] for a in read if a["long_text"] in text}
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


def _long_form(short: str, before: str) -> str | None:
    """The shortest tail of `before` whose letters spell `short`, the first of them starting a word."""
    starts = [m.start() for m in _WORD.finditer(before)]
    if not starts:
        return None
    tail = before[starts[max(0, len(starts) - min(len(short) + 5, 2 * len(short) + 2))] :].rstrip()
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
    long_form = tail[at + 1 :]
    return long_form if len(long_form) > len(short) and long_form.lower() != short.lower() else None
