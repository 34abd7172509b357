"""Reads what a person types into a cell, with the grammars that read the texts: "400 mg" is a dose, "BID" a frequency.

Nothing is guessed: words of which a part is not understood are not read at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

import regex

from trialmine.extract.dose import extract_doses
from trialmine.extract.duration import extract_durations
from trialmine.extract.frequency import extract_frequencies
from trialmine.extract.infusion_time import extract_infusion_times
from trialmine.extract.schedule import extract_schedules
from trialmine.extract.timepoint import extract_timepoints
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.records.article import Article, Mention
from trialmine.records.evidence import Frozen
from trialmine.records.trial import (
    ConfidenceInterval,
    Dispersion,
    Dose,
    Duration,
    Frequency,
    Grade,
    PValue,
    Schedule,
    Span,
    Timepoint,
)
from trialmine.records.vocabulary import Comparator

_NUMBER = r"[-−]?\d[\d,]*(?:\.\d+)?|[-−]?\.\d+"
_SIGNS: Mapping[str, Comparator] = {"<": "<", "≤": "<=", "<=": "<=", ">": ">", "≥": ">=", ">=": ">=", "~": "~", "": "="}
_SIGN = r"<=|>=|[<>≤≥~=]?"
_CYCLE = regex.compile(r"\bq\s?(?P<n>\d+(?:\.\d+)?)\s?(?P<unit>wk|w|d|mo)\b", regex.IGNORECASE)
_CYCLE_UNITS = {"w": "wk", "wk": "wk", "d": "d", "mo": "mo"}
_LINKS = regex.compile(r"[\s,;.:()/+&-]|\b(?:and|or|of|an?|the|each|every|in)\b", regex.IGNORECASE)
_KINDS = {"sd": "sd", "se": "se", "sem": "se", "iqr": "iqr", "range": "range"}


def article_of(text: str) -> Article:
    """A few words as the extractors see them."""
    sections = find_sections(text)
    return Article(text=text, sections=sections, sentences=find_sentences(text, sections))


def read_words(slot: str, words: str) -> Frozen | None:
    """What the words say as a value of the slot; None where they are not wholly understood.

    >>> read_words("dose", "10-50 ug/kg").high
    50.0
    >>> read_words("dose", "some 400 mg or so") is None
    True

    Raises:
        KeyError: the slot is not written in words.
    """
    plain = " ".join(words.split())
    return READERS[slot](plain) if plain else None


def _whole(text: str, found: Iterable[Mention]) -> list[Mention]:
    """The mentions, if they leave nothing of the text but links between them."""
    kept: list[Mention] = []
    rest = list(text)
    for mention in found:
        kept.append(mention)
        rest[mention.start : mention.end] = " " * (mention.end - mention.start)
    return [] if _LINKS.sub("", "".join(rest)) else kept


def _dose(text: str) -> Dose | None:
    sign = regex.match(rf"(?P<sign>{_SIGN})\s*(?P<rest>.*)", text)
    body = cast("regex.Match[str]", sign)["rest"]
    found = list(extract_doses(article_of(body)))
    lead = regex.match(r"up to\s*", body)
    if len(found) != 1 or found[0].start > (lead.end() if lead else 0) or found[0].end < len(body):
        return None
    dose = cast("Dose", found[0].value.dose)
    comparator = _SIGNS.get(cast("regex.Match[str]", sign)["sign"]) or "="
    return dose.model_copy(update={"text": text, "comparator": comparator if comparator != "=" else dose.comparator})


def _frequency(text: str) -> Frequency | None:
    if text.lower() in ("once", "single", "one time"):
        return Frequency(count=1, code="ONCE", text=text)
    found = _whole(text, extract_frequencies(article_of(text)))
    return cast("Frequency", found[0].value).model_copy(update={"text": text}) if len(found) == 1 else None


def _schedule(text: str) -> Schedule | None:
    cycle = _CYCLE.search(text)
    rest = _CYCLE.sub(lambda m: " " * len(m[0]), text) if cycle else text
    found = _whole(rest, extract_schedules(article_of(rest)))
    facts: dict[str, Any] = {}
    if cycle:
        facts["cycle_length"] = Span.model_validate(
            {"value": float(cycle["n"]), "unit": _CYCLE_UNITS[cycle["unit"].lower()]}
        )
    for mention in found:
        told = {k: getattr(mention.value, k) for k in type(mention.value).model_fields if k != "text"}
        facts = {**{k: v for k, v in told.items() if v not in (None, ())}, **facts}
    understood = found or (cycle and not _LINKS.sub("", rest))
    return Schedule(**facts, text=text) if facts and understood else None


def _duration(text: str) -> Duration | None:
    for lead in ("", "for "):
        found = _whole(lead + text, extract_durations(article_of(lead + text)))
        if len(found) == 1:
            return cast("Duration", found[0].value).model_copy(update={"text": text})
    return None


def _infusion_time(text: str) -> Span | None:
    for lead in ("", "over "):
        found = _whole(lead + text, extract_infusion_times(article_of(lead + text)))
        if len(found) == 1:
            return cast("Span", found[0].value)
    return None


def _timepoint(text: str) -> Timepoint | None:
    for lead in ("", "at "):
        found = _whole(lead + text, extract_timepoints(article_of(lead + text)))
        if len(found) == 1:
            return cast("Timepoint", found[0].value).model_copy(update={"text": text})
    return None


def _interval(text: str) -> ConfidenceInterval | None:
    m = regex.fullmatch(
        rf"(?:(?P<before>\d+(?:\.\d+)?)\s?%\s*)?(?:CI\b[\s,:]*)?[\[(]?\s*(?P<low>{_NUMBER})\s*(?:-|–|to|,|;)\s*"
        rf"(?P<high>{_NUMBER})\s*[\])]?\s*(?:\(?(?P<after>\d+(?:\.\d+)?)\s?%\)?)?",
        text,
        regex.IGNORECASE,
    )
    if m is None:
        return None
    level = m["before"] or m["after"]
    low, high = _float(m["low"]), _float(m["high"])
    return ConfidenceInterval(level=float(level) / 100 if level else 0.95, low=low, high=high) if low <= high else None


def _p_value(text: str) -> PValue | None:
    m = regex.fullmatch(rf"(?:p\s*)?(?P<sign>{_SIGN})\s*(?P<value>\d?\.\d+|[01])", text, regex.IGNORECASE)
    if m is None or not 0 <= float(m["value"]) <= 1:
        return None
    return PValue(comparator=_SIGNS.get(m["sign"]) or "=", value=float(m["value"]), text=text)


def _dispersion(text: str) -> Dispersion | None:
    m = regex.fullmatch(
        rf"\(?(?P<kind>sd|sem?|iqr|range)\s*[:=]?\s*(?P<low>{_NUMBER})(?:\s*(?:-|–|to)\s*(?P<high>{_NUMBER}))?\)?",
        text,
        regex.IGNORECASE,
    )
    if m is None:
        return None
    kind, low = _KINDS[m["kind"].lower()], _float(m["low"])
    told = {"value": low} if m["high"] is None else {"low": low, "high": _float(m["high"])}
    if kind in ("sd", "se") and m["high"] is not None:
        return None
    return Dispersion.model_validate({"kind": kind, **told})


def _grade(text: str) -> Grade | None:
    m = regex.fullmatch(r"(?:grade\s*)?(?P<sign>>=|≥)?\s*(?P<low>[1-5])(?:\s*(?:-|–|or|to)\s*(?P<high>[1-5]))?", text)
    if m is None or (m["sign"] and m["high"]):
        return None
    low = int(m["low"])
    return Grade(low=low, high=None if m["sign"] else int(m["high"] or low))


def _float(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


READERS: Mapping[str, Callable[[str], Frozen | None]] = {
    "dose": _dose,
    "frequency": _frequency,
    "schedule": _schedule,
    "duration": _duration,
    "infusion_time": _infusion_time,
    "timepoint": _timepoint,
    "ci": _interval,
    "p": _p_value,
    "dispersion": _dispersion,
    "grade": _grade,
}
