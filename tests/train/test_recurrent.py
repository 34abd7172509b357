from __future__ import annotations

import numpy as np
import pytest

from trialmine.evaluate.annotated import Annotated
from trialmine.nlp.recurrent_net import RecurrentNet
from trialmine.nlp.recurrent_recognizer import ENTITIES, RecurrentRecognizer
from trialmine.nlp.tokenizer import blank
from trialmine.train.lesson import Course, Lesson
from trialmine.train.recipe import joined

torch = pytest.importorskip("torch")

from trialmine.train.recurrent import RecurrentTagger, train_tagger  # noqa: E402
from trialmine.train.words import Words  # noqa: E402

LABELS = ("CHEMICAL", "DISEASE")
DOCS = [
    Annotated("1", "Oats (Avena) fed the cows. Oats are cheap.", ((0, 4, "CHEMICAL"), (27, 31, "CHEMICAL"))),
    Annotated("2", "Rye fed nobody.", ((0, 3, "CHEMICAL"),)),
]


def words() -> Words:
    nlp = blank()
    nlp.vocab.set_vector("oats", torch.ones(5).numpy())
    return Words(nlp)


@pytest.mark.slow
def test_a_tagger_learns_is_the_same_each_time_and_reads_alike_without_torch() -> None:
    trained = []
    for _ in range(2):
        lesson = Lesson(DOCS, LABELS, 1.0, noise=0.1)
        trained.append(train_tagger({ENTITIES: lesson}, words(), Course(steps=80, batch=2)))
    assert all((trained[0][name] == trained[1][name]).all() for name in trained[0])
    nlp = blank()
    nlp.vocab.set_vector("oats", torch.ones(5).numpy())
    recognizer = RecurrentRecognizer(nlp.vocab)
    recognizer.take(trained[0], {ENTITIES: LABELS}, {})
    found = [recognizer(nlp.make_doc(d.text)).ents for d in DOCS]
    assert [[(e.start_char, e.end_char, e.label_) for e in ents] for ents in found] == [list(d.spans) for d in DOCS]


def test_reading_gives_the_numbers_of_training() -> None:
    torch.manual_seed(3)
    net = RecurrentTagger({ENTITIES: LABELS}, 5).eval()
    known = words()
    text = "Oats (Avena sativa L.) fed 12 of the cows. Cows, however, like IL-2 and rye-grass better. "
    docs = [known.encode(t) for t in (text * 9, "Rye.", text * 4)]
    with torch.no_grad():
        wanted = net(docs, known, ENTITIES).log_softmax(-1).numpy()
    rows = known.rows(docs)
    quick = RecurrentNet({name: value.numpy() for name, value in net.state_dict().items()})
    inside = rows.inside.numpy()
    table = quick.rows(rows.vectors.numpy(), rows.letters.numpy(), rows.shapes.numpy())
    same = rows.same.numpy().reshape(inside.shape)[inside]
    read = quick.read(table, rows.places.numpy()[inside], inside.sum(axis=1).tolist(), same)
    assert np.abs(quick.scores(ENTITIES, read) - wanted).max() < 1e-4


def test_what_is_not_annotated_teaches_nothing() -> None:
    half = Annotated("3", "Rye fed nobody. Oats fed all.", ((16, 20, "CHEMICAL"),), ((16, 29),))
    lesson = Lesson([half], LABELS, 1.0)
    weights = train_tagger({ENTITIES: lesson}, words(), Course(steps=2, batch=1))
    assert all(np.isfinite(value).all() for value in weights.values())


def test_labels_that_a_corpus_does_not_annotate_are_no_reason_to_call_a_word_outside() -> None:
    # rye is a chemical to the first corpus; the second, which annotates diseases alone, says nothing of it
    plain = Annotated("4", "Rye fed nobody.", ())
    said = {
        silent: train_tagger(
            {
                ENTITIES: Lesson(DOCS, LABELS, 0.3),
                "more": Lesson([plain], LABELS, 0.7, head=ENTITIES, silent=silent),
            },
            words(),
            Course(steps=60, batch=2),
        )
        for silent in ((), ("CHEMICAL",))
    }
    assert not any(name.startswith("heads.more") for name in said[()])
    found = {}
    for silent, weights in said.items():
        nlp = blank()
        nlp.vocab.set_vector("oats", torch.ones(5).numpy())
        recognizer = RecurrentRecognizer(nlp.vocab)
        recognizer.take(weights, {ENTITIES: LABELS}, {})
        found[silent] = [e.text for e in recognizer(nlp.make_doc(plain.text)).ents]
    assert found == {(): [], ("CHEMICAL",): ["Rye"]}


def test_a_training_may_begin_with_the_weights_of_another() -> None:
    lesson = {ENTITIES: Lesson(DOCS, LABELS, 1.0)}
    first = train_tagger(lesson, words(), Course(steps=3, batch=1))
    lesson["other"] = Lesson(DOCS, ("CHEMICAL",), 0.5)
    again = train_tagger(lesson, words(), Course(steps=1, batch=1, learn_rate=0.0), start=first)
    assert np.allclose(again["word.weight"], first["word.weight"])
    assert again["heads.other.3.weight"].shape == (5, 128)


def test_a_corpus_without_texts_is_refused() -> None:
    with pytest.raises(ValueError, match="teaches nothing"):
        train_tagger({ENTITIES: Lesson([], LABELS, 1.0)}, words(), Course(steps=1))


def test_sentences_become_texts() -> None:
    (text,) = joined(DOCS)
    assert [text.text[a:b] for a, b, _ in text.spans] == ["Oats", "Oats", "Rye"]


def test_words_of_one_document_are_the_same_whatever_their_capitals() -> None:
    known = words()
    rows = known.rows([known.encode("Oats oats"), known.encode("oats")])
    assert rows.inside.tolist() == [[True, True], [True, False]]
    first, second, other, _ = rows.same.tolist()
    assert first == second != other
    assert rows.reverse.tolist()[0] == [1, 0]
