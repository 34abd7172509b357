"""Values that the text tests: parallel numbers with a P, or with the estimate that compares them, right behind."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.intervals import TIMES
from trialmine.assemble.statistics.number_lists import DOSE_UNITS
from trialmine.records.article import Article, Mention
from trialmine.records.vocabulary import RATIOS

_REPORTS = ("results", "other", None)
_FEWEST = 2
_EFFECTS = RATIOS | {"mean_difference", "risk_difference"}
# from the last of the values to its P or estimate: whose it is, and the bracket that opens
_THEN = regex.compile(r"[\s)\]%]*+[^.;:\d()\[\]]{0,80}[;:,]?\s?[(\[]?[^.;:\d()\[\]=]{0,40}[=:,]?\s?[(\[]?")
# what is numbered and was never measured: "at 6 and 12 weeks", "grades 2 and 3", "of 15 and 20 mg"
_NUMBERED = regex.compile(
    r"(?r)\b(?:at|on|after|until|within|during|over|for|by|days?|weeks?|months?|years?|visits?|grades?|stages?|groups?|arms?|types?|levels?|phases?"
    r"|items?|cycles?|doses?(?:\sof)?|aged?|table|figure|than|every|hours?)\s(?:the\s|both\s)?$",
    regex.IGNORECASE,
)
_TOOK_PART = regex.compile(
    r"\b(?:random\w*|assign\w*|allocat\w*|enrol\w*|recruit\w*|eligib\w*|screened|baseline|demograph\w*|margin|power|sample\ssize|alpha)\b",
    regex.IGNORECASE,
)


def tested_lists(
    article: Article, atoms: Sequence[Candidate], p_values: Sequence[Mention], out: Sequence[bool]
) -> set[int]:
    """The lists of two or more values of one form that a P or an estimate right behind compares.

    Args:
        article: the text that was read.
        atoms: its candidates.
        p_values: every P of the text.
        out: for each candidate whether its own words rule it out.
    """
    found = set()
    for members, following in _lists(atoms, out):
        last = members[-1]
        if last.sentence.section in _REPORTS and all(_may_be_measured(article.text, a) for a in members):
            end = max(last.end, last.number_end)
            test = _test_behind(members, end, following, p_values)
            if test is not None and _is_right_behind(article.text, end, test):
                found.add(last.group)
    return found


def _test_behind(
    members: Sequence[Candidate], end: int, following: Candidate | None, p_values: Sequence[Mention]
) -> int | None:
    """Where the P or the estimate behind a list begins, if no other number stands before it."""
    stop = members[-1].sentence.end
    here = following is not None and following.start < stop
    if following is not None and here and following.label in _EFFECTS:
        return following.start
    # shares with a P may be those of an unwanted event, which is for the judge to say
    if members[0].unit == "%":
        return None
    place = bisect_left(p_values, end, key=lambda m: m.start)
    p = p_values[place].start if place < len(p_values) else stop
    return p if p < stop and not (following is not None and here and following.start < p) else None


def _lists(atoms: Sequence[Candidate], out: Sequence[bool]) -> Iterator[tuple[list[Candidate], Candidate | None]]:
    """The lists of which no member is ruled out, each with the number behind it."""
    at = 0
    for _, group in groupby(atoms, key=lambda a: a.group):
        members = list(group)
        first, at = at, at + len(members)
        if len(members) >= _FEWEST and not any(out[first:at]) and _alike(members):
            yield members, atoms[at] if at < len(atoms) else None


def _alike(members: Sequence[Candidate]) -> bool:
    a = members[0]
    return all(
        b.unit == a.unit
        and (b.value is None) == (a.value is None)
        and (b.dispersion is None) == (a.dispersion is None)
        and (b.denominator is None) == (a.denominator is None)
        for b in members[1:]
    )


def _may_be_measured(text: str, a: Candidate) -> bool:
    if a.hyphen or a.low is not None or _NUMBERED.search(text, max(a.sentence.start, a.at - 24), a.at):
        return False
    if a.denominator or a.numerator is not None:
        return True
    bare = a.value is not None and a.dispersion is None and a.ci is None
    if a.unit == "a" or (bare and (a.unit in TIMES or a.unit in DOSE_UNITS)):
        return False
    whole = a.value is not None and a.value == int(a.value)
    return not (bare and a.unit is None and whole)


def _is_right_behind(text: str, end: int, start: int) -> bool:
    return _THEN.fullmatch(text, end, start) is not None and _TOOK_PART.search(text, end, start) is None
