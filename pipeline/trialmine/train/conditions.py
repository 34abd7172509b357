"""Trains the scorer that tells the participants' conditions from other diseases in the text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import regex

from trialmine.assemble.conditions import condition_features, find_condition_candidates
from trialmine.clean.cleaner import clean
from trialmine.nlp.reader import Reader
from trialmine.train.linear import fit_linear

_STOP = frozenset(["the", "of", "in", "and", "a", "an", "to", "for", "with", "at", "on"])


def train_conditions(records: Iterable[tuple[dict[str, Any], str]], reader: Reader) -> dict[str, Any]:
    """Weights from (gold record, text) pairs, read without knowledge of them."""
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    for record, text in records:
        gold = [
            _tokens(x)
            for c in (record.get("population") or {}).get("conditions") or []
            for x in (c.get("name"), c.get("text"))
            if x
        ]
        article = reader.read(clean(text))
        candidates = find_condition_candidates(article)
        for c in candidates:
            rows.append(condition_features(article, c, candidates))
            labels.append(any(_dice(_tokens(c.key), g) >= 0.6 for g in gold))
    return fit_linear(rows, labels, c=0.3)


def _tokens(text: str) -> frozenset[str]:
    words = regex.findall(r"[a-z0-9]+", text.lower())
    return frozenset(w.removesuffix("s") if len(w) > 3 else w for w in words if w not in _STOP)


def _dice(a: frozenset[str], b: frozenset[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
