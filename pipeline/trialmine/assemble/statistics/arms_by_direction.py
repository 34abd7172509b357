"""The arm that a sentence says has more or less: in "oedema (32% vs 22%) was commoner with A" A has the 32%."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Block

_OFTEN = r"(?:common|frequent|likely|prevalent)(?:ly)?"
_MORE = rf"(?:commoner|(?:much\s)?more\s(?:{_OFTEN}|often)|higher|greater)"
_LESS = rf"(?:rarer|(?:much\s)?less\s(?:{_OFTEN}|often)|lower)"
_COMPARED = regex.compile(
    r"\b(?:was|were)\s(?:(?:significantly|also|all|both|seen|reported|observed)\s)?"
    rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\s(?:with|in|among|on|after)\s(?:the\s)?",
    regex.IGNORECASE,
)
_PAIRED = regex.compile(r"(?:\s?%)?\s(?:vs?\b\.?|versus|and)\s", regex.IGNORECASE)


def arms_by_direction(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """The arm of each of two numbers, where the sentence names one arm behind them and says that it has more or less.

    Args:
        text: the text that was read.
        members: the numbers of a list, or of one of its pairs.
        arms: the arms with the places that name them; there must be two.
    """
    if len(members) != 2 or len(arms.rows) != 2:
        return None
    first, second = members
    sentence, end = first.sentence, max(second.end, second.number_end)
    if first.value is None or second.value is None or abs(first.value) == abs(second.value):
        return None
    if not _PAIRED.fullmatch(text, max(first.end, first.number_end), second.at):
        return None
    named = arms.within(sentence.start, sentence.end)
    told = _COMPARED.search(text, end, sentence.end)
    if told is None or not named or len({r.id for r in named}) != 1 or named[0].start != told.end():
        return None
    high, low = (first, second) if abs(first.value) > abs(second.value) else (second, first)
    own, other = (high, low) if told["more"] else (low, high)
    return {own.at: named[0].id, other.at: next(a.id for a in arms.rows if a.id != named[0].id)}
