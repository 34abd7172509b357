"""PHEE: sentences of case reports of adverse drug events, with the parts of the treatment (Sun et al. 2022)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from trialmine.evaluate.corpora.corpus import Corpus, CorpusScores, Example
from trialmine.evaluate.corpora.dosing_spans import DOSE, DURATION, FREQUENCY, ROUTE, score_spans
from trialmine.evaluate.record_view import Record

_LABELS = {
    "Treatment.Dosage": DOSE,
    "Treatment.Freq": FREQUENCY,
    "Treatment.Route": ROUTE,
    "Treatment.Duration": DURATION,
}


def score(examples: Sequence[Example], records: Mapping[str, Record], folder: Path) -> CorpusScores:  # noqa: ARG001
    """Recall of the parts of treatments."""
    return score_spans(examples, records, _LABELS)


PHEE = Corpus(
    name="phee",
    description="dosage, frequency, route and duration in sentences of case reports (recall)",
    file="dev.jsonl",
    score=score,
    publication_type="Case Reports",
)
