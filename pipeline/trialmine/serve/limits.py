"""What the server takes before it refuses: no request may fill the memory, the disk or the day."""

from __future__ import annotations

from dataclasses import dataclass, field

from trialmine.ingest.limits import IngestLimits
from trialmine.ingest.options import ReadOptions


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one server."""

    body_bytes: int = 20_000_000  # one upload
    text_chars: int = 1_000_000  # one pasted text: five whole articles
    documents: int = 100  # of one request
    requests: int = 64  # that read texts at one time; the next is told to come again
    seconds: float = 30.0  # for one document
    body_seconds: float = 30.0  # that a client may take to send the next piece of its body
    whole_body_seconds: float = 300.0  # for all of it
    exports: int = 4  # that are written at one time
    connections: int = 500  # at one time
    kept: int = 10_000  # pasted documents that are kept
    page: int = 200  # records in one answer of the list
    correction_bytes: int = 64_000  # one line of the patch file
    reading: ReadOptions = field(
        default_factory=lambda: ReadOptions(
            limits=IngestLimits(
                document_chars=1_000_000, file_bytes=20_000_000, unpacked_bytes=100_000_000, pages=200, members=1_000,
                json_chars=20_000_000, record_chars=4_000_000, line_chars=4_000_000, seconds=10,
            )
        )
    )  # fmt: skip
