"""Decides what kind of document the text is, from the signs in it and from the source's publication types."""

from __future__ import annotations

from collections import Counter

from trialmine.records.article import Article, Mentions
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
    reported = bool(mentions["p_value"]) or any(s.label == "results" for s in article.sections)
    randomized = bool(mentions["design.allocation"])
    if titled["review"] or (counts["review"] >= 2 and not mentions["participants"]):
        return "review"
    if titled["case_report"] and not randomized:
        return "case_report"
    planned = counts["trial_protocol"] >= 3 or (counts["trial_protocol"] and not reported and titled["trial_protocol"])
    if planned and (not mentions["p_value"] or counts["trial_protocol"] >= 5):
        return "trial_protocol"
    if own["preclinical"] >= 2 and own["preclinical"] > own["people"]:
        return "preclinical"
    if not randomized and counts["observational"] and counts["observational"] >= counts["trial"]:
        return "observational"
    if counts["case_report"] and not counts["trial"]:
        return "case_report"
    if counts["trial"] or (counts["people"] and mentions["p_value"]) or _gives_a_drug(article, mentions):
        return "trial_report"
    return "other"


_BESIDE = 40  # characters between a drug and its dose
_SURE = 1.0  # a name of the drug lexicon that stands where drugs are given


def _gives_a_drug(article: Article, mentions: Mentions) -> bool:
    """Whether some drug has a dose beside it."""
    drugs = [e for e in article.entities if e.label == "CHEMICAL" and e.score >= _SURE]
    return any(
        0 <= m.start - e.end <= _BESIDE or 0 <= e.start - m.end <= _BESIDE for m in mentions["dose"] for e in drugs
    )
