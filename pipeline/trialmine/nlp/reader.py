"""Reads a cleaned text into an Article: sections, sentences, abbreviations, entities."""

from __future__ import annotations

from collections.abc import Mapping

from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.records.article import Article
from trialmine.records.document import CleanText


class Reader:
    """Turns clean text into Articles; holds the NER model, which is loaded when it is first needed."""

    def __init__(self, *, ner_model: str | None = None, label_map: Mapping[str, str] | None = None) -> None:
        self._ner_model = ner_model
        self._label_map = label_map

    @property
    def description(self) -> dict[str, str]:
        """Name of the model in the NER slot."""
        return {"name": self._ner_model or "none"}

    def read(self, clean: CleanText, *, title: str | None = None, publication_types: tuple[str, ...] = ()) -> Article:
        """The article of one cleaned text."""
        sections = find_sections(clean.text, title=title)
        return Article(
            text=clean.text,
            sections=sections,
            sentences=find_sentences(clean.text, sections),
            title=title,
            publication_types=publication_types,
        )
