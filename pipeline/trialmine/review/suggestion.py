"""What a stretch of the text says of a new row: the same grammars as ever, on the words that a person has chosen.

Only what they read is offered; the person sees it before it is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from trialmine.extract.confidence_interval import extract_confidence_intervals
from trialmine.extract.estimate import extract_estimate_names
from trialmine.extract.p_value import extract_p_values
from trialmine.extract.proportion import extract_fractions
from trialmine.extract.quantity import extract_quantities
from trialmine.extract.registry import DOSING_EXTRACTORS
from trialmine.extract.timepoint import extract_timepoints
from trialmine.normalise.drug import canonical
from trialmine.records.article import Article, Mention
from trialmine.records.document import CleanText, Edit
from trialmine.records.trial import Schedule, TrialRecord
from trialmine.review.correction import Block
from trialmine.review.slots import SLOTS
from trialmine.review.words import article_of, read_words

Values = dict[str, Any]


def repaired(record: TrialRecord, text: str, start: int, end: int) -> str:
    """The raw text start:end as cleaning read it."""
    edits = [Edit(e.start, e.end, e.before, e.after, e.rule, e.confidence) for e in record.cleaning.edits]
    clean = CleanText.from_edits(text, edits)
    return " ".join(clean.text[clean.to_clean(start) : clean.to_clean(end)].split())


def suggest(record: TrialRecord, block: Block, words: str) -> Values:
    """Values for slots of a row of the block that the words state; what they do not state is not among the keys."""
    article = article_of(words)
    found = _OF_BLOCK[block](record, article) if block in _OF_BLOCK else {}
    named = _NAMED.get(block)
    return {**({named: words} if named else {}), **{slot: v for slot, v in found.items() if slot in SLOTS[block]}}


def suggest_slot(record: TrialRecord, block: Block, slot: str, words: str) -> Values:
    """A value for one slot, if the words state one."""
    if SLOTS[block][slot].kind == "words":
        read = read_words(slot, words)
        if read is not None:
            return {slot: read}
    found = suggest(record, block, words)
    return {slot: found[slot]} if slot in found else {}


def _values(article: Article, extractors: Iterable[Callable[[Article], Iterable[Mention]]]) -> Values:
    found: Values = {}
    for extractor in extractors:
        for mention in extractor(article):
            value = mention.value.dose if mention.kind == "dose" else mention.value
            if isinstance(value, Schedule) and isinstance(found.get("schedule"), Schedule):
                found["schedule"] = _joined(found["schedule"], value)
            found.setdefault("role" if mention.kind == "dosing_role" else mention.kind, value)
    return found


def _joined(one: Schedule, other: Schedule) -> Schedule:
    """Days and cycle are often told apart: "on days 1-5", "of a 7-week course"."""
    told = {name: value for name, value in other if value not in (None, ())}
    return one.model_copy(update={**told, "text": f"{one.text}; {other.text}"})


def _dosing(record: TrialRecord, article: Article) -> Values:
    drug = _mentioned(article.text, {i.id: (i.name, i.text, *i.aliases) for i in record.interventions})
    found = _values(article, DOSING_EXTRACTORS)
    return {**found, **({"intervention": drug} if drug else {}), **_arms(record, article)}


def _statistic(record: TrialRecord, article: Article) -> Values:
    mentions = [*extract_p_values(article), *extract_confidence_intervals(article), *extract_fractions(article)]
    found: Values = {}
    for mention in mentions:
        if mention.kind == "p_value":
            found.setdefault("p", mention.value)
        elif mention.kind in ("ci", "interval"):
            found.setdefault("ci", mention.value)
        elif mention.kind == "fraction":
            found |= {"numerator": mention.value.numerator, "denominator": mention.value.denominator}
    taken = [(m.start, m.end) for m in mentions]
    for mention in extract_quantities(article):
        inside = any(s < mention.end and mention.start < e for s, e in taken)
        if not inside and mention.value.value is not None and "value" not in found:
            found |= {"value": mention.value.value, "unit": mention.value.unit}
    for mention in extract_estimate_names(article):
        if mention.value in SLOTS["statistics"]["measure"].choices:
            found.setdefault("measure", mention.value)
    endpoint = _mentioned(article.text, {e.id: (e.name, e.code or "") for e in record.endpoints})
    times = [m.value for m in extract_timepoints(article)]
    return {
        **found,
        **({"endpoint": endpoint} if endpoint else {}),
        **({"timepoint": times[0]} if times else {}),
        **_arms(record, article),
    }


def _event(record: TrialRecord, article: Article) -> Values:
    fractions = [m.value.numerator for m in extract_fractions(article)]
    percents = [m.value.value for m in extract_quantities(article) if m.value.unit == "%" and m.value.value is not None]
    return {
        **({"n": fractions[0]} if fractions else {}),
        **({"percent": percents[0]} if percents else {}),
        **_arms(record, article),
    }


def _intervention(_: TrialRecord, article: Article) -> Values:
    named = canonical(article.text)
    return {"name": named.name, "kind": named.kind} if named else {}


def _arms(record: TrialRecord, article: Article) -> Values:
    arm = _mentioned(article.text, {a.id: (a.label,) for a in record.arms})
    return {"arms": [arm]} if arm else {}


def _mentioned(text: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """The one thing that the text names; None when it names several."""
    low = text.lower()
    found = {key for key, forms in names.items() if any(form and form.lower() in low for form in forms)}
    return found.pop() if len(found) == 1 else None


_NAMED: Mapping[Block, str] = {
    "endpoints": "name", "adverse_events": "term", "arms": "label", "interventions": "name", "conditions": "name",
    "eligibility": "text",
}  # fmt: skip
_OF_BLOCK: Mapping[Block, Callable[[TrialRecord, Article], Values]] = {
    "dosing": _dosing,
    "statistics": _statistic,
    "adverse_events": _event,
    "interventions": _intervention,
}
