"""MACCROBAT 2020: whole case reports with dosage, frequency, route and duration (Caufield et al. 2018).

Its durations are of illnesses as well as of treatments; all of them are asked for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from trialmine.evaluate.corpora.corpus import Corpus, CorpusScores, Example
from trialmine.evaluate.corpora.dosing_spans import DOSE, DURATION, FREQUENCY, ROUTE, score_spans
from trialmine.evaluate.record_view import Record

_LABELS = {"Dosage": DOSE, "Frequency": FREQUENCY, "Administration": ROUTE, "Duration": DURATION}


def score(examples: Sequence[Example], records: Mapping[str, Record], folder: Path) -> CorpusScores:  # noqa: ARG001
    """Recall of doses, frequencies, routes and durations."""
    return score_spans(examples, records, _LABELS)


MACCROBAT = Corpus(
    name="maccrobat",
    description="dosage, frequency, route and duration in case reports (recall)",
    file="dev.jsonl",
    score=score,
    publication_type="Case Reports",
)
