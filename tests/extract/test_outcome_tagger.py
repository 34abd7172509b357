from __future__ import annotations

import itertools
import math

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
    for found, total in zip(marginals(scores, moves), totals, strict=True):
        assert found == pytest.approx([x / sum(total) for x in total], abs=1e-6)


def test_no_tokens_no_marginals() -> None:
    assert marginals([], ((0.0, 0.0, 0.0),) * 3) == []


def test_spans_lie_in_their_sentences_in_order() -> None:
    article = read("RESULTS: Overall survival and quality of life improved. Nausea was seen in 3 patients.")
    runs = outcome_tagger().tag(article)
    found = list(spans(runs, 0.06))
    assert found
    assert all(s.sentence.start <= s.start < s.end <= s.sentence.end for s in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(0.06 <= s.probability <= 1.0 for s in found)


def test_groups_that_were_looked_up_weigh_what_their_features_weigh() -> None:
    tagger = outcome_tagger()
    article = read("RESULTS: Mean survival (months) rose, and pain fell; quality of life was the same in both arms.")
    for run, tagged in zip(token_runs(article), tagger.tag(article), strict=True):
        rows = [[tagger.weights[name] for name in names if name in tagger.weights] for names in run.features]
        scores = [tuple(sum(row[k] for row in known) for k in range(len(LABELS))) for known in rows]
        expected = [1 - chances[0] for chances in marginals(scores, tagger.transitions)]  # type: ignore[arg-type]
        assert tagged.inside == pytest.approx(expected)


@pytest.mark.parametrize("text", ["", ".", "(" * 900, "survival " * 900, "\x00\ud800 ½"])
def test_odd_texts_do_no_harm(text: str) -> None:
    list(spans(outcome_tagger().tag(read(text)), 0.06))
