"""The trained judgements of the statistics block: is this number a result, what does it measure, where does a P belong."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

from trialmine.assemble.linear_model import LinearModel

WEIGHTS = "statistics_weights.json"


@cache
def models() -> dict[str, LinearModel]:
    """The models by name: result, measure, p, endpoint. Read once, when the first document comes."""
    data = json.loads(files("trialmine.assemble").joinpath(WEIGHTS).read_text(encoding="utf-8"))
    return {name: LinearModel.from_json(model) for name, model in data.items()}
