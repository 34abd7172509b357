"""One treatment in two ways: "early versus late surgery" tests surgery, and its name is not "late surgery"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.normalise.drug import canonical
from trialmine.normalise.manner import MANNER
from trialmine.records.article import Article

_KINDS = ("when", "how", "much", "route")
_JOINT = regex.compile(
    r"\s?(?:[(\[][^()\[\]]{0,80}[)\]])?(?:\s(?!(?:or|and|versus|vs|to|compared)\b)[\p{L}-]+){0,4}?\s?(?:[(\[][^()\[\]]{0,80}[)\]])?,?"
    r"\s(?:versus|vs\.?|or(?:\sto)?|compared\s(?:with|to))\s(?:an?\s|the\s)?",
    regex.I,
)
_BESIDE = regex.compile(r"\s?(?:[(\[][^()\[\]]{0,80}[)\]])?[\s-]", regex.I)
_OWN = ("title", "methods", "objective", "other", None)
# what any treatment may be called
_ANY = regex.compile(
    r"(?:the\s)?(?:treatments?|interventions?|support|applications?|administration|therap(?:y|ies)|care|use|infusions?|boluses|conditions?|approach|groups?|arms?|regimens?"
    r"|schedules?|dos(?:e|es|ing)|courses?|programmes?|programs?|strateg(?:y|ies)|training|sessions?|follow-up|delivery|initiation|start)(?:\s(?:groups?|arms?|conditions?|strategy))?",
    regex.I,
)
_STARTS = regex.compile(r"\s|-")


def name_what_is_had(article: Article, candidates: Sequence[Candidate]) -> None:
    """Takes the way from the names of what the text sets against itself in another way, and marks it as given."""
    pairs = list(_pairs(article))
    if not pairs:
        return
    words = {w for pair in pairs for w in pair[2:]}
    places = {place for first, second, *_ in pairs for place in (first, second)}
    for c in candidates:
        first = c.name.lower().split(" ")[0]
        rest = c.name[len(first) :].strip()
        own = any(start == s for start, _ in c.spans for s, _ in places)
        if first in words and rest and own and not _ANY.fullmatch(rest) and canonical(c.name) is None:
            c.spans = [(s + len(first) + 1, e) if _is_led(article.text, s, first) else (s, e) for s, e in c.spans]
            c.name, c.key = rest, rest.lower()
            c.frames.add("rival")
        elif not _ANY.fullmatch(c.name) and any(
            _BESIDE.fullmatch(article.text, e, start) for start, _ in c.spans for _, e in places if e < start < e + 90
        ):
            c.frames.add("rival")


def _is_led(text: str, start: int, word: str) -> bool:
    return text[start : start + len(word)].lower() == word and _STARTS.match(text, start + len(word)) is not None


def _pairs(article: Article) -> Iterator[tuple[tuple[int, int], tuple[int, int], str, str]]:
    """Two ways that are set against each other, with their words."""
    found = [m for m in MANNER.find(article.text) if m.lastgroup in _KINDS]
    for a, b in pairwise(found):
        if (
            a.lastgroup == b.lastgroup
            and a[0].lower() != b[0].lower()
            and article.section_at(a.start()) in _OWN
            and b.start() - a.end() < 150
            and _JOINT.fullmatch(article.text, a.end(), b.start())
        ):
            yield a.span(), b.span(), a[0].lower(), b[0].lower()
