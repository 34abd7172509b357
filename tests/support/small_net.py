"""Random weights of a small recurrent net, for tests that need marks and no sense in them."""

from __future__ import annotations

from typing import Any

import numpy as np

from trialmine.nlp.word_features import LETTERS, SHAPES

HEADS = {"ner": ("GRAIN", "DISH"), "clinical": ("CROP",), "comparison": ("FIELD",)}


def random_weights(width: int = 12, hidden: int = 6, vector: int = 4) -> dict[str, Any]:
    """Weights of a net that was never trained, so that all its tags occur."""
    rng = np.random.default_rng(7)
    shapes: dict[str, tuple[int, ...]] = {
        "letters.weight": (LETTERS, 32),
        "threes.weight": (64, 32, 3),
        "fives.weight": (32, 32, 5),
        "shape.weight": (SHAPES, 16),
        "word.weight": (width, vector + 96 + 16),
        "mixed.weight": (width, 4 * hidden),
        "near.weight": (width, width, 3),
        "far.weight": (width, width, 3),
    }
    for way in ("forth", "back"):
        shapes |= {f"{way}.weight_ih_l0": (4 * hidden, width), f"{way}.weight_hh_l0": (4 * hidden, hidden)}
        shapes |= {f"{way}.bias_{x}_l0": (4 * hidden,) for x in ("ih", "hh")}
    for name, labels in HEADS.items():
        shapes |= {f"heads.{name}.0.weight": (8, width), f"heads.{name}.3.weight": (1 + 4 * len(labels), 8)}
    shapes |= {
        name.replace("weight", "bias"): (shape[0],)
        for name, shape in shapes.items()
        if name.endswith(".weight") and name not in ("letters.weight", "shape.weight")
    }
    shapes |= {f"norms.{i}.{x}": (width,) for i in (0, 1) for x in ("weight", "bias")}
    return {name: rng.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
