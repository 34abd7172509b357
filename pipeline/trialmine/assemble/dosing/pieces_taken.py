"""What each piece holds, and elsewhere how many were taken: "Each tablet held 5 mg A. They took two tablets daily"."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import regex

from trialmine.assemble.dosing.amounts import PIECES
from trialmine.assemble.dosing.contents import IN_EACH
from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.placebos import NOT_TOLD_IN, TOLD_OF_ALL, with_placebo
from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.frequency import per_period
from trialmine.records.article import Article, Block, Mention, Mentions, Sentence
from trialmine.records.trial import Dose

_PIECE = r"(?:tablets?|capsules?|caps|pills?|caplets?|soft-?gels?|sachets?|lozenges?)"
_HOLDS = r"(?:contain(?:s|ed|ing)?|provid(?:es|ed|ing)|deliver(?:s|ed|ing)|h(?:eld|olds|as|ad)|(?:consist(?:s|ed|ing)|composed)\sof|comprised)"
PATTERNS = (
    Pattern(
        "dosing.piece_holds",
        # "took a capsule containing 5 mg": that is the dose
        rf"""(?<!\b(?:an?|one|single|daily|1)\s(?:[\w-]+\s){{0,3}})\b{_PIECE}(?!\s(?:daily|twice|once|per|a)\b)(?:\s\([^()]{{1,50}}\))?(?:[^.;:\d]|(?<=[A-Z-])\d){{0,40}}?\b{_HOLDS}\b
        (?:(?!\b(?:daily|received?|took)\b)[^.;]){{0,90}}$""",
        hits=("Each zorbadine capsule contained ", "The capsules (Zorba Ltd.) provided 5 mg X and "),
        misses=("They took one capsule containing ", "The capsules were white. A contained "),
    ),
    Pattern(
        "dosing.made_as",
        r"\b(?:supplied|available|provided|dispensed|formulated|prepared|manufactured|packaged|presented|obtained)\b[^.;]{0,40}\b(?:as|in)\s(?:[\w-]+\s)?$",
        hits=("Zorbadine was supplied as ",),
        misses=("Zorbadine was given as ",),
    ),
)
_HELD, _MADE_AS = PATTERNS
_AS_PIECE = regex.compile(rf"[\s-](?:[\w-]+\s){{0,2}}{_PIECE}\b", regex.IGNORECASE)
_TAKING = regex.compile(
    r"\b(?:t(?:ook|ake[ns]?|aking)|receiv\w+|ingest\w*|consum(?:e|ed|ing)|swallow\w*|(?:self-)?administ\w*|given|us(?:e|ed)\b|dosage|dose)\b",
    regex.IGNORECASE,
)
# "received a box with 60 tablets"
_SUPPLIED = regex.compile(
    r"\b(?:box(?:es)?|bottles?|blisters?|packs?|packages?|packets?|containers?|jars?|kits?|suppl(?:y|ies|ied)|dispensed|returned|remaining)\s(?:\w+\s){0,2}$",
    regex.IGNORECASE,
)
_WEIGHTS = ("mg", "ug", "g", "[iU]", "[CFU]", "mmol")
_REACH = 130  # characters from what a piece is called to what it holds


class Source(Protocol):
    """What counting needs to know of the article."""

    article: Article
    mentions: Mentions
    interventions: Block

    def attributes(self, sentence: Sentence) -> list[Mention]:
        """The attribute mentions of a sentence."""


def with_pieces_taken(drafts: Sequence[Draft], source: Source) -> list[Draft]:
    """The drafts with what pieces hold multiplied by how many were taken, where another sentence tells that."""
    times = {m.start: m.value.pieces for m in source.mentions["dose"]}
    held = [d for d in drafts if d.dose_span and not times.get(d.dose_span[0]) and _is_held(source.article.text, d)]
    counts = _counts(source) if held else []
    if not counts:
        return list(drafts)
    out: list[Draft] = list(drafts)
    told: list[Mention] = []
    for draft in held:
        taken = [c for c in counts if _is_taken_of(c, draft, source)]
        if len({(c.value.dose.value, c.value.dose.unit) for c in taken}) == 1:
            beside = _told_beside(taken[0], source)
            told = told or beside
            _multiply(draft, taken[0], out)
            _fill(draft, beside)
            out = [d for d in out if d is draft or not _is_count(d, taken)]
        elif own := [d for d in out if d.intervention == draft.intervention and _is_count(d, taken)]:
            # "A took one tablet, B took two": a dose each
            for d in own:
                d.dose, d.spans = _times(draft, d), [*d.spans, draft.span]
            out = [d for d in out if d is not draft]
    return with_placebo(out, source.article, source.interventions, told)


def _is_held(text: str, draft: Draft) -> bool:
    """Whether a dose is what one tablet or capsule holds."""
    if draft.dose is None or draft.dose.value is None or draft.dose.unit not in _WEIGHTS or draft.dose_span is None:
        return False
    start, end = draft.dose_span
    low = max(draft.sentence.start, start - _REACH)
    if _HELD.compiled.search(text, low, start) or IN_EACH.match(text, end, draft.sentence.end):
        return True
    made = _MADE_AS.compiled.search(text, low, start)
    return made is not None and _AS_PIECE.match(text, end, draft.sentence.end) is not None


def _counts(source: Source) -> list[Mention]:
    """How many pieces were taken, where it is told how often."""
    out = []
    for m in source.mentions["dose"]:
        sentence = source.article.sentence_at(m.start) if m.value.dose.unit.removesuffix("/d") in PIECES else None
        if sentence is None or sentence.section in NOT_TOLD_IN or m.value.dose.value is None:
            continue
        often = source.mentions.within("frequency", sentence.start, sentence.end)
        daily = m.value.dose.unit.endswith("/d")
        supplied = _SUPPLIED.search(source.article.text, max(sentence.start, m.start - 40), m.start)
        if (often or daily) and not supplied and _TAKING.search(source.article.text, sentence.start, sentence.end):
            out.append(m)
    return out


def _is_taken_of(count: Mention, draft: Draft, source: Source) -> bool:
    """Whether a count's sentence is another one, that names no drug but the draft's or a placebo."""
    sentence = source.article.sentence_at(count.start)
    if sentence is None or sentence.start == draft.sentence.start:
        return False
    named = {r.id for r in source.interventions.within(sentence.start, sentence.end)}
    inert = {r.id for r in source.interventions.rows if "placebo" in r.name.lower()}
    return named <= {draft.intervention, *inert}


def _multiply(draft: Draft, count: Mention, drafts: Sequence[Draft]) -> None:
    if draft.dose is None or draft.dose.value is None:
        return
    n, daily = count.value.dose.value, count.value.dose.unit.endswith("/d")
    place = (count.start, count.end)
    for other in (d for d in drafts if d.dose_span == place):
        for kind in TOLD_OF_ALL:
            draft.take(kind, other)
    draft.dose = _product(draft.dose, n, daily=daily)
    if place not in draft.spans:
        draft.spans.append(place)


def _times(held: Draft, count: Draft) -> Dose | None:
    if held.dose is None or count.dose is None or count.dose.value is None:
        return held.dose
    return _product(held.dose, count.dose.value, daily=count.dose.unit.endswith("/d"))


def _product(held: Dose, n: float, *, daily: bool) -> Dose:
    """What `n` pieces hold; a single one a day is that amount once."""
    unit = f"{held.unit}/d" if daily and n != 1 else held.unit
    return held.model_copy(update={"value": round((held.value or 0) * n, 6), "unit": unit})


def _told_beside(count: Mention, source: Source) -> list[Mention]:
    """A count, and what its sentence tells of how often and how long."""
    sentence = source.article.sentence_at(count.start)
    told = [m for m in source.attributes(sentence) if m.kind in TOLD_OF_ALL] if sentence else []
    daily = [once] if (once := once_a_day(count)) else []
    return [count, *told, *daily]


def once_a_day(count: Mention) -> Mention | None:
    """ "one capsule per day": how often it was taken, whatever it held."""
    dose = count.value.dose
    if dose.value != 1 or dose.unit.removesuffix("/d") not in PIECES or not dose.unit.endswith("/d"):
        return None
    return replace(count, kind="frequency", value=per_period(1.0, 1.0, "d", dose.text))


def _fill(draft: Draft, told: Sequence[Mention]) -> None:
    for m in told:
        if m.kind in TOLD_OF_ALL and not (m.kind == "frequency" and draft.dose and draft.dose.unit.endswith("/d")):
            draft.fill(m.kind, m.value, (m.start, m.end))


def _is_count(draft: Draft, counts: Sequence[Mention]) -> bool:
    return any(draft.dose_span == (c.start, c.end) for c in counts)
