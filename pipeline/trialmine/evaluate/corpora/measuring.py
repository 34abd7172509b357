"""Reads a corpus' texts with the pipeline, scores the records and audits their evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from trialmine.evaluate.corpora.corpus import Corpus, CorpusScores, Example
from trialmine.evaluate.evidence_audit import Audit
from trialmine.evaluate.record_view import Record


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """Scores on a corpus, with how much was read and whether the evidence bears it out."""

    corpus: Corpus
    documents: int
    missing: int
    scores: CorpusScores
    audit: Audit

    def as_json(self) -> dict[str, Any]:
        """What `--json` prints."""
        return {
            "corpus": self.corpus.name,
            "figures": {
                table: {label: figure.as_json() for label, figure in rows.items()}
                for table, rows in self.scores.tables.items()
            },
            "misses": self.kinds_of_misses(),
            "documents": {"gold": self.documents, "missing": self.missing},
            "evidence": {"entries": self.audit.entries, "unsupported": len(self.audit.unsupported)},
        }

    def kinds_of_misses(self) -> dict[str, int]:
        """How many misses there are of each kind ("label: kind"), the commonest first."""
        counts: dict[str, int] = {}
        for miss in self.scores.misses:
            name = f"{miss.label}: {miss.kind}"
            counts[name] = counts.get(name, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def measure(corpus: Corpus, examples: Sequence[Example], records: Mapping[str, Record], path: Path) -> CorpusReport:
    """Score the records of the corpus' texts; a text without a record has found nothing."""
    audit = Audit(thorough=True)
    for example in examples:
        if example.doc_id in records:
            audit.add(records[example.doc_id], example.text, example.doc_id)
    missing = sum(e.doc_id not in records for e in examples)
    folder = path if path.is_dir() else path.parent
    return CorpusReport(corpus, len(examples), missing, corpus.score(examples, records, folder), audit)
