from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from trialmine.train.tagging import count_tags, spans, tags

LABELS = ("GRAIN", "DISH")
OFFSETS = [(3 * i, 3 * i + 2) for i in range(12)]


@st.composite
def whole_spans(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    """Spans that lie apart and end with words."""
    cuts = sorted(draw(st.sets(st.integers(0, 12), max_size=6)))
    pairs = pairwise(cuts)
    return [(OFFSETS[a][0], OFFSETS[b - 1][1], draw(st.sampled_from(LABELS))) for a, b in list(pairs)[::2]]


@given(whole_spans())
def test_tags_give_the_spans_again(wanted: list[tuple[int, int, str]]) -> None:
    chances = np.eye(count_tags(LABELS), dtype=np.float32)[tags(OFFSETS, wanted, LABELS)]
    assert spans(chances, OFFSETS, LABELS) == wanted


@given(st.integers(0, 2**32 - 1))
def test_any_chances_give_whole_spans(seed: int) -> None:
    chances = np.random.default_rng(seed).random((12, count_tags(LABELS))).astype(np.float32)
    found = spans(chances, OFFSETS, LABELS)
    assert all(a < b for a, b, _ in found)
    assert all(end <= start for (_, end, _), (start, _, _) in pairwise(found))


def test_a_leaning_to_outside_leaves_out_what_is_doubtful() -> None:
    chances = np.full((1, count_tags(LABELS)), 0.01, dtype=np.float32)
    chances[0, 0], chances[0, 4] = 0.4, 0.5
    assert spans(chances, OFFSETS[:1], LABELS) == [(0, 2, "GRAIN")]
    assert spans(chances, OFFSETS[:1], LABELS, outside=0.5) == []


def test_a_span_takes_every_token_that_it_touches() -> None:
    assert tags(OFFSETS[:4], [(1, 7, "DISH")], LABELS) == [5, 6, 7, 0]
    assert tags(OFFSETS[:2], [(2, 3, "DISH")], LABELS) == [0, 0]
