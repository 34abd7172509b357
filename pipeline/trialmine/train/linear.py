"""Fits the small linear scorers of `lexicon/weights/` (scikit-learn is used here only, never at run time)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Features = Mapping[str, float]


def fit_linear(
    rows: Sequence[Features], labels: Sequence[bool], *, c: float = 1.0, weights: Sequence[float] | None = None
) -> dict[str, Any]:
    """Weights of a logistic regression over sparse features, deterministic, smallest weights dropped."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([dict(r) for r in rows])
    model = LogisticRegression(C=c, max_iter=2000, random_state=0)
    model.fit(matrix, list(labels), sample_weight=weights)
    named = {
        name: round(float(w), 4)
        for name, w in zip(vectorizer.feature_names_, model.coef_[0], strict=True)
        if abs(w) > 0.01
    }
    return {"bias": round(float(model.intercept_[0]), 4), "weights": dict(sorted(named.items()))}


def fit_choice(rows: Sequence[Features], labels: Sequence[str], *, c: float = 1.0) -> dict[str, Any]:
    """One-against-the-rest weights for every label that occurs."""
    return {"labels": {k: fit_linear(rows, [label == k for label in labels], c=c) for k in sorted(set(labels))}}


def save_weights(name: str, weights: dict[str, Any]) -> Path:
    """Write the weights where the package reads them."""
    folder = Path(__file__).resolve().parents[1] / "lexicon" / "weights"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(weights, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path
