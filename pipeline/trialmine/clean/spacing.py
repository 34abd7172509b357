"""Blanks that a text has lost behind commas and colons or before numbers, as some extractors of PDF files leave it."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.clean.repair import Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.lone_whole import AMOUNT_UNIT
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
_LEADING = (
    r"(?:from|to|of|for|and|or|by|than|versus|vs|was|were|with|at|in|after|every|during|within|plus|per|between|the)"
)
_THINGS = (
    r"(?:min(?:utes?)?|hours?|days?|weeks?|months?|years?|cycles?|doses?"
    r"|patients|participants|subjects|women|men|children|adults|mm|cm|kg|mmol)"
)
_AMOUNT = rf"\s?{AMOUNT_UNIT}"
# "to 1.7", "for 4 weeks", "from 2 to 3"; names end in a digit ("at1", "to2"), so that one alone is not enough
_NUMBER = (
    rf"(?:\d+(?:[.,·]\d+)?(?:{_AMOUNT}|\s?[±]|\s?[-–]\s?\d|\s?{_THINGS}\b|\s(?:to|and|or|vs|versus)\s\d)"
    r"|(?:\d{2,}|\d+[.·]\d+)(?=[\s,;)]))"
)
_FIRST = r"\d+(?:[.·]\d+)?(?:\s?[-–]\s?\d+(?:[.·]\d+)?)?"
GLUED = Repair(
    Pattern(
        "space.glued",
        rf"(?-i:(?<![\w.'-]){_LEADING}(?={_NUMBER})|[A-Za-z][a-z]{{2}}(?<!log)(?={_FIRST}{_AMOUNT}))",
        hits=(
            "fell from138.2 to132.8 mmHg",
            "for4 weeks",
            "tamoxifen20 mg daily",
            "Dex10mg; L-asp",
            "Tea5-10 mg",
            "between140 and180 women",
        ),
        misses=(
            "at1 receptors",
            "log10 IU",
            "interleukin2 was given",
            "from 12 to 14 mg",
            "omega3 acids",
            "an AT10 mg dose",
            "CA125 mg",
        ),
    ),
    to(r"\g<0> "),
    "blank lost between a word and its number",
    0.9,
    hints=Hints(cue="glued_number"),
)
PATTERNS = (TIGHT.pattern, GLUED.pattern)
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
