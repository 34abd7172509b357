"""A linear-chain tagger for names of outcomes: how likely it is that a token belongs to one, read from weights as JSON.

The weights are those of a conditional random field (train/outcome_tagger.py). Reading one is a sum over the features of
each token and the forward-backward recursion, so that nothing but the standard library is needed at run time.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib.resources import files

from trialmine.extract.outcome_features import Group, TokenRun, spread, token_runs
from trialmine.records.article import Article, Sentence

LABELS = ("O", "B", "I")
_OUT, _BEGIN = 0, 1
_KEPT_GROUPS = 50_000
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

    _look: Callable[..., tuple[Row | None, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # words and pairs of words come again and again; what a group of features weighs is added up once
        object.__setattr__(self, "_look", lru_cache(maxsize=_KEPT_GROUPS)(self._rows))

    def tag(self, article: Article) -> list[TaggedRun]:
        """Every sentence of the article with the probabilities of its tokens."""
        return [self._tag(run) for run in token_runs(article)]

    def _tag(self, run: TokenRun) -> TaggedRun:
        chances = marginals([_total(rows) for rows in spread(run, self._look)], self.transitions)
        inside = tuple(1.0 - c[_OUT] for c in chances)
        return TaggedRun(run.offsets, inside, tuple(c[_BEGIN] for c in chances), run.sentence)

    def _rows(self, groups_of: Callable[..., tuple[Group, ...]], *of: object) -> tuple[Row | None, ...]:
        strange = self.weights.keys().isdisjoint
        return tuple([None if strange(g) else _total(map(self.weights.get, g)) for g in groups_of(*of)])


def _total(rows: Iterable[Row | None]) -> Row:
    out = begin = inside = 0.0
    for row in rows:
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
    states = [_raised(row) for row in scores]
    (oo, ob, oi), (bo, bb, bi), (io, ib, ii) = ([math.exp(t) for t in row] for row in transitions)
    o = b = i = 1.0
    forward = list[Row]()
    for k, (x, y, z) in enumerate(states):
        if k:
            o, b, i = o * oo + b * bo + i * io, o * ob + b * bb + i * ib, o * oi + b * bi + i * ii
        o, b, i = _normal(x * o, y * b, z * i)
        forward.append((o, b, i))
    o = b = i = 1.0
    out = list[Row]()
    for (x, y, z), state in zip(reversed(forward), reversed(states), strict=True):
        out.append(_normal(x * o, y * b, z * i))
        p, q, r = state[0] * o, state[1] * b, state[2] * i
        o, b, i = _normal(oo * p + ob * q + oi * r, bo * p + bb * q + bi * r, io * p + ib * q + ii * r)
    return out[::-1]


def _raised(row: Row) -> Row:
    top = max(row)
    return math.exp(row[0] - top), math.exp(row[1] - top), math.exp(row[2] - top)


def _normal(out: float, begin: float, inside: float) -> Row:
    total = out + begin + inside
    return out / total, begin / total, inside / total


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
