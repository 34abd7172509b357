"""Trains the scorer that tells the trial's number of participants from other numbers of people."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trialmine.assemble.participants import participant_features
from trialmine.extract.population import extract_population
from trialmine.nlp.reader import Reader
from trialmine.records.article import Mentions
from trialmine.records.document import CleanText
from trialmine.train.linear import fit_linear


def train_participants(records: Iterable[tuple[dict[str, Any], str]]) -> dict[str, Any]:
    """Weights from (gold record, text) pairs."""
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
    return fit_linear(rows, labels, c=0.5)
