"""Small linear scorers: named features to a probability, with weights as JSON so that they can be read and diffed."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Logistic model over sparse named features; unknown features count nothing."""

    bias: float
    weights: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """Probability between 0 and 1."""
        total = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class ChoiceModel:
    """One linear model per label; the label with the highest score is the answer."""

    labels: Mapping[str, LinearModel]

    def scores(self, features: Mapping[str, float]) -> dict[str, float]:
        """Score of every label."""
        return {label: model.score(features) for label, model in self.labels.items()}

    def best(self, features: Mapping[str, float]) -> str:
        """The likeliest label; ties go to the first in the file's order."""
        scores = self.scores(features)
        return max(scores, key=lambda label: scores[label])


@cache
def linear_model(name: str) -> LinearModel:
    """The scorer in `lexicon/weights/NAME.json`."""
    data = _read(name)
    return LinearModel(data["bias"], data["weights"])


@cache
def choice_model(name: str) -> ChoiceModel:
    """The one-model-per-label scorer in `lexicon/weights/NAME.json`."""
    return ChoiceModel({k: LinearModel(v["bias"], v["weights"]) for k, v in _read(name)["labels"].items()})


def _read(name: str) -> dict[str, Any]:
    path = files("trialmine.lexicon").joinpath("weights", f"{name}.json")
    return json.loads(path.read_text(encoding="utf-8"))  # type: ignore[no-any-return]
