"""Lengths of treatment told side by side that tell arms apart: "for 7 or 14 days", "six versus 12 months of A"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.lexicon.occurrences import occurrences
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.time_forms import COUNT, TIME_UNIT, time_code
from trialmine.normalise.frequency import time_unit
from trialmine.normalise.number import number
from trialmine.records.article import Article, Block, Sentence

PAIR = Pattern(
    "dosing.two_lengths",
    rf"""
    (?P<for>\bfor\s(?:either\s)?(?:a\s)?)?(?<![\w.:-])
    (?P<first>{COUNT})(?:\s?[-‐‑–]?\s?(?:{TIME_UNIT})?)(?:\s\([^()]{{1,24}}\))?
    (?:\s?[-‐‑]?\s?(?:or|versus|vs\.?|respectively|compared\s(?:with|to))\s)(?:for\s|an?\s|the\s)?
    (?P<second>{COUNT})\s?[-‐‑–]?\s?(?P<unit>{TIME_UNIT})
    (?P<course>[\s-](?:\w+[\s-]){{0,3}}?(?:of\s(?!age|follow|observ)|treatment|therap(?:y|ies)|courses?|regimens?|administration|supplementation|prophylaxis))?
    """,
    hits=(
        "a 7- or 14-day course of alfamine",
        "six versus 12 months of alfamine",
        "for 3 or 5 days",
        "in a 3-day respectively 5-day regimen",
        "for 12 weeks (n = 30) or 24 weeks (n = 31)",
    ),
    misses=("at weeks 2 or 4", "for 6 weeks", "for 3-5 days", "aged 18 or 60"),
)
PATTERNS = (PAIR,)

_COMPARED = regex.compile(
    r"\b(?:random\w*|assign\w*|allocat\w*|compar\w*|versus|vs|groups?|arms?|respectively)\b", regex.IGNORECASE
)
_ALTERNATIVE = regex.compile(r"\bor\b|\bversus\b|\bvs\b|\brespectively\b", regex.IGNORECASE)
_BEFORE_NUMBER, _BEHIND_NUMBER = regex.compile(r"(?<![\d.])"), regex.compile(r"(?![\d.]*\d)")


@dataclass(frozen=True)
class _Pair:
    start: int
    end: int
    values: tuple[float, float]
    unit: str
    sentence: Sentence
    of_treatment: bool


def split_lengths(drafts: Sequence[Draft], article: Article, interventions: Block, arms: Block) -> list[Draft]:
    """The drafts, and two in place of one that was given for either of two lengths, where these are arms."""
    if not any(d.duration and d.duration.value for d in drafts):
        return list(drafts)
    pairs = list(_pairs(article))
    out: list[Draft] = []
    for draft in drafts:
        pair = next((p for p in pairs if _is_of(draft, p, interventions) and not _is_beside(draft, p, drafts)), None)
        known = {d.duration.value for d in drafts if _same_dose(d, draft) and d.duration}
        if pair is not None and (draft.duration is None or not set(pair.values) <= known):
            told = article.text[pair.start : pair.end].strip()
            out += _split(_as_told(draft, told), pair.values, (pair.start, pair.end), arms)
        elif _stands_for_arms(draft, arms):
            d = draft.duration
            out += _split(draft, (d.value, d.value_max), None, arms) if d and d.value and d.value_max else [draft]
        else:
            out.append(draft)
    return out


def _pairs(article: Article) -> Iterator[_Pair]:
    """The pairs of lengths that arms are told apart by."""
    for m in PAIR.find(article.text):
        sentence = article.sentence_at(m.start())
        unit, low, high = time_unit(time_code(m["unit"])), number(m["first"]), number(m["second"])
        if sentence is None or sentence.section in ("results", "conclusions") or not (unit and low and high):
            continue
        if low != high and _COMPARED.search(article.text, sentence.start, sentence.end):
            of_treatment = m["for"] is not None or m["course"] is not None
            yield _Pair(m.start(), m.end(), (low, high), unit, sentence, of_treatment)


def _is_of(draft: Draft, pair: _Pair, interventions: Block) -> bool:
    """Whether a row's length is one of the pair, told in its place, or elsewhere where the pair is told of the drug."""
    d = draft.duration
    if d is None or d.unit != pair.unit or d.value not in pair.values or d.value_max not in (None, *pair.values):
        return False
    places = [s for s in draft.stated.get("duration", ()) if pair.sentence.start <= s[0] < pair.sentence.end]
    if places:
        return any(s < pair.end and pair.start < e for s, e in places)
    named = interventions.within(pair.sentence.start, pair.sentence.end)
    return pair.of_treatment and any(r.id == draft.intervention for r in named)


def _is_beside(draft: Draft, pair: _Pair, drafts: Sequence[Draft]) -> bool:
    """ "A 5 mg for 3 or 12 months with B 6 mg": whether the lengths were told of another drug before this one."""
    return draft.start >= pair.end and any(
        d.end <= pair.start and d.sentence.start == draft.sentence.start == pair.sentence.start for d in drafts
    )


def _same_dose(a: Draft, b: Draft) -> bool:
    return a.intervention == b.intervention and a.dose_key == b.dose_key


def _stands_for_arms(draft: Draft, arms: Block) -> bool:
    """Whether a span of lengths is told as alternatives, of a drug that several arms have."""
    d = draft.duration
    holders = [a for a in arms.rows if draft.intervention in (a.interventions or ())]
    return d is not None and d.value_max is not None and len(holders) > 1 and _ALTERNATIVE.search(d.text) is not None


def _as_told(draft: Draft, text: str) -> Draft:
    """The row with a length that quotes both."""
    told = draft.duration and draft.duration.model_copy(update={"text": text})
    return replace(draft, duration=told)


def _split(draft: Draft, values: tuple[float, float], place: tuple[int, int] | None, arms: Block) -> Iterator[Draft]:
    """A row for each length; an arm whose label has the number gets that row."""
    holders = [a for a in arms.rows if draft.intervention in (a.interventions or ())]
    spans = [*draft.spans, *([place] if place and place not in draft.spans else [])]
    for value in values:
        one = draft.duration.model_copy(update={"value": value, "value_max": None}) if draft.duration else None
        named = tuple(a.id for a in holders if names_number(a.label or "", value))
        yield replace(draft, duration=one, arms=named, spans=list(spans), stated=dict(draft.stated))


def names_number(label: str, value: float) -> bool:
    """Whether a label has this number."""
    return any(occurrences(label.replace(",", ""), f"{value:g}", before=_BEFORE_NUMBER, behind=_BEHIND_NUMBER))
