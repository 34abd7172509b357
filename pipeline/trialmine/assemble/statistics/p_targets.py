"""Which of the results before a P it is of."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.compared import comparisons
from trialmine.assemble.statistics.features import end_before
from trialmine.assemble.statistics.result import COMPARISONS, Result
from trialmine.records.article import Article, Mention

IsControl = Callable[[Result], bool | None]
_FOR_ALL = regex.compile(r"\s*(?:for|in)\s(?:both|all|each)\b(?!\scomparisons)|.{0,8}\bboth\b", regex.IGNORECASE)
_ALL_BEFORE = regex.compile(r"\b(?:both|all|each)\s?$", regex.IGNORECASE)


def results_before(article: Article, results: Sequence[Result], p: Mention) -> list[Result]:
    """Results between the sentence's start and the P."""
    sentence = article.sentence_at(p.start)
    first, behind = (
        bisect_left(results, at, key=lambda r: r.at) for at in (sentence.start if sentence else 0, p.start)
    )
    return [r for r in results[first:behind] if r.number]


def targets(
    article: Article, results: Sequence[Result], p: Mention, p_values: Sequence[Mention], is_control: IsControl
) -> list[Result]:
    """The estimate that the P stands with, else the treated group's of the list before it, or the first of that."""
    before = results_before(article, results, p)
    last = before[-1]
    assert last.number is not None
    text = article.text
    of_all = _FOR_ALL.match(text, p.end) or _ALL_BEFORE.search(text, max(0, p.start - 6), p.start)
    if last.measure in COMPARISONS or last.measure == "correlation":
        alike = [r for r in before if r.number and r.number.group == last.number.group and r.measure == last.measure]
        if of_all:
            return alike
        side = _sides(text, alike) if last.measure in _DIFFERENCES else []
        return [treated(text, side, is_control)] if side else [last]
    since = end_before(p_values, last.at)
    listed = [r for r in before if r.number and r.number.group == last.number.group and r.at >= since]
    # "33%, 44% (P = .06), 55% (P = .001)": a P within a list is of the member before it, or of what that is set against
    behind = bisect_right(results, p.end, key=lambda r: r.at)
    following = results[behind].number if behind < len(results) else None
    if following is not None and following.group == last.number.group:
        return [treated(text, comparisons(text, listed)[-1] if listed else [last], is_control)]
    # two values that stand apart ("A (54 ± 12) … B (68 ± 10)") are compared by the P behind the second
    group = listed if len(listed) > 1 else [r for r in before if r.at >= since and parallel(r, last)] or [last]
    if of_all:
        runs = comparisons(text, group)
        # "P < .01 for both doses versus placebo" is none of the placebo's
        compared = [run for run in runs if len(run) > 1 or not is_control(run[0])]
        return [treated(text, run, is_control) for run in compared or runs]
    return [treated(text, group, is_control)]


_DIFFERENCES = frozenset({"mean_difference", "risk_difference"})
_LABELLED = regex.compile(r"[A-Za-z)]\s?[:=]\s?$")


def _sides(text: str, alike: Sequence[Result]) -> list[Result]:
    """The last two of what are called differences, if they are set against each other: amounts of two groups."""
    last = comparisons(text, alike)[-1]
    if len(last) > 1:
        return last
    told = [_LABELLED.search(text, max(0, r.number.at - 4), r.number.at) for r in alike[-2:] if r.number]
    return list(alike[-2:]) if len(told) > 1 and all(told) else []


def treated(text: str, group: Sequence[Result], is_control: IsControl) -> Result:
    """The first result that is none of a control group and none from before a change, where there is another."""
    later = [r for r in group if not _starts(text, r, group)] or list(group)
    first = later[0]
    if len(later) == 1:
        return first
    if is_control(first):
        return next((r for r in later[1:] if is_control(r) is False), _not_called_control(text, later))
    return _not_called_control(text, later)


_CONTROL = (
    r"(?:controls?|placebo|sham|vehicle|untreated|(?:usual|standard|routine|conventional)\s(?:care|treatment|therapy))"
)
_CONTROL_BEFORE = regex.compile(
    rf"{_CONTROL}(?:\s(?:group|arm|patients|subjects|participants))?\s?(?:was\s|were\s|had\s|[:=,(\[]\s?)?$",
    regex.IGNORECASE,
)
_CONTROL_BEHIND = regex.compile(
    rf"[)\]]?\s?[(\[]?(?:(?:of\s(?:the\s)?\w+\s)?(?:in|for|with|on|among|of)\s)?(?:the\s|those\s(?:on|in|given)\s)?{_CONTROL}\b",
    regex.IGNORECASE,
)
# "21 vs 33", "21 and 33 kg": nothing there names one of two groups
_UNNAMED = regex.compile(
    r"(?:(?!\w{3})\w|\W|(?:versus|and|compared|with|than|only|respectively|min|minutes|hours|days|weeks|months)\b)*",
    regex.IGNORECASE,
)


def _not_called_control(text: str, group: Sequence[Result]) -> Result:
    """The first one, or the next if the words beside the first alone name a control group."""
    first, second = group[0].number, group[1].number
    if first is None or second is None or not _is_called_control(text, first, second):
        return group[0]
    return next((r for r in group[1:] if r.number and not _CONTROL_BEHIND.match(text, r.number.end)), group[0])


def _is_called_control(text: str, a: Candidate, following: Candidate) -> bool:
    """Whether a number has the name of a control group beside it, where the next one has a name of its own."""
    if _UNNAMED.fullmatch(text, a.end, following.at):
        return False
    before = _CONTROL_BEFORE.search(text, max(a.sentence.start, a.at - 40), a.at)
    return before is not None or _CONTROL_BEHIND.match(text, a.end, a.sentence.end) is not None


_TO = regex.compile(
    r"[)\]]?\s?(?:%\s?)?(?:(?:at|before|in|of)\s[\w\s]{2,24}\s)?(?:up\s|down\s)?to\s(?:an?\s)?(?:\w+\s)?[-−–~]?$",
    regex.IGNORECASE,
)


def _starts(text: str, r: Result, group: Sequence[Result]) -> bool:
    """Whether a value is where a change starts: "2% to 65%"."""
    following = next((b.number for a, b in pairwise(group) if a is r), None)
    return bool(r.number and following and _TO.fullmatch(text, r.number.end, following.at))


def parallel(a: Result, b: Result) -> bool:
    """Whether two values are of one comparison: the same measure and unit, with or without a spread alike."""
    x, y = a.number, b.number
    return bool(
        x and y and a.measure == b.measure and x.unit == y.unit and (x.dispersion is None) == (y.dispersion is None)
    )
