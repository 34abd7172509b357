from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.training import Example
from thinc.api import fix_random_seed

from trialmine.nlp import quick_encoder
from trialmine.nlp.quick_encoder import WordMemory, quicken_encoders
from trialmine.nlp.tokenizer import blank

WORDS = st.sampled_from(["oats", "Oats", "barley", "(", "-", "5", "\n", "can't", "Spelt", "bran", "5 mg/kg"])
TEXTS = st.lists(st.lists(WORDS, max_size=25).map(" ".join), min_size=1, max_size=5)


def encoder(embed: str = "spacy.MultiHashEmbed.v2", **settings: Any) -> Language:
    """An encoder with vectors and random weights."""
    nlp = blank()
    nlp.vocab.set_vector("oats", np.ones(7, dtype="float32"))
    rows = {"attrs": ["NORM", "SHAPE"], "rows": [50, 20], "include_static_vectors": True}
    layers = {"width": 12, **(rows if embed == "spacy.MultiHashEmbed.v2" else {}), **settings}
    nlp.add_pipe(
        "tok2vec",
        config={
            "model": {
                "@architectures": "spacy.Tok2Vec.v2",
                "embed": {"@architectures": embed, **layers},
                "encode": {
                    "@architectures": "spacy.MaxoutWindowEncoder.v2",
                    "width": 12,
                    "depth": 2,
                    "window_size": 1,
                    "maxout_pieces": 3,
                },
            }
        },
    )
    nlp.initialize()
    rng = np.random.default_rng(3)
    for node in pipe(nlp).model.walk():
        for name in node.param_names:
            node.set_param(name, rng.normal(size=node.get_param(name).shape).astype("float32"))
    return nlp


def pipe(nlp: Language) -> Any:
    return nlp.get_pipe("tok2vec")


def rows(nlp: Language, texts: list[str]) -> Any:
    return np.concatenate(pipe(nlp).predict([nlp.make_doc(t) for t in texts]))


SLOW, QUICK = encoder(), encoder()
quicken_encoders(QUICK)


def memory(nlp: Language) -> WordMemory:
    found = pipe(nlp).model.layers[0]._func
    assert isinstance(found, WordMemory)
    return found


@settings(max_examples=60)
@given(TEXTS)
def test_the_numbers_stay_the_same(texts: list[str]) -> None:
    np.testing.assert_allclose(rows(QUICK, texts), rows(SLOW, texts), rtol=1e-3, atol=1e-5)


def test_a_word_is_embedded_once(monkeypatch: pytest.MonkeyPatch) -> None:
    rows(QUICK, ["oats and barley", "barley and oats"])
    known = len(memory(QUICK)._rows)
    monkeypatch.setattr(memory(QUICK), "_forward", None)
    rows(QUICK, ["barley oats and and"])
    assert len(memory(QUICK)._rows) == known


def test_the_memory_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quick_encoder, "MOST_WORDS", 3)
    for text in ("one two", "three four", "five six"):
        np.testing.assert_allclose(rows(QUICK, [text]), rows(SLOW, [text]), rtol=1e-3, atol=1e-5)
        assert len(memory(QUICK)._rows) <= 3


def test_other_weights_are_noticed() -> None:
    nlp = encoder()
    quicken_encoders(nlp)
    before = rows(nlp, ["oats and rye"])
    for node in pipe(nlp).model.walk():
        if node.has_param("b"):
            node.set_param("b", node.get_param("b") + 1)
    assert np.abs(rows(nlp, ["oats and rye"]) - before).max() > 0.1


def test_training_goes_on_as_before() -> None:
    losses = []
    for quick in (False, True):
        fix_random_seed(1)
        nlp = encoder()
        recogniser: Any = nlp.add_pipe("ner", config={"model": {"tok2vec": _listener()}})
        recogniser.add_label("GRAIN")
        example = Example.from_dict(nlp.make_doc("oats and rye"), {"entities": [(0, 4, "GRAIN")]})
        optimizer = nlp.initialize(lambda example=example: [example])
        if quick:
            quicken_encoders(nlp)
        found: dict[str, float] = {}
        for _ in range(3):
            nlp.update([example], sgd=optimizer, losses=found)
        losses.append(found)
    assert losses[1] == pytest.approx(losses[0], rel=1e-4)


def _listener() -> dict[str, Any]:
    return {"@architectures": "spacy.Tok2VecListener.v1", "width": 12, "upstream": "tok2vec"}


def test_an_embedding_that_reads_letters_is_left_alone() -> None:
    nlp = encoder("spacy.CharacterEmbed.v2", rows=50, nM=8, nC=4, include_static_vectors=False, feature="LOWER")
    other = encoder("spacy.CharacterEmbed.v2", rows=50, nM=8, nC=4, include_static_vectors=False, feature="LOWER")
    quicken_encoders(nlp)
    assert not isinstance(pipe(nlp).model.layers[0]._func, WordMemory)
    np.testing.assert_allclose(rows(nlp, ["oats (5)"]), rows(other, ["oats (5)"]), rtol=1e-3, atol=1e-5)


@pytest.mark.parametrize("texts", [[""], ["", "rye"], [" \n "]])
def test_empty_texts_have_no_rows(texts: list[str]) -> None:
    assert rows(QUICK, texts).shape == rows(SLOW, texts).shape
