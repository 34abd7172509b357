"""Decimal signs that are no points: the comma of other languages, and the word."""

from __future__ import annotations

from trialmine.clean.repair import Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern

# no thousands begin with a bare zero; "47,5" may be two numbers of a list and stays
COMMA = Repair(
    Pattern(
        "decimal.comma",
        r"(?<![\d.,])0,(?P<d>\d{1,4})(?![\d,]|\.\d)",
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
REPAIRS = (COMMA, POINT_WORD)
PATTERNS = tuple(r.pattern for r in REPAIRS)
