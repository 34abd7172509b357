"""Sentences with their answers marked inline, "given [[2.5 mg/kg]] daily", so that no test types an offset."""

from __future__ import annotations

from collections.abc import Iterable

from trialmine.nlp.conditions import find_conditions
from trialmine.nlp.drugs import find_drugs
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.records.article import Article, Mention


def marked(text: str) -> tuple[str, list[str]]:
    """The text without its [[ ]], and what they hold."""
    parts = text.replace("]]", "[[").split("[[")
    assert len(parts) % 2 == 1, f"a mark is left open in {text!r}"
    return "".join(parts), parts[1::2]


def read(
    text: str, *, title: str | None = None, entities: bool = False, abbreviations: dict[str, str] | None = None
) -> Article:
    """An article without a model: sections and sentences, and what the lexicon knows when `entities` is asked for."""
    sections = find_sections(text, title=title)
    found = sorted([*find_drugs(text), *find_conditions(text)], key=lambda e: (e.start, -e.end)) if entities else []
    return Article(
        text=text,
        sections=sections,
        sentences=find_sentences(text, sections),
        entities=tuple(found),
        abbreviations=abbreviations or {},
        title=title,
    )


def quotes(article: Article, mentions: Iterable[Mention], kind: str) -> list[str]:
    """What the mentions of one kind stand on, in text order."""
    own = sorted((m for m in mentions if m.kind == kind), key=lambda m: (m.start, -m.end))
    return [article.text[m.start : m.end] for m in own]
