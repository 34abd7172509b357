"""Decimal points of which a blank is left: "HR 0 67", "0 5 mg"."""

from __future__ import annotations

from collections.abc import Iterator
from math import log

from trialmine.clean.repair import Match, Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.lone_whole import AMOUNT_UNIT, LONE_ZERO
from trialmine.lexicon.pattern import Pattern
from trialmine.records.document import Edit

_RATIO = (
    r"(?:(?:hazards?|odds|risks?|rates?)\sratio|relative\s(?:risk|rate)|(?-i:\b[as]?HR|\ba?OR|\ba?RR|\bIRR))"
    r"(?:\s?[(\[](?-i:[A-Z]{2,3})[)\]])?"
)
# a ratio has no other number beside it, and none is bare zero
IN_RATIO = Repair(
    Pattern(
        "decimal.lost_in_ratio",
        rf"(?<={_RATIO}(?:\s(?:of|was|is|=)|[,:=])?\s?)0\s(?=\d{{2}}(?![\w%]|\.\d|\s\d|\s?{AMOUNT_UNIT}))",
        hits=("HR 0 67; 95%", "(relative risk 0 81, p", "an odds ratio (OR) of 0 45."),
        misses=("HR 0.67", "HR 0 67 12", "the OR 0 15 mg", "ratio 10 67"),
    ),
    to("0."),
    "a ratio without its point",
    0.9,
    hints=Hints(marks=r"0\s\d"),
)
# "HR 0 67; 95% CI, 0 49 0 92": each number with a point or with a blank for it
_INTERVAL = Pattern(
    "decimal.lost_in_interval",
    rf"{_RATIO}(?:\sfor\s[^.;()\d]{{2,40}})?(?:\s(?:of|was|is|=)|[,:=])?\s?(?P<est>\d[.\s]\d{{2}})[,;:]?\s?[(\[]?(?:9[059]\s?%?\s?)"
    r"(?:CI|confidence\sinterval)[,:=]?\s?[(\[]?(?P<low>\d[.\s]\d{2})(?P<gap>\s|-|\sto\s|,\s)(?P<high>\d[.\s]\d{2})(?!\d|\.\d|\s\d)",
    hits=("(HR 0 67; 95% CI, 0 49 0 92;", "RR 1 09, 95% CI 0 61 1 94)", "HR 0 51 (90% CI 0 31 0 84)"),
    misses=("95 CI 0 45 0 89", "(difference 1 73, 95% CI 3 17 to 0 29", "HR 10 67; 95% CI 0 49 0 92"),
)
_HINTS = Hints(marks=r"\d \d")
_UNEVEN = 0.15  # of the two halves of a ratio's interval, as logarithms


def intervals(text: str) -> Iterator[Edit]:
    """The points of a ratio and its limits, where the numbers prove them: the ratio is the middle of its interval.

    >>> [(e.start, e.after) for e in intervals("HR 0 67; 95% CI 0 49 0 92")]
    [(4, '.'), (17, '.'), (20, '-'), (22, '.')]
    """
    if not _HINTS.met(text):
        return
    for m in _INTERVAL.find(text):
        if any(" " in m[name] for name in ("est", "low", "high")) and _proven(m):
            places = [m.start(name) + 1 for name in ("est", "low", "high")]
            reason = "the ratio is the middle of its interval"
            edits = [Edit(at, at + 1, text[at], ".", _INTERVAL.name, 0.9, reason) for at in places if text[at] != "."]
            if m["gap"].isspace():
                edits.append(Edit(*m.span("gap"), m["gap"], "-", _INTERVAL.name, 0.9, reason))
            yield from sorted(edits, key=lambda e: e.start)


def _proven(m: Match) -> bool:
    low, est, high = (float(".".join(m[name].replace(".", " ").split())) for name in ("low", "est", "high"))
    return 0 < low < est < high and abs(log(est / low) - log(high / est)) <= _UNEVEN


# in a text that lost points elsewhere
BEFORE_UNIT = Repair(
    Pattern(
        "decimal.lost_before_unit",
        rf"(?<!\b(?:from|to|and|or|at)\s){LONE_ZERO}(?=\d{{1,3}}\s?{AMOUNT_UNIT}(?!\s\d))",
        hits=("velotinib 0 5 mg", "(0 75 mcg kg)", "ropivacaine 0 5%"),
        misses=("0.5 mg", "day 0 5 mg", "10 5 mg", "0 5 10 mg"),
    ),
    to("0."),
    "lost decimal point, as elsewhere in this text",
    0.8,
    hints=Hints(marks=r"0\s\d"),
)
PATTERNS = (IN_RATIO.pattern, _INTERVAL, BEFORE_UNIT.pattern)
