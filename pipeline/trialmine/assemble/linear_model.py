"""A linear classifier over named features: weights from a JSON file, scoring in plain Python."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Multinomial logistic regression; `weights` maps a feature to one weight per class."""

    classes: tuple[str, ...]
    bias: tuple[float, ...]
    weights: Mapping[str, Sequence[float]]

    @classmethod
    def from_json(cls, data: Mapping[str, object]) -> LinearModel:
        """Rebuild a model from what `to_json` gave."""
        classes, bias, weights = data["classes"], data["bias"], data["weights"]
        return cls(tuple(classes), tuple(bias), weights)  # type: ignore[arg-type]

    def scores(self, features: Iterable[str]) -> list[float]:
        """The linear score of every class."""
        total = list(self.bias)
        for feature in features:
            weight = self.weights.get(feature)
            if weight is not None:
                for i, w in enumerate(weight):
                    total[i] += w
        return total

    def probabilities(self, features: Iterable[str]) -> dict[str, float]:
        """The probability of every class; they sum to one."""
        total = self.scores(features)
        top = max(total)
        raised = [math.exp(t - top) for t in total]
        whole = sum(raised)
        return {c: r / whole for c, r in zip(self.classes, raised, strict=True)}
