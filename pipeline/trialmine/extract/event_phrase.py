"""Phrases that may name an unwanted event by where they stand: "foreign body sensation" in a list of side effects.

No list can hold all that goes wrong; which of the phrases is an event, the assembling stage judges by its place.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import alternation, rows

_STOP = alternation([r["word"] for r in rows("event_phrase_stops")])
_WORD = rf"(?!{_STOP}(?![\w-]))[^\W\d_]{{3,}}(?:['’-]\w+)*"
_PLACE = r"\s(?:in|of|at|on)\s(?:the\s)?"
PHRASE = Pattern(
    "adverse_event.phrase",
    rf"(?<![\w-])(?P<name>{_WORD}(?:[ ]{_WORD}){{0,3}})(?P<place>{_PLACE}{_WORD}(?:[ ]{_WORD})?)?(?![\w-])",
    hits=("bitter taste", "change in iris colour", "was dry"),
    misses=("there were more of them", "12 of 40"),
)
PATTERNS = (PHRASE,)
# "pain in extremity" is one name, "rash in smokers" is not
_PLACED = regex.compile(
    r"\b(?:pain|loss|sensations?|changes?|increases?|decreases?|elevations?|reduction|swelling|discharge|discolou?ration"
    r"|weakness|prolongation|infections?|inflammation|bleeding|worsening|exacerbation|lack|disturbances?|failure"
    r"|abnormalit(?:y|ies)|fractures?|impairment)$",
    regex.IGNORECASE,
)


def event_phrases(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Runs of words in text[start:end] that could be a name."""
    for m in PHRASE.find(text, start, end):
        stop = m.end() if m["place"] and _PLACED.search(m["name"]) else m.end("name")
        name = text[m.start() : stop]
        # capitals inside are of a drug, a scale or a group
        if name[1:].islower():
            yield m.start(), stop
