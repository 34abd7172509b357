"""Which two of several arms an estimate compares: "superior to A (2.1) and to B (0.4)", "between A and B was 2.1"."""

from __future__ import annotations

from collections.abc import Container, Sequence

import regex

from trialmine.assemble.statistics.compared import VERSUS
from trialmine.assemble.statistics.result import Result
from trialmine.records.article import Reference

_BETWEEN = regex.compile(r"\bbetween\s", regex.IGNORECASE)
_THAN = regex.compile(r"\b(?:to|than|versus|vs\.?|over|with|from|against)\s(?:the\s)?$", regex.IGNORECASE)
# from the name of the other side to the number: "(mean difference "
_ITS_NUMBER = regex.compile(
    r"(?:\s(?:group|arm|alone))?\s?[(\[](?:(?!\b(?:and|or|versus|vs)\b)[^()\[\]\d;]){0,60}", regex.IGNORECASE
)


def compared_pair(
    text: str, result: Result, named: Sequence[Reference], controls: Container[str] = ()
) -> tuple[str, ...] | None:
    """The two arms that the words at an estimate set against each other, None where they name no two.

    Args:
        text: the text that was read.
        result: the estimate, or a P of its own.
        named: the places in its sentence that name arms, in order.
        controls: the arms that others are set against.
    """
    before = [r for r in named if r.end <= result.at]
    told_before = before and result.measure != "p_value" and _between(text, result.at, before)
    if pair := told_before or _right_before(text, result.at, named) or _right_behind(text, _end(result), named):
        return pair
    if result.measure == "p_value":
        since = max((m.end() for m in _CLAUSE.finditer(text, named[0].start, result.at)), default=0)
        before = [r for r in before if r.start >= since]
    if not before:
        return _told_behind(text, result, named)
    if pair := _own_behind(text, result, named, controls):
        return pair
    found = _between(text, result.at, before) or _subject_and_other(text, result.at, before)
    return found or _of_bracket(text, result, named, controls) or _told_behind(text, result, named)


def _end(result: Result) -> int:
    return result.number.end if result.number else max((end for _, end in result.spans), default=result.at)


# where one comparison of a sentence ends and the next begins
_CLAUSE = regex.compile(
    r";\s|[)\]],?\s(?:and|but|while|whereas)\s|(?-i:\b[Pp])\s?[<>=≤≥]\s?[\d.]+[)\]]?,?\s(?=and\b|but\b|while\b|whereas\b|for\b|\p{L})",
    regex.IGNORECASE,
)
_GROUP = r"(?:\s(?:groups?|arms?|alone|treatment|therapy))?"
_SIDES = regex.compile(
    rf"{_GROUP}\s(?:vs?\b\.?|versus|compared\s(?:with|to)|relative\sto|over|minus)\s(?:the\s)?", regex.IGNORECASE
)
_THEN_NUMBER = regex.compile(
    rf"{_GROUP}(?:\s?[:,=(\[]\s?|\s)(?:(?:HR|OR|RR|adjusted|hazards?|odds|risks?|rate|ratio|relative|risk|mean|difference|of|was|is|=|,)[\s,=:]{{0,3}}){{0,5}}",
    regex.IGNORECASE,
)


def _right_before(text: str, at: int, named: Sequence[Reference]) -> tuple[str, ...] | None:
    """ "(tea vs water, P = .03; tea vs milk, HR 0.6": the two that stand right before it."""
    before = [r for r in named if r.end <= at]
    lasts = [r for r in before if _THEN_NUMBER.fullmatch(text, r.end, at)]
    return _side_of(text, before, lasts[-1]) if lasts else None


def _side_of(text: str, named: Sequence[Reference], last: Reference) -> tuple[str, ...] | None:
    """The arm that another is set against, and that one, where the two stand side by side."""
    firsts = [r for r in named if r.id != last.id and _SIDES.fullmatch(text, r.end, last.start)]
    alone = len({r.id for r in firsts}) == 1 and not _is_one_of_several(text, named, firsts[-1])
    return (firsts[-1].id, last.id) if alone else None


_BESIDE = regex.compile(rf"{_GROUP}(?:,|,?\s(?:and|or|&))\s(?:to\s|with\s|than\s)?(?:the\s)?", regex.IGNORECASE)


def _is_one_of_several(text: str, named: Sequence[Reference], r: Reference) -> bool:
    """Whether another arm is joined to it: "tea and milk compared with water"."""
    return any(o.id != r.id and _BESIDE.fullmatch(text, o.end, r.start) for o in named)


_FOR = regex.compile(
    r"(?:\s?%?\s?[,;]?\s?(?:95%\s)?)?[)\]]?,?\s?(?:for\s)?(?:the\s)?(?:comparison\s(?:of|between)\s|comparing\s|difference\sbetween\s|between\s)?(?:the\s)?",
    regex.IGNORECASE,
)
_AND_SIDES = regex.compile(
    rf"{_GROUP}\s(?:vs?\b\.?|versus|compared\s(?:with|to)|relative\sto|over|against|and|with)\s(?:the\s)?",
    regex.IGNORECASE,
)


def _right_behind(text: str, end: int, named: Sequence[Reference]) -> tuple[str, ...] | None:
    """ "P = .04 for tea versus water": the two that stand right behind it."""
    behind = [r for r in named if r.start >= end]
    firsts = [r for r in behind if r.start > end and _FOR.fullmatch(text, end, r.start)]
    if not firsts:
        return None
    joint = _SIDES if _AT_ONCE.fullmatch(text, end, firsts[0].start) else _AND_SIDES
    for r in behind:
        if r.id != firsts[-1].id and joint.fullmatch(text, firsts[-1].end, r.start):
            return (firsts[-1].id, r.id)
    return None


_AT_ONCE = regex.compile(r"[\s)\],;%]*")  # "P = .04, tea vs water"


def _of_bracket(
    text: str, result: Result, named: Sequence[Reference], controls: Container[str]
) -> tuple[str, ...] | None:
    """ "3% with water, 2% with tea (RR 0.7) and 1% with milk (RR 0.4)": its own and the one told first."""
    before = [r for r in named if r.end <= result.at]
    opened = max(text.rfind("(", before[0].end, result.at), text.rfind("[", before[0].end, result.at))
    outside = [r for r in before if r.end <= opened]
    inside = [r for r in before if r.start > opened]
    if opened < 0 or not outside or ")" in text[opened : result.at] or ";" in text[opened : result.at]:
        return None
    if _AND_AGAINST.search(text, outside[0].end, opened):
        return None
    own = [r for r in outside if _OPENS.fullmatch(text, r.end, opened)]
    first = outside[0]
    if (
        not own
        or len({r.id for r in own}) > 1
        or _is_one_of_several(text, [r for r in outside if r.id not in controls], own[-1])
    ):
        return None
    if own[-1].id == first.id or {r.id for r in inside} - {own[-1].id}:
        return None
    against = next((r for r in outside if r.id != first.id), None)
    if first.id in controls or (against is not None and VERSUS.search(text, first.end, against.start)):
        return (own[-1].id, first.id)
    # "of those given tea, milk or water, 44% on tea vs 17% on water (OR 3.8": the one told last before
    last = [r for r in outside if r.id != own[-1].id and r.end <= own[-1].start][-1:]
    return (last[0].id, own[-1].id) if last and _VS.search(text, last[0].end, own[-1].start) else None


_AND_AGAINST = regex.compile(r"\band\s(?:vs?\b\.?|versus|compared|than)", regex.IGNORECASE)
_VS = regex.compile(r"(?:[^.;()]|(?<=\d)\.(?=\d)){0,40}\b(?:vs?\b\.?|versus|compared\s(?:with|to))", regex.IGNORECASE)


_OPENS = regex.compile(r"(?:\sof\s[\w-]+)?(?:\s(?:group|arm|alone|patients|treatment))?\s?", regex.IGNORECASE)


_OF_ARM = regex.compile(r"[)\]]?\s(?:for|with|in|on|after)\s(?:the\s)?", regex.IGNORECASE)


def _own_behind(
    text: str, result: Result, named: Sequence[Reference], controls: Container[str]
) -> tuple[str, ...] | None:
    """ "compared with water, the effect was -4 (P = .01) for tea and -3 for milk": the arm behind, and the control."""
    against = {r.id for r in named if r.id in controls}
    behind = [r for r in named if r.start >= _end(result)]
    if result.measure == "p_value" or len(against) != 1 or not behind or behind[0].id in controls:
        return None
    end = max([_end(result), *(e for _, e in result.spans)])
    own = [r for r in behind if r.start == next((b.start for b in behind if b.start >= end), None)]
    if len({r.id for r in own}) != 1 or not _OF_ARM.fullmatch(text, end, own[0].start):
        return None
    return (own[0].id, against.pop())


_STRETCH = regex.compile(r"\s(?:for|between|vs\.?|versus|comparing)\s[^();]{2,80}", regex.IGNORECASE)


def _told_behind(text: str, result: Result, named: Sequence[Reference]) -> tuple[str, ...] | None:
    """ "P = .04 for the mixture versus tea": those of the two that are known."""
    end = _end(result)
    stretch = _STRETCH.match(text, end) if result.measure == "p_value" else None
    ids = dict.fromkeys(r.id for r in named if stretch and end <= r.start < stretch.end())
    return tuple(ids) if ids and stretch and _AGAINST.search(stretch[0]) else None


_AGAINST = regex.compile(r"\b(?:vs|versus|and|compared)\b", regex.IGNORECASE)


def _between(text: str, at: int, before: Sequence[Reference]) -> tuple[str, ...] | None:
    last = None
    for last in _BETWEEN.finditer(text, max(0, before[0].start - 40), at):  # noqa: B007
        pass
    if last is None:
        return None
    ids = list(dict.fromkeys(r.id for r in before if r.start >= last.end() - 1))
    return tuple(ids) if len(ids) == 2 else None


def _subject_and_other(text: str, at: int, before: Sequence[Reference]) -> tuple[str, ...] | None:
    first, last = before[0], before[-1]
    others = [r for r in before[1:] if r.id != first.id]
    # "tea and milk were superior to water": two subjects
    told = all(_THAN.search(text, max(0, r.start - 14), r.start) for r in others)
    alone = told and last.id != first.id and _ITS_NUMBER.fullmatch(text, last.end, at) is not None
    return (first.id, last.id) if alone else None
