from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Span

from trialmine.nlp.repeated_entities import RepeatedEntities
from trialmine.nlp.tokenizer import blank

NLP = blank()


def found(text: str, *marked: tuple[int, int, str]) -> list[tuple[int, str, str]]:
    doc = NLP.make_doc(text)
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in marked]
    return [(e.start, e.text, e.label_) for e in RepeatedEntities()(doc).ents]


@pytest.mark.parametrize(
    ("text", "marked", "new"),
    [
        ("barley and barley", (0, 1, "CHEMICAL"), [2]),
        ("Barley and barley", (0, 1, "CHEMICAL"), []),  # another word
        ("oat bran , oats , oat bran", (0, 2, "DISEASE"), [5]),
        ("a barley a a a", (0, 1, "CHEMICAL"), []),  # one letter is no name
        ("BB1 b BB1 BB1 BB1 BB1", (0, 1, "CHEMICAL"), [2, 3, 4, 5]),  # an abbreviation of a chemical
        ("BB1 b BB1 BB1 BB1 BB1", (0, 1, "DISEASE"), []),
        ("rust rust rust rust", (0, 1, "DISEASE"), []),  # one of four
        ("rust rust rust", (0, 1, "DISEASE"), [1, 2]),
    ],
)
def test_names_are_found_again(text: str, marked: tuple[int, int, str], new: list[int]) -> None:
    assert [start for start, _, _ in found(text, marked)] == sorted([marked[0], *new])


def test_the_longer_of_two_names_comes_first() -> None:
    spans = found("oat bran and oat , oat bran", (0, 2, "CHEMICAL"), (3, 4, "CHEMICAL"))
    assert spans == [(0, "oat bran", "CHEMICAL"), (3, "oat", "CHEMICAL"), (5, "oat bran", "CHEMICAL")]


def test_the_commoner_label_is_given() -> None:
    spans = found("rye rye rye rye", (0, 1, "DISEASE"), (1, 2, "CHEMICAL"), (2, 3, "CHEMICAL"))
    assert [label for _, _, label in spans] == ["DISEASE", "CHEMICAL", "CHEMICAL", "CHEMICAL"]


@given(st.lists(st.sampled_from(["rye", "oat", "bran", "B12", "(", "5"]), max_size=20), st.data())
def test_what_is_there_stays_and_a_second_time_adds_nothing(words: list[str], data: st.DataObject) -> None:
    doc = NLP.make_doc(" ".join(words))
    starts = data.draw(st.sets(st.integers(0, len(doc) - 1), max_size=4)) if len(doc) else set()
    doc.ents = [Span(doc, i, i + 1, label=data.draw(st.sampled_from(["CHEMICAL", "DISEASE"]))) for i in sorted(starts)]
    before = {(e.start, e.end, e.label_) for e in doc.ents}
    repeats = RepeatedEntities()
    once = {(e.start, e.end, e.label_) for e in repeats(doc).ents}
    assert before <= once
    assert {(e.start, e.end, e.label_) for e in repeats(doc).ents} == once
