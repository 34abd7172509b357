"""What the judge of links sees of a result and an arm: where the arm is named around the number and its list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Article, Block, Reference

_STEP = 10  # characters per step of distance
_FARTHEST = 5
_MOST = 3
_BEFORE = 300  # characters before a sentence without arms in which one may be named
_LEAD = regex.compile(
    r"\W{0,3}(?:[\w/%²-]+\s){0,2}?(?P<word>for|in|with|on|of|after|among|receiving|during|by|versus|vs|and|than|to)\b",
    regex.IGNORECASE,
)
_APART = regex.compile(r"[.;]|,\s|\d")
# "3.2 per 100 person-years with tea"
_PER = regex.compile(r"^\s?(?:per|/)\s?(?:1[0,]*\s)?[\w-]+(?:\s?[-‑ ]?(?:years?|months?|days?))?", regex.IGNORECASE)
_SIGN = regex.compile(r"[:=(,]")


@dataclass(frozen=True, slots=True)
class Setting:
    """A result among the other results of its text, and the arms that its sentence names."""

    number: Candidate
    members: tuple[Candidate, ...]  # of its list, in order
    sentence: tuple[Candidate, ...]  # results of its sentence, in order
    left: tuple[Reference, ...]
    right: tuple[Reference, ...]

    @property
    def place(self) -> int:
        """Which of its list it is."""
        return self.members.index(self.number)

    @property
    def order(self) -> list[str]:
        """Ids of the arms in the order in which the sentence names them."""
        return list(dict.fromkeys(r.id for r in (*self.left, *self.right)))


def setting_of(number: Candidate, numbers: Sequence[Candidate], arms: Block) -> Setting:
    """The setting of one number among all numbers that are results, which are in text order."""
    s = number.sentence
    named = arms.within(s.start, s.end)
    first, behind = (bisect_left(numbers, at, key=lambda b: b.at) for at in (s.start, s.end))
    here = numbers[first:behind]
    return Setting(
        number,
        tuple(b for b in here if b.group == number.group),
        tuple(b for b in here if b.sentence == s),
        tuple(r for r in named if r.end <= number.at),
        tuple(r for r in named if r.start >= number.number_end),
    )


def arm_features(article: Article, setting: Setting, arms: Block, k: int) -> list[str]:
    """Features of a result and arm k among all arms."""
    found = (
        *_beside(article.text, setting, arms.rows[k].id), *_in_order(setting, arms, k), *_unnamed(setting, arms, k),
    )  # fmt: skip
    return list(dict.fromkeys(found))


def _beside(text: str, s: Setting, own: str) -> Iterator[str]:
    """The last arm since the number before, and the first until the number behind."""
    a = s.number
    floor = max((b.number_end for b in s.sentence if b.at < a.at), default=a.sentence.start)
    stop = min((b.at for b in s.sentence if b.at > a.at), default=a.sentence.end)
    since = [r for r in s.left if r.start >= floor]
    until = [r for r in s.right if r.end <= stop]
    last = since[-1].id == own if since else None
    first = until[0].id == own if until else None
    gap = _PER.sub("", text[a.end : until[0].start]) if until else ""
    lead = _LEAD.match(gap)
    tight = bool(until) and not _APART.search(gap)
    yield f"since_last={last}&until_first={first}"
    yield f"until={first}&lead={lead['word'].lower() if lead else None}"
    yield f"until={first}&tight={tight}&since={last}&members={min(len(s.members), _MOST)}"
    if since:
        before = text[since[-1].end : a.at]
        yield f"since={last}&gap={min(len(before) // _STEP, _FARTHEST)}&sign={_SIGN.search(before) is not None}"
    if until:
        yield f"until={first}&gap={min((until[0].start - a.number_end) // _STEP, _FARTHEST)}"


def _in_order(s: Setting, arms: Block, k: int) -> Iterator[str]:
    """Lists of arms and of numbers in the same order, before or behind each other."""
    own, place, size = arms.rows[k].id, s.place, len(s.members)
    start, end = s.members[0].at, s.members[-1].number_end
    inside = any(start <= r.start < end for r in (*s.left, *s.right))
    named = {"left": [r for r in s.left if r.end <= start], "right": [r for r in s.right if r.start >= end]}
    for side, references in named.items():
        order = list(dict.fromkeys(r.id for r in references))
        at = order.index(own) if own in order else None
        if size == 1:
            ends = bool(references) and references[-1].id == own, bool(references) and references[0].id == own
            yield f"{side}_single&last={ends[0]}&first={ends[1]}&named={min(len(order), _MOST)}"
            continue
        if len(order) == size:
            yield f"{side}_order={at == place}&inside={inside}"
        if len(order) > size:
            tail = at is not None and at - (len(order) - size) == place
            yield f"{side}_tail={tail}&head={at == place}&inside={inside}"
        yield (
            f"{side}_named={min(len(order), _MOST)}&at={None if at is None else min(at, _MOST)}"
            f"&place={min(place, _MOST)}&members={min(size, _MOST)}&inside={inside}"
        )
    order, numbers = s.order, s.sentence
    if len(order) == len(numbers) > 1:
        yield f"sentence_order={own in order and order.index(own) == numbers.index(s.number)}&inside={inside}"


def _unnamed(s: Setting, arms: Block, k: int) -> Iterator[str]:
    """What is known where the sentence names no arm, or not this one."""
    row, place, size = arms.rows[k], s.place, len(s.members)
    yield f"role={row.role}&place={min(place, 2)}"
    yield f"arms={min(len(arms.rows), 4)}&named={row.id in s.order}"
    if s.order:
        return
    begin = s.number.sentence.start
    past = [r for r in arms.references if begin - _BEFORE <= r.start and r.end <= begin]
    yield f"none&recent={bool(past) and past[-1].id == row.id}&members={min(size, _MOST)}"
    yield f"none&k={min(k, _MOST)}&place={min(place, _MOST)}&all={size == len(arms.rows)}"
    yield f"none&role={row.role}&place={min(place, 2)}&members={min(size, _MOST)}"
