"""Regimens that come back by their short name with a timing of their own: "FEC (5/1/5 mg) x 4 or FEC for 8 cycles"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from trialmine.assemble.dosing.cycle import is_interval
from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.regimens import uses
from trialmine.assemble.dosing.rows import timing
from trialmine.records.article import Article, Block, Mention, Mentions, Sentence
from trialmine.records.trial import Frequency, Schedule
from trialmine.records.trial import Span as Length

Span = tuple[int, int]
Spans = tuple[Span, ...]

_UNTOLD = ("title", "background", "results", "conclusions")
_DIGITS = regex.compile(r"\d{0,3}")
# FEC chemotherapy was given for a total of 8 cycles; CMF in brackets with three cycles
_NAME_BEFORE = regex.compile(
    r"[\s,(]{0,3}(?:(?:alone|chemotherapy|regimen|therapy|is|was|were|be|will|given|administered|repeated|for|a|total|of|at|in)[\s,(]{1,2}){0,5}",
    regex.IGNORECASE,
)
# "six cycles of adjuvant FEC"
_NAME_BEHIND = regex.compile(
    r"\s(?:of\s)?(?:(?:adjuvant|neoadjuvant|preoperative|postoperative|primary|induction|dose-dense|standard|conventional|the)\s){0,2}",
    regex.IGNORECASE,
)
# "responding after two cycles of FEC": what was given by then is no regimen of its own
_BY_THEN = regex.compile(
    r"\b(?:after|following|complet\w+|prior|previous\w*|before|least|than|median|mean|average|every|each|during|end|first|last|second|if)"
    r"\s(?:(?:of|to|the|up|a|all|total|initial)\s){0,3}$",
    regex.IGNORECASE,
)
# "otherwise six cycles of FEC were given": to some of them
_ELSE = regex.compile(r"\b(?:otherwise|if|unless|in\scases?)\b", regex.IGNORECASE)
_OPENS = regex.compile(r"[\s,:(\[]{1,6}|\s*(?:regimen\s+|chemotherapy\s+)?(?:consist\w+|compris\w+|contain\w+)\s")
_CLOSED_BY = regex.compile(r"[(\[]\s?$")
_LONGEST = 260  # characters from a short name to the last dose of its drugs
_REACH = 40  # characters
_NEAR = 160  # characters from a short name to what is told of when its drugs are given


@dataclass(frozen=True)
class _Return:
    """A place of a short name, and what is told there of when its drugs are given."""

    place: Span
    timings: tuple[Mention, ...]


def with_returns(
    drafts: Sequence[Draft], article: Article, mentions: Mentions, interventions: Block, arms: Block
) -> list[Draft]:
    """The drafts, and a row for each drug of a regimen that comes back with another timing.

    What the rows of a regimen leave open is filled from where its short name comes back.
    """
    out = list(drafts)
    if sum(d.dose is not None for d in drafts) < 2:
        return out
    timings = [m for m in mentions["schedule"] if m.value.cycles is not None]
    timings += [m for m in mentions["frequency"] if is_interval(m.value)]
    timings.sort(key=lambda m: m.start)
    if not timings:
        return out
    more: list[Draft] = []
    for back, told in _returns(drafts, article, timings, interventions):
        known = [t for t in more if any(t.dose is d.dose for d in told)]
        _give_back(back, [d for d in out if not any(d is t for t in told)])
        rows = _rows(back, told, known)
        named = tuple({r.id for r in arms.references if r.start == back.place[0] and r.end <= back.place[1]})
        for row in rows if len(named) == 1 else ():
            row.arms = named
        more += rows
    return [*out, *more]


def _returns(
    drafts: Sequence[Draft], article: Article, timings: Sequence[Mention], interventions: Block
) -> Iterator[tuple[_Return, list[Draft]]]:
    """Each return of a regimen that tells a timing, with the rows of its drugs where it was defined."""
    drugs: dict[str, list[Span]] = {}
    for r in interventions.references:
        drugs.setdefault(r.id, []).append((r.start, r.end))
    places: dict[str, list[Span]] = {}
    told: dict[str, list[Draft]] = {}
    dosed = sorted((d for d in drafts if d.dose_span), key=_dose_start)
    for start, end, ids in sorted(uses(article, drugs)):
        named = _DIGITS.match(article.text, end)
        place = (start, named.end() if named else end)
        name = article.text[start : place[1]]
        places.setdefault(name, []).append(place)
        if name not in told and (rows := _definition(place, ids, dosed, article.text)):
            told[name] = rows
    for name, rows in told.items():
        for place in places[name]:
            sentence = article.sentence_at(place[0])
            if sentence is not None and sentence.section not in _UNTOLD:
                found = tuple(_timings_of(place, timings, sentence, article.text))
                if found:
                    yield _Return(place, found), rows


def _definition(place: Span, ids: Sequence[str], dosed: Sequence[Draft], text: str) -> list[Draft]:
    """The rows of a regimen's drugs, if the doses of all stand right behind its name or right before it; else []."""
    low, high = place[0] - _LONGEST, place[1] + _LONGEST
    first, at, last = (bisect_left(dosed, offset, key=_dose_start) for offset in (low, place[0], high))
    if _OPENS.match(text, place[1]) and (rows := _one_each(dosed[at:last], ids)):
        return rows
    closed = _CLOSED_BY.search(text, max(0, place[0] - 2), place[0])
    return _one_each(dosed[first:at][::-1], ids) if closed else []


def _dose_start(draft: Draft) -> int:
    return draft.dose_span[0] if draft.dose_span else draft.start


def _one_each(near: Sequence[Draft], ids: Sequence[str]) -> list[Draft]:
    """The first rows, if they are of these drugs, one each."""
    rows = list(near[: len(ids)])
    return rows if sorted(d.intervention for d in rows) == sorted(ids) else []


def _timings_of(place: Span, timings: Sequence[Mention], sentence: Sentence, text: str) -> Iterator[Mention]:
    """What stands right before or behind a short name: how many cycles, and how often."""
    first, behind = (
        bisect_left(timings, at, key=lambda m: m.start)
        for at in (max(sentence.start, place[0] - _NEAR), min(sentence.end, place[1] + _NEAR))
    )
    inside = [m for m in timings[first:behind] if m.end <= sentence.end]
    for m in inside:
        ahead = m.end <= place[0] and _NAME_BEHIND.fullmatch(text, m.end, place[0])
        around = m.start < place[0] and place[1] < m.end
        if (ahead or around) and not _is_by_then(m.start, text):
            yield m
    at = place[1]
    if _is_by_then(place[0], text) or _ELSE.search(text, max(sentence.start, place[0] - _NEAR), place[0]):
        return
    for m in inside:
        if m.start >= at and _NAME_BEFORE.fullmatch(text, at, m.start):
            yield m
            at = m.end


def _rows(back: _Return, told: Sequence[Draft], known: Sequence[Draft]) -> list[Draft]:
    """New rows for a return that is timed unlike all that is known of the regimen."""
    for m in back.timings:
        if all(_leaves_open(d, m) for d in told):
            for d in told:
                d.fill(m.kind, m.value, (m.start, m.end))
    rows = [_timed(d, back) for d in told]
    seen = {_when(d) for d in (*told, *known)}
    return rows if not any(_when(d) in seen for d in rows) else []


def _give_back(back: _Return, others: Sequence[Draft]) -> None:
    """Take the cycles of a return from rows of other drugs that stand beside them."""
    for m in back.timings:
        for d in others:
            if m.kind == "schedule" and d.schedule and (m.start, m.end) in d.stated.get("schedule", ()):
                d.schedule = _without_cycles(d.schedule, m.value.text)
                d.spans = [s for s in d.spans if s != (m.start, m.end)]


def _without_cycles(schedule: Schedule, told: str) -> Schedule | None:
    """What else a schedule says."""
    text = "; ".join(part for part in schedule.text.split("; ") if part != told)
    return schedule.model_copy(update={"cycles": None, "cycles_max": None, "text": text}) if text else None


def part_arms(drafts: Sequence[Draft]) -> None:
    """Leave an arm that is known to get the return of a regimen to that row alone."""
    for row in [d for d in drafts if d.returned and d.arms]:
        for d in drafts:
            if not d.returned and d.dose is row.dose and d.intervention == row.intervention:
                others = tuple(a for a in d.arms if a not in row.arms)
                d.arms = others or d.arms


def _leaves_open(draft: Draft, mention: Mention) -> bool:
    s = draft.schedule
    if mention.kind == "schedule":
        return s is None or (s.cycles is None and s.cycles_max is None)
    return draft.frequency is None and (s is None or not (s.days or s.cycle_length))


def _when(draft: Draft) -> tuple[object, ...]:
    s, f = draft.schedule, draft.frequency
    return draft.dose_key, draft.intervention, f and timing(f), s and (s.cycles, s.cycles_max, s.days, s.cycle_length)


def _timed(draft: Draft, back: _Return) -> Draft:
    """A row of the same dose with the timing of a return."""
    row = replace(draft, spans=list(draft.spans), stated={k: list(v) for k, v in draft.stated.items()}, arms=())
    row.returned = True
    for kind in ("duration", "administrations"):
        row.drop(kind)
    for m in back.timings:
        if m.kind == "schedule":
            new = {"cycles": m.value.cycles, "cycles_max": m.value.cycles_max}
            row.schedule = (row.schedule or Schedule(text="")).model_copy(update={**new, "text": m.value.text})
        else:
            _repeat(row, m.value)
    row.spans += [back.place, *((m.start, m.end) for m in back.timings)]
    return row


def _repeat(row: Draft, often: Frequency) -> None:
    """Another interval: that of the cycle if the drug has days, else how often it is given."""
    length = None
    if row.schedule is not None and row.schedule.days and often.period and often.period_unit:
        length = Length(value=often.period, unit=often.period_unit)
    else:
        row.frequency = often
    if row.schedule is not None:
        row.schedule = row.schedule.model_copy(update={"cycle_length": length})


def _is_by_then(at: int, text: str) -> bool:
    return _BY_THEN.search(text, max(0, at - _REACH), at) is not None
