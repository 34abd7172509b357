"""Several processes, each with a pipeline of its own; a document that kills or hangs one costs that document alone.

Documents go out in small chunks, at most two per worker at a time, and results come back in the order of the documents,
so memory does not grow with the input. When a worker dies or a chunk takes too long, the worker is replaced and the
chunk's documents are tried one by one.
"""

from __future__ import annotations

import multiprocessing
import resource
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby, islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any

from trialmine.batch.engine import Extracts, InProcess, Result, failed
from trialmine.errors import TrialmineError
from trialmine.records.document import Document

Load = Callable[[], Extracts]
CHUNK = 8  # documents sent together: enough that sending costs nothing, few enough that the last ones end together
_AHEAD = 3  # chunks per worker that may be out or wait for their turn
_MEGABYTE = 2**20


@dataclass
class _Chunk:
    documents: list[Document]
    results: list[Result] = field(default_factory=list)
    alone: bool = False  # whether its documents go out one by one, because something went wrong with them together

    @property
    def left(self) -> list[Document]:
        """The documents that are still to be done."""
        return self.documents[len(self.results) :]

    def next_batch(self) -> list[Document]:
        """What goes out next."""
        return self.left[:1] if self.alone else self.left


def _chunks(items: Iterable[Document | Result]) -> Iterator[_Chunk]:
    """Documents in small chunks; results that are there already go in chunks of their own."""
    for done, group in groupby(items, key=lambda item: isinstance(item, Result)):
        while batch := list(islice(group, CHUNK)):
            documents = [i.document if isinstance(i, Result) else i for i in batch]
            yield _Chunk(documents, [i for i in batch if isinstance(i, Result)] if done else [])


class _Worker:
    """A process with its pipe, and the chunk that it works on."""

    def __init__(self, load: Load, megabytes: int | None) -> None:
        context = multiprocessing.get_context("spawn")  # a forked copy of a process with threads may hang
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=_work, args=(theirs, load, megabytes), daemon=True)
        self.process.start()
        theirs.close()
        self.chunk: _Chunk | None = None
        self.ready = False
        self.deadline: float | None = None

    def send(self, chunk: _Chunk, seconds: float | None) -> None:
        self.chunk = chunk
        self.start_clock(seconds)
        self.pipe.send(chunk.next_batch())

    def start_clock(self, seconds: float | None) -> None:
        # the time that loading takes is not the documents'
        documents = len(self.chunk.next_batch()) if self.chunk else 0
        self.deadline = monotonic() + seconds * documents if seconds and self.ready else None

    def stop(self) -> None:
        self.pipe.close()
        self.process.kill()
        self.process.join()


class Processes:
    """Works through documents in several processes.

    Args:
        load: makes the pipeline, in each process; a function that can be pickled.
        workers: how many processes.
        seconds: the longest that a document may take, on average over a chunk; None is for ever.
        megabytes: the most address space that a process may take; None is no limit.
    """

    def __init__(self, load: Load, workers: int, *, seconds: float | None = None, megabytes: int | None = None) -> None:
        self._load, self._workers, self._seconds, self._megabytes = load, workers, seconds, megabytes
        self._idle: list[_Worker] = []
        self._busy: list[_Worker] = []

    @cached_property
    def description(self) -> Mapping[str, Any]:
        """Version and model, for the manifest; asked of a pipeline that is loaded once for it."""
        return self._load().description

    def results(self, items: Iterable[Document | Result]) -> Iterator[Result]:
        """One result per document, in order; results of an earlier run pass through in their places."""
        source = _chunks(items)
        waiting: deque[_Chunk] = deque()  # to be sent
        ordered: deque[_Chunk] = deque()  # all that are not yet handed on, in order
        try:
            while True:
                for chunk in islice(source, max(self._workers * _AHEAD - len(ordered), 0)):
                    ordered.append(chunk)
                    if chunk.left:
                        waiting.append(chunk)
                if not ordered:
                    return
                self._send(waiting)
                if ordered[0].left:
                    self._receive(waiting)
                while ordered and not ordered[0].left:
                    yield from ordered.popleft().results
        finally:
            self._stop()

    def _send(self, waiting: deque[_Chunk]) -> None:
        while waiting and (self._idle or len(self._busy) < self._workers):
            worker = self._idle.pop() if self._idle else _Worker(self._load, self._megabytes)
            self._busy.append(worker)
            try:
                worker.send(waiting[0], self._seconds)
            except (BrokenPipeError, ConnectionError):
                self._drop(worker)
                continue
            waiting.popleft()

    def _receive(self, waiting: deque[_Chunk]) -> None:
        deadlines = [w.deadline for w in self._busy if w.deadline is not None]
        patience = max(min(deadlines) - monotonic(), 0) if deadlines else None
        ready = set(wait([w.pipe for w in self._busy], timeout=patience))
        for worker in list(self._busy):
            if worker.pipe in ready:
                self._take(worker, waiting)
            elif worker.deadline is not None and monotonic() > worker.deadline:
                self._give_up(worker, waiting, f"took more than {self._seconds:g} s and was stopped")

    def _take(self, worker: _Worker, waiting: deque[_Chunk]) -> None:
        try:
            answer: list[Result] | TrialmineError | None = worker.pipe.recv()
        except (EOFError, ConnectionError):
            worker.process.join(5)
            self._give_up(worker, waiting, f"ended the process that read it ({_death(worker.process.exitcode)})")
            return
        if isinstance(answer, TrialmineError):
            raise answer
        if answer is None:
            worker.ready = True
            worker.start_clock(self._seconds)
            return
        chunk = worker.chunk
        if chunk is None:
            return
        # documents are not sent back: their text is here
        chunk.results += [r._replace(document=d) for r, d in zip(answer, chunk.left, strict=False)]
        worker.chunk = None
        self._busy.remove(worker)
        self._idle.append(worker)
        if chunk.left:
            waiting.appendleft(chunk)

    def _give_up(self, worker: _Worker, waiting: deque[_Chunk], reason: str) -> None:
        chunk = worker.chunk
        self._drop(worker)
        if chunk is None:
            return
        if len(chunk.next_batch()) == 1:
            chunk.results.append(failed(chunk.left[0], f"this document {reason}"))
        chunk.alone = True
        if chunk.left:
            waiting.appendleft(chunk)

    def _drop(self, worker: _Worker) -> None:
        self._busy.remove(worker)
        worker.stop()

    def _stop(self) -> None:
        for worker in (*self._busy, *self._idle):
            worker.stop()
        self._busy, self._idle = [], []


def _death(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit code {code}"


_NOWHERE = Document("", "text")


def _work(pipe: Connection, load: Load, megabytes: int | None) -> None:
    """The life of a worker: a sign that it is ready, then batches of documents in and their results out."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    if megabytes is not None:
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))
    try:
        engine = InProcess(load())
        _ = engine.description  # loads the model
    except TrialmineError as error:  # no document would fare better
        pipe.send(error)
        return
    pipe.send(None)
    while True:
        try:
            batch: list[Document] = pipe.recv()
        except EOFError:
            return
        pipe.send([r._replace(document=_NOWHERE) for r in engine.results(batch)])
