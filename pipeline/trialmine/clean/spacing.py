"""Blanks that a text has lost behind its commas and colons, as some extractors of tables and PDF files leave it."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.clean.repair import Repair, to
from trialmine.lexicon.pattern import Pattern
from trialmine.records.document import Edit

# two digits beside a comma may be one number, single letters a name: "1,200", "N,N-dimethyl"
TIGHT = Repair(
    Pattern(
        "space.lost",
        r"(?:(?<=[a-z]{2}|[a-z%)\]]|\d(?=[,;:][a-z]{2}))[,;](?=[a-z(]{2}|[a-z]\s|(?<=[a-z)]{2}[,;])\d)|(?<=[a-z)]{3}):(?=[a-z]|\d))",
        hits=("randomized,double-blind,tea", "Methods:Adults", "tea (5 mg),water", "in 2012,women came"),
        misses=("1,200 women", "N,N-dimethyl", "a ratio of 1:1", "tea, water", "10:30"),
    ),
    to(r"\g<0> "),
    "blank lost behind a comma or colon, as nearly everywhere in the text",
    0.95,
)
PATTERNS = (TIGHT.pattern,)
_SPACED = regex.compile(r"[a-z)%][,;:]\s", regex.IGNORECASE)
_GLUED = regex.compile(r"[,;](?<=[A-Za-z]{2}.)(?=[A-Za-z]{2})")
_FEW = 3


def lost_blanks(text: str) -> Iterator[Edit]:
    """The blank behind each comma and colon, in a text that has lost more of them than it kept.

    >>> [e.start for e in lost_blanks("Methods:Tea,water,or milk was given to women,men,and others.")]
    [7, 11, 17, 44, 48]
    """
    glued = len(_GLUED.findall(text))
    if glued >= _FEW and glued > len(_SPACED.findall(text)):
        yield from TIGHT(text)
