"""Keeps what animals and cells were given out of the dosing table of a study of people."""

from __future__ import annotations

from trialmine.records.article import Article, Mention, Mentions, Sentence
from trialmine.records.vocabulary import DocumentKind

_GIVEN = ("dose", "frequency", "schedule", "duration", "route", "administrations", "infusion_time")
_IN_TITLE = "title"


def without_animals(article: Article, mentions: Mentions, kind: DocumentKind) -> Mentions:
    """The mentions without the doses and regimens of sentences that speak of animals or cells and of no people.

    A preclinical study keeps all of its own, and so does a trial whose title names animals as its patients, or whose
    text tells of no people at all.
    """
    signs = mentions["document_kind"]
    animals = [m for m in signs if m.value == "preclinical"]
    if not animals or kind == "preclinical" or any(article.section_at(m.start) == _IN_TITLE for m in animals):
        return mentions
    people = [m for m in (*signs, *mentions["participants"]) if m.kind == "participants" or m.value == "people"]
    if not people:
        return mentions
    sentences = [s for s in article.sentences if _any_in(animals, s) and not _any_in(people, s)]
    if not sentences:
        return mentions
    kept = {
        name: tuple(m for m in group if not any(s.start <= m.start < s.end for s in sentences))
        for name, group in mentions.by_kind.items()
        if name in _GIVEN
    }
    return Mentions({**mentions.by_kind, **kept})


def _any_in(found: list[Mention], sentence: Sentence) -> bool:
    return any(sentence.start <= m.start < sentence.end for m in found)
