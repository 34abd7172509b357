"""Names beside amounts: those that words describe, and those that overlap."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import regex

from trialmine.lexicon.occurrences import occurrences
from trialmine.records.article import Article, Reference

# "5 mg of inhaled racemic A": words that only describe what is named behind them
DESCRIBED = regex.compile(
    r"\s{1,3}of\s{1,3}(?:(?!(?:and|or|with|in|for|to|from|plus|versus|vs|by|as|the|an?|per|than|containing|at|on|via|was|were)\b)[\p{L}\d'’-]+\s{1,3}){1,3}",
    regex.IGNORECASE,
)

_ALONE = regex.compile(r"\((?![^()]*\p{L}{4})[^()]*$")
# "5 mg for the group treated with A", "6 mg in the 9 patients on B"
GROUP_OF = regex.compile(
    r"\s(?:for|in)\s(?:the\s)?(?:\d{1,4}\s)?(?:groups?|patients|those|subjects|participants|women|men|children)\s(?:who\s)?(?:(?:treated|injected)\swith|receiv(?:ing|ed)|given|taking|on)\s",
    regex.IGNORECASE,
)
_IN_THE = regex.compile(r"\s(?:\([^()]{1,30}\)\s)?(?:(?:was|were)\sgiven\s)?in\s(?:the\s|each\s)?", regex.IGNORECASE)
_GROUP_OPENED = regex.compile(
    r"[-\s](?:(?:only|alone|treated)\s)?(?:groups?|arms?)\s?[(\[]\s?(?:at\s)?", regex.IGNORECASE
)
_QUALITY = regex.compile(r"[-‐‑](?:rich|enriched|fortified|free|naive|resistant|refractory|depleted|induced)\b")

_AT_DOSE = regex.compile(r"\)?(?:\s\w+){0,4}\s(?:at|in)\s(?:a|the)\s(?:\w+\s)?dos(?:e|age)\sof\s", regex.IGNORECASE)
_SHARED_WITH = regex.compile(r"(?:\b(?:or|and|versus|vs\.?)\s(?:[a-z]+\s)?|/\s?)$", regex.IGNORECASE)
_NEAR = 60  # characters
# "S. boulardii" of Saccharomyces boulardii
_SPECIES = regex.compile(r"(?P<genus>[a-z]{4,})\s(?P<species>[a-z]{4,})(?:\s\S{1,20})?")
_BEFORE_NAME, _BEHIND_NAME = regex.compile(r"(?<![\w-])"), regex.compile(r"(?![\w-])")


def stands_alone(text: str, start: int, end: int) -> bool:
    """ "low (at 5 mg) dose A": whether an amount closes a bracket that no name stands in."""
    return text[end : end + 2] == ") " and _ALONE.search(text, max(0, start - 16), start) is not None


def is_dosed_placebo(text: str, reference: Reference, amount: int) -> bool:
    """Whether the text itself gives a placebo an amount: "placebo was started at a dose of 5 mg"."""
    if not 0 < amount - reference.end < _NEAR:
        return False
    told = _AT_DOSE.fullmatch(text, reference.end, amount) is not None
    return told and _SHARED_WITH.search(text, max(0, reference.start - 20), reference.start) is None


def is_quality(text: str, reference: Reference) -> bool:
    """ "A-rich oil", "an A-naive patient": the name tells what something else is like."""
    return _QUALITY.match(text, reference.end) is not None


def names_group(text: str, reference: Reference, before: Reference, amount: int) -> bool:
    """ "A in the B-only group (5 mg)": whether B, which stands before the amount, names the group that had A."""
    opened = before.id != reference.id and _GROUP_OPENED.fullmatch(text, reference.end, amount) is not None
    return opened and _IN_THE.fullmatch(text, before.end, reference.start) is not None


def without_overlaps(references: Sequence[Reference]) -> list[Reference]:
    """The references in text order, without those that overlap a longer one."""
    kept: list[Reference] = []
    for r in sorted(references, key=lambda r: (r.start - r.end, r.start)):
        at = bisect_left(kept, r.start, key=lambda k: k.start)
        clear_before = at == 0 or kept[at - 1].end <= r.start
        if clear_before and (at == len(kept) or r.end <= kept[at].start):
            kept.insert(at, r)
    return kept


def abbreviated(article: Article, rows: Mapping[str, Any]) -> Iterator[Reference]:
    """Places where a drug stands by an abbreviation that the text has defined for it alone."""
    names = {name.lower(): i for i, row in rows.items() for name in (row.name, *row.aliases)}
    for short, long in article.abbreviations.items():
        row = names.get(long.lower())
        if row is None or short.lower() in names:
            continue
        for start, end in occurrences(article.text, short, before=_BEFORE_NAME, behind=_BEHIND_NAME):
            yield Reference(start, end, row)
    for name, row in names.items():
        species = _SPECIES.fullmatch(name)
        if species is not None and (initial := f"{species['genus'][0].upper()}.") in article.text:
            short = rf"(?<![\w-]){regex.escape(initial)}\s?{regex.escape(species['species'])}(?![\w-])"
            yield from (Reference(m.start(), m.end(), row) for m in regex.finditer(short, article.text))
