"""Which two of several arms an estimate compares: "superior to A (2.1) and to B (0.4)", "between A and B was 2.1"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.statistics.result import Result
from trialmine.records.article import Reference

_BETWEEN = regex.compile(r"\bbetween\s", regex.IGNORECASE)
_THAN = regex.compile(r"\b(?:to|than|versus|vs\.?|over|with|from|against)\s(?:the\s)?$", regex.IGNORECASE)
# from the name of the other side to the number: "(mean difference "
_ITS_NUMBER = regex.compile(
    r"(?:\s(?:group|arm|alone))?\s?[(\[](?:(?!\b(?:and|or|versus|vs)\b)[^()\[\]\d;]){0,60}", regex.IGNORECASE
)


def compared_pair(text: str, result: Result, named: Sequence[Reference]) -> tuple[str, ...] | None:
    """The two arms that the words right before an estimate set against each other, None where they name no two.

    Args:
        text: the text that was read.
        result: the estimate.
        named: the places in its sentence that name arms, in order.
    """
    before = [r for r in named if r.end <= result.at]
    if not before:
        return None
    return _between(text, result.at, before) or _subject_and_other(text, result.at, before)


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
