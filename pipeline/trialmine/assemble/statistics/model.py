"""The trained judgements of the statistics block: is it a result, of what measure, whose P."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from trialmine.normalise.linear import ChoiceModel, Floats, JointModel, choice_models

ADVISERS = ("pico", "ct")


def models() -> dict[str, ChoiceModel]:
    """The models by name: result, measure, p, endpoint, and the advisers. Read once, when the first document comes."""
    return choice_models("statistics")


@cache
def joint_model() -> JointModel:
    """The models that see the features of a number, as one."""
    return JointModel({name: model for name, model in models().items() if name in (*ADVISERS, "result", "measure")})


def judged(features: Sequence[str], more: Sequence[str]) -> Floats:
    """The sums of a number's features, from which `joint_model` tells the probabilities of "result" and "measure".

    Args:
        features: what the advisers see too.
        more: what they do not see.
    """
    model = joint_model()
    sums = model.sums(features)
    advice = _advice({name: model.probabilities(name, sums) for name in ADVISERS if name in models()})
    return sums + model.sums([*advice, *more])


def advised(features: list[str]) -> list[str]:
    """The features of a number with what the advisers, trained on other corpora, make of them."""
    return [*features, *_advice({n: models()[n].probabilities(features) for n in ADVISERS if n in models()})]


def _advice(chances: Mapping[str, Mapping[str, float]]) -> list[str]:
    return [
        f"{name}={role}:{int(8 * chance)}"
        for name, of_one in chances.items()
        for role, chance in of_one.items()
        if chance >= 0.125
    ]
