"""Recall of marked doses, frequencies, routes and durations in the dosing table, for corpora of case reports.

A span is found where a dosing row has evidence over it and its slot says the same: a number in common (doses and
durations), a word or a number in common (frequencies), the same route. Case reports are no trials: what no row holds
may have been read and left out, since it was given to a single patient, and the kinds of misses tell such cases apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import regex

from trialmine.evaluate.corpora.corpus import CorpusScores, Example, Miss, add, lies_over, recalls
from trialmine.evaluate.evidence_audit import numbers_in
from trialmine.evaluate.record_view import Record
from trialmine.evaluate.tally import Tally
from trialmine.extract.dose import extract_doses
from trialmine.extract.duration import extract_durations
from trialmine.extract.frequency import extract_frequencies
from trialmine.extract.infusion_time import extract_infusion_times
from trialmine.extract.route import extract_routes
from trialmine.extract.schedule import extract_schedules
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.records.article import Article, Mention


def _ci(pattern: str) -> regex.Pattern[str]:
    return regex.compile(pattern, regex.IGNORECASE)


DOSE, FREQUENCY, ROUTE, DURATION = "Dosage", "Frequency", "Route", "Duration"
TABLE = "spans in the dosing table"
NUMBERED = "spans that state a number"
_EXTRACTORS: Mapping[str, tuple[Callable[[Article], Any], ...]] = {
    DOSE: (extract_doses,),
    FREQUENCY: (extract_frequencies, extract_schedules),
    ROUTE: (extract_routes,),
    DURATION: (extract_durations, extract_infusion_times, extract_schedules),
}
# wordings that say more about a miss than where it was lost; the first that fits is taken
_WORDINGS: Mapping[str, Mapping[str, regex.Pattern[str]]] = {
    DOSE: {
        "a number of doses, courses or cycles": _ci(
            r"^(?:an? |one |two |three |four |five |six |\d+ )?(?:single |intraoperative |oral )*"
            r"(?:doses?|courses?|cycles?|infusions?|applications?)$"
        ),
        "an amount in words only": _ci(
            r"^(?!.*\d)(?!.*\bunits?\b).*(?:dos|high|low|moderate|over|liberal|chronic|increase|reduc)"
        ),
    },
    ROUTE: {
        "a dosage form": _ci(r"tablet|sachet|capsule|solution|emulsion|lotion|crush|mask|cream|patch"),
        "a way of giving that names no site": _ci(
            r"^(?:bolus |continuous )?(?:infus|inject|implant|ingest|intake|exposure|smok|parenteral|introduc)"
        ),
        "a treatment, not a route": _ci(r"^(?:chemo|radio|immuno)?therap|^chemotherapy$|agent|starting"),
    },
    DURATION: {
        "an age of the illness": _ci(r"history|present for|lasted"),
        "a course or period by its place in order": _ci(r"\b(?:first|second|third|\w+th|day \d+)\b"),
    },
}
_STOP = frozenset(["of", "a", "the", "for", "and", "to", "in", "at", "per", "every", "over"])


def score_spans(examples: Sequence[Example], records: Mapping[str, Record], labels: Mapping[str, str]) -> CorpusScores:
    """Recall of the spans whose labels are ours (`labels`: the corpus' label to ours), and the misses by kind."""
    per_document, numbered, misses = [], [], []
    for example in examples:
        hits: dict[str, Tally] = {}
        stated: dict[str, Tally] = {}
        marks = [(labels[e["label"]], e["start"], e["end"]) for e in example.gold["entities"] if e["label"] in labels]
        article = _article(example.text) if marks else None
        for label, start, end in marks:
            assert article is not None
            rows = [d for d in records.get(example.doc_id, {}).get("dosing") or [] if lies_over(d, start, end)]
            heard = _heard(article, label, start, end)
            words = example.text[start:end]
            right = any(_holds(row, label, words, heard) for row in rows)
            counted = Tally(tp=1) if right else Tally(fn=1)
            add(hits, label, counted)
            if numbers_in(words):
                add(stated, label, counted)
            if not right:
                misses.append(Miss(TABLE, label, _kind(label, words, rows, heard), example.doc_id, words))
        numbered.append(stated)
        per_document.append(hits)
    return CorpusScores({TABLE: recalls(per_document), NUMBERED: recalls(numbered)}, misses)


def _article(text: str) -> Article:
    sections = find_sections(text, title=None)
    return Article(text=text, sections=sections, sentences=find_sentences(text, sections))


def _heard(article: Article, label: str, start: int, end: int) -> list[Mention]:
    """The mentions of the label's kind that the extractors read over the span."""
    found = (m for extract in _EXTRACTORS[label] for m in extract(article))
    return [m for m in found if m.start < end and start < m.end]


def _holds(row: Record, label: str, words: str, heard: Sequence[Mention]) -> bool:
    if label == ROUTE:
        return row.get("route") is not None and any(m.value == row["route"] for m in heard)
    if label == DOSE:
        dose = row.get("dose") or {}
        stated = [dose.get("value"), dose.get("low"), dose.get("high"), *(dose.get("levels") or [])]
        amounts = {float(v) for v in stated if v is not None} | numbers_in(dose.get("text") or "")
        return bool(numbers_in(words) & amounts)
    schedule = (row.get("schedule") or {}).get("text") or ""
    if label == FREQUENCY:
        said = f"{(row.get('frequency') or {}).get('text') or ''} {schedule}"
        return bool(_words(said) & _words(words))
    lengths = [row.get("duration") or {}, row.get("infusion_time") or {}]
    said = " ".join(f"{q.get('text') or ''} {q.get('value') or ''}" for q in lengths)
    return bool(numbers_in(f"{said} {schedule}") & numbers_in(words)) or bool(
        _words(lengths[0].get("text") or "") & _words(words)
    )


def _words(text: str) -> set[str]:
    return {w for w in regex.findall(r"\w+", text.lower()) if w not in _STOP}


def _kind(label: str, words: str, rows: Sequence[Record], heard: Sequence[Mention]) -> str:
    """Why the span is in no row, as far as its words tell."""
    if rows and heard:
        return "the row has another value"
    for kind, pattern in _WORDINGS.get(label, {}).items():
        if pattern.search(words):
            return kind
    if label != ROUTE and not numbers_in(words) and not heard:
        return "no number in the words"
    if heard:
        return "read, but its drug has no row"
    return "not read, though its drug has a row" if rows else "not read, and its drug has no row"
