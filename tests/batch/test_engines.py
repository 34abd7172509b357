from __future__ import annotations

from collections.abc import Iterator

import pytest

from support.pipeline import HandmadePipeline, ModellessPipeline, TroubledPipeline
from support.records import TEXT
from trialmine.batch.engine import InProcess, Result
from trialmine.batch.plan import engine_for
from trialmine.batch.processes import CHUNK, Processes
from trialmine.errors import ModelError
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


@pytest.mark.parametrize(
    ("trouble", "reason", "seconds"),
    [("crash", "signal 9", None), ("exit", "exit code 3", None), ("hang", "took more than 8 s", 8)],
)
def test_a_document_that_brings_down_its_process_costs_itself_alone(
    trouble: str, reason: str, seconds: float | None
) -> None:
    docs = documents("a", trouble, "b", "c") if seconds else documents("a", trouble, *("b" * n for n in range(CHUNK)))
    results = list(Processes(TroubledPipeline, 2, seconds=seconds).results(docs))
    assert [r.document for r in results] == docs
    assert [(r.document.text, r.entry.status) for r in results if r.line is None] == [(trouble, "failed")]
    assert reason in (results[1].entry.error or "")


def test_a_document_that_eats_memory_costs_itself_alone() -> None:
    results = list(Processes(TroubledPipeline, 1, megabytes=4096).results(documents("a", "eat", "b")))
    assert [r.entry.status for r in results] == ["ok", "failed", "ok"]


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
        (500, {"workers": 1}, InProcess),
    ],
)
def test_the_engine_fits_the_work(count: int, options: dict[str, float], kind: type) -> None:
    engine, items = engine_for(range(count), HandmadePipeline, **options)  # type: ignore[arg-type]
    assert isinstance(engine, kind)
    assert list(items) == list(range(count))
