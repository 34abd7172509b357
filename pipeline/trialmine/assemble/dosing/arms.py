"""Which arms a dosing row holds for, and rows of their own for alternatives that are arms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.lengths import names_number
from trialmine.assemble.dosing.sized import arm_by_size
from trialmine.normalise.frequency import per_period
from trialmine.records.article import Article, Block, Mention, Reference

_OTHERWISE = regex.compile(r"(?:\s\([^()]{1,30}\))?,?\s(?:or|and|versus|vs\.?)\s", regex.IGNORECASE)
# "weekly for eight weeks, then every two weeks": a number of weeks or doses stands between
_IN_TURN = regex.compile(
    r"\s(?:(?:for\s(?:the\sfirst\s)?|x\s?|×\s?)[\w-]+\s(?:days?|weeks?|months?|years?|doses|cycles|injections|infusions)"
    r"|for\sthe\sfirst\s(?:week|month|year)|(?:to|until|till|through|up\sto)\s(?:week|month)\s\d{1,2})"
    r"(?:\s\([^()]{1,20}\))?,?\s(?:(?:and\s)?(?:then|thereafter|followed\sby)|(?P<and>and))\s",
    regex.IGNORECASE,
)
# "monthly for one year and every 3 months for the second year"
_NEXT_SPAN = regex.compile(
    r"\s(?:for|during|in)\s(?:the\s|an?\s)?(?:second|next|following|remain\w+|subsequent|third|last|rest|further|additional|another)\b",
    regex.IGNORECASE,
)

# "either once or twice daily", "once versus twice a week"
_ANOTHER_COUNT = regex.compile(
    r"\b(?:(?P<parted>either)\s)?(?P<count>once|twice|thrice|three\stimes)(?:\s?-?\s?(?:daily|a\sday|weekly|a\sweek))?\s(?:or|(?P<parted>versus|vs\.?))\s$",
    regex.IGNORECASE,
)
_BESIDE = 2  # characters from a frequency to how long it was kept up
_COUNTS = {"on": 1.0, "tw": 2.0, "th": 3.0}
_COMPARED = regex.compile(r"\b(?:random\w*|assign\w*|allocat\w*|compar\w*|groups|arms)\b", regex.IGNORECASE)
_OF_CYCLES = regex.compile(
    r"\s(?:of|in)\s(?:(?:each|every|an?|all|the|any|subsequent|following|later|further|remaining|first|second|additional)\s){0,3}"
    r"(?:\d{1,2}[\s-]?(?:day|week)\s)?(?:cycles?|courses?)(?:\s\d+(?:\s?(?:[-–,]|to|and|through)\s?\d+){0,3})?(?:\s(?:onwards?|thereafter))?",
    regex.IGNORECASE,
)
_OTHER_CYCLES = regex.compile(
    _OF_CYCLES.pattern
    + r",?\s?(?:plus|and|then|followed\sby|with|thereafter)?\s?(?:then\s)?"
    + r"(?:an?\s(?:additional|extra|further)\s(?:loading\s)?dose\s)?(?:on\s)?",
    regex.IGNORECASE,
)

_LEAD = regex.compile(
    r"(?:\w+:\s)?(?:the\s|patients\sin\s(?:the\s)?|those\sin\s(?:the\s)?|in\s(?:the\s)?)?", regex.IGNORECASE
)
_ARM = regex.compile(r"\s(?:arm|group)\b", regex.IGNORECASE)
_RECEIVED = regex.compile(r"(?:\s(?:arm|group))?\s(?:received|got|took|was\sgiven|were\sgiven)\b", regex.IGNORECASE)


def with_each_frequency(
    text: str, drafts: Sequence[Draft], frequencies: Sequence[Mention], durations: Sequence[Mention] = ()
) -> list[Draft]:
    """More drafts for doses that were given at two frequencies, told side by side: "5 mg q24h or q12h"."""
    more = []
    for first, second in pairwise(frequencies):
        turned = _follows_in_turn(text, first, second)
        between = any(d.dose_span and first.end <= d.dose_span[0] < second.start for d in drafts)
        if (
            not (turned or _OTHERWISE.fullmatch(text, first.end, second.start))
            or between
            or _of_the_day(second)
            or _of_the_day(first)
        ):
            continue
        for draft in drafts:
            if draft.dose and draft.stated.get("frequency") == [(first.start, first.end)]:
                twin = _twin(draft, "frequency")
                if turned:
                    twin.drop("duration")
                    twin.drop("administrations")
                    own = next((m for m in durations if 0 < m.start - second.end <= _BESIDE), None)
                    if own is not None:
                        twin.fill("duration", own.value, (own.start, own.end))
                twin.fill("frequency", second.value, (second.start, second.end))
                more.append(twin)
    return more + [t for m in frequencies for t in _as_often_first(text, drafts, m)]


def _follows_in_turn(text: str, first: Mention, second: Mention) -> bool:
    """Whether one frequency takes the place of another after a while."""
    turn = _IN_TURN.fullmatch(text, first.end, second.start)
    return turn is not None and (turn["and"] is None or _NEXT_SPAN.match(text, second.end) is not None)


def _as_often_first(text: str, drafts: Sequence[Draft], often: Mention) -> Iterator[Draft]:
    """The rows of the count that stands before another: "either once or twice daily" tells two frequencies."""
    if often.value.count is None or often.value.period is None:
        return
    for draft in drafts:
        first = _ANOTHER_COUNT.search(text, max(draft.sentence.start, often.start - 24), often.start)
        if not first or not draft.dose or draft.stated.get("frequency") != [(often.start, often.end)]:
            continue
        parted = first["parted"] or _COMPARED.search(text, draft.sentence.start, draft.sentence.end)
        count = _COUNTS[first["count"].lower()[:2]]
        if parted and count != often.value.count:
            twin = _twin(draft, "frequency")
            span = (first.start(), often.end)
            told = per_period(count, often.value.period, often.value.period_unit, text[slice(*span)])
            twin.fill("frequency", told, span)
            yield twin


def with_each_days(text: str, drafts: Sequence[Draft], schedules: Sequence[Mention]) -> list[Draft]:
    """More drafts for doses whose days differ by cycle: "day 1 of each cycle plus day 15 of cycle 1"."""
    more = []
    for first, second in pairwise(m for m in schedules if m.value.days):
        other = _OTHER_CYCLES.fullmatch(text, first.end, second.start)
        if other is None or _OF_CYCLES.match(text, second.end) is None or first.value.days == second.value.days:
            continue
        for draft in drafts:
            if draft.dose and (first.start, first.end) in draft.stated.get("schedule", ()):
                twin = _twin(draft, "schedule")
                twin.fill("schedule", second.value, (second.start, second.end))
                more.append(twin)
    return more


def _twin(draft: Draft, kind: str) -> Draft:
    """The same row without this attribute."""
    twin = replace(draft, spans=list(draft.spans), stated=dict(draft.stated))
    twin.drop(kind)
    return twin


def _of_the_day(mention: Mention) -> bool:
    """Whether a frequency names a time of the day, or none at all: "twice daily and at bedtime" is one regimen."""
    return mention.value.period is None or regex.search(r"bed|night|morning|evening", mention.value.text) is not None


def assign_arms(drafts: Sequence[Draft], article: Article, arms: Block) -> None:
    """Fill the arms of every row: those that have the drug, told apart by dose, label or the nearest reference."""
    for draft in drafts:
        if draft.arms:
            continue
        holders = [a for a in arms.rows if draft.intervention in (a.interventions or ())]
        own = [d for d in drafts if d.intervention == draft.intervention]
        if (sized := arm_by_size(draft, own, article, arms.rows)) is not None:
            draft.arms = (sized,)
            continue
        if (loaded := _loaded_in_turn(draft, own, holders)) is not None:
            draft.arms = loaded
            continue
        rivals = [d for d in own if d.dose_key != draft.dose_key]
        if len(holders) > 1 and (subject := _subject(draft, article, arms.references)) in {a.id for a in holders}:
            draft.arms = _with_others(subject, draft, article, arms.references, holders)
            continue
        chosen = _by_dose(draft, holders) if rivals and len(holders) > 1 else holders
        if chosen is holders and len(holders) > 1:
            told = _told_in_turn(draft, own, drafts, arms.references, holders)
            if told is not None:
                chosen = [a for a in holders if a.id == told]
            elif rivals:
                near = _nearest(draft, article, arms.references, {a.id for a in holders})
                chosen = [a for a in holders if near is not None and a.id == near]
        draft.arms = tuple(a.id for a in chosen)


def _subject(draft: Draft, article: Article, references: Sequence[Reference]) -> str:
    """The arm that a sentence begins with and tells of alone: "The A arm received 50 mg/kg"; else ""."""
    start, end = draft.sentence.start, draft.sentence.end
    named = [r for r in references if start <= r.start and r.end <= end]
    first = next((r for r in named if r.end <= draft.place[0]), None)
    if first is None or any(r.id != first.id and _ARM.match(article.text, r.end) for r in named):
        return ""
    led = _LEAD.fullmatch(article.text, start, first.start) and _RECEIVED.match(article.text, first.end)
    return first.id if led else ""


def _with_others(
    subject: str, draft: Draft, article: Article, references: Sequence[Reference], holders: Sequence[Any]
) -> tuple[str, ...]:
    """An arm with those of which the same row is told again: "Group 1 received A 5 mg and B, group 2 A 5 mg and C"."""
    ids, found = {a.id for a in holders}, {subject}
    for sentence, (start, _) in draft.again:
        inside = [r for r in references if sentence.start <= r.start and r.end <= start and r.id in ids]
        if inside and ";" not in article.text[inside[-1].end : start]:
            found.add(inside[-1].id)
    return tuple(a.id for a in holders if a.id in found)


def _loaded_in_turn(draft: Draft, own: Sequence[Draft], holders: Sequence[Any]) -> tuple[str, ...] | None:
    """The arm of one of the loading doses that are listed as many as there are arms; labels tell the later dose."""
    if draft.role != "loading" or draft.dose_span is None:
        return None
    listed = [d for d in own if d.dose_span == draft.dose_span and d.role == "loading"]
    if len(listed) < 2:
        return None
    index = next(i for i, d in enumerate(listed) if d is draft)
    return (holders[index].id,) if len(listed) == len(holders) else ()


def _told_in_turn(
    draft: Draft, own: Sequence[Draft], drafts: Sequence[Draft], references: Sequence[Reference], holders: Sequence[Any]
) -> str | None:
    """The arm that one of a drug's rows is told of, where a sentence tells each arm in turn: "A with B or A with C"."""
    rows = sorted((d for d in own if d.sentence.start == draft.sentence.start), key=lambda d: d.place)
    if len(rows) != len(holders) or len({d.place for d in rows}) < len(rows):
        return None
    stops = [*(d.place[0] for d in rows[1:]), draft.sentence.end]
    told = [_only_arm(d.place, stop, drafts, references, holders) for d, stop in zip(rows, stops, strict=True)]
    if None in told or len(set(told)) < len(told):
        return None
    return next(t for d, t in zip(rows, told, strict=True) if d is draft)


def _only_arm(
    place: tuple[int, int], stop: int, drafts: Sequence[Draft], references: Sequence[Reference], holders: Sequence[Any]
) -> str | None:
    """The one of `holders` that has what else is told between a dose and `stop`: its drugs, else its name."""
    beside = {d.intervention for d in drafts if place[1] <= d.place[0] and d.place[1] <= stop}
    apart = {i for i in beside if not all(i in (a.interventions or ()) for a in holders)}
    found = {a.id for a in holders if apart & set(a.interventions or ())}
    if not apart:
        named = [r for r in references if place[1] <= r.start and r.end <= stop]
        found = {r.id for r in named} & {a.id for a in holders}
    return found.pop() if len(found) == 1 else None


def _by_dose(draft: Draft, holders: Sequence[Any]) -> Sequence[Any]:
    value = draft.dose.value if draft.dose else None
    named = [a for a in holders if value is not None and names_number(a.label or "", value)]
    return named or holders


def _nearest(draft: Draft, article: Article, references: Sequence[Reference], ids: set[str]) -> str | None:
    inside = [r for r in references if draft.sentence.start <= r.start and r.end <= draft.sentence.end and r.id in ids]
    before = [r for r in inside if r.end <= draft.start and ";" not in article.text[r.end : draft.start]]
    after = [r for r in inside if r.start >= draft.end and r.start - draft.end < 12]
    if after and article.text[draft.end : after[0].start].strip() in ("(", "[", "(group", ""):
        return after[0].id
    return before[-1].id if before else None
