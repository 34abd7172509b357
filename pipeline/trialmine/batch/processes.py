"""Several processes on this machine, each with a pipeline of its own; results come in the order of the documents."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import LifoQueue
from typing import Any

from trialmine.batch.engine import Load, Result
from trialmine.batch.in_order import Wait, in_order
from trialmine.batch.worker import Worker
from trialmine.records.document import Document

_AHEAD = 3  # chunks per worker that may be out or wait for their turn


class Processes:
    """Works through documents in several processes; a document that kills or hangs one costs that document alone.

    Args:
        load: makes the pipeline, in each process; a function that can be pickled.
        workers: how many processes.
        seconds: the longest that a document may take; None is for ever.
        megabytes: the most address space that a process may take; None is no limit.
    """

    def __init__(self, load: Load, workers: int, *, seconds: float | None = None, megabytes: int | None = None) -> None:
        self._load, self._count, self._seconds, self._megabytes = load, workers, seconds, megabytes
        self._workers: list[Worker] = []

    @property
    def description(self) -> Mapping[str, Any]:
        """Version and model, for the manifest, as the first process tells them."""
        return self._ready()[0].description

    @property
    def pids(self) -> list[int]:
        """The processes that are up."""
        return [pid for worker in self._workers if (pid := worker.pid) is not None]

    def results(self, items: Iterable[Document | Result]) -> Iterator[Result]:
        """One result per document, in order; results of an earlier run pass through in their places."""
        free: LifoQueue[Worker] = LifoQueue()
        for worker in reversed(self._ready()):
            free.put(worker)

        def read(documents: Sequence[Document]) -> list[Result]:
            worker = free.get()
            try:
                return worker.read(documents)
            finally:
                free.put(worker)

        def submit(documents: Sequence[Document]) -> Wait:
            return threads.submit(read, documents).result

        threads = ThreadPoolExecutor(self._count)  # each waits for a process
        try:
            yield from in_order(items, submit, ahead=self._count * _AHEAD)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            self._stop()
            threads.shutdown()

    def _ready(self) -> list[Worker]:
        if not self._workers:
            self._workers = [
                Worker(self._load, seconds=self._seconds, megabytes=self._megabytes) for _ in range(self._count)
            ]
        return self._workers

    def _stop(self) -> None:
        for worker in self._workers:
            worker.stop()
        self._workers = []
