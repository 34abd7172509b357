"""Decides what kind of document the text is, from the signs in it and from the source's publication types."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from trialmine.records.article import Article, Mention, Mentions
from trialmine.records.vocabulary import DocumentKind

_PUBLICATION_TYPES: dict[str, DocumentKind] = {
    "clinical trial protocol": "trial_protocol",
    "case reports": "case_report",
    "systematic review": "review",
    "meta-analysis": "review",
    "review": "review",
    "randomized controlled trial": "trial_report",
    "clinical trial": "trial_report",
    "controlled clinical trial": "trial_report",
    "observational study": "observational",
}


def decide_document_kind(article: Article, mentions: Mentions) -> DocumentKind:  # noqa: PLR0911 - a list of answers
    """The kind of document; "other" when nothing in it speaks of a study."""
    for name in sorted(article.publication_types, key=lambda t: t.lower() == "review"):
        if name.lower() in _PUBLICATION_TYPES:
            return _PUBLICATION_TYPES[name.lower()]
    signs = mentions["document_kind"]
    counts = Counter(m.value for m in signs)
    titled = Counter(m.value for m in signs if article.section_at(m.start) == "title")
    own = Counter(m.value for m in signs if article.section_at(m.start) not in ("background", "conclusions"))
    randomized = any(m.value == "randomized" for m in mentions["design.allocation"])
    if titled["review"] or (counts["review"] >= 2 and not mentions["participants"]):
        return "review"
    if not randomized and (titled["case_report"] or _tells_of_one(counts)):
        return "case_report"
    if _PROTOCOL.search(_title(article)):
        return "trial_protocol"
    if _is_planned(article, mentions, counts["trial_protocol"], titled=bool(titled["trial_protocol"])):
        return "trial_protocol"
    animals = own["preclinical"] * (2 if titled["preclinical"] else 1)
    if own["preclinical"] >= 2 and animals > own["people"] and not _aside(article, signs):
        return "preclinical"
    if not randomized and counts["observational"] and counts["observational"] >= counts["trial"]:
        return "observational"
    if counts["case_report"] and not counts["trial"]:
        return "case_report"
    if counts["trial"] or (counts["people"] and mentions["p_value"]) or _gives_a_drug(article, mentions):
        return "trial_report"
    return "other"


def _is_planned(article: Article, mentions: Mentions, told: int, *, titled: bool) -> bool:
    """Whether the text tells what will be done, `told` times, and not what came of it."""
    if mentions["p_value"]:
        return told >= _MANY
    if any(s.label == "results" for s in article.sections):
        return told >= _SEVERAL
    return told > 1 or titled or (told == 1 and _FOUND.search(article.text) is None)


def _tells_of_one(counts: Counter[str]) -> bool:
    """Whether the text tells of one person again and again, and of groups, animals and trials less."""
    one = counts["one_person"]
    return one >= 2 and counts["trial"] == 0 and one > counts["preclinical"] and 2 * one >= counts["people"] - one


def _aside(article: Article, signs: Sequence[Mention]) -> bool:
    """Whether animals or cells have one sentence alone, in a text that tells of people elsewhere."""
    own = [s for s in signs if article.section_at(s.start) not in ("background", "conclusions")]
    told = {name: {article.sentence_at(s.start) for s in own if s.value == name} for name in ("preclinical", "people")}
    return len(told["preclinical"]) == 1 and bool(told["people"] - told["preclinical"])


def _title(article: Article) -> str:
    stated = [article.text[s.start : s.end] for s in article.sections if s.label == "title"]
    return " ".join([article.title or "", *stated])


_PROTOCOL = regex.compile(
    r"\b(?:study|trial)\s+(?:protocol|design)\b|\bprotocol\s+(?:for|of)\s+an?\b|\brationale\s+(?:and|&)\s+(?:study\s+)?design\b|\bdesign\s+(?:and\s+rationale|of\s+(?:an?|the))\b",
    regex.IGNORECASE,
)
# what a report says of its outcomes and a plan does not
_FOUND = regex.compile(
    r"\b(?:showed|shown|found|resulted|increased|decreased|improved|reduced|differed|achieved|significant(?:ly)?|completed|results\s(?:indicate|suggest)\w*"
    r"|(?:was|were)\s(?:\w+\s)?(?:higher|lower|greater|better|similar|effective|safe|associated|observed|seen|reported))\b",
    regex.IGNORECASE,
)
_MANY, _SEVERAL = 5, 3  # places that say what will be done
_BESIDE = 40  # characters between a drug and its dose
_SURE = 1.0  # a name of the drug lexicon that stands where drugs are given


def _gives_a_drug(article: Article, mentions: Mentions) -> bool:
    """Whether some drug has a dose beside it."""
    drugs = [e for e in article.entities if e.label == "CHEMICAL" and e.score >= _SURE]
    return any(
        0 <= m.start - e.end <= _BESIDE or 0 <= e.start - m.end <= _BESIDE for m in mentions["dose"] for e in drugs
    )
