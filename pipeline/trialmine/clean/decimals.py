"""Decimal signs that are no points, the comma of other languages and the word, and points that stand apart."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.clean.repair import Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern
from trialmine.records.document import Edit

# no thousands begin with a bare zero; "47,5" may be two numbers of a list and stays
COMMA = Repair(
    Pattern(
        "decimal.comma",
        r"(?<![\d.,])0,(?P<d>\d{1,4})(?!\d|,\d|\.\d)",
        hits=("p<0,001", "HR 0,75", "0,5 mg"),
        misses=("10,000", "1,8", "0,1,2"),
    ),
    to(r"0.\g<d>"),
    "decimal comma",
    hints=Hints(marks=r"0,\d(?<![\d.,]0,\d)"),
)
POINT_WORD = Repair(
    Pattern(
        "decimal.word",
        r"(?<![\d.,])(?P<a>\d{1,3})\spoint\s(?P<b>\d{1,3})(?=\s?(?:%|percent|per\scent|mg|mcg|ug|g|kg|ml|mmol|months?|weeks?|days?|years?|hours?|mm|cm)\b|%)",
        hits=("6 point 4 months", "2 point 5 mg"),
        misses=("a 5 point scale", "7 point 4 patients"),
    ),
    to(r"\g<a>.\g<b>"),
    "decimal point spelled out",
    0.95,
    hints=Hints(words="point", marks=r"\d\s\s\d"),
)
# "group 1 .05": the number of a group ends before the blank
APART = Repair(
    Pattern(
        "decimal.apart",
        r"(?<![\p{L}\d.,]|\b(?:days?|weeks?|months?|visits?|cycles?|grades?|stages?|types?|groups?|arms?|phases?|cohorts?|studies|study|trials?|tables?)\s(?:\d{1,3}\s(?:and|or|to)\s)?)"
        r"(?P<a>\d{1,3})\s(?P<b>\.\d{1,4})(?!\d|\.\d)",
        hits=("hazard ratio, 1 .45; 95%", "P = 0 .03"),
        misses=("in group 1 .05 was", "1 . 45", "10.5 .4"),
    ),
    to(r"\g<a>\g<b>"),
    "blank before a decimal point",
    0.9,
    hints=Hints(marks=r"\d \.\d"),
)
# three digits behind a comma may be thousands, and days, visits and grades come in lists
_ANY_COMMA = Repair(
    Pattern(
        "decimal.comma_text",
        r"(?<![\d.,])(?<!\b(?:days?|weeks?|months?|years?|hours?|visits?|cycles?|doses|grades?|stages?|types?|groups?|levels?|phases?)\s(?:\d{1,3},\s?)*)"
        r"(?P<a>\d{1,4}),(?P<b>\d{1,2}|\d{4})(?!\d|,\d|\.\d)",
        hits=("a mean of 47,5 kg", "CI 0,52-1,13"),
        misses=("10,000", "days 1,8", "1,2,3", "weeks 4, 8,12"),
    ),
    to(r"\g<a>.\g<b>"),
    "decimal comma in a text that writes them so",
    0.95,
)
_POINT = regex.compile(r"(?<![\d.,])\d+\.\d")
_FEW = 2  # bare zeros before a comma that show how a text writes its numbers
_SHARE = 4  # so many of them to one decimal point


def commas(text: str) -> Iterator[Edit]:
    """Every decimal comma of a text that shows by "0,05" that it writes numbers so, and has next to no points.

    >>> [e.start for e in commas("5,4 kg against 6,1 kg (OR 0,45; p = 0,02)")]
    [1, 16, 27, 37]
    """
    sure = sum(1 for _ in COMMA.pattern.find(text))
    if sure >= _FEW and sure >= _SHARE * len(_POINT.findall(text)):
        yield from _ANY_COMMA(text)


REPAIRS = (COMMA, POINT_WORD, APART)
PATTERNS = (*(r.pattern for r in REPAIRS), _ANY_COMMA.pattern)
