"""Trains the scorer that tells the trial's number of participants from other numbers of people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from trialmine.assemble.participants import participant_features
from trialmine.extract.population import extract_population
from trialmine.nlp.reader import Reader
from trialmine.records.article import Mentions
from trialmine.records.document import CleanText
from trialmine.train.linear import fit_linear

_CORPUS_WEIGHT = 0.2
Span = tuple[int, int]


def marked_totals(path: Path) -> list[tuple[str, list[Span]]]:
    """The texts of PICO-Corpus with the places of the numbers that took part in the whole trial."""
    documents = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        (d["text"], [(e["start"], e["end"]) for e in d["entities"] if e["label"] == "total-participants"])
        for d in documents
    ]


def train_participants(
    records: Iterable[tuple[dict[str, Any], str]], marked: Iterable[tuple[str, list[Span]]] = ()
) -> dict[str, Any]:
    """Weights from (gold record, text) pairs, and with less weight from texts whose totals are marked."""
    rows: list[dict[str, float]] = []
    labels: list[bool] = []
    reader = Reader(ner_model="none")
    for record, text in records:
        population = record.get("population") or {}
        gold = {population.get("enrolled"), population.get("randomized")} - {None}
        article = reader.read(CleanText(text, text))
        candidates = Mentions.of(extract_population(article))["participants"]
        for m in candidates:
            rows.append(participant_features(article, candidates, m))
            labels.append(m.value.n in gold)
    weights = [1.0] * len(rows)
    for text, totals in marked:
        article = reader.read(CleanText(text, text))
        candidates = Mentions.of(extract_population(article))["participants"]
        for m in candidates:
            rows.append(participant_features(article, candidates, m))
            labels.append(any(a < m.end and m.start < b for a, b in totals))
            weights.append(_CORPUS_WEIGHT)
    return fit_linear(rows, labels, c=0.5, weights=weights)
