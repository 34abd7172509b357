"""The model slot: the shipped recogniser, or any installed spaCy or scispaCy model in its place."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from trialmine.errors import ModelError
from trialmine.nlp import checksums, repeated_entities  # noqa: F401 - the latter registers a component
from trialmine.nlp.batch_recognizer import quicken
from trialmine.nlp.quick_encoder import quicken_encoders
from trialmine.nlp.recurrent_recognizer import SPANS_KEY, RecurrentRecognizer
from trialmine.records.article import Entity
from trialmine.resources import model_path

LABELS = frozenset({"CHEMICAL", "DISEASE", "INTERVENTION", "CONDITION", "ENDPOINT", "ARM", "ADVERSE_EVENT"})
"""What an entity may be called. Others are left out, PARTICIPANTS too: no choice of the record got better by them."""

SCISPACY_LABELS: Mapping[str, str] = {
    "SIMPLE_CHEMICAL": "CHEMICAL",  # en_ner_bionlp13cg_md
    "CANCER": "DISEASE",
    "PATHOLOGICAL_FORMATION": "DISEASE",
    "CHEBI": "CHEMICAL",  # en_ner_craft_md
    "DRUG": "CHEMICAL",
    "MEDICATION": "CHEMICAL",
    "PROBLEM": "DISEASE",
    "CONDITION": "DISEASE",
}
"""What scispaCy's and related models call what we call CHEMICAL and DISEASE; en_ner_bc5cdr_md says it as we do.

The conditions of a record are chosen among the diseases, so an entity that another model calls CONDITION is one.
"""

_RECOGNISERS = {"ner", "beam_ner", "trialmine_recogniser", "spancat", "entity_ruler", "span_ruler"}


def load_ner(model: str | Path | None = None, label_map: Mapping[str, str] | None = None) -> Language:
    """A spaCy pipeline with an entity recogniser; its entities carry our labels.

    Args:
        model: an installed spaCy or scispaCy package or a model folder; None is the shipped model.
        label_map: the model's label -> ours, on top of what is known of scispaCy's models.

    Raises:
        ModelError: there is no such model, it can't be read, or it recognises no entities.
    """
    source = str(model_path() if model is None else model)
    checksums.check(Path(source))
    try:
        with warnings.catch_warnings():
            # scispaCy's currency signs look like a set operation of a future `re`
            warnings.simplefilter("ignore", FutureWarning)
            nlp = spacy.load(source)
    except (OSError, ValueError, ImportError) as error:
        raise ModelError(
            f"the model can't be loaded ({error})", where=source, remedy="Name an installed package or a model folder."
        ) from error
    if not any(nlp.get_pipe_meta(name).factory in _RECOGNISERS for name in nlp.pipe_names):
        raise ModelError(
            f"the model recognises no entities (it has: {', '.join(nlp.pipe_names) or 'no components'})",
            where=source,
            remedy="Name a model with an entity recogniser, such as scispaCy's en_ner_bc5cdr_md.",
        )
    mapped = {k.upper(): SCISPACY_LABELS.get(v, v) for k, v in (label_map or {}).items()}
    labels = {**SCISPACY_LABELS, **mapped}
    if model is not None or label_map:
        nlp.add_pipe("trialmine_labels", config={"labels": labels}, last=True)
    quicken(nlp)
    quicken_encoders(nlp)
    return nlp


def rest_unread(nlp: Language) -> None:
    """Let the heads of the shipped model rest whose labels no extractor asks for; they cost time all the same."""
    for _, pipe in nlp.components:
        if isinstance(pipe, RecurrentRecognizer):
            pipe.resting = {head for head, labels in pipe.heads.items() if not LABELS & set(labels)}


@Language.factory("trialmine_labels", default_config={"labels": {}})
def create_label_map(nlp: Language, name: str, labels: Mapping[str, str]) -> LabelMap:  # noqa: ARG001 (spaCy's form)
    """The factory of `trialmine_labels`."""
    return LabelMap(labels)


class LabelMap:
    """Renames entities to our labels; those that have no place among them are dropped."""

    def __init__(self, labels: Mapping[str, str]) -> None:
        self._labels = labels

    def __call__(self, doc: Doc) -> Doc:
        """Rename the entities of `doc` in place."""
        named = ((e, self._labels.get(e.label_.upper(), e.label_.upper())) for e in doc.ents)
        doc.set_ents([Span(doc, e.start, e.end, label=label) for e, label in named if label in LABELS])
        return doc


def entities(doc: Doc) -> list[Entity]:
    """The entities and trial spans of a read text, in text order; trial spans may lie over others."""
    text = doc.text  # spaCy joins the tokens anew each time
    spans = {
        (*_trimmed(text, s.start_char, s.end_char), s.label_)
        for s in (*doc.ents, *doc.spans.get(SPANS_KEY, ()))
        if s.label_ in LABELS
    }
    return [Entity(start, end, label, text[start:end]) for start, end, label in sorted(spans) if start < end]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without blanks and stops at its ends and without half a parenthesis."""
    if text.count("(", start, end) > text.count(")", start, end):
        end = end + 1 if text[end : end + 1] == ")" else text.rindex("(", start, end)
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:"):
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
