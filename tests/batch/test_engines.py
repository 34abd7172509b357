from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from socket import socket
from typing import Any

import pytest

from support.pipeline import HandmadePipeline, ModellessPipeline, TroubledPipeline
from support.records import TEXT
from trialmine.batch.cluster import Cluster
from trialmine.batch.engine import InProcess, Result
from trialmine.batch.in_order import CHUNK
from trialmine.batch.plan import LONGEST, engine_for, limit_for
from trialmine.batch.processes import Processes
from trialmine.errors import ConfigError, ModelError
from trialmine.records.document import Document

pytestmark = pytest.mark.slow


def documents(*texts: str) -> list[Document]:
    return [Document(text, "text", doc_id=f"{n}") for n, text in enumerate(texts)]


def told(results: Iterator[Result]) -> list[tuple[str, str, str | None]]:
    return [(r.document.doc_id or "", r.entry.status, r.line) for r in results]


def test_processes_give_what_one_gives_in_order() -> None:
    texts = [TEXT if n % 3 else f"letter {n} boom" if n % 7 == 0 else f"letter {n}" for n in range(5 * CHUNK + 3)]
    here = told(InProcess(HandmadePipeline()).results(documents(*texts)))
    there = told(Processes(HandmadePipeline, 2).results(documents(*texts)))
    assert there == here
    assert len(here) == len(texts)


def test_results_of_an_earlier_run_pass_through_in_their_places() -> None:
    docs = documents(*(f"text {n}" for n in range(3 * CHUNK)))
    known = {n: r for n, r in enumerate(InProcess(HandmadePipeline()).results(docs)) if n in (0, 1, 9, 10, 23)}
    items = [known.get(n, d) for n, d in enumerate(docs)]
    for engine in (InProcess(HandmadePipeline()), Processes(HandmadePipeline, 1)):
        assert [r.document.doc_id for r in engine.results(items)] == [d.doc_id for d in docs]
        assert [r.document.doc_id for r in engine.results(list(known.values()))] == ["0", "1", "9", "10", "23"]


def test_how_often_garbage_is_looked_for_is_the_caller_s_again_when_the_results_are_read() -> None:
    thresholds = gc.get_threshold()
    results = InProcess(HandmadePipeline()).results(documents("a", "b"))
    next(results)
    assert gc.get_threshold() != thresholds
    list(results)
    assert gc.get_threshold() == thresholds


def test_a_model_that_can_t_be_loaded_is_said_once() -> None:
    with pytest.raises(ModelError, match="the model is missing") as caught:
        list(Processes(ModellessPipeline, 1).results(documents("a", "b")))
    assert caught.value.where == "models/"
    assert str(caught.value).count("Name another.") == 1


def test_documents_are_taken_as_they_are_needed() -> None:
    taken = 0

    def endless() -> Iterator[Document]:
        nonlocal taken
        while True:
            taken += 1
            yield Document(f"text {taken}", "text")

    results = Processes(HandmadePipeline, 1).results(endless())
    for _ in range(10 * CHUNK):
        next(results)
    results.close()
    assert taken < 10 * CHUNK + 10 * CHUNK


@pytest.mark.parametrize(
    ("count", "options", "kind"),
    [
        (3, {}, InProcess),
        (3, {"workers": 2}, Processes),
        (3, {"workers": 1}, InProcess),
        (3, {"workers": 1, "seconds": 5.0}, Processes),
        (3, {"megabytes": 2048}, Processes),
        (3, {"workers": 1, "seconds": 0.0}, InProcess),
        (500, {"workers": 1}, InProcess),
    ],
)
def test_the_engine_fits_the_work(count: int, options: dict[str, float], kind: type) -> None:
    engine, items = engine_for(range(count), HandmadePipeline, **options)  # type: ignore[arg-type]
    assert isinstance(engine, kind)
    assert list(items) == list(range(count))


def _started(role: str, *arguments: str) -> subprocess.Popen[bytes]:
    """A scheduler or worker as its users start it; it finds the modules that this process has found."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{role}", *arguments, "--no-dashboard"]
    return subprocess.Popen(
        command, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, stderr=subprocess.DEVNULL
    )


@pytest.fixture
def two_workers() -> Iterator[Any]:
    """A real Dask cluster of two worker processes."""
    distributed, dask = pytest.importorskip("distributed"), pytest.importorskip("dask")
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, memory_limit=0, dashboard_address="127.0.0.1:0", silence_logs=50
        ) as cluster,
    ):
        yield cluster


def test_a_cluster_loses_nothing_when_a_worker_is_killed_in_mid_run(two_workers: Any) -> None:
    texts = [TEXT if n % 4 else f"slow letter {n}" for n in range(10 * CHUNK)]
    texts[33], texts[60] = "crash", "regicide: ends the Dask worker too"
    wanted = told(InProcess(HandmadePipeline()).results(documents(*texts)))
    engine = Cluster(TroubledPipeline, two_workers.scheduler_address)
    assert engine.description == HandmadePipeline().description
    results = engine.results(documents(*texts))
    first = [next(results) for _ in range(CHUNK)]
    os.kill(next(iter(two_workers.workers.values())).pid, signal.SIGKILL)
    there = [*first, *results]
    lost = {r.document.text: r.entry.error or "" for r in there if r.line is None}
    assert lost.keys() == {texts[33], texts[60]}
    assert "signal 9" in lost[texts[33]]
    assert "ended several workers" in lost[texts[60]]
    kept = [n for n in range(len(texts)) if n not in (33, 60)]
    assert [told(iter(there))[n] for n in kept] == [wanted[n] for n in kept]


@pytest.mark.parametrize(("asked", "limit"), [(None, LONGEST), (7.0, 7.0), (0.0, None)])
def test_a_document_has_a_limit_of_time_unless_none_is_wanted(asked: float | None, limit: float | None) -> None:
    assert limit_for(asked) == limit


def test_a_scheduler_that_is_lost_in_mid_run_is_said() -> None:
    pytest.importorskip("distributed")
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = _started("scheduler", "--port", str(port))
    worker = _started("worker", address, "--nthreads", "1")
    try:
        results = Cluster(HandmadePipeline, address).results(documents(*(f"text {n}" for n in range(500 * CHUNK))))
        next(results)
        scheduler.kill()
        with pytest.raises(ConfigError, match=rf"{address}: the scheduler of the cluster was lost .*the same command"):
            list(results)
    finally:
        for process in (scheduler, worker):
            process.kill()
            process.wait()


def test_a_client_that_has_given_up_its_scheduler_is_said(two_workers: Any) -> None:
    engine = Cluster(HandmadePipeline, two_workers.scheduler_address)
    results = engine.results(documents(*(f"text {n}" for n in range(500 * CHUNK))))
    next(results)
    engine._client.close()
    with pytest.raises(ConfigError, match="the scheduler of the cluster was lost"):
        list(results)


def test_a_scheduler_that_is_not_there_is_said() -> None:
    pytest.importorskip("distributed")
    with pytest.raises(ConfigError, match=r"tcp://127\.0\.0\.1:9: no Dask worker can be reached"):
        Cluster(HandmadePipeline, "tcp://127.0.0.1:9", patience=0.5).results([Document("a", "text")]).__next__()
