"""The trained judgements of the statistics block: is it a result, of what measure, whose P."""

from __future__ import annotations

from trialmine.normalise.linear import ChoiceModel, choice_models

ADVISERS = ("pico", "ct")


def models() -> dict[str, ChoiceModel]:
    """The models by name: result, measure, p, endpoint, and the advisers. Read once, when the first document comes."""
    return choice_models("statistics")


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
