"""Numbers that the text sets against each other: "21 versus 33", "21 with tea compared with 33 with water"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.result import COMPARISONS, Result
from trialmine.records.article import Block

VERSUS = regex.compile(r"\b(?:vs?\b|versus|compared\s(?:with|to)|as\sopposed\sto|against|than)", regex.IGNORECASE)


# a new subject: words, and the bracket that its numbers stand in
SUBJECT = regex.compile(r"[)\]][^()\[\]]*(?:[A-Za-z]{4}|[A-Z]{2})[^()\[\]]*[(\[]")
_NEAR = 80  # characters within which "versus" joins what stands in no list


def comparisons(text: str, results: Sequence[Result]) -> list[list[Result]]:
    """The results in order, those together that are set against each other; most stand alone."""
    return _runs(results, lambda a, b, _: a.group == b.group and VERSUS.search(text, a.end, b.start) is not None)


def of_one_outcome(text: str, results: Sequence[Result], endpoints: Block) -> list[list[Result]]:
    """The results in order, those together that are of one outcome, whichever: nothing between names another.

    What compares arms is of the outcome of the values before it: "61% versus 43% (difference 18 points; RR 1.4)".
    Where several outcomes are named before a list, its numbers may be of one each.
    """
    ends = [r.number.end for r in results if r.number]

    def several_before(a: Candidate) -> bool:
        since = max((end for end in ends if end <= a.at), default=0)
        return len({r.id for r in endpoints.within(max(since, a.sentence.start), a.at)}) > 1

    def together(a: Candidate, b: Candidate, second: Result) -> bool:
        if a.sentence != b.sentence:
            return False
        if second.measure in COMPARISONS and not endpoints.beginning(a.end, b.start):
            return True
        if a.unit != b.unit:
            return False
        listed = a.group == b.group
        if VERSUS.search(text, a.end, b.start):
            return listed or b.start - a.end < _NEAR
        apart = endpoints.beginning(a.end, b.start) or SUBJECT.search(text, a.end, b.start)
        return listed and not apart and not several_before(a)

    return _runs(results, together)


def _runs(results: Sequence[Result], together: Callable[[Candidate, Candidate, Result], bool]) -> list[list[Result]]:
    runs: list[list[Result]] = []
    for result in results:
        last = runs[-1][-1].number if runs else None
        if last is not None and result.number is not None and together(last, result.number, result):
            runs[-1].append(result)
        else:
            runs.append([result])
    return runs
