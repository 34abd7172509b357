"""run.json: what was run, with what, and what became of every document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Literal, get_args

from trialmine.records.document import Duplicate
from trialmine.records.trial import TrialRecord

DocumentStatus = Literal["ok", "partial", "failed", "joined"]
BLOCKS = ("dosing", "statistics", "endpoints", "arms", "interventions", "adverse_events")


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one document."""

    doc_id: str
    status: DocumentStatus
    uri: str | None = None
    record_id: str | None = None
    error: str | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)
    warnings: int = 0
    joined_to: Duplicate | None = None

    def as_json(self) -> dict[str, Any]:
        """The entry for run.json."""
        return {
            "doc_id": self.doc_id,
            "record_id": self.record_id,
            "uri": self.uri,
            "status": self.status,
            "error": self.error,
            "joined_to": joined_to(self.joined_to) if self.joined_to else None,
            "warnings": self.warnings,
            "rows": dict(self.rows),
            "seconds": {stage: round(s, 6) for stage, s in self.seconds.items()},
        }


def joined_to(duplicate: Duplicate) -> dict[str, Any]:
    """The document that was kept in the place of a duplicate, and why."""
    return {
        "doc_id": duplicate.kept_doc_id,
        "record_id": duplicate.kept_record_id,
        "uri": duplicate.kept_uri,
        "because": duplicate.because,
        "same_text": duplicate.same_text,
    }


def rows_of(record: TrialRecord) -> dict[str, int]:
    """How many rows each block of the record has."""
    return {name: len(getattr(record, name)) for name in BLOCKS}


@dataclass
class Manifest:
    """The run as it goes on; `as_json` is run.json."""

    description: Mapping[str, Any]
    config: Mapping[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    interrupted: bool = False
    started: datetime = field(default_factory=lambda: datetime.now(UTC))
    _clock: float = field(default_factory=perf_counter)
    # set once the documents are done, so that writing the tables is not counted as reading
    reading_seconds: float | None = None

    def add(self, entry: Entry) -> None:
        """Note a document that is done."""
        self.entries.append(entry)

    def stop_clock(self) -> None:
        """All documents are done."""
        self.reading_seconds = perf_counter() - self._clock

    @property
    def failures(self) -> list[Entry]:
        """Documents that gave no record."""
        return [e for e in self.entries if e.status == "failed"]

    @property
    def joined(self) -> list[Duplicate]:
        """Documents that repeat an earlier one."""
        return [e.joined_to for e in self.entries if e.joined_to]

    @property
    def status_counts(self) -> dict[str, int]:
        """Documents by status; every status is there."""
        counts = Counter(e.status for e in self.entries)
        return {status: counts[status] for status in get_args(DocumentStatus)}

    @property
    def row_counts(self) -> dict[str, int]:
        """Rows of each table over all documents."""
        return {name: sum(e.rows.get(name, 0) for e in self.entries) for name in BLOCKS}

    @property
    def stage_seconds(self) -> dict[str, float]:
        """Seconds of each stage over all documents."""
        total: Counter[str] = Counter()
        for entry in self.entries:
            for stage, seconds in entry.seconds.items():
                total[stage] += seconds  # type: ignore[assignment]  # a Counter adds floats as well
        return {stage: round(seconds, 3) for stage, seconds in total.items()}

    def as_json(self) -> dict[str, Any]:
        """The manifest as it is written."""
        seconds = self.reading_seconds if self.reading_seconds is not None else perf_counter() - self._clock
        return {
            **self.description,
            "config": dict(self.config),
            "started": self.started.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "status": "interrupted" if self.interrupted else "complete",
            "counts": {
                "documents": len(self.entries),
                **self.status_counts,
                "warnings": sum(e.warnings for e in self.entries),
                "rows": self.row_counts,
            },
            "timings": {
                "seconds": round(seconds, 3),
                "documents_per_second": round(len(self.entries) / seconds, 2) if seconds else None,
                "stages": self.stage_seconds,
            },
            "documents": [e.as_json() for e in self.entries],
        }
