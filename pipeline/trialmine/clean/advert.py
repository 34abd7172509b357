"""Vendor words and link texts that copying sites put into sentences."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from trialmine.clean.repair import Repair, to
from trialmine.clean.synonyms import Phrases, places
from trialmine.clean.view import Hints, view
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import rows
from trialmine.records.document import Edit

_VENDOR = frozenset(("inhibitors", "libraries", "lifescience", "reagents", "antibodies", "compounds"))
_REASON = "advert put into the sentence"

# "Inhibitors,Modulators,Libraries": vendor words strung together with commas and no blanks
COMMA_LIST = Pattern(
    "advert.list",
    r"\b(?:inhibitors|modulators|libraries|research|lifescience|medical|antibodies|reagents|compounds)"
    r"(?:,(?:inhibitors|modulators|libraries|research|lifescience|medical|antibodies|reagents|compounds))+\b\s?",
    hits=("Inhibitors,Modulators,Libraries and pain", "inhibitors,research,lifescience,medical PTSD"),
    misses=("inhibitors, modulators, libraries", "medical research"),
)
SELLECK = Repair(
    Pattern(
        "advert.vendor",
        r"(?<!\(|from\s|by\s)\bselleck\s(?!(?:chem|bio)\w*\b)(?:[a-z]+\s)(?=[a-z(])",
        hits=("PFS at Selleck Fludarabine the updated",),
        misses=("drug (Selleck Chemicals, Houston)",),
    ),
    to(""),
    _REASON,
    0.9,
    hints=Hints(words="selleck"),
)
# a drug code with a vendor's tail is an anchor text and names no arm
CODE = Repair(
    Pattern(
        "advert.code",
        r"\b(?!NCT|ISRCTN|EUDRA|UMIN)(?-i:[A-Z]{1,6})-?\d{3,}[A-Z]?\s(?:clinical\strial|nmr|ic50|supplier|datasheet|price|"
        r"molecular\sweight|structure|manufacturer|msds|purchase)\s",
        hits=("in the ABC2126458 clinical trial control group",),
        misses=("NCT01234567 clinical trial", "ABC123 was"),
    ),
    to(""),
    _REASON,
    0.8,
)


@cache
def _phrases(trust: str) -> Phrases:
    return Phrases([(r["phrase"], "") for r in rows("adverts") if r["trust"] == trust])


def sure(text: str) -> Iterator[Edit]:
    """Drops phrases that belong to no trial text, and comma lists of vendor words."""
    taken = (
        [(m.start(), m.end()) for m in COMMA_LIST.find(text)] if not _VENDOR.isdisjoint(view(text).vocabulary) else []
    )
    for start, end, _ in places(text, _phrases("sure")):
        if text[max(0, start - 1) : start] != "(" and all(end <= s or start >= e for s, e in taken):
            taken.append((start, end + (text[end : end + 1] == " ")))
    for start, end in sorted(taken):
        yield Edit(start, end, text[start:end], "", "advert.phrase", 0.95, _REASON)


def sure_count(text: str) -> int:
    """How many sure adverts stand in the text."""
    return sum(1 for _ in sure(text))


_MONEY = ("$", "€", "£", "USD", "EUR", "cost", "economic", "purchas", "market")
# before or behind these the word is used in earnest
_EARNEST_LEFT = ("the ", "a ", "an ", "unit ", "drug ", "retail ", "same ", "low ", "high ", "lower ", "higher ")


def spun(text: str) -> Iterator[Edit]:
    """Drops single vendor words in spun text, where a word follows and the text is not about money."""
    if any(word in text for word in _MONEY):
        return
    for start, end, _ in places(text, _phrases("spun")):
        inside = text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum()
        serious = text[end : end + 4].lower() in (" of ", " was", " is ", " for") or (
            text[:start].lower().endswith(_EARNEST_LEFT) and text[end + 1 : end + 3] in ("of", "in", "wa", "is")
        )
        if inside and not serious:
            yield Edit(start, end + 1, text[start : end + 1], "", "advert.word", 0.75, _REASON)


REPAIRS = (SELLECK, CODE)
PATTERNS = (COMMA_LIST, SELLECK.pattern, CODE.pattern)
