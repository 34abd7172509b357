from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise, product

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.nlp.tag_sequences import count_tags, spans, tags

Floats = npt.NDArray[np.float32]
LABELS = ("GRAIN", "DISH")
WHOLE = re.compile("(?:O|S[gd]|Bg(?:Ig)*Eg|Bd(?:Id)*Ed)*")
OFFSETS = [(3 * i, 3 * i + 2) for i in range(12)]


@st.composite
def whole_spans(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    """Spans that lie apart and end with words."""
    cuts = sorted(draw(st.sets(st.integers(0, 12), max_size=6)))
    pairs = pairwise(cuts)
    return [(OFFSETS[a][0], OFFSETS[b - 1][1], draw(st.sampled_from(LABELS))) for a, b in list(pairs)[::2]]


def in_characters(found: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    return [(OFFSETS[a][0], OFFSETS[b - 1][1], label) for a, b, label in found]


@given(st.lists(whole_spans(), min_size=1, max_size=4))
def test_tags_give_the_spans_again(wanted: list[list[tuple[int, int, str]]]) -> None:
    chances = np.eye(count_tags(LABELS), dtype=np.float32)[[t for w in wanted for t in tags(OFFSETS, w, LABELS)]]
    (found,) = spans([np.log(chances + np.float32(1e-6))], [12] * len(wanted), [LABELS])
    assert [in_characters(one) for one in found] == wanted


def log_chances(seed: int, tokens: int, labels: tuple[str, ...]) -> Floats:
    scores: Floats = np.log(np.random.default_rng(seed).random((tokens, count_tags(labels)))).astype(np.float32)
    return scores


@given(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 9), min_size=1, max_size=5))
def test_any_scores_give_whole_spans_whatever_texts_and_heads_lie_beside(seed: int, lengths: list[int]) -> None:
    heads = [LABELS, LABELS[:1]]
    scores = [log_chances(seed, sum(lengths), labels) for labels in heads]
    together = spans(scores, lengths, heads)
    for head, found, of_head in zip(heads, together, scores, strict=True):
        start = 0
        for length, one in zip(lengths, found, strict=True):
            assert all(0 <= a < b <= length for a, b, _ in one)
            assert all(end <= begin for (_, end, _), (begin, _, _) in pairwise(one))
            assert spans([of_head[start : start + length]], [length], [head]) == [[one]]
            start += length


@given(st.integers(0, 2**32 - 1), st.integers(1, 4))
def test_no_other_whole_tagging_is_likelier(seed: int, length: int) -> None:
    scores = log_chances(seed, length, LABELS)
    ((found,),) = spans([scores], [length], [LABELS])
    offsets = [(i, i + 1) for i in range(length)]

    signs = ("O", *(kind + label for label in "gd" for kind in "BIES"))

    def likelihood(tagging: Iterable[int]) -> float:
        return float(scores[range(length), list(tagging)].sum())

    every = product(range(count_tags(LABELS)), repeat=length)
    whole = [one for one in every if WHOLE.fullmatch("".join(signs[tag] for tag in one))]
    assert likelihood(tags(offsets, found, LABELS)) == pytest.approx(max(map(likelihood, whole)), abs=1e-4)


def test_a_leaning_to_outside_leaves_out_what_is_doubtful() -> None:
    chances = np.full((1, count_tags(LABELS)), 0.01, dtype=np.float32)
    chances[0, 0], chances[0, 4] = 0.4, 0.5
    assert spans([np.log(chances)], [1], [LABELS]) == [[[(0, 1, "GRAIN")]]]
    assert spans([np.log(chances)], [1], [LABELS], outside=[0.5]) == [[[]]]


def test_a_span_takes_every_token_that_it_touches() -> None:
    assert tags(OFFSETS[:4], [(1, 7, "DISH")], LABELS) == [5, 6, 7, 0]
    assert tags(OFFSETS[:2], [(2, 3, "DISH")], LABELS) == [0, 0]
