"""Which result a P belongs to: the estimate that it stands with, or none, and then it is a row of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import regex

from trialmine.assemble.statistics import model as statistics_model
from trialmine.assemble.statistics.baseline import is_p_of_baseline
from trialmine.assemble.statistics.compared import VERSUS
from trialmine.assemble.statistics.features import end_before, p_features
from trialmine.assemble.statistics.p_apart import effect_behind, list_behind, of_sentence_before
from trialmine.assemble.statistics.p_targets import IsControl, results_before, targets, treated
from trialmine.assemble.statistics.result import COMPARISONS, Result
from trialmine.records.article import Article, Mention

OfNamedArm = Callable[[Mention, Sequence[Result]], Result | None]
_LISTED = regex.compile(r"\s?(?:,|;|and|,\s?and|&|or)\s?")


def place_p_values(
    article: Article, results: Sequence[Result], p_values: Sequence[Mention], is_control: IsControl = lambda _: None,
    of_named_arm: OfNamedArm = lambda *_: None,
) -> list[Result]:  # fmt: skip
    """Give each P to the row that it stands with; the ones left over become rows of their own.

    Args:
        article: the text that was read.
        results: the results found in it; the P of a result is set on it.
        p_values: every P of the text.
        is_control: whether a result is a control group's, None when the text does not tell.
        of_named_arm: which of some results is that of the arm that is named right behind a P, if one is.
    """
    model = statistics_model.models()["p"]
    alone = []
    listed = dict(_listed(article, results, p_values, is_control))
    for p in p_values:
        before = results_before(article, results, p)
        chances = model.probabilities(p_features(article, p, [r.number for r in before if r.number], p_values))
        verdict = "attach" if _stands_with(article, before, p) else max(chances, key=lambda c: chances[c])
        of_named = of_named_arm(p, [r for r in before if r.p is None and _is_listed(r, before)])
        if own := of_named or listed.get(p):
            _give(p, [own])
        elif before and _is_of_unread(article.text, before[-1], p):
            alone.append(Result("p_value", p.start, p=p.value, spans=[_p_span(article, p)]))
        elif effect := effect_behind(article, results, p, p_values):
            _give(p, [effect])
        elif verdict == "attach" and before:
            chosen = targets(article, results, p, p_values, is_control)
            if all(target.p for target in chosen):
                chosen = _next_of_list(article, results, p, p_values, chosen, is_control)
            if not chosen:
                alone.append(Result("p_value", p.start, p=p.value, spans=[_p_span(article, p)], of_one=True))
            _give(p, chosen)
        elif ahead := list_behind(article, results, p, p_values):
            _give(p, [treated(article.text, ahead, is_control)])
        elif is_p_of_baseline(article, p) or _is_planned(article, p):
            continue
        elif compared := of_sentence_before(article, results, p, p_values):
            _give(p, [treated(article.text, compared, is_control)])
        elif verdict == "row" or (verdict == "attach" and chances["row"] > chances["drop"]):
            alone.append(Result("p_value", p.start, p=p.value, spans=[_p_span(article, p)]))
    return alone


def _is_listed(r: Result, before: Sequence[Result]) -> bool:
    """Whether a result is one of the last list of several."""
    last = before[-1].number
    return bool(r.number and last and r.number.group == last.group and r.measure not in COMPARISONS)


# "52% with tea and 38% with water (HR 1 67 …; P": the ratio lost its point, and the P is its own
_UNREAD = regex.compile(
    r"[(\[;,]\s?(?:[a-z]+\s)?(?:(?-i:a?HR|a?OR|a?RR|IRR)|(?:hazards?|odds|risks?|rates?)\sratio|relative\srisk|(?:mean\s)?difference)\b"
    r"[^.;()\d]{0,40}[-–]?\d{1,3}\s(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten)\b)",
    regex.IGNORECASE,
)


def _is_of_unread(text: str, last: Result, p: Mention) -> bool:
    """Whether an estimate that cannot be read stands between the last result and the P."""
    return last.number is not None and _UNREAD.search(text, last.number.end, p.start) is not None


_PLANNED = regex.compile(
    r"\b(?:level\sof\s(?:statistical\s)?significance|significance\slevel|(?:was|were)\s(?:considered|regarded|taken|set|accepted|deemed)\b"
    r"|(?:was|were)\s(?:performed|used|conducted|carried\sout|applied|done)\b)",
    regex.IGNORECASE,
)


# "P < .05 was considered significant", "a significance level of P < .05"
_SIGNIFICANT = regex.compile(
    r"\s?(?:(?:was|is|were|being)\s(?:\w+\s){0,2}|as\s)(?:as\s)?(?:statistical(?:ly)?\s)?significan", regex.IGNORECASE
)
_LEVEL_OF = regex.compile(
    r"\b(?:significance\slevel|level\sof\s(?:statistical\s)?significance)[^.;]{0,25}$", regex.IGNORECASE
)


def _is_planned(article: Article, p: Mention) -> bool:
    """Whether a P is the one that significance was set at, or its sentence tells of the methods how it was tested."""
    text, sentence = article.text, article.sentence_at(p.start)
    if _SIGNIFICANT.match(text, p.end) or (sentence and _LEVEL_OF.search(text, sentence.start, p.start)):
        return True
    methods = sentence is not None and sentence.section == "methods"
    return methods and sentence is not None and _PLANNED.search(text, sentence.start, sentence.end) is not None


# as in "ORs between 0.2 and 0.4, all P < .01"
_WITH = regex.compile(r"[\s,;:]{0,3}(?:all|both|each)?\s?", regex.IGNORECASE)


def _stands_with(article: Article, before: Sequence[Result], p: Mention) -> bool:
    """Whether a P follows an estimate that compares arms with nothing between them."""
    last = before[-1] if before else None
    if last is None or last.number is None or last.measure not in COMPARISONS:
        return False
    return _WITH.fullmatch(article.text, last.number.end, p.start) is not None


def _give(p: Mention, targets: Sequence[Result]) -> None:
    for target in targets:
        if target.p is None:
            target.p = p.value
            target.spans.append((p.start, p.end))


def _next_of_list(
    article: Article, results: Sequence[Result], p: Mention, p_values: Sequence[Mention],
    taken: Sequence[Result], is_control: IsControl,
) -> list[Result]:  # fmt: skip
    """ "3, 5 and 9 (P = .1 for A and P = .02 for B)": the next of three or more, none if the bracket is another."""
    first = taken[0].number
    if len(taken) > 1 or first is None or _CLOSED.search(article.text, end_before(p_values, p.start), p.start):
        return []
    listed = [r for r in results_before(article, results, p) if r.number and r.number.group == first.group]
    free = [r for r in listed if r.p is None and r.at > first.at and not is_control(r)]
    return free[:1] if len(listed) > _PAIRED else []


_CLOSED = regex.compile(r"[)\];]")


def _listed(
    article: Article, results: Sequence[Result], p_values: Sequence[Mention], is_control: IsControl
) -> list[tuple[Mention, Result]]:
    """ "3.1, 4.2 (P = .03 and .2, respectively)": as many P as results or lists before them, each with its own."""
    out: list[tuple[Mention, Result]] = []
    for run in lists_of_p(article.text, p_values):
        since = end_before(p_values, run[0].start)
        before = [r for r in results_before(article, results, run[0]) if r.at >= since]
        heads = list({r.number.group: r for r in reversed(before) if r.number}.values())[::-1]
        treated_list = _of_treated(before, len(run), is_control)
        firsts = _firsts(article.text, before, len(run))
        for fitting in (treated_list, firsts, heads, before, _first_half(before, len(run))):
            if len(fitting) == len(run):
                out += zip(run, fitting, strict=True)
                break
    return out


def _of_treated(before: Sequence[Result], size: int, is_control: IsControl) -> list[Result]:
    """ "4 and 9 with tea and 3 and 8 with water (P = .1 and .02)": the list of the arm that was tested."""
    lists: dict[int, list[Result]] = {}
    for r in before:
        if r.number:
            lists.setdefault(r.number.group, []).append(r)
    if len(lists) != _PAIRED or any(len(members) != size for members in lists.values()) or size < _PAIRED:
        return []
    sides = {control: members for members in lists.values() for control in {is_control(r) for r in members}}
    return sides[False] if sides.keys() == {True, False} and len(sides[False]) == size else []


def _firsts(text: str, before: Sequence[Result], size: int) -> list[Result]:
    """The first of each pair, or the first list of those that are set against each other: as many as there are P."""
    parts = [[r] for r in before[:1]]
    for first, second in pairwise(before):
        a, b = first.number, second.number
        if a and b and a.sentence == b.sentence and VERSUS.search(text, a.end, b.start):
            parts.append([second])
        else:
            parts[-1].append(second)
    if not parts:
        return []
    # "3 vs 5 and 8 vs 9" is cut into 3, 5 and 8, 9
    inner = all(len(part) == _PAIRED for part in parts[1:-1]) and len(parts[0]) == len(parts[-1]) == 1
    if inner and len(parts) == size + 1 and size > 1:
        return [parts[0][0], *(part[1] for part in parts[1:-1])]
    fits = len(parts) > 1 and len(parts[0]) == size and all(len(part) in (1, size) for part in parts[1:])
    return parts[0] if fits else []


def _first_half(before: Sequence[Result], size: int) -> list[Result]:
    """ "4, 3 and 2 with tea and 4, 2 and 1 with water (P = .6, .02 and .01)": those of the arm told first."""
    last = before[-1].number if before else None
    listed = [r for r in before if r.number and last and r.number.group == last.group]
    return listed[:size] if size > 1 and len(listed) == _PAIRED * size else []


_PAIRED = 2


def lists_of_p(text: str, p_values: Sequence[Mention]) -> list[list[Mention]]:
    """Lists of two or more P with nothing but commas between."""
    runs: list[list[Mention]] = []
    for p in p_values:
        if runs and _LISTED.fullmatch(text[runs[-1][-1].end : p.start]):
            runs[-1].append(p)
        else:
            runs.append([p])
    return [run for run in runs if len(run) > 1]


def _p_span(article: Article, p: Mention) -> tuple[int, int]:
    """A lone P is quoted with the words that say what it is of."""
    sentence = article.sentence_at(p.start)
    start = max(sentence.start, p.start - 120) if sentence else p.start
    while (
        start > 0 and start < p.start and not article.text[start - 1].isspace() and sentence and start > sentence.start
    ):
        start += 1
    return start, p.end
