from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.normalise.linear import ChoiceModel

_MODEL = ChoiceModel(("yes", "no", "maybe"), (0.1, -0.2, 0.0), {"a": (1.0, -1.0, 0.0), "b": (0.5, 0.5, -2.0)})
_FEATURES = st.lists(st.sampled_from(["a", "b", "never seen"]), unique=True)


@given(_FEATURES)
def test_probabilities_sum_to_one(features: list[str]) -> None:
    assert sum(_MODEL.probabilities(features).values()) == pytest.approx(1.0)


@given(_FEATURES)
def test_both_readings_have_the_same_best_label(features: list[str]) -> None:
    chances = _MODEL.probabilities(features)
    assert _MODEL.best(dict.fromkeys(features, 1.0)) == max(chances, key=lambda label: chances[label])


def test_weights_are_those_that_were_given() -> None:
    assert _MODEL.weights == {"a": [1.0, -1.0, 0.0], "b": [0.5, 0.5, -2.0]}
