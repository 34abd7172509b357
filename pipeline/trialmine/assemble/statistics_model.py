"""The trained judgements of the statistics block: is it a result, of what measure, whose P."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from trialmine.assemble.linear_model import LinearModel

WEIGHTS = "statistics_weights.json"
ADVISERS = ("pico", "ct")


@cache
def models() -> dict[str, LinearModel]:
    """The models by name: result, measure, p, endpoint, and the advisers. Read once, when the first document comes."""
    data = json.loads(files("trialmine.assemble").joinpath(WEIGHTS).read_text(encoding="utf-8"))
    return {name: LinearModel.from_json(model) for name, model in data.items()}


def advised(features: list[str]) -> list[str]:
    """The features of a number with what the advisers, trained on other corpora, make of them."""
    advice = [
        f"{name}={role}:{int(8 * chance)}"
        for name in ADVISERS
        if name in models()
        for role, chance in models()[name].probabilities(features).items()
        if chance >= 0.125
    ]
    return [*features, *advice]
