"""Names of unwanted events, their grades, and the words that say that a sentence reports such events.

Mention kinds: "adverse_event" (value: EventTerm), "event_phrase" (value: EventTerm; a phrase that may name an event by
its place), "grade" (value: Grade), "adverse_event_cue" (no value).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from trialmine.extract.event_phrase import PHRASE, event_phrases
from trialmine.lexicon.near import find_near
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.lexicon.tables import alternation, mapping, rows
from trialmine.records.article import Article, Mention
from trialmine.records.trial import Grade

_TERM = alternation([r["term"] for r in rows("adverse_events")])
_KIND = (
    r"(?:febrile|peripheral|sensory|motor|postoperative|post-operative|serious|severe|hematologic(?:al)?|haematologic(?:al)?|"
    r"non-?ha?ematologic(?:al)?|gastrointestinal|cardiac|cardiovascular|pulmonary|hepatic|renal|neurologic(?:al)?|oral|nocturnal|symptomatic|"
    r"orthostatic|drug-related|treatment-related|treatment-emergent|major|minor|upper|lower|local|systemic|vaginal|intracranial|"
    r"immune-related|infusion-related|opportunistic|surgical|wound|fatal|skin|macular|ocular|bone|suspected)"
)
_WRONG = (
    r"pain|infections?|disorders|reactions?|bleeding|irritation|discomfort|swelling|burning|cramps|oedema|edema|perforation|"
    r"failure|thrombosis|injury|disturbances?|symptoms"
)
# names that say by their form that something is wrong; the list can't hold them all
_FORMED = (
    r"(?:[a-z]{3,16}(?:penia|algia|itis|rrh(?:o?ea|agia)|toxicity|pno?ea|uria|dynia|paresis|megaly|plegia)"
    r"|(?!(?:most|more|less|common|frequent|usual|other|such|these|those|main|only|several|many|some|their|both|with|from|than)\b)"
    rf"(?-i:[a-z][a-z-]{{3,16}})\s+(?:{_WRONG}))"
)
EVENT = Pattern(
    "adverse_event.term",
    rf"(?<![\w-])(?:{_KIND}[\s-]+(?:and\s+)?){{0,3}}(?:(?P<head>{_TERM})|(?P<formed>{_FORMED}))(?![\w-]\w)(?!\w)",
    hits=("grade 3 febrile neutropenia", "nausea (12%)", "serious adverse events", "costochondritis", "knee swelling"),
    misses=("pseudonausea", "anti-nausea drug", "the most common disturbance"),
)
GRADE = Pattern(
    "adverse_event.grade",
    r"""
    \b(?:grades?|(?-i:G)(?=\s?[1-5](?!\w)))\s*(?:\(\s*(?-i:G)\s*\)\s*)?
    (?P<sign>[≥⩾>]\s*=?|at\s+least|<=|[≤⩽])?\s*
    (?P<low>[1-5]|(?-i:IV|I{1,3}|V))
    (?:\s*(?:or|and|to|/|[-–—]|through)\s*(?:grade\s+)?(?P<high>[1-5]|(?-i:IV|I{1,3}|V)|higher|greater|above|more|worse))?(?![\w.]\d|\w)
    """,
    hits=("grade 3 or 4 neutropenia", "grades 3/4", "grade III-IV", "G2-3 toxicity", "grade ≥3", "grade 3 or higher"),
    misses=("histological grade", "second grade pupils"),
)
CUE = Pattern(
    "adverse_event.cue",
    r"""
    \b(?:adverse|toxicit(?:y|ies)|toxic|side[\s-]?effects?|tolerated|tolerability|complications?|(?-i:AEs?|SAEs?|TEAEs?|DLTs?)|untoward
      |safety|grades?\s*[≥⩾>=]*\s*(?:[1-5]|(?-i:I{1,3}|IV|V))\b|discontinu\w+|reactogenicity|dose[\s-]limiting)\b
    """,
    hits=("toxicity was mild", "the most common AEs were", "grade 3 events"),
    misses=("an advert", "they complicated it"),
)
PATTERNS = (EVENT, GRADE, CUE)
SECTIONS = ("results", "other", None)  # where events are told; elsewhere they are planned, known or summed up

# what every name of an event holds
_SIGN = Search(
    rf"{_TERM}|(?:penia|algia|itis|rrh(?:o?ea|agia)|toxicity|pno?ea|uria|dynia|paresis|megaly|plegia)(?!\w)|\s(?:{_WRONG})"
)
_REACH = 150  # characters; no name with what says its kind is longer
_ORGAN = regex.compile(
    r"\b(?:ha?emato\w+|haemato\w+|gastro\w+|cardi\w+|pulmonary|hepat\w+|renal|neuro\w+|oral|skin|ocular|infusion|wound|surgical)",
    regex.IGNORECASE,
)
_DEATH = regex.compile(r"\bdeaths?$", regex.IGNORECASE)
# "death from sepsis", "deaths were due to a pulmonary embolism"
_CAUSE = regex.compile(
    r"\s+(?:(?:was|were)\s+)?(?:due\s+to|from|caused\s+by|because\s+of|attributed\s+to)\s+(?:an?\s+|the\s+)?"
    r"(?P<what>(?!(?:any|all|other|treatment|study|drug|disease)\b)[\p{L}-]{4,}(?:\s(?!(?:in|and|or|was|were|on|at|after|with|during|occurred|happened|reported|observed|seen|noted)\b)[\p{L}-]{3,}){0,3})",
    regex.IGNORECASE,
)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}


@dataclass(frozen=True, slots=True)
class EventTerm:
    """An unwanted event as the text calls it; `strength` is that of the word list, or "phrase"."""

    term: str
    strength: str


def extract_adverse_events(article: Article) -> Iterator[Mention]:
    """Names of events, phrases that may be some, grades and cues."""
    events = list(_events(article))
    cues = [Mention("adverse_event_cue", m.start(), m.end(), CUE.name) for m in CUE.find(article.text)]
    yield from events
    yield from cues
    for m in GRADE.find(article.text):
        yield Mention("grade", m.start(), m.end(), GRADE.name, _grade(m))
    yield from _phrases(article, events, cues)


def _events(article: Article) -> Iterator[Mention]:
    strengths = mapping("adverse_events", "term", "strength")
    taken: list[tuple[int, int]] = []
    for m in find_near(EVENT, _SIGN, article.text, before=_REACH, behind=_REACH):
        if taken and m.start() < taken[-1][1]:
            continue  # what somebody died of is no event of its own
        strength = strengths[" ".join(m["head"].lower().split())] if m["head"] else "weak"
        if strength == "general" and _ORGAN.search(m[0]):
            strength = "strong"  # "cardiac toxicity" says what went wrong
        cause = _CAUSE.match(article.text, m.end()) if _DEATH.search(m[0]) else None
        end = cause.end() if cause else m.end()
        term = f"{_term(m[0])} due to {_term(cause['what'])}" if cause else _term(m[0])
        taken.append((m.start(), end))
        yield Mention("adverse_event", m.start(), end, EVENT.name, EventTerm(term, strength))
    for e in article.entities:
        free = not any(a < e.end and e.start < b for a, b in taken)
        if free and e.label == "ADVERSE_EVENT":
            yield Mention("adverse_event", e.start, e.end, "adverse_event.entity", EventTerm(_term(e.text), "strong"))


def _phrases(article: Article, events: Sequence[Mention], cues: Sequence[Mention]) -> Iterator[Mention]:
    """Phrases in and behind the sentences of results that speak of events."""
    told = False
    for s in article.sentences:
        if s.section not in SECTIONS:
            told = False
            continue
        named = [m for m in events if m.start < s.end and s.start < m.end]
        cued = any(s.start <= m.start < s.end for m in cues)
        if cued or told or any(m.value.strength != "general" for m in named):
            for start, end in event_phrases(article.text, s.start, s.end):
                if not any(m.start < end and start < m.end for m in named):
                    term = EventTerm(article.text[start:end].lower(), "phrase")
                    yield Mention("event_phrase", start, end, PHRASE.name, term)
        told = cued or (told and bool(named))


_WRITTEN_OUT = {
    "AE": "adverse event", "AEs": "adverse events", "SAE": "serious adverse event", "SAEs": "serious adverse events",
    "TEAE": "treatment-emergent adverse event", "TEAEs": "treatment-emergent adverse events",
}  # fmt: skip


def _term(text: str) -> str:
    plain = " ".join(text.split())
    if plain in _WRITTEN_OUT:
        return _WRITTEN_OUT[plain]
    return plain if plain.isupper() or plain[:2].isupper() else plain.lower()


def _grade(m: regex.Match[str]) -> Grade:
    low = _number(m["low"])
    high = m["high"]
    if m["sign"] and m["sign"][0] in "≤⩽<":
        return Grade(low=1, high=low)
    if m["sign"] or (high and high[0].islower()):
        return Grade(low=low, high=None)
    last = _number(high) if high else low
    return Grade(low=min(low, last), high=max(low, last))


def _number(text: str) -> int:
    return _ROMAN.get(text.upper()) or int(text)
