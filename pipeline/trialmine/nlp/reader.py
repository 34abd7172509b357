"""Reads a cleaned text into an Article: sections, sentences, abbreviations, entities."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from trialmine.nlp.abbreviations import find_abbreviations
from trialmine.nlp.conditions import find_conditions
from trialmine.nlp.drugs import find_drugs
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.records.article import Article, Entity
from trialmine.records.document import CleanText

if TYPE_CHECKING:
    from spacy.language import Language


class Reader:
    """Turns clean text into Articles; the model in the NER slot is loaded when the first text comes.

    Args:
        ner_model: name of an installed spaCy package or path of a model folder; None is the shipped model where there is
            one, "none" is lexicon and rules alone.
        label_map: the model's labels to ours.
    """

    def __init__(self, *, ner_model: str | None = None, label_map: Mapping[str, str] | None = None) -> None:
        self._ner_model = ner_model
        self._label_map = label_map

    @property
    def description(self) -> dict[str, str]:
        """Name of the model in the NER slot."""
        return {"name": self._ner_model or "none"}

    def read(self, clean: CleanText, *, title: str | None = None, publication_types: tuple[str, ...] = ()) -> Article:
        """The article of one cleaned text.

        Raises:
            ModelError: the model in the NER slot can't be loaded.
        """
        nlp = self._nlp  # spaCy sets warning filters of its own when it is imported
        with warnings.catch_warnings():
            # the detector's own matcher is empty until it has seen an abbreviation, and says so
            warnings.filterwarnings("ignore", message=r"\[W036\]")
            doc = nlp(clean.text)
        sections = find_sections(clean.text, title=title)
        return Article(
            text=clean.text,
            sections=sections,
            sentences=find_sentences(clean.text, sections),
            entities=self._entities(clean.text),
            abbreviations=find_abbreviations(doc),
            title=title,
            publication_types=publication_types,
        )

    @cached_property
    def _nlp(self) -> Language:
        from scispacy.abbreviation import AbbreviationDetector  # noqa: F401 - registers the component

        from trialmine.nlp.tokenizer import blank

        nlp = blank()
        nlp.add_pipe("abbreviation_detector", config={"make_serializable": True})
        return nlp

    def _entities(self, text: str) -> tuple[Entity, ...]:
        found = [*find_drugs(text), *find_conditions(text)]
        return tuple(sorted(found, key=lambda e: (e.start, -e.end)))

