"""Texts and files on their way through the pool: their events as one stream, and their results as one answer."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from threading import BoundedSemaphore

from trialmine.errors import OutputError
from trialmine.records.document import Document, Unreadable
from trialmine.serve.events import Event
from trialmine.serve.library import Library
from trialmine.serve.limits import Limits
from trialmine.serve.pool import Pool, Task
from trialmine.serve.problems import Busy
from trialmine.serve.worker import LAST, Extraction, Upload

_AT_ONCE = 4  # documents of one request that are queued together, so that a batch lets others through
Source = Document | Upload


def line(event: Event) -> bytes:
    """An event as a line of NDJSON; a record in it is a line of JSON already."""
    record = event.pop("line", None)
    # ASCII, because a text may hold half of a surrogate pair, which UTF-8 can't
    told = json.dumps(event)
    return (told if record is None else f'{told[:-1]}, "record": {record}}}').encode() + b"\n"


class Desk:
    """Takes requests for reading in, so many at a time, and keeps the records that come of them."""

    def __init__(self, pool: Pool, library: Library, limits: Limits) -> None:
        self._pool, self._library, self._limits = pool, library, limits
        self.busy = 0
        self._writing = BoundedSemaphore(limits.exports)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """A place for one export; for threads.

        Raises:
            Busy: all are taken.
        """
        if not self._writing.acquire(blocking=False):
            raise Busy
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def place(self) -> Iterator[None]:
        """A place for one request.

        Raises:
            Busy: all are taken.
        """
        if self.busy >= self._limits.requests:
            raise Busy
        self.busy += 1
        try:
            yield
        finally:
            self.busy -= 1

    async def events(self, sources: Sequence[Source], *, stages: bool = False) -> AsyncIterator[Event]:
        """What becomes of the sources, as it happens; every event but the last has the number of its document.

        The events of one document: document, then clean, nlp, extract if `stages` are wanted, then record or failed.
        """
        told = _Told(self._pool)
        jobs: list[Extraction] = []
        number = 0
        try:
            for source in sources:
                if not isinstance(source, Upload):
                    jobs.append(Extraction(source, stages, self._limits.reading.limits))
                    continue
                documents, refused = await self._opened(told, source)
                jobs += [Extraction(document, stages) for document in documents]
                for unreadable in refused:
                    yield {"event": "failed", "document": number, "doc_id": unreadable.doc_id, "uri": unreadable.uri,
                           "error": unreadable.message}  # fmt: skip
                    number += 1
            async for event in self._read(told, jobs, number):
                yield event
            yield {"event": "end", "documents": number + len(jobs)}
        finally:
            told.cancel()

    async def _opened(self, told: _Told, upload: Upload) -> tuple[list[Document], list[Unreadable]]:
        told.submit(upload, 0)
        _, event = await told.next()
        if event["event"] == "failed":
            return [], [Unreadable(upload.name, str(event["error"]))]
        documents = [d for d in event["documents"] if isinstance(d, Document)]
        if upload.pasted:
            documents = [replace(d, uri=None) for d in documents]
        refused = [u for u in event["documents"] if isinstance(u, Unreadable)]
        if event["more"]:
            words = f"only the first {upload.most} documents of this file were read; give it to trialmine run"
            refused.append(Unreadable(upload.name, words))
        return documents, refused

    async def _read(self, told: _Told, jobs: list[Extraction], first: int) -> AsyncIterator[Event]:
        waiting = deque(enumerate(jobs, first))
        out: dict[int, Document] = {}
        while waiting or out:
            while waiting and len(out) < _AT_ONCE:
                number, job = waiting.popleft()
                document = out[number] = job.document
                yield {"event": "document", "document": number, "doc_id": document.doc_id, "uri": document.uri,
                       "title": document.title, "text": document.text}  # fmt: skip
                told.submit(job, number)
            number, event = await told.next()
            if event["event"] in LAST:
                document = out.pop(number)
                if event["event"] == "record":
                    event |= await asyncio.to_thread(self._keep, event["line"], document.text)
            yield {**event, "document": number}

    def _keep(self, record: str, text: str) -> Event:
        try:
            key = self._library.add(record, text)
        except OutputError as error:  # it was read all the same
            return {"id": None, "kept": False, "error": str(error)}
        why = {} if key else {"error": f"it is not kept: there are {self._limits.kept:,} here already"}
        return {"id": key, "kept": key is not None, **why}

    async def results(self, sources: Sequence[Source]) -> list[Event]:
        """What became of each document, in order, once all are done."""
        found: dict[int, Event] = {}
        async for event in self.events(sources):
            if event["event"] == "document":
                found[event["document"]] = {name: event[name] for name in ("doc_id", "uri")}
            elif event["event"] in LAST:
                told = found.setdefault(event.pop("document"), {"doc_id": event.get("doc_id"), "uri": event.get("uri")})
                if event.pop("event") == "failed":
                    told |= {"status": "failed", "id": None, "kept": False, "error": event["error"], "line": "null"}
                else:
                    told |= {"status": "ok", **event}
        return [found[number] for number in sorted(found)]


class _Told:
    """The events of one request's tasks, brought from the pool's threads to the event loop."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._loop = asyncio.get_running_loop()
        self._events: asyncio.Queue[tuple[int, Event]] = asyncio.Queue()
        self._tasks: list[Task] = []

    def submit(self, job: Extraction | Upload, number: int) -> None:
        def tell(event: Event) -> None:
            with suppress(RuntimeError):  # the server has stopped, and nobody listens
                self._loop.call_soon_threadsafe(self._events.put_nowait, (number, event))

        self._tasks.append(self._pool.submit(job, tell))

    async def next(self) -> tuple[int, Event]:
        return await self._events.get()

    def cancel(self) -> None:
        for task in self._tasks:
            task.cancel()
