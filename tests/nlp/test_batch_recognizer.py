from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.pipeline.ner import EntityRecognizer
from spacy.tokens import Doc, Span

from trialmine.nlp.batch_recognizer import BatchRecognizer, quicken
from trialmine.nlp.tokenizer import blank

WORDS = st.sampled_from(["oats", "barley", "rye", "(", "-", "5", "\n", "and", "Spelt", "bran"])
TEXTS = st.lists(st.lists(WORDS, max_size=25).map(" ".join), min_size=1, max_size=6)


def untrained(factory: str) -> Language:
    """A recogniser with random weights, so that all its moves occur."""
    nlp = blank()
    pipe: Any = nlp.add_pipe(factory, name="found")
    for label in ("GRAIN", "DISH"):
        pipe.add_label(label)
    nlp.initialize()
    rng = np.random.default_rng(7)
    for node in pipe.model.walk():
        for name in node.param_names:
            if node.has_param(name):
                node.set_param(name, rng.normal(size=node.get_param(name).shape).astype("float32"))
    return nlp


SLOW = untrained("ner")
QUICK = untrained("ner")
quicken(QUICK)


def decided(pipe: Any, docs: list[Doc]) -> list[list[tuple[int, int, str]]]:
    pipe.set_annotations(docs, pipe.predict(docs))
    return [[(e.start, e.end, e.label_) for e in doc.ents] for doc in docs]


@settings(max_examples=60)
@given(TEXTS, st.booleans())
def test_batches_are_decoded_as_spacy_does(texts: list[str], sentences: bool) -> None:
    quick, slow = QUICK.get_pipe("found"), SLOW.get_pipe("found")
    assert type(quick) is BatchRecognizer
    assert type(slow) is EntityRecognizer
    sides = []
    for nlp, pipe in ((QUICK, quick), (SLOW, slow)):
        docs = [nlp.make_doc(t) for t in texts]
        for doc in docs if sentences else ():
            for i, token in enumerate(doc):
                token.is_sent_start = i % 4 == 0
        sides.append(decided(pipe, docs))
    assert sides[0] == sides[1]


def test_entities_that_are_there_stay() -> None:
    doc = QUICK.make_doc("oats and rye and barley")
    doc.ents = [Span(doc, 2, 3, label="MINE")]
    assert ("rye", "MINE") in {(e.text, e.label_) for e in QUICK.get_pipe("found")(doc).ents}  # type: ignore[operator]


@pytest.mark.parametrize("texts", [[""], ["", ""], ["rye", ""], [" \n "]])
def test_empty_texts_have_no_entities(texts: list[str]) -> None:
    assert all(len(d.ents) <= len(d) for d in QUICK.pipe(texts))
