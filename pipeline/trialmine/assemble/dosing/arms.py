"""Which arms a dosing row holds for, and rows of their own for alternatives that are arms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.lexicon.occurrences import occurrences
from trialmine.records.article import Article, Block, Mention, Reference

_OTHERWISE = regex.compile(r"(?:\s\(n\s?=\s?\d+\))?,?\s(?:or|and|versus|vs\.?)\s", regex.IGNORECASE)
# "weekly for eight weeks, then every two weeks": a number of weeks or doses stands between
_IN_TURN = regex.compile(
    r"\s(?:for\s(?:the\sfirst\s)?|x\s?|×\s?)[\w-]+\s(?:weeks?|months?|doses|cycles|injections|infusions)(?:\s\([^()]{1,20}\))?,?\s(?:and\s)?(?:then|thereafter|followed\sby)\s",
    regex.IGNORECASE,
)
_BEFORE_NUMBER, _BEHIND_NUMBER = regex.compile(r"(?<![\d.])"), regex.compile(r"(?![\d.]*\d)")
_ALTERNATIVE = regex.compile(r"\bor\b|\bversus\b|\bvs\b", regex.IGNORECASE)


def split_alternatives(drafts: Sequence[Draft], arms: Block) -> list[Draft]:
    """ "a 1- or 2-week course" is two rows when the lengths tell arms apart."""
    out: list[Draft] = []
    for draft in drafts:
        d = draft.duration
        holders = [a for a in arms.rows if draft.intervention in (a.interventions or ())]
        if d is None or d.value is None or d.value_max is None or len(holders) < 2 or not _ALTERNATIVE.search(d.text):
            out.append(draft)
            continue
        for value in (d.value, d.value_max):
            one = d.model_copy(update={"value": value, "value_max": None})
            named = tuple(a.id for a in holders if _names_number(a.label or "", value))
            out.append(replace(draft, duration=one, arms=named, spans=list(draft.spans)))
    return out


def with_each_frequency(text: str, drafts: Sequence[Draft], frequencies: Sequence[Mention]) -> list[Draft]:
    """More drafts for doses that were given at two frequencies, told side by side: "5 mg q24h or q12h"."""
    more = []
    for first, second in pairwise(frequencies):
        turned = _IN_TURN.fullmatch(text, first.end, second.start) is not None
        if (
            not (turned or _OTHERWISE.fullmatch(text, first.end, second.start))
            or _of_the_day(second)
            or _of_the_day(first)
        ):
            continue
        for draft in drafts:
            if draft.dose and draft.stated.get("frequency") == [(first.start, first.end)]:
                twin = replace(draft, frequency=None, spans=list(draft.spans), stated=dict(draft.stated))
                twin.drop("frequency")
                if turned:
                    twin.drop("duration")
                    twin.drop("administrations")
                twin.fill("frequency", second.value, (second.start, second.end))
                more.append(twin)
    return more


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
        rivals = [d for d in own if d.dose_key != draft.dose_key]
        chosen = _by_dose(draft, holders) if rivals and len(holders) > 1 else holders
        if chosen is holders and len(holders) > 1:
            told = _told_in_turn(draft, own, drafts, arms.references, holders)
            if told is not None:
                chosen = [a for a in holders if a.id == told]
            elif rivals:
                near = _nearest(draft, article, arms.references, {a.id for a in holders})
                chosen = [a for a in holders if near is not None and a.id == near]
        draft.arms = tuple(a.id for a in chosen)


def _told_in_turn(
    draft: Draft, own: Sequence[Draft], drafts: Sequence[Draft], references: Sequence[Reference], holders: Sequence[Any]
) -> str | None:
    """The arm that one of a drug's rows is told of, where a sentence tells each arm in turn: "A with B or A with C"."""
    rows = sorted((d for d in own if d.sentence.start == draft.sentence.start), key=_place)
    if len(rows) != len(holders) or len({_place(d) for d in rows}) < len(rows):
        return None
    stops = [*(_place(d)[0] for d in rows[1:]), draft.sentence.end]
    told = [_only_arm(_place(d), stop, drafts, references, holders) for d, stop in zip(rows, stops, strict=True)]
    if None in told or len(set(told)) < len(told):
        return None
    return next(t for d, t in zip(rows, told, strict=True) if d is draft)


def _place(draft: Draft) -> tuple[int, int]:
    return draft.dose_span or (draft.start, draft.end)


def _only_arm(
    place: tuple[int, int], stop: int, drafts: Sequence[Draft], references: Sequence[Reference], holders: Sequence[Any]
) -> str | None:
    """The one of `holders` that has what else is told between a dose and `stop`: its drugs, else its name."""
    beside = {d.intervention for d in drafts if place[1] <= _place(d)[0] and _place(d)[1] <= stop}
    apart = {i for i in beside if not all(i in (a.interventions or ()) for a in holders)}
    found = {a.id for a in holders if apart & set(a.interventions or ())}
    if not apart:
        named = [r for r in references if place[1] <= r.start and r.end <= stop]
        found = {r.id for r in named} & {a.id for a in holders}
    return found.pop() if len(found) == 1 else None


def _by_dose(draft: Draft, holders: Sequence[Any]) -> Sequence[Any]:
    value = draft.dose.value if draft.dose else None
    named = [a for a in holders if value is not None and _names_number(a.label or "", value)]
    return named or holders


def _names_number(label: str, value: float) -> bool:
    return any(occurrences(label.replace(",", ""), f"{value:g}", before=_BEFORE_NUMBER, behind=_BEHIND_NUMBER))


def _nearest(draft: Draft, article: Article, references: Sequence[Reference], ids: set[str]) -> str | None:
    inside = [r for r in references if draft.sentence.start <= r.start and r.end <= draft.sentence.end and r.id in ids]
    before = [r for r in inside if r.end <= draft.start and ";" not in article.text[r.end : draft.start]]
    after = [r for r in inside if r.start >= draft.end and r.start - draft.end < 12]
    if after and article.text[draft.end : after[0].start].strip() in ("(", "[", "(group", ""):
        return after[0].id
    return before[-1].id if before else None
