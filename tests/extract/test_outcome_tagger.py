from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.marked import read
from trialmine.extract.outcome_features import token_runs
from trialmine.extract.outcome_tagger import LABELS, marginals, outcome_tagger, spans

_SCORE = st.floats(-8, 8)
_ROW = st.tuples(_SCORE, _SCORE, _SCORE)


@given(st.lists(_ROW, min_size=1, max_size=4), st.tuples(_ROW, _ROW, _ROW))
def test_marginals_are_those_of_all_label_sequences(
    scores: list[tuple[float, float, float]], moves: tuple[tuple[float, float, float], ...]
) -> None:
    """The sum over every sequence is the oracle; it is too slow for real sentences."""
    totals = [[0.0] * len(LABELS) for _ in scores]
    for labels in itertools.product(range(len(LABELS)), repeat=len(scores)):
        weight = sum(row[k] for row, k in zip(scores, labels, strict=True))
        weight += sum(moves[a][b] for a, b in itertools.pairwise(labels))
        for i, k in enumerate(labels):
            totals[i][k] += math.exp(weight)
    for found, total in zip(marginals(np.array(scores * 2), moves, [len(scores)] * 2), totals * 2, strict=True):
        assert found == pytest.approx([x / sum(total) for x in total], abs=1e-6)


def test_spans_lie_in_their_sentences_in_order() -> None:
    article = read("RESULTS: Overall survival and quality of life improved. Nausea was seen in 3 patients.")
    runs = outcome_tagger().tag(article)
    found = list(spans(runs, 0.06))
    assert found
    assert all(s.sentence.start <= s.start < s.end <= s.sentence.end for s in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(0.06 <= s.probability <= 1.0 for s in found)


_PIECES = st.sampled_from(
    ("RESULTS: ", "Mean survival (months) rose", ", and pain fell; ", "quality of life", " was as in (both] arms. ",
     "sec_w=pain_", "_", "<s>", "HbA1c", "The primary outcome was ", "ſurvival", "12.5%", " measured by ", "A_B ", ". ")
)  # fmt: skip


@given(st.lists(_PIECES, min_size=1, max_size=25).map("".join))
def test_tables_weigh_what_the_features_weigh(text: str) -> None:
    tagger, article = outcome_tagger(), read(text)
    for run, tagged in zip(token_runs(article), tagger.tag(article), strict=True):
        rows = [[tagger.weights[name] for name in names if name in tagger.weights] for names in run.features]
        scores = [[sum(row[k] for row in known) for k in range(len(LABELS))] for known in rows]
        chances = marginals(np.array(scores), tagger.transitions, [len(scores)])
        assert tagged.inside == pytest.approx([1 - c[0] for c in chances])
        assert tagged.opens == pytest.approx([c[1] for c in chances])


def test_what_was_met_is_forgotten_when_it_is_too_much() -> None:
    tagger = outcome_tagger()
    sentence = "Overall survival rose. "
    before = tagger.tag(read(sentence))[0].inside
    tagger.tag(read(" ".join(f"w{i}. Then x{i}" for i in range(30_000))))
    assert tagger.tag(read(sentence))[0].inside == before


@pytest.mark.parametrize("text", ["", ".", "(" * 900, "survival " * 900, "\x00\ud800 ½"])
def test_odd_texts_do_no_harm(text: str) -> None:
    list(spans(outcome_tagger().tag(read(text)), 0.06))
