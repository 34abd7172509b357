"""A linear-chain tagger for names of outcomes: how likely it is that a token belongs to one, read from weights as JSON.

The weights are those of a conditional random field (train/outcome_tagger.py). Reading one is a sum over the features of
each token and the forward-backward recursion, so that nothing but the standard library is needed at run time.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from trialmine.extract.outcome_features import TokenRun, token_runs
from trialmine.records.article import Article, Sentence

LABELS = ("O", "B", "I")
_OUT, _BEGIN = 0, 1
Row = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class TaggedRun:
    """Tokens of a sentence with the chance that each is in an outcome (`inside`) and that it opens one (`opens`)."""

    offsets: tuple[tuple[int, int], ...]
    inside: tuple[float, ...]
    opens: tuple[float, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A run of tokens that may name an outcome; `probability` is the mean over its tokens."""

    start: int
    end: int
    probability: float
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class OutcomeTagger:
    """Weights of features per label, and of one label following another."""

    weights: Mapping[str, Row]
    transitions: tuple[Row, Row, Row]

    def tag(self, article: Article) -> list[TaggedRun]:
        """Every sentence of the article with the probabilities of its tokens."""
        return [self._tag(run) for run in token_runs(article)]

    def _tag(self, run: TokenRun) -> TaggedRun:
        chances = marginals([self._scores(f) for f in run.features], self.transitions)
        inside = tuple(1.0 - c[_OUT] for c in chances)
        return TaggedRun(run.offsets, inside, tuple(c[_BEGIN] for c in chances), run.sentence)

    def _scores(self, features: Sequence[str]) -> Row:
        out = begin = inside = 0.0
        for row in map(self.weights.get, features):
            if row is not None:
                out += row[0]
                begin += row[1]
                inside += row[2]
        return out, begin, inside


@cache
def outcome_tagger() -> OutcomeTagger:
    """The tagger that the package ships."""
    path = files("trialmine.lexicon").joinpath("weights", "outcome_tagger.json.gz")
    data = json.loads(gzip.decompress(path.read_bytes()))
    first, second, third = (tuple(row) for row in data["transitions"])
    return OutcomeTagger(data["weights"], (first, second, third))


def marginals(scores: Sequence[Row], transitions: Sequence[Row]) -> list[Row]:
    """Probability of every label at every place of a chain, by forward-backward with rescaling."""
    states = [tuple(math.exp(s - max(row)) for s in row) for row in scores]
    moves = [[math.exp(t) for t in row] for row in transitions]
    n, labels = len(states), range(len(LABELS))
    forward: list[list[float]] = []
    for i in range(n):
        row = [states[i][j] * (sum(forward[-1][k] * moves[k][j] for k in labels) if forward else 1.0) for j in labels]
        total = sum(row)
        forward.append([x / total for x in row])
    backward = [[1.0] * len(LABELS)]
    for i in range(n - 1, 0, -1):
        row = [sum(moves[j][k] * states[i][k] * backward[-1][k] for k in labels) for j in labels]
        total = sum(row)
        backward.append([x / total for x in row])
    return [_normal(f, b) for f, b in zip(forward, reversed(backward), strict=True)] if n else []


def _normal(forward: Sequence[float], backward: Sequence[float]) -> Row:
    products = [f * b for f, b in zip(forward, backward, strict=True)]
    total = sum(products)
    return products[0] / total, products[1] / total, products[2] / total


def spans(runs: Sequence[TaggedRun], threshold: float) -> Iterator[TaggedSpan]:
    """Runs of tokens that are in an outcome with at least `threshold`, cut where a new one likely opens."""
    for run in runs:
        i, n = 0, len(run.offsets)
        while i < n:
            j = i + 1
            if run.inside[i] >= threshold:
                while j < n and run.inside[j] >= threshold and run.opens[j] < 0.5 * run.inside[j]:
                    j += 1
                chance = sum(run.inside[i:j]) / (j - i)
                yield TaggedSpan(run.offsets[i][0], run.offsets[j - 1][1], chance, run.sentence)
            i = j
