"""The processes of a Dask cluster, on this machine or on many; results come in the order of the documents.

Each Dask worker reads in processes of its own (`Worker`): a document that crashes or hangs one does not take the Dask
worker with it, so the scheduler sees no death and tries nothing again. When a Dask worker itself is killed, the
scheduler gives what it had to another; documents that have cost several workers their lives are tried one by one, and
those that still do are failures.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from functools import partial
from importlib import import_module
from threading import Lock
from typing import Any
from uuid import uuid4

from trialmine.batch.engine import Load, Result, failed
from trialmine.batch.in_order import Wait, in_order
from trialmine.batch.journal import code_hash
from trialmine.batch.worker import Worker
from trialmine.errors import ConfigError
from trialmine.records.document import Document

_AHEAD = 4  # chunks per thread of a worker that may be out or wait for their turn
_TRIES = 3  # of a document by itself: another that ends workers may have taken it along
_LIVES = 1  # deaths of workers, beyond the first, before the documents that they had are looked at one by one
_PATIENCE = 30
_ONE_VERSION = "Install one version of trialmine and of the model on all of them."


class Cluster:
    """Works through documents on the workers of a Dask scheduler.

    Args:
        load: makes the pipeline, in each process; a function that can be pickled.
        scheduler: address of a scheduler, like tcp://host:8786; None starts a cluster on this machine.
        workers: Dask workers of a cluster on this machine; 0 is one for each core.
        seconds: the longest that a document may take; None is for ever.
        megabytes: the most address space that a process may take; None is no limit.
        patience: seconds to wait for the scheduler, and for its first worker.

    Raises:
        ConfigError: Dask is not installed.
    """

    def __init__(
        self,
        load: Load,
        scheduler: str | None = None,
        *,
        workers: int = 0,
        seconds: float | None = None,
        megabytes: int | None = None,
        patience: float = _PATIENCE,
    ) -> None:
        self._distributed = _library()
        # a client that has given up its scheduler raises the last of them, which is no OSError
        self._losses = (OSError, CancelledError, self._distributed.client.ClosedClientError)
        self._scheduler, self._count, self._patience = scheduler, workers, patience
        self._how = _How(uuid4().hex, load, seconds, megabytes)
        self._local: Any = None
        self._client: Any = None
        self._description: Mapping[str, Any] | None = None

    @property
    def description(self) -> Mapping[str, Any]:
        """Version and model, for the manifest, as the first worker tells them.

        Raises:
            ConfigError: the scheduler can't be reached, or has no worker.
        """
        if self._description is None:
            self._description = self._checked(*self._connected().submit(_read, self._how, [], pure=False).result()[:2])
        return self._description or {}

    def results(self, items: Iterable[Document | Result]) -> Iterator[Result]:
        """One result per document, in order; results of an earlier run pass through in their places.

        Raises:
            ConfigError: the scheduler can't be reached or is lost, or a worker has other code, version or model.
        """
        client = self._connected()
        threads = sum(client.nthreads().values())
        try:
            yield from in_order(items, self._submit, ahead=threads * _AHEAD)
        finally:
            self._close()

    def _submit(self, documents: list[Document], tries: int = _TRIES) -> Wait:
        try:
            future = self._client.submit(_read, self._how, documents, pure=False)
        except self._losses as error:
            raise self._lost(error) from error
        return partial(self._wait, future, documents, tries)

    def _wait(self, future: Any, documents: list[Document], tries: int) -> list[Result]:
        try:
            code, description, results = future.result()
        except self._distributed.KilledWorker:
            if len(documents) > 1:
                return [result for document in documents for result in self._submit([document])()]
            if tries > 1:
                return self._submit(documents, tries - 1)()
            return [failed(documents[0], "this document ended several workers of the cluster")]
        except self._losses as error:
            raise self._lost(error) from error
        if self._checked(code, description) != self.description:
            what = f"the workers of the cluster differ: {dict(description)} and {dict(self.description)}"
            raise ConfigError(what, remedy=_ONE_VERSION)
        return [r._replace(document=d) for r, d in zip(results, documents, strict=True)]

    def _lost(self, error: BaseException) -> ConfigError:
        remedy = "What was done is kept: start the scheduler and its workers again, and the same command goes on."
        # Dask's reasons run over several lines
        reason = " ".join(str(error).split())
        return ConfigError(f"the scheduler of the cluster was lost ({reason})", where=self._scheduler, remedy=remedy)

    def _checked(self, code: str, description: Mapping[str, Any]) -> Mapping[str, Any]:
        if code != code_hash():
            raise ConfigError("a worker of the cluster runs other code than this process", remedy=_ONE_VERSION)
        return description

    def _connected(self) -> Any:
        if self._client is not None:
            return self._client
        try:
            self._client = self._distributed.Client(self._scheduler or self._own(), timeout=self._patience)
            self._client.wait_for_workers(1, timeout=self._patience)
        except (OSError, ValueError) as error:
            self._close()
            remedy = "Start one with `dask scheduler` and `dask worker`, or leave --scheduler away."
            where = self._scheduler or "the cluster on this machine"
            raise ConfigError(f"no Dask worker can be reached ({error})", where=where, remedy=remedy) from error
        return self._client

    def _own(self) -> Any:
        """A cluster on this machine, which ends with the run."""
        dask = import_module("dask")
        with dask.config.set({"distributed.scheduler.allowed-failures": _LIVES}):
            self._local = self._distributed.LocalCluster(
                n_workers=self._count or None, threads_per_worker=1, memory_limit=0, dashboard_address="127.0.0.1:0"
            )
        return self._local

    def _close(self) -> None:
        client, local = self._client, self._local
        self._client = self._local = None
        if client is not None:
            if local is None and client.status == "running":  # a cluster of others lives on without our processes
                with suppress(OSError):  # workers whose scheduler is gone end by themselves
                    client.run(_forget, self._how.key)
            client.close()
        if local is not None:
            local.close()


def _library() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        remedy = "Install it with: pip install 'trialmine[dask]'"
        raise ConfigError("this needs the library distributed, which is not installed", remedy=remedy) from error


# What follows runs on the workers.


class _How:
    """How a run reads: the same for all its documents."""

    def __init__(self, key: str, load: Load, seconds: float | None, megabytes: int | None) -> None:
        self.key, self.load, self.seconds, self.megabytes = key, load, seconds, megabytes


_free: dict[str, list[Worker]] = {}
_lock = Lock()
_NOWHERE = Document("", "text")


def _read(how: _How, documents: Sequence[Document]) -> tuple[str, Mapping[str, Any], list[Result]]:
    """Code, version and model of this worker, and one result per document, without the document."""
    with _lock:
        free = _free.setdefault(how.key, [])
        worker = free.pop() if free else Worker(how.load, seconds=how.seconds, megabytes=how.megabytes)
    try:
        results = worker.read(documents) if documents else []
        return code_hash(), worker.description, [r._replace(document=_NOWHERE) for r in results]
    finally:
        with _lock:
            free.append(worker)


def _forget(key: str) -> None:
    """End the processes of a run."""
    with _lock:
        for worker in _free.pop(key, []):
            worker.stop()
