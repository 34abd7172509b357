"""What a training of the span model is given and what it gives, apart from the libraries that only training needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trialmine.evaluate.annotated import Annotated

Weights = dict[str, npt.NDArray[np.float32]]
"""Arrays by the names that torch gives them."""


@dataclass(frozen=True)
class Lesson:
    """A corpus, its labels, its share of the steps, and the share of its texts that come garbled.

    A corpus that teaches another's head names it; `silent` are labels of that head which the corpus does not
    annotate, so that a word without a span may still have one of them.
    """

    docs: Sequence[Annotated]
    labels: tuple[str, ...]
    share: float
    noise: float = 0.0
    head: str | None = None
    silent: tuple[str, ...] = ()


@dataclass(frozen=True)
class Course:
    """Length and pace of a training."""

    steps: int = 3000
    batch: int = 8
    learn_rate: float = 2e-3
    seed: int = 0
