"""What the judges together make of the candidates: how likely each is a result, and of what measure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialmine.assemble.statistics import model as statistics_model
from trialmine.assemble.statistics import network as statistics_network
from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.features import candidate_features
from trialmine.assemble.statistics.surroundings import Surroundings
from trialmine.normalise.linear import log_odds, logistic
from trialmine.records.article import Article, Mention

_OF_NETWORK = 0.5  # share of the log odds, and of the chances of measures


@dataclass(frozen=True, slots=True)
class Verdict:
    """The chance that a number is a result, and those of its measures if it is."""

    chance: float
    measures: Mapping[str, float]


def judge_numbers(
    article: Article,
    atoms: Sequence[Candidate],
    chosen: Sequence[int],
    p_values: Sequence[Mention],
    surroundings: Surroundings,
) -> dict[int, Verdict]:
    """The verdicts on the `chosen` of the candidates, which are whole lists."""
    if not chosen:
        return {}
    linear = statistics_model.joint_model()
    of_words = [candidate_features(article, atoms, i, p_values) for i in chosen]
    around = [surroundings.features(atoms, i) for i in chosen]
    network = statistics_network.network()
    reading = statistics_network.read_numbers(article, [atoms[i] for i in chosen], network.vocabulary)
    opinions = network.judge(reading, [a + b for a, b in zip(of_words, around, strict=True)])
    out = {}
    for k, i in enumerate(chosen):
        sums = statistics_model.judged(of_words[k], around[k])
        chance = linear.probabilities("result", sums)["result"]
        measures = linear.probabilities("measure", sums)
        out[i] = Verdict(
            logistic(_both(opinions[k].odds, log_odds(chance))),
            {m: _both(opinions[k].measures.get(m, 0.0), p) for m, p in measures.items()},
        )
    return out


def _both(of_network: float, of_linear: float) -> float:
    return _OF_NETWORK * of_network + (1 - _OF_NETWORK) * of_linear


def judged_features(
    article: Article, atoms: Sequence[Candidate], i: int, p_values: Sequence[Mention], surroundings: Surroundings
) -> list[str]:
    """What the judges of candidate i see: its words, the advice on them, and the named things around."""
    own = statistics_model.advised(candidate_features(article, atoms, i, p_values))
    return own + surroundings.features(atoms, i)
