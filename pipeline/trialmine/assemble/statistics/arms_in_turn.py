"""Arms that the words behind a list give to its numbers: one behind each, or as many in the same order."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Block

_WITH = r"(?:in|for|with|on|among|of|after|under|receiving|by)"
# as in "4.1 (SD 5.2) with tea"
_RIGHT_BEHIND = regex.compile(
    rf"[)\]]?\s(?:of\s)?(?:(?:patients|participants|subjects|women|men|those)\s)?{_WITH}\s(?:(?:those|patients)\s{_WITH}\s)?(?:the\s)?",
    regex.IGNORECASE,
)
_INSIDE = r"(?:[^.;()\[\]]|(?<=\d)\.(?=\d))"
# as in "12%, 14% and 15% in the 5-mg, 10-mg and placebo groups", "… in groups A, B and C, respectively"
_IN_TURN = regex.compile(
    rf"[)\]]?(?:\s?[%\w/]{{1,8}})?,?\s(?:(?:patients|participants|subjects|women|men)\s)?{_WITH}\s(?:the\s)?"
    rf"(?P<items>{_INSIDE}{{3,120}}?)(?:\s(?:groups|arms|recipients|patients|cohorts)\b|,?\srespectively\b)",
    regex.IGNORECASE,
)
_JOINT = regex.compile(r",\s?(?:and|or)\s|,\s|\s(?:and|or)\s", regex.IGNORECASE)


def arms_in_turn(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """The arm of each number of a list by its place, None where the words behind give none.

    A number whose words name no arm that is known is left out.
    """
    return _one_behind_each(text, members, arms) or _in_one_order(text, members, arms)


def _one_behind_each(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    stops = [b.at for _, b in pairwise(members)] + [members[-1].sentence.end]
    found = {}
    for a, stop in zip(members, stops, strict=True):
        end = max(a.end, a.number_end)
        near = arms.within(a.number_end, stop)
        if not near and not _RIGHT_BEHIND.match(text, end, stop):
            return None  # "12% and 14% with tea"
        if len({r.id for r in near}) == 1 and _RIGHT_BEHIND.fullmatch(text, end, near[0].start):
            found[a.at] = near[0].id
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
