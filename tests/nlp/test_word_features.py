from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.nlp.word_features import LETTERS, LONGEST, SHAPES, letters, segments, shape


@pytest.mark.parametrize(
    ("word", "kind"),
    [("12", 1), ("(", 2), ("oats", 3), ("il2", 4), ("B", 5), ("DNA", 6), ("IL2", 7), ("Oats", 8), ("mRNA", 9)],
)
def test_shapes(word: str, kind: int) -> None:
    assert shape(word) == kind


@given(st.text(min_size=1, max_size=40))
def test_any_word_has_letters_and_a_shape(word: str) -> None:
    assert len(letters(word)) == LONGEST
    assert all(0 <= n < LETTERS for n in letters(word))
    assert 0 <= shape(word) < SHAPES


@given(st.lists(st.booleans(), max_size=500))
def test_segments_cover_the_text_in_order(stops: list[bool]) -> None:
    cuts = list(segments(stops))
    assert [i for a, b in cuts for i in range(a, b)] == list(range(len(stops)))
    assert all(0 < b - a <= 120 for a, b in cuts)


def test_segments_end_with_sentences() -> None:
    stops = [i in (40, 55) for i in range(100)]
    assert list(segments(stops)) == [(0, 41), (41, 100)]
