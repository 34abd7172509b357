"""Letters that character recognition put for digits inside a number: "6OO mg", "2.l", "P < O.001"."""

from __future__ import annotations

from trialmine.clean.repair import Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern

_UNIT = r"(?:mg|mcg|ug|[μµ]g|g|IU|units?|ml|mmol|kg|days?|weeks?|months?|years?|hours?|patients|women|men|children)\b"
_REASON = "letter that stands for a digit inside a number"

OH = Repair(
    Pattern(
        "digits.letter_o",
        rf"(?-i:(?<![\w.])(?P<before>\d[\dO]*?|)O(?P<after>O?)(?=\s?(?:{_UNIT}|%)|\s+of\s+\d)(?<=\d[O\d]*))|(?<=[<=>≤≥]\s?)(?-i:O)(?=\.\d)|(?<=\d\.\d?)(?-i:O)(?=\d)",
        hits=("6OO mg", "2O of 72", "P<O.001", "0.O5"),
        misses=("O of 72", "CO of 72", "H2O mg", "a 5 O ring"),
    ),
    lambda m: m[0].replace("O", "0"),
    _REASON,
    0.9,
    hints=Hints(marks=r"\d"),
)
# a bare point before the letter rules out litres; so does an interval behind it
ELL = Repair(
    Pattern(
        "digits.letter_l",
        rf"""
        (?-i:(?<=(?<![\w.])\d{{1,3}})l(?=\.\d) | (?<=(?<![\w.])\d{{1,3}}\.)l(?![a-z])
        | (?<=\d\.\d{{1,2}})l(?=\s?[(\[]\s?9\d\s?%)
        | (?<=\bn\s?=\s?)l(?=\d) | (?<![\w.])l(?=\d{{1,3}}\s?{_UNIT}) | (?<=(?<![\w.])\d{{1,2}})l(?=\s+of\s+\d))
        """,
        hits=("1l.4 months", "-2.l (SE 0.3)", "0.7l (95% CI", "n=l44", "l00 mg", "4l of 60"),
        misses=("2.5 l of water", "0.7 l (95 ml)", "l 5 mg", "5l daily"),
    ),
    to("1"),
    _REASON,
    0.9,
    hints=Hints(marks=r"\d"),
)
REPAIRS = (ELL, OH)
PATTERNS = tuple(r.pattern for r in REPAIRS)
