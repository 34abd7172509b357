from __future__ import annotations

import pytest

from trialmine.evaluate.annotated import Annotated
from trialmine.nlp.tokenizer import blank

torch = pytest.importorskip("torch")

from trialmine.train.tagging import spans  # noqa: E402
from trialmine.train.teacher import ENTITIES_HEAD, Course, Lesson, joined, tag_chances, train_teacher  # noqa: E402
from trialmine.train.words import Words, shape  # noqa: E402

DOCS = [
    Annotated("1", "Oats (Avena) fed the cows. Oats are cheap.", ((0, 4, "CHEMICAL"), (27, 31, "CHEMICAL"))),
    Annotated("2", "Rye fed nobody.", ((0, 3, "CHEMICAL"),)),
]


def words() -> Words:
    nlp = blank()
    nlp.vocab.set_vector("oats", torch.ones(5).numpy())
    return Words(nlp)


@pytest.mark.slow
def test_a_teacher_learns_and_is_the_same_each_time() -> None:
    found = []
    for _ in range(2):
        known = words()
        lesson = Lesson(DOCS, ("CHEMICAL", "DISEASE"), 1.0)
        net = train_teacher({ENTITIES_HEAD: lesson}, known, Course(steps=60, batch=2))
        docs = [known.encode(d.text) for d in DOCS]
        chances = dict(tag_chances([net, net], docs, known))
        found.append([spans(chances[i], docs[i].offsets, lesson.labels) for i in range(2)])
    assert found[0] == found[1]
    assert found[0] == [list(d.spans) for d in DOCS]


def test_sentences_become_texts() -> None:
    (text,) = joined(DOCS)
    assert [text.text[a:b] for a, b, _ in text.spans] == ["Oats", "Oats", "Rye"]


@pytest.mark.parametrize(
    ("word", "kind"),
    [("12", 1), ("(", 2), ("oats", 3), ("il2", 4), ("B", 5), ("DNA", 6), ("IL2", 7), ("Oats", 8), ("mRNA", 9)],
)
def test_shapes(word: str, kind: int) -> None:
    assert shape(word) == kind


def test_words_of_one_document_are_the_same_whatever_their_capitals() -> None:
    known = words()
    rows = known.rows([known.encode("Oats oats"), known.encode("oats")])
    assert rows.inside.tolist() == [[True, True], [True, False]]
    first, second, other, _ = rows.same.tolist()
    assert first == second != other
    assert rows.reverse.tolist()[0] == [1, 0]
