"""run.json: what was run, with what, and what became of every document."""

from __future__ import annotations

import json
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from time import perf_counter
from typing import Any, Literal, get_args

from trialmine.records.document import Duplicate
from trialmine.records.trial import TrialRecord

DocumentStatus = Literal["ok", "partial", "failed", "joined"]
BLOCKS = ("dosing", "statistics", "endpoints", "arms", "interventions", "adverse_events")
_IN_MEMORY = 4_000_000  # bytes of entries before they go to disk


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

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Entry:
        """The entry of a row of run.json."""
        joined = row["joined_to"]
        return cls(**{**row, "joined_to": _duplicate(row, joined) if joined else None})


def joined_to(duplicate: Duplicate) -> dict[str, Any]:
    """The document that was kept in the place of a duplicate, and why."""
    return {
        "doc_id": duplicate.kept_doc_id,
        "record_id": duplicate.kept_record_id,
        "uri": duplicate.kept_uri,
        "because": duplicate.because,
        "same_text": duplicate.same_text,
    }


def _duplicate(row: Mapping[str, Any], joined: Mapping[str, Any]) -> Duplicate:
    return Duplicate(
        row["doc_id"], row["record_id"], row["uri"], joined["because"], joined["same_text"],
        joined["doc_id"], joined["record_id"], joined["uri"],
    )  # fmt: skip


def rows_of(record: TrialRecord) -> dict[str, int]:
    """How many rows each block of the record has."""
    return {name: len(getattr(record, name)) for name in BLOCKS}


class Manifest:
    """The run as it goes on. What became of each document lies in a temporary file, so that millions take no memory."""

    def __init__(self, description: Mapping[str, Any], config: Mapping[str, Any] | None = None) -> None:
        self.description = description
        self.config = config or {}
        self.interrupted = False
        self.started = datetime.now(UTC)
        # set once the documents are done, so that writing the tables is not counted as reading
        self.reading_seconds: float | None = None
        self.warnings = 0
        self._clock = perf_counter()
        self._statuses: Counter[str] = Counter()
        self._rows: Counter[str] = Counter()
        self._seconds: dict[str, float] = {}
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed with the manifest
        weakref.finalize(self, self._file.close)

    def add(self, entry: Entry) -> None:
        """Note a document that is done."""
        self._statuses[entry.status] += 1
        self._rows.update(entry.rows)
        self.warnings += entry.warnings
        for stage, seconds in entry.seconds.items():
            self._seconds[stage] = self._seconds.get(stage, 0.0) + seconds
        self._file.write(json.dumps(entry.as_json()).encode() + b"\n")

    def stop_clock(self) -> None:
        """All documents are done."""
        self.reading_seconds = perf_counter() - self._clock

    def __len__(self) -> int:
        """How many documents there are so far, those that failed or were joined too."""
        return self._statuses.total()

    def entries(self) -> Iterator[Entry]:
        """What became of each document, in order."""
        return (Entry.from_json(json.loads(line)) for line in self._lines())

    def _lines(self) -> Iterator[bytes]:
        end, at = self._file.tell(), 0
        while at < end:
            self._file.seek(at)
            line = self._file.readline()
            at = self._file.tell()
            self._file.seek(end)  # whatever is noted meanwhile comes behind the rest
            yield line

    @property
    def failures(self) -> Iterator[Entry]:
        """Documents that gave no record."""
        return (e for e in self.entries() if e.status == "failed") if self._statuses["failed"] else iter(())

    @property
    def joined(self) -> Iterator[Duplicate]:
        """Documents that repeat an earlier one."""
        return (e.joined_to for e in self.entries() if e.joined_to) if self._statuses["joined"] else iter(())

    @property
    def status_counts(self) -> dict[str, int]:
        """Documents by status; every status is there."""
        return {status: self._statuses[status] for status in get_args(DocumentStatus)}

    @property
    def row_counts(self) -> dict[str, int]:
        """Rows of each table over all documents."""
        return {name: self._rows[name] for name in BLOCKS}

    @property
    def stage_seconds(self) -> dict[str, float]:
        """Seconds of each stage over all documents."""
        return {stage: round(seconds, 3) for stage, seconds in self._seconds.items()}

    def as_json(self) -> dict[str, Any]:
        """The manifest without its documents."""
        seconds = self.reading_seconds if self.reading_seconds is not None else perf_counter() - self._clock
        return {
            **self.description,
            "config": dict(self.config),
            "started": self.started.isoformat(timespec="seconds"),
            "finished": datetime.now(UTC).isoformat(timespec="seconds"),
            "status": "interrupted" if self.interrupted else "complete",
            "counts": {
                "documents": len(self),
                **self.status_counts,
                "warnings": self.warnings,
                "rows": self.row_counts,
            },
            "timings": {
                "seconds": round(seconds, 3),
                "documents_per_second": round(len(self) / seconds, 2) if seconds else None,
                "stages": self.stage_seconds,
            },
        }

    def written(self) -> Iterator[str]:
        """run.json in pieces: the manifest, and its documents a line each."""
        yield json.dumps(self.as_json(), indent=1).removesuffix("\n}") + ',\n "documents": ['
        for number, line in enumerate(self._lines()):
            yield (",\n  " if number else "\n  ") + line.decode().rstrip("\n")
        yield "\n ]\n}\n"
