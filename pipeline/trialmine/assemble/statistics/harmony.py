"""Results that a sentence sets side by side are of one measure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.number_lists import AMOUNT_BEHIND
from trialmine.assemble.statistics.result import Result
from trialmine.assemble.statistics.shares import in_bracket_of_risk
from trialmine.records.vocabulary import Measure

_OPEN: frozenset[Measure] = frozenset(
    {"mean", "median", "other", "proportion", "count", "change_from_baseline", "percent_change", "range"}
)
_GAP = 40


def harmonise(results: Sequence[Result], text: str = "") -> None:
    """Values of one form that the sentence sets side by side, or one list against another, are of one measure."""
    for first, second in pairwise(results):
        a, b = first.number, second.number
        if a is None or b is None:
            continue
        if text and _by_again(text, first, second):
            measure: Measure = (
                "percent_change" if a.unit == "%" and first.measure == "percent_change" else "change_from_baseline"
            )
            first.measure = second.measure = measure
            b.unit = b.unit or a.unit
        if first.measure == second.measure:
            continue
        per = text and first.measure == "rate" and _per_again(text, a, b)
        if not side_by_side(a, b) and not per and not (text and _goes_on(text, a, b)):
            continue
        if a.group != b.group and second.measure == "percent_change" and AMOUNT_BEHIND.match(text, b.number_end):
            continue  # "3% and 6% (P = .03), a 48% reduction"
        if text and _FROM_TO.search(text, a.number_end, b.at):
            continue  # "fell by 1.3 days (from 4.9 to 3.6"
        if text and a.group != b.group and in_bracket_of_risk(text, b):
            continue
        effects = first.measure == "mean_difference" and a.ci is not None and b.ci is not None
        effects = (
            effects
            or bool(per)
            or (first.measure == "rate" and a.group == b.group and (b.unit is None or b.unit == a.unit))
        )
        # "rose by 14 mL with tea, 9 mL with milk": the verb is not said again
        again = first.measure == "change_from_baseline" and second.measure == "mean_difference" and a.group == b.group
        again = again and b.label is None and a.ci is None and b.ci is None
        if (second.measure not in _OPEN and not again) or (first.measure not in _OPEN and not effects):
            continue
        second.measure = first.measure


_FROM_TO = regex.compile(r"\bfrom\s[^.;()\d]{0,12}\d[^;()]{0,16}\sto\s$", regex.IGNORECASE)
# "26 deaths per 1000 child-years with water and 18 with tea"
_AND_IN = regex.compile(
    r"\s[\p{L}\s]{0,30}per\s[\d,]*\s?[\w-]+(?:\s(?:years?|months?))?\s(?:in|with|on|among|for)\s(?:the\s)?(?:[\w-]+\s){1,4}(?:and|versus|vs\.?|compared\s(?:with|to))\s",
    regex.IGNORECASE,
)
_CHANGES = frozenset({"change_from_baseline", "percent_change", "mean_difference"})
# "fell by 3.2 points (95% CI 2.1 to 4.3) with tea and by 0.9": each group's own, though both have an interval
_AND_BY = regex.compile(
    r"[^.;:\d]{0,60}\b(?:and|versus|vs\.?|but|compared\s(?:with|to)|while|whereas)\s(?:only\s)?by\s(?:only\s|about\s|an?\s|(?:mean|median|average)\s|of\s){0,4}",
    regex.IGNORECASE,
)


def _per_again(text: str, a: Candidate, b: Candidate) -> bool:
    bare = a.unit is None and b.unit is None and b.label is None and b.ci is None and b.numerator is None
    return bare and a.sentence == b.sentence and _AND_IN.fullmatch(text, a.number_end, b.at) is not None


def _by_again(text: str, first: Result, second: Result) -> bool:
    a, b = first.number, second.number
    if a is None or b is None or a.sentence != b.sentence or a.label is not None or b.label is not None:
        return False
    if first.measure not in _CHANGES or second.measure not in _CHANGES | _OPEN or b.unit not in (None, a.unit):
        return False
    return _AND_BY.fullmatch(text, max(a.end, a.number_end), b.at) is not None


# ", versus 40% and 54% for water": what stands against a list is of its measure
_AGAINST = regex.compile(
    r"(?:[^.;:]|(?<=\d)\.(?=\d)){0,120}\b(?:versus|vs\.?|compared\s(?:with|to))\s(?:only\s)?", regex.IGNORECASE
)


def _goes_on(text: str, a: Candidate, b: Candidate) -> bool:
    alike = a.sentence == b.sentence and a.unit == b.unit == "%" and (a.dispersion is None) == (b.dispersion is None)
    return alike and a.numerator is None and b.numerator is None and _AGAINST.fullmatch(text, a.end, b.at) is not None


def side_by_side(a: Candidate, b: Candidate) -> bool:
    """Whether two numbers of one sentence and form stand next to each other, as those that are compared do."""
    first, second = (a, b) if a.at < b.at else (b, a)
    if a.sentence != b.sentence or a.unit != b.unit or a.numerator is not None or b.numerator is not None:
        return False
    if (a.dispersion is None) != (b.dispersion is None) or (a.ci is None) != (b.ci is None) or second.label:
        return False
    return a.group == b.group or second.at - first.end <= _GAP
