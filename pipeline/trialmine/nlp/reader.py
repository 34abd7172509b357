"""Reads a cleaned text into an Article: sections, sentences, abbreviations, entities."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from trialmine.nlp.abbreviations import find_abbreviations
from trialmine.nlp.conditions import find_conditions
from trialmine.nlp.defined_names import as_defined
from trialmine.nlp.drugs import find_drugs
from trialmine.nlp.sections import find_sections
from trialmine.nlp.sentences import find_sentences
from trialmine.records.article import Article, Entity
from trialmine.records.document import CleanText
from trialmine.resources import has_model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokenizer import Tokenizer

# characters of a text that the model reads alone, so that memory does not grow by its neighbours
_LONG = 20_000


class Reader:
    """Turns clean text into Articles; the model in the NER slot is loaded when the first text comes.

    Args:
        ner_model: name of an installed spaCy package or path of a model folder; None is the shipped model where there
            is one, "none" is lexicon and rules alone.
        label_map: the model's labels to ours.
    """

    def __init__(self, *, ner_model: str | None = None, label_map: Mapping[str, str] | None = None) -> None:
        self._ner_model = ner_model
        self._label_map = label_map

    @property
    def description(self) -> dict[str, str]:
        """Name and version of the model in the slot, as the model tells them.

        Raises:
            ModelError: it can't be loaded.
        """
        if self._ner is None:
            return {"name": "none"}
        meta = self._ner.meta
        return {
            "name": f"{meta['lang']}_{meta['name']}",
            "version": str(meta["version"]),
            "source": self._ner_model or "shipped",
        }

    def read(
        self,
        clean: CleanText,
        *,
        title: str | None = None,
        publication_types: tuple[str, ...] = (),
        language: str | None = None,
        recognised: Sequence[Entity] | None = None,
    ) -> Article:
        """The article of one cleaned text; `recognised` is what the model says of it, if that is known.

        Raises:
            ModelError: the model in the NER slot can't be loaded.
        """
        sections = find_sections(clean.text, title=title)
        abbreviations = find_abbreviations(clean.text, self._tokenizer)
        model_says = self._recognised(clean.text) if recognised is None else recognised
        return Article(
            text=clean.text,
            sections=sections,
            sentences=find_sentences(clean.text, sections),
            entities=tuple(as_defined(_entities(clean.text, model_says), abbreviations)),
            abbreviations=abbreviations,
            title=title,
            publication_types=publication_types,
            language=language,
        )

    def recognise(self, texts: Sequence[str]) -> list[Sequence[Entity] | None]:
        """What the model says of each of several clean texts, for `read`; None for those that it should read alone.

        Only the shipped model reads several at once: of others it is not known that company changes nothing.

        Raises:
            ModelError: the model in the NER slot can't be loaded.
        """
        found: list[Sequence[Entity] | None] = [None] * len(texts)
        if self._ner is None or self._ner_model is not None:
            return found
        from trialmine.nlp.ner import entities

        short = [i for i, text in enumerate(texts) if len(text) <= _LONG]
        for i, doc in zip(short, self._ner.pipe([texts[i] for i in short]), strict=True):
            found[i] = entities(doc)
        return found

    def _recognised(self, text: str) -> Sequence[Entity]:
        if self._ner is None:
            return ()
        from trialmine.nlp.ner import entities

        return entities(self._ner(text))

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        if self._ner is not None and self._ner_model is None:
            return self._ner.tokenizer  # the same, and it remembers the words that it has split
        from trialmine.nlp.tokenizer import blank

        # with the model's vocabulary, so that a new word is looked at once
        return blank(self._ner.vocab if self._ner is not None else None).tokenizer

    @cached_property
    def _ner(self) -> Language | None:
        """The model in the slot; without a shipped one, lexicon and rules carry the work."""
        from trialmine.nlp.ner import load_ner, rest_unread

        if self._ner_model == "none" or (self._ner_model is None and not has_model()):
            return None
        ner = load_ner(self._ner_model, self._label_map)
        rest_unread(ner)
        return ner


def _entities(text: str, recognised: Sequence[Entity]) -> tuple[Entity, ...]:
    """What the lexicon knows by name, and what the model adds to it."""
    found = [*find_drugs(text), *find_conditions(text)]
    taken: dict[str, list[tuple[int, int]]] = {}
    for e in found:
        taken.setdefault(e.label, []).append((e.start, e.end))
    # the lexicon knows a name's canonical form, so of two readings of one stretch its own stays
    found += [e for e in recognised if not any(s < e.end and e.start < t for s, t in taken.get(e.label, ()))]
    return tuple(sorted(found, key=lambda e: (e.start, -e.end)))
