from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from support.small_net import HEADS, random_weights
from trialmine.nlp import recurrent_recognizer
from trialmine.nlp.recurrent_recognizer import SPANS_KEY, RecurrentRecognizer
from trialmine.nlp.tokenizer import blank

WORDS = st.sampled_from(["oats", "barley", "rye", "(", "-", "5", "\n", "and", "Spelt", ".", "bran-fed"])
TEXTS = st.lists(st.lists(WORDS, max_size=90).map(" ".join), min_size=1, max_size=6)


def recognizer() -> RecurrentRecognizer:
    nlp = blank()
    nlp.vocab.set_vector("oats", np.ones(4, dtype=np.float32))
    made = RecurrentRecognizer(nlp.vocab)
    made.take(random_weights(), HEADS, {"clinical": -0.3})
    return made


FOUND = recognizer()
NLP = blank(FOUND.vocab)


def marks(doc: Doc) -> list[tuple[int, int, str]]:
    return [(s.start, s.end, s.label_) for s in (*doc.ents, *doc.spans[SPANS_KEY])]


@settings(max_examples=40)
@given(TEXTS)
def test_company_changes_nothing(texts: list[str]) -> None:
    together = [marks(doc) for doc in FOUND.pipe([NLP.make_doc(t) for t in texts], batch_size=4)]
    assert together == [marks(FOUND(NLP.make_doc(t))) for t in texts]


@settings(max_examples=40)
@given(TEXTS)
def test_marks_are_words_of_the_text(texts: list[str]) -> None:
    for doc in FOUND.pipe([NLP.make_doc(t) for t in texts]):
        assert all(not doc[start].is_space and not doc[end - 1].is_space for start, end, _ in marks(doc))


def test_all_heads_speak_and_may_lie_over_each_other() -> None:
    doc = FOUND(NLP.make_doc("oats and rye with bran-fed barley ( Spelt ) . " * 20))
    assert {e.label_ for e in doc.ents} <= set(HEADS["ner"])
    assert {s.label_ for s in doc.spans[SPANS_KEY]} == {"CROP", "FIELD"}


def test_a_head_at_rest_says_nothing() -> None:
    quiet = recognizer()
    quiet.resting = {"clinical"}
    doc = quiet(blank(quiet.vocab).make_doc("oats and rye with bran-fed barley ( Spelt ) . " * 20))
    assert {s.label_ for s in doc.spans[SPANS_KEY]} == {"FIELD"}


def test_words_are_forgotten_before_they_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["oats and rye", "rye ( Spelt ) and bran", "barley - 5 bran"]
    wanted = [marks(FOUND(NLP.make_doc(t))) for t in texts]
    monkeypatch.setattr(recurrent_recognizer, "MOST_WORDS", 6)
    small = recognizer()
    assert [marks(small(blank(small.vocab).make_doc(t))) for t in texts * 2] == wanted * 2


def test_a_folder_gives_the_same_recogniser_again(tmp_path: Path) -> None:
    FOUND.to_disk(tmp_path / "found")
    again = RecurrentRecognizer(FOUND.vocab).from_disk(tmp_path / "found")
    text = "oats and rye with bran-fed barley"
    assert again.labels == FOUND.labels == ("GRAIN", "DISH", "CROP", "FIELD")
    assert marks(again(NLP.make_doc(text))) == marks(FOUND(NLP.make_doc(text)))


def test_without_weights_it_says_what_to_do() -> None:
    with pytest.raises(ValueError, match="load a trained model"):
        RecurrentRecognizer(NLP.vocab)(NLP.make_doc("oats"))


@pytest.mark.parametrize("texts", [[""], ["", ""], ["rye", ""], [" \n "]])
def test_empty_texts_have_no_marks(texts: list[str]) -> None:
    for text, doc in zip(texts, FOUND.pipe([NLP.make_doc(t) for t in texts]), strict=True):
        assert not marks(doc) or text.strip()
