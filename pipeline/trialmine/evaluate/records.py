"""Scores records against gold records: figures per block and slot, unsupported evidence, differences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trialmine.evaluate.arm_links import LINKED, arm_link_tallies
from trialmine.evaluate.bootstrap import Bootstrap
from trialmine.evaluate.evidence_audit import Audit
from trialmine.evaluate.record_view import BLOCKS, Record, view
from trialmine.evaluate.row_scores import Difference, score_block
from trialmine.evaluate.tally import Figure, Tally, figure_of
from trialmine.flow import Extracts
from trialmine.records.document import Document


@dataclass(frozen=True, slots=True)
class RecordScores:
    """Figures by "block.slot"; "block.row" is the strict score of whole rows, "block.ALL" all slots but that one.

    `links` says of the rows that record and gold share, block by block, whether they are tied to the same arms.
    """

    figures: Mapping[str, Figure]
    links: Mapping[str, Figure]
    documents: int
    missing: int
    audit: Audit | None
    differences: Sequence[Difference]

    def as_json(self) -> dict[str, Any]:
        """What `--json` prints."""
        out: dict[str, Any] = {name: figure.as_json() for name, figure in self.figures.items()}
        out |= {f"{block}.arm_links": figure.as_json() for block, figure in self.links.items()}
        out["documents"] = {"gold": self.documents, "missing": self.missing}
        if self.audit is not None:
            out["evidence"] = {"entries": self.audit.entries, "unsupported": len(self.audit.unsupported)}
        return out


def score_records(
    gold: Mapping[str, Record], predicted: Mapping[str, Record], texts: Mapping[str, str] | None = None
) -> RecordScores:
    """Score the records of the gold's documents; a document without a record counts as an empty one.

    Args:
        gold: gold records by doc_id; null keys may be left out.
        predicted: records by doc_id; those that the gold does not know are left out.
        texts: raw texts by doc_id, to audit the evidence.
    """
    per_document: list[Mapping[tuple[str, str], Tally]] = []
    links: list[Mapping[str, Tally]] = []
    differences: list[Difference] = []
    audit = Audit() if texts else None
    for doc_id, record in gold.items():
        ours = predicted.get(doc_id)
        stated, found = view(record), view(ours or {})
        slots: dict[tuple[str, str], Tally] = {}
        for block in BLOCKS:
            counted, differing = score_block(block, stated[block], found[block], doc_id)
            slots |= counted
            differences += differing
        per_document.append(slots)
        links.append(arm_link_tallies(record, ours or {}))
        if audit and texts and ours and doc_id in texts:
            audit.add(ours, texts[doc_id], doc_id)
    missing = sum(doc_id not in predicted for doc_id in gold)
    bootstrap = Bootstrap(len(links))
    tied = {block: figure_of([d[block] for d in links], bootstrap) for block in LINKED}
    return RecordScores(_figures(per_document), tied, len(gold), missing, audit, differences)


def _figures(per_document: Sequence[Mapping[tuple[str, str], Tally]]) -> dict[str, Figure]:
    bootstrap = Bootstrap(len(per_document))
    slots = defaultdict(set)
    for document in per_document:
        for block, slot in document:
            slots[block].add(slot)
    out = {}
    for block in BLOCKS:
        for slot in sorted(slots[block]):
            out[f"{block}.{slot}"] = figure_of([d.get((block, slot), Tally()) for d in per_document], bootstrap)
        every = slots[block] - {"row"}
        out[f"{block}.ALL"] = figure_of(
            [sum((d.get((block, slot), Tally()) for slot in every), Tally()) for d in per_document], bootstrap
        )
    return out


def extracted(
    pipeline: Extracts, rows: Iterable[Mapping[str, Any]]
) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Records by doc_id from rows with `doc_id` and `text`, and the reasons of those that gave none.

    The rows may have a `title` and `publication_types` too.
    """
    documents = (
        Document(
            text=row["text"],
            format="jsonl",
            doc_id=str(row["doc_id"]),
            title=row.get("title"),
            publication_types=tuple(row.get("publication_types") or ()),
        )
        for row in rows
    )
    records, failures = {}, {}
    for outcome in pipeline.outcomes(documents):
        name = str(outcome.document.doc_id)
        if outcome.record is None:
            failures[name] = outcome.error or "no record"
        else:
            records[name] = outcome.record.model_dump(mode="json")
    return records, failures
