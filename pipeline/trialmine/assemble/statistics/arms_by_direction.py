"""The arm that a sentence says has more or less: in "oedema (32% vs 22%) was commoner with A" A has the 32%."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Block, Reference

_OFTEN = r"(?:common|frequent|likely|prevalent)(?:ly)?"
_MORE = rf"(?:commoner|(?:much\s)?more\s(?:{_OFTEN}|often)|higher|greater)"
_LESS = rf"(?:rarer|(?:much\s)?less\s(?:{_OFTEN}|often)|lower)"
_COMPARED = regex.compile(
    r"\b(?:was|were)\s(?:(?:significantly|also|all|both|seen|reported|observed)\s)?"
    rf"(?:(?P<more>{_MORE})|(?P<less>{_LESS}))\s(?:with|in|among|on|after)\s(?:the\s)?",
    regex.IGNORECASE,
)
# "the rate was lower than with water (31% vs 44%)": what another is set against comes second, wherever it stands
_AGAINST = regex.compile(
    r"\b(?:than|compared\s(?:with|to)|relative\sto|versus|vs\.?|over|in\scontrast\sto|superior\sto|inferior\sto)"
    r"\s(?:(?:in|with|for|on|among|after|of|the|those|that|patients|subjects|participants|women|men|children|receiving|given|treated|taking)\s){0,5}$",
    regex.IGNORECASE,
)
_OPENED = regex.compile(r"[(\[][^()\[\]\d]{0,30}$")
_PAIRED = regex.compile(r"(?:\s?%)?\s(?:vs?\b\.?|versus|and)\s", regex.IGNORECASE)


def arms_by_direction(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """The arm of each of two numbers, where the sentence names one arm behind them and says that it has more or less.

    Args:
        text: the text that was read.
        members: the numbers of a list, or of one of its pairs.
        arms: the arms with the places that name them; there must be two.
    """
    if len(members) != 2 or len(arms.rows) != 2:
        return _than(text, members, arms) if len(members) == 2 and len(arms.rows) > 2 else None
    first, second = members
    sentence, end = first.sentence, max(second.end, second.number_end)
    paired = _PAIRED.fullmatch(text, max(first.end, first.number_end), second.at)
    if not paired or first.value is None or second.value is None or abs(first.value) == abs(second.value):
        return None
    named = arms.within(sentence.start, sentence.end)
    if pair := _in_bracket(text, members, arms) or _behind_a_control(text, members, arms):
        return pair
    told = _COMPARED.search(text, end, sentence.end)
    if told is None or not named or len({r.id for r in named}) != 1 or named[0].start != told.end():
        return None
    high, low = (first, second) if abs(first.value) > abs(second.value) else (second, first)
    own, other = (high, low) if told["more"] else (low, high)
    return {own.at: named[0].id, other.at: next(a.id for a in arms.rows if a.id != named[0].id)}


def _than(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """ "sleep was better with tea than water (17 vs 5": of more arms the other one is known, the subject if told."""
    first, second = members
    start = first.sentence.start
    opened = _OPENED.search(text, max(start, first.at - 40), first.at)
    if opened is None or not _PAIRED.fullmatch(text, max(first.end, first.number_end), second.at):
        return None
    named = arms.within(start, opened.start())
    last = [r for r in named if _CLOSE_BEFORE.fullmatch(text, r.end, opened.start())]
    if not last or not _AGAINST.search(text, max(start, last[-1].start - 70), last[-1].start):
        return None
    other = last[-1].id
    if any(r.id not in (other,) and _AGAINST.search(text, max(start, r.start - 70), r.start) for r in named):
        return None
    subjects = {r.id for r in named} - {other}
    found = {second.at: other}
    return found | {first.at: subjects.pop()} if len(subjects) == 1 else found


_CLOSE_BEFORE = regex.compile(r"(?:\s(?:group|arm|recipients|patients|alone))?\s?", regex.IGNORECASE)
# "Relative to water, weight fell with tea, and 63% versus 27%": the second is what others are set against
_LED_AGAINST = regex.compile(
    r"\s*(?:\p{L}+:?\s){0,2}?(?:Compared\s(?:with|to)|Relative\sto|Versus|In\scomparison\s(?:with|to)|In\scontrast\sto)\s(?:the\s)?",
    regex.IGNORECASE,
)


def _behind_a_control(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    first, second = members
    named = arms.within(first.sentence.start, first.sentence.end)
    led = _LED_AGAINST.match(text, first.sentence.start)
    if led is None or not named or named[0].start != led.end() or named[-1].end > first.at:
        return None
    other = next(a.id for a in arms.rows if a.id != named[0].id)
    return {first.at: other, second.at: named[0].id}


def _in_bracket(text: str, members: Sequence[Candidate], arms: Block) -> dict[int, str] | None:
    """ "the tea group had less pain (3 vs 5)": the arm that the sentence speaks of comes first, the other second."""
    first, second = members
    start = first.sentence.start
    opened = _OPENED.search(text, max(start, first.at - 40), first.at)
    if opened is None or arms.beginning(opened.start(), min(second.sentence.end, second.number_end + 30)):
        return None
    ids = {a.id for a in arms.rows}
    against: set[str] = set()
    subjects: set[str] = set()
    named = arms.within(start, opened.start())
    for r in named:
        if any(o.start <= r.start and r.end <= o.end and o.id != r.id and _longer(o, r) for o in named):
            continue  # "water" in "the tea-water group"
        side = against if _AGAINST.search(text, max(start, r.start - 70), r.start) else subjects
        side.add(r.id)
    if len(subjects) == 1 and not subjects & against:
        own = next(iter(subjects))
    elif len(against) == 1 and not subjects:
        own = next(iter(ids - against))
    else:
        return None
    return {first.at: own, second.at: next(iter(ids - {own}))}


def _longer(a: Reference, b: Reference) -> bool:
    return a.end - a.start > b.end - b.start
