"""The life of a worker process: files and documents in through its pipe, events out, one document at a time."""

from __future__ import annotations

import resource
import signal
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, Protocol

from trialmine.batch.engine import finished
from trialmine.errors import ConfigError, TrialmineError
from trialmine.flow import Outcome, Watch
from trialmine.ingest.limits import IngestLimits
from trialmine.ingest.opened import checked, read_stream
from trialmine.ingest.options import ReadOptions
from trialmine.ingest.registry import by_name
from trialmine.records.document import Document, Unreadable
from trialmine.serve.events import Event, Telling

_MEGABYTE = 2**20
_SAMPLE = Document("Patients took velotinib 40 mg orally twice daily (P < 0.05).", "text")
LAST = ("record", "failed", "documents")  # the events that end a job


class Reads(Protocol):
    """What a worker needs of a pipeline."""

    @property
    def description(self) -> Mapping[str, Any]:
        """Version and model."""

    def outcomes(self, documents: Iterable[Document], *, watch: Watch | None = None) -> Iterator[Outcome]:
        """One outcome per document; never raises for a document."""


Load = Callable[[], Reads]


@dataclass(frozen=True, slots=True)
class Extraction:
    """A document to be read into a record.

    Args:
        document: as a reader gave it, or as it was sent.
        stages: whether what each stage gives is told too.
        limits: for a document that no reader has checked.
    """

    document: Document
    stages: bool = False
    limits: IngestLimits | None = None


@dataclass(frozen=True, slots=True)
class Upload:
    """A file whose documents are wanted, at most `most` of them; a pasted one has no name to be kept."""

    name: str
    data: bytes
    form: str | None = None
    most: int = 100
    options: ReadOptions = field(default_factory=ReadOptions)
    pasted: bool = False


def work(pipe: Connection, load: Load, megabytes: int | None) -> None:
    """Load the pipeline, say so, and do what comes until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's affair
    if megabytes is not None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    try:
        pipeline = load()
        next(iter(pipeline.outcomes([_SAMPLE])))  # what is loaded with the first text should not keep a user waiting
        pipe.send({"event": "ready", "description": dict(pipeline.description)})
    except TrialmineError as error:
        pipe.send({"event": "unready", "error": error})
        return
    while True:
        try:
            job: Extraction | Upload = pipe.recv()
        except EOFError:
            return
        if isinstance(job, Upload):
            pipe.send(_documents(job))
        else:
            _extract(pipeline, job, pipe.send)


def _extract(pipeline: Reads, job: Extraction, tell: Callable[[Event], None]) -> None:
    document = checked(job.document, job.limits) if job.limits else job.document
    if isinstance(document, Unreadable):
        tell({"event": "failed", "error": document.message})
        return
    telling = Telling()

    def watch(stage: Any, result: Any) -> None:
        if event := telling(stage, result):
            tell(event)

    outcome = next(iter(pipeline.outcomes([document], watch=watch if job.stages else None)))
    result = finished(outcome)
    if result.line is None:
        tell({"event": "failed", "error": result.entry.error})
    else:
        tell({"event": "record", "line": result.line, "seconds": dict(result.entry.seconds)})


def _documents(job: Upload) -> Event:
    try:
        if job.form:
            by_name(job.form)
        items = list(islice(read_stream(BytesIO(job.data), job.name, job.form, job.options), job.most + 1))
    except ConfigError as error:
        return {"event": "failed", "error": str(error)}
    except Exception as error:  # noqa: BLE001 - a reader's fault costs the one file that met it
        return {"event": "failed", "error": f"internal error: {type(error).__name__}: {error}"}
    return {"event": "documents", "documents": items[: job.most], "more": len(items) > job.most}
