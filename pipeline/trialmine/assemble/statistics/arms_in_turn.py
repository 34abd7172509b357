"""Arms that the words around a list give to its numbers: one behind each, or as many in one order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Block, Reference

_WITH = r"(?:in|for|with|on|among|of|after|under|receiving|by)"
# as in "4.1 (SD 5.2) with tea"
_RIGHT_BEHIND = regex.compile(
    rf"(?:\s?%)?[)\]]?\s(?:of\s)?(?:(?:patients|participants|subjects|women|men|those)\s)?{_WITH}\s(?:(?:those|patients)\s{_WITH}\s)?(?:the\s)?",
    regex.IGNORECASE,
)
# a sentence, or a title without a point
_ENDS = regex.compile(r"[.;]\s+[A-Z]|\n\s*\p{Lu}")
_INSIDE = r"(?:[^.;()\[\]]|(?<=\d)\.(?=\d))"
# as in "12%, 14% and 15% in the 5-mg, 10-mg and placebo groups", "… in groups A, B and C, respectively"
_IN_TURN = regex.compile(
    rf"[)\]]?(?:\s?[%\w/]{{1,8}})?,?\s(?:(?:patients|participants|subjects|women|men)\s)?{_WITH}\s(?:the\s)?"
    rf"(?P<items>{_INSIDE}{{3,120}}?)(?:\s(?:groups|arms|recipients|patients|cohorts)\b|,?\srespectively\b)",
    regex.IGNORECASE,
)
_RESPECTIVELY = regex.compile(r"[^.;]{0,25}?\brespectively\b", regex.IGNORECASE)
_JOINT = regex.compile(r",\s?(?:and|or)\s|,\s|\s(?:and|or)\s", regex.IGNORECASE)


def arms_in_turn(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """The arm of each number of a list by its place, None where the words behind give none.

    A number whose words name no arm that is known is left out.
    """
    return (
        _one_behind_each(text, members, arms)
        or _in_one_order(text, members, arms)
        or _in_the_order_before(text, members, arms)
    )


def _one_behind_each(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    stops = [b.at for _, b in pairwise(members)] + [members[-1].sentence.end]
    told: dict[int, set[str]] = {}
    for a, stop in zip(members, stops, strict=True):
        end = max(a.end, a.number_end)
        near = arms.within(a.number_end, stop)
        if not near and not _RIGHT_BEHIND.match(text, end, stop):
            return None  # "12% and 14% with tea"
        ids = {r.id for r in near}
        one = len(ids) == 1 or len({r.start for r in near}) == 1
        if one and _RIGHT_BEHIND.fullmatch(text, end, near[0].start):
            told[a.at] = ids
    # words that may mean two arms mean the one that no other number has
    sure = {at: next(iter(ids)) for at, ids in told.items() if len(ids) == 1}
    left = {at: ids - set(sure.values()) for at, ids in told.items() if at not in sure}
    found = sure | {at: next(iter(ids)) for at, ids in left.items() if len(ids) == 1}
    return found if len(set(found.values())) > 1 else None


def _in_one_order(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    last = members[-1]
    match = _IN_TURN.match(text, last.end, last.sentence.end) if len(members) > 1 else None
    if match is None:
        return None
    start, end = match.span("items")
    cuts = [start, *(m.end() for m in _JOINT.finditer(text, start, end)), end]
    items = [arms.within(a, b)[:1] for a, b in pairwise(cuts)]
    found = {m.at: own[0].id for m, own in zip(members, items, strict=False) if own}
    return found if len(items) == len(members) and len(set(found.values())) == len(found) > 1 else None


def right_behind(text: str, end: int, start: int) -> bool:
    """Whether the words between a number and the name of a group give it the number: "12% of patients on"."""
    return _RIGHT_BEHIND.fullmatch(text, end, start) is not None


_GROUP = regex.compile(r"(?:[\w-]+\s){1,3}?(?:group|arm)\b|placebo\b", regex.IGNORECASE)


def of_unknown_group(text: str, a: Candidate, arms: Block) -> bool:
    """ "14% in the milk group": whether the group right behind a number is none that is known."""
    behind = _RIGHT_BEHIND.match(text, max(a.end, a.number_end), a.sentence.end)
    group = _GROUP.match(text, behind.end(), a.sentence.end) if behind else None
    return group is not None and not arms.within(*group.span())


def in_some_order(text: str, members: Sequence[Candidate]) -> bool:
    """Whether a list has "respectively" behind it."""
    return _RESPECTIVELY.match(text, members[-1].end) is not None


def _in_the_order_before(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """ "14, 8 and 7, respectively" names no arm: the last sentence but this that names them all has their order."""
    first, last = members[0], members[-1]
    # the spread of a number is no arm's amount: "7 ± 4 mg"
    near = arms.within(first.sentence.start, last.sentence.end)
    named = any(not any(m.at <= r.start < m.end for m in members) for r in near)
    if len(members) != len(arms.rows) or named or not in_some_order(text, members):
        return None
    before = arms.within(0, first.sentence.start)
    sentence = _last_sentence(text, before)
    if any(_SET_AGAINST.search(text, max(0, r.start - 40), r.start) for r in sentence):
        sentence = _last_sentence(text, before[: -len(sentence)])
    order = list(dict.fromkeys(r.id for r in sentence))
    return {m.at: i for m, i in zip(members, order, strict=True)} if len(order) == len(members) else None


# "Compared with water, the risk was 0.6 for tea": the control group stands first, out of its order
_SET_AGAINST = regex.compile(
    r"(?:^|[.;:]\s+)(?:As\s)?(?:Compared\s(?:with|to)|Relative\sto|Versus|In\scomparison\s(?:with|to))\s(?:the\s)?$"
)


def _last_sentence(text: str, places: Sequence[Reference]) -> list[Reference]:
    """Those of the places that stand in the sentence of the last one."""
    return [r for r in places if not _ENDS.search(text, r.end, places[-1].start)]
