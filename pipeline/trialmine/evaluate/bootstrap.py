"""Confidence intervals: documents are drawn again with replacement, and the figure is computed on each draw."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Interval = tuple[float, float]
Numbers = NDArray[np.float64]


class Bootstrap:
    """Draws of `documents` documents; the same seed gives the same intervals."""

    def __init__(self, documents: int, *, samples: int = 1000, seed: int = 0) -> None:
        even = np.full(max(1, documents), 1 / max(1, documents))
        # how often each document is drawn, shape (draws, documents)
        self._weights = np.random.default_rng(seed).multinomial(documents, even, size=samples).astype(np.float64)

    def interval(self, counts: Sequence[Sequence[float]], score: Callable[[Numbers], Numbers]) -> Interval:
        """The 95 % interval of `score`.

        Args:
            counts: a row of counts for each document.
            score: figures, shape (draws,), from the summed counts of each draw, shape (draws, counts in a row).
        """
        if not len(counts):
            return 0.0, 0.0
        low, high = np.percentile(score(self._weights @ np.asarray(counts, dtype=np.float64)), (2.5, 97.5))
        return float(low), float(high)


def ratio(part: Numbers, whole: Numbers) -> Numbers:
    """`part / whole`, 0 where there is nothing to divide by."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)
