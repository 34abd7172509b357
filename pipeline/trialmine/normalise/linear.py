"""Small linear scorers: named features to a probability, with weights as JSON so that they can be read and diffed."""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Logistic model over sparse named features; unknown features count nothing."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """Probability between 0 and 1."""
        weights = self.weights
        total = self.bias + sum(
            [weights[name] * value for name, value in features.items() if value and name in weights]
        )
        return logistic(total)


class ChoiceModel:
    """Several linear scorers over the same features, one per label; a row of weights holds one for each label."""

    def __init__(self, labels: Sequence[str], bias: Sequence[float], weights: Mapping[str, Sequence[float]]) -> None:
        self.labels = tuple(labels)
        self.bias = tuple(bias)
        self._places = {name: i for i, name in enumerate(weights)}
        self._rows = np.array(list(weights.values()), dtype=np.float64).reshape(-1, len(self.labels))

    @property
    def weights(self) -> dict[str, list[float]]:
        """The weights of every feature, in the order of the labels."""
        return {name: self._rows[i].tolist() for name, i in self._places.items()}

    def scores(self, features: Mapping[str, float]) -> dict[str, float]:
        """The probability of every label, each judged by itself."""
        known = [name for name in features if name in self._places]
        rows = self._rows[[self._places[name] for name in known]]
        weighed = np.array([features[name] for name in known]) @ rows if known else [0.0] * len(self.labels)
        return {k: logistic(b + float(w)) for k, b, w in zip(self.labels, self.bias, weighed, strict=True)}

    def best(self, features: Mapping[str, float]) -> str:
        """The likeliest label; ties go to the first in the file's order."""
        scores = self.scores(features)
        return max(scores, key=lambda label: scores[label])

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The probability of every label where one must hold (they sum to one), for features that are there or not."""
        places = [place for place in map(self._places.get, features) if place is not None]
        return self.shares(np.add.reduce(self._rows.take(np.array(places, dtype=np.intp), axis=0)).tolist())

    def shares(self, weighed: Iterable[float]) -> dict[str, float]:
        """The same of the sum of the features' weights, one for each label."""
        total = [b + w for b, w in zip(self.bias, weighed, strict=True)]
        top = max(total)
        raised = [math.exp(t - top) for t in total]
        whole = sum(raised)
        return {k: r / whole for k, r in zip(self.labels, raised, strict=True)}


class JointModel:
    """Models that see the same features: each feature is looked up once for all of them."""

    def __init__(self, models: Mapping[str, ChoiceModel]) -> None:
        weights = {name: model.weights for name, model in models.items()}
        features = dict.fromkeys(feature for of_one in weights.values() for feature in of_one)
        self._models = models
        self._places = {feature: i for i, feature in enumerate(features)}
        self._rows = np.zeros((len(features), sum(len(m.labels) for m in models.values())))
        self._columns: dict[str, slice] = {}
        start = 0
        for name, model in models.items():
            self._columns[name] = columns = slice(start, start + len(model.labels))
            start = columns.stop
            known = [self._places[feature] for feature in weights[name]]
            if known:
                self._rows[known, columns] = list(weights[name].values())

    def sums(self, features: Iterable[str]) -> Floats:
        """The weights of the features added up, for all labels of all models."""
        places = [place for place in map(self._places.get, features) if place is not None]
        added: Floats = np.add.reduce(self._rows.take(np.array(places, dtype=np.intp), axis=0))
        return added

    def probabilities(self, name: str, sums: Floats) -> dict[str, float]:
        """What one of the models makes of features with these `sums`."""
        return self._models[name].shares(sums[self._columns[name]].tolist())


def logistic(total: float) -> float:
    """The probability of log odds."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


def log_odds(chance: float) -> float:
    """The log odds of a probability; never infinite."""
    return math.log(max(chance, 1e-9) / max(1 - chance, 1e-9))


@cache
def linear_model(name: str) -> LinearModel:
    """The scorer in `lexicon/weights/NAME.json`."""
    data = _read(name)
    return LinearModel(data["bias"], data["weights"])


@cache
def choice_model(name: str) -> ChoiceModel:
    """The one-scorer-per-label model in `lexicon/weights/NAME.json`."""
    models = _read(name)["labels"]
    features = dict.fromkeys(feature for model in models.values() for feature in model["weights"])
    rows = {f: [model["weights"].get(f, 0.0) for model in models.values()] for f in features}
    return ChoiceModel(list(models), [model["bias"] for model in models.values()], rows)


@cache
def choice_models(name: str) -> dict[str, ChoiceModel]:
    """The models by name in `lexicon/weights/NAME.json`, which holds several."""
    return {k: ChoiceModel(v["classes"], v["bias"], v["weights"]) for k, v in _read(name).items()}


def _read(name: str) -> dict[str, Any]:
    folder = files("trialmine.lexicon").joinpath("weights")
    packed = folder.joinpath(f"{name}.json.gz")
    text = gzip.decompress(packed.read_bytes()) if packed.is_file() else folder.joinpath(f"{name}.json").read_bytes()
    return json.loads(text)  # type: ignore[no-any-return]
