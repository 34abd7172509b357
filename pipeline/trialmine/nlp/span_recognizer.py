"""A transition-based recogniser that writes to `doc.spans`, so that several can label overlapping spans of one text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from spacy.language import Language
from spacy.pipeline.ner import DEFAULT_NER_MODEL, EntityRecognizer
from spacy.tokens import Doc, SpanGroup

SPANS_KEY = "trial"


class SpanRecognizer(EntityRecognizer):  # type: ignore[misc]
    """spaCy's entity recogniser with `doc.spans` as its output; it must run before any component that sets entities."""

    def set_annotations(self, docs: Sequence[Doc], states: Any) -> None:
        """Append the spans of `states` to doc.spans["trial"] and leave `doc.ents` empty."""
        super().set_annotations(docs, states)
        for doc in docs:
            if SPANS_KEY not in doc.spans:
                doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY)
            doc.spans[SPANS_KEY].extend(list(doc.ents))
            # a later recogniser would take these for fixed, as spaCy's does with preset entities
            doc.set_ents([], default="missing")


@Language.factory("trialmine_spans", default_config={"model": DEFAULT_NER_MODEL, "moves": None})
def create_span_recognizer(nlp: Language, name: str, model: Any, moves: list[str] | None) -> SpanRecognizer:
    """The factory of `trialmine_spans`, registered as an entry point so that `spacy.load` finds it."""
    return SpanRecognizer(nlp.vocab, model, name, moves)
