"""Runs of numbers that end with the arm that all of a run are of: "3 and 6 months with tea and 4 and 7 with water"."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import regex

from trialmine.assemble.statistics.arms_in_turn import right_behind
from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.compared import VERSUS
from trialmine.records.article import Block

_FEWEST = 2
_JOINT = regex.compile(
    r"[\s)\]%]*(?:[A-Za-zµ/]{1,8}\s?)?(?:,|,?\sand|,?\sor|/)\s(?:(?!vs\b|versus\b|with\b|in\b|for\b)[A-Za-z]+\s){0,4}[(\[]?",
    regex.IGNORECASE,
)
Run = tuple[list[Candidate], str]


def runs_of_arms(text: str, numbers: Sequence[Candidate], arms: Block) -> list[list[Run]]:
    """The runs of each sentence that has one for each of two or more arms, all of one size."""
    found = []
    for _, group in groupby(numbers, key=lambda a: a.sentence):
        of_sentence = list(group)
        ended = list(_alike(_runs(text, of_sentence, arms)))
        found += ended or list(_alike(_runs_led(text, of_sentence, arms)))
    return found


def _alike(runs: Iterable[Run]) -> Iterator[list[Run]]:
    """Two or more runs in turn that are of one size, each with another arm."""
    told: list[Run] = []
    for run in (*runs, None):
        fits = run and (not told or len(run[0]) == len(told[0][0])) and run[1] not in {r[1] for r in told}
        if not fits:
            if len(told) >= _FEWEST:
                yield told
            told = []
        if run:
            told.append(run)


def _runs(text: str, numbers: Sequence[Candidate], arms: Block) -> Iterator[Run]:
    """ "3 and 6 months with tea": the runs that have their arm right behind them."""
    run: list[Candidate] = []
    for i, a in enumerate(numbers):
        if run and not _goes_on(text, run[-1], a, arms):
            run = []
        run.append(a)
        stop = numbers[i + 1].at if i + 1 < len(numbers) else a.sentence.end
        end = max(a.end, a.number_end)
        near = arms.within(end, stop)
        first = {r.id for r in near if r.start == near[0].start}
        if near and len(first) == 1 and right_behind(text, end, near[0].start):
            if len(run) >= _FEWEST:
                yield run, near[0].id
            run = []


# from the name of an arm to its first number
_LEADS = regex.compile(
    r"(?:\s(?:group|arm|patients|subjects|participants|recipients))?\s?[,;:=(\[]?\s?(?:(?:[^.;:\d()\[\]]{0,60}\s)?(?:was|were|had|is|are)\s)?(?:(?:about|respectively|only)\s)?",
    regex.IGNORECASE,
)
_AND_ARM = regex.compile(
    r"(?:\s(?:group|arm))?\s?(?:,|,?\sand|,?\sor|/|\svs\.?|\sversus|\sthan|\scompared\s(?:with|to))\s(?:in\s)?(?:the\s)?",
    regex.IGNORECASE,
)


def _runs_led(text: str, numbers: Sequence[Candidate], arms: Block) -> Iterator[Run]:
    """ "in the tea group were 3 and 6 months": the runs that have their arm right before them."""
    i = 0
    while i < len(numbers):
        j = i + 1
        while j < len(numbers) and _goes_on(text, numbers[j - 1], numbers[j], arms):
            j += 1
        if j - i >= _FEWEST and (own := _led_by(text, numbers[i], arms)):
            yield list(numbers[i:j]), own
        i = j


def _led_by(text: str, a: Candidate, arms: Block) -> str | None:
    near = arms.within(a.sentence.start, a.at)
    end = max((r.end for r in near), default=0)
    last = [r for r in near if r.end == end]
    if not last or len({r.id for r in last}) > 1 or not _LEADS.fullmatch(text, last[0].end, a.at):
        return None
    start = min(r.start for r in last)
    joined = any(_AND_ARM.fullmatch(text, r.end, start) for r in near if r.id != last[0].id and r.end <= start)
    return None if joined else last[0].id


def _goes_on(text: str, a: Candidate, b: Candidate, arms: Block) -> bool:
    end = max(a.end, a.number_end)
    if VERSUS.search(text, end, b.at) or arms.within(end, b.at):
        return False
    return _JOINT.fullmatch(text, end, b.at) is not None
