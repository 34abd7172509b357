"""A linear-chain tagger for names of outcomes: how likely it is that a token belongs to one, read from weights as JSON.

The weights are those of a conditional random field (train/outcome_tagger.py). Reading one is a sum over the features of
each token (outcome_scores.py) and the forward-backward recursion.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

import numpy as np

from trialmine.extract.outcome_features import token_runs
from trialmine.extract.outcome_scores import Floats, OutcomeScores, Row
from trialmine.records.article import Article, Sentence

LABELS = ("O", "B", "I")
_OUT, _BEGIN = 0, 1


@dataclass(frozen=True, slots=True)
class TaggedRun:
    """Tokens of a sentence with the chance that each is in an outcome (`inside`) and that it opens one (`opens`)."""

    offsets: Sequence[tuple[int, int]]
    inside: Sequence[float]
    opens: Sequence[float]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class TaggedSpan:
    """A run of tokens that may name an outcome; `probability` is the mean over its tokens."""

    start: int
    end: int
    probability: float
    sentence: Sentence


@dataclass(frozen=True)
class OutcomeTagger:
    """Weights of features per label, and of one label following another."""

    weights: Mapping[str, Row]
    transitions: tuple[Row, Row, Row]

    def tag(self, article: Article) -> list[TaggedRun]:
        """Every sentence of the article with the probabilities of its tokens."""
        runs = list(token_runs(article))
        if not runs:
            return []
        chances = marginals(np.concatenate(self._scores.of(runs)), self.transitions, [len(r.offsets) for r in runs])
        inside, opens = [1.0 - c[_OUT] for c in chances], [c[_BEGIN] for c in chances]
        out, start = [], 0
        for run in runs:
            end = start + len(run.offsets)
            out.append(TaggedRun(run.offsets, inside[start:end], opens[start:end], run.sentence))
            start = end
        return out

    @cached_property
    def _scores(self) -> OutcomeScores:
        return OutcomeScores(self.weights)


@cache
def outcome_tagger() -> OutcomeTagger:
    """The tagger that the package ships."""
    path = files("trialmine.lexicon").joinpath("weights", "outcome_tagger.json.gz")
    data = json.loads(gzip.decompress(path.read_bytes()))
    first, second, third = (tuple(row) for row in data["transitions"])
    return OutcomeTagger(data["weights"], (first, second, third))


def marginals(scores: Floats, transitions: Sequence[Row], lengths: Sequence[int]) -> list[Row]:
    """Probability of every label at every place of chains of these lengths that stand one behind the other."""
    steps = np.exp(scores - scores.max(axis=1, keepdims=True)).tolist()
    raised = [[math.exp(t) for t in row] for row in transitions]
    out, start = list[Row](), 0
    for length in lengths:
        out += _of_chain(steps[start : start + length], raised)
        start += length
    return out


def _of_chain(steps: Sequence[Row], transitions: Sequence[Sequence[float]]) -> list[Row]:
    """The same of one chain: forward-backward with rescaling."""
    (oo, ob, oi), (bo, bb, bi), (io, ib, ii) = transitions
    ahead = list[Row]()  # what the labels before a place say of it
    o = b = i = 1.0
    for x, y, z in steps:
        ahead.append((o, b, i))
        p, q, r = x * o, y * b, z * i
        scale = 1.0 / (p + q + r)  # else a long chain is too small a number
        p, q, r = p * scale, q * scale, r * scale
        o, b, i = p * oo + q * bo + r * io, p * ob + q * bb + r * ib, p * oi + q * bi + r * ii
    out = list[Row]()
    o = b = i = 1.0
    for (x, y, z), (before_o, before_b, before_i) in zip(reversed(steps), reversed(ahead), strict=True):
        of_o, of_b, of_i = x * before_o * o, y * before_b * b, z * before_i * i
        whole = of_o + of_b + of_i
        out.append((of_o / whole, of_b / whole, of_i / whole))
        p, q, r = x * o, y * b, z * i
        scale = 1.0 / (p + q + r)
        p, q, r = p * scale, q * scale, r * scale
        o, b, i = oo * p + ob * q + oi * r, bo * p + bb * q + bi * r, io * p + ib * q + ii * r
    return out[::-1]


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
