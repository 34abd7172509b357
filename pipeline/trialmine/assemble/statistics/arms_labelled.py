"""Arms by the label right beside a number that stands in no list of its own: "tablets 8%, drops 24%, placebo 4%"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from trialmine.assemble.statistics.arms_in_turn import right_behind
from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Block

# a label ahead of its value, behind what opens or parts a list
_LABEL = regex.compile(
    r"(?r)(?:[:;,(\[]\s?|\band\s|\bvs\.?\s|\bversus\s)(?P<label>\p{L}[\p{L}\d/+-]{1,20}(?:[\s-][\p{L}\d/+-]{1,20}){0,3})(?:\sgroup|\sarm)?\s?[=:]?\s?$"
)
_ENDS = regex.compile(r"\s?%?\s?(?:[(\[][^()\[\]]{1,30}[)\]])?\s?(?:[,;.)\]]|and\b|vs\b|versus\b|$)", regex.IGNORECASE)
_PART = regex.compile(r"\s?%?\s?(?:[(\[][^()\[\]]{1,30}[)\]])?\s?(?:,\s?and|[,;]|and|vs\.?|versus)\s", regex.IGNORECASE)
_REACH = 90


def arms_labelled(text: str, numbers: Sequence[Candidate], arms: Block) -> dict[int, str | None]:
    """By the place of a number the arm that its label names, None where its label is that of no known arm."""
    found: dict[int, str | None] = {}
    for run in _runs(text, numbers):
        told = {a.at: _named(arms, *span) for a, span in run}
        ids = [i for i in told.values() if i]
        if len(run) > 1 and ids and len(set(ids)) == len(ids):
            found |= told
    return found


def _runs(text: str, numbers: Sequence[Candidate]) -> Iterator[list[tuple[Candidate, tuple[int, int]]]]:
    """Numbers that follow each other, each with the label right before it."""
    run: list[tuple[Candidate, tuple[int, int]]] = []
    for a in numbers:
        label = _LABEL.search(text, max(a.sentence.start, a.at - _REACH), a.at)
        if run and not (label and _PART.fullmatch(text, run[-1][0].number_end, label.start("label"))):
            yield run
            run = []
        if label and _ENDS.match(text, a.number_end):
            run.append((a, label.span("label")))
    yield run


def _named(arms: Block, start: int, end: int) -> str | None:
    ids = {r.id for r in arms.within(start, end)}
    return next(iter(ids)) if len(ids) == 1 else None


_BESIDE = regex.compile(
    r"(?:\s(?:group|arm))?\s?(?:,|,?\sand|or|vs\.?|versus|/)\s?(?:the\s)?|\s?/\s?|,?\s(?:and|or|vs\.?|versus)\s(?:the\s)?",
    regex.IGNORECASE,
)
_OPENS = regex.compile(r"(?:\s(?:group|arm|patients))?\s?[(\[:=]\s?", regex.IGNORECASE)


def arm_right_before(text: str, a: Candidate, arms: Block) -> str | None:
    """ "the tea group (4, 5 and 6)": the one arm whose name opens the list that a number begins."""
    near = arms.within(max(a.sentence.start, a.at - _REACH), a.at)
    last = {r.id for r in near if r.end == near[-1].end}
    return near[-1].id if len(last) == 1 and _OPENS.fullmatch(text, near[-1].end, a.at) else None


def arm_right_behind(text: str, a: Candidate, arms: Block, stop: int | None = None) -> str | None:
    """ "… versus 1 of 8 (12%) on placebo": the one arm that the words right behind a number, up to `stop`, name."""
    near = arms.within(a.number_end, a.sentence.end if stop is None else stop)
    if not near:
        return None
    first = [r for r in near if r.start == near[0].start]
    others = [r for r in near if r.start > near[0].start and r.id != near[0].id]
    if others and _BESIDE.fullmatch(text, max(r.end for r in first), others[0].start):
        return None  # "in the tea vs water arms"
    if len({r.id for r in first}) != 1 or not right_behind(text, max(a.end, a.number_end), first[0].start):
        return None
    return first[0].id
