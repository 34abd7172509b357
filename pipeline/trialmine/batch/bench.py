"""How fast: the whole pipeline beside the bare entity recogniser of the same model, on the same texts and processes.

Each figure is taken in a process of its own, so that none finds the caches of the one before it warm. The clock starts
when models are loaded and the first texts are read.
"""

from __future__ import annotations

import multiprocessing
import os
import platform
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain, count, islice
from math import log
from pathlib import Path
from time import perf_counter, process_time
from typing import ParamSpec, TypeVar

from trialmine.batch.engine import Engine, InProcess
from trialmine.batch.in_order import CHUNK
from trialmine.batch.manifest import Entry
from trialmine.batch.plan import cores, loader
from trialmine.batch.processes import Processes
from trialmine.batch.run import run
from trialmine.batch.worker import ONE_THREAD
from trialmine.nlp.ner import load_ner
from trialmine.records.document import Document

_SPAWN = multiprocessing.get_context("spawn")
_WARM = 3 * CHUNK  # texts per process that are read before the clock starts
P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pace:
    """What one pass over the texts took.

    Args:
        processes: how many read.
        documents: how many were read.
        words: their words, parted at blanks.
        seconds: wall time.
        computing: seconds that the processors worked, over all processes; None where the system does not say.
        stages: seconds of computing in each stage, over all processes.
        megabytes: the most memory that the processes held, added up; None where the system does not say.
    """

    processes: int
    documents: int
    words: int
    seconds: float
    computing: float | None = None
    stages: Mapping[str, float] = field(default_factory=dict)
    megabytes: float | None = None

    @property
    def rate(self) -> float:
        """Documents per second."""
        return self.documents / self.seconds


@dataclass(frozen=True, slots=True)
class Bench:
    """All figures of one call: passes of the pipeline and of the bare recogniser, and whole runs of growing input."""

    pipeline: Sequence[Pace]
    recogniser: Sequence[Pace]
    runs: Sequence[Pace]
    machine: str
    model: str

    @property
    def ratios(self) -> list[float]:
        """The pipeline's pace as a share of the bare recogniser's, for each number of processes."""
        return [whole.rate / bare.rate for whole, bare in zip(self.pipeline, self.recogniser, strict=False)]

    @property
    def computing_ratios(self) -> list[float | None]:
        """The same by the time that the processors worked, which others at work on the machine do not touch."""
        return [
            bare.computing / whole.computing if bare.computing and whole.computing else None
            for whole, bare in zip(self.pipeline, self.recogniser, strict=False)
        ]

    @property
    def growth(self) -> float | None:
        """The exponent that the time of a run grows with: 1 is linear, 2 quadratic; None for one run alone."""
        return exponent([(run.documents, run.seconds) for run in self.runs])


def bench(
    texts: Sequence[Document],
    *,
    processes: Sequence[int],
    growth: Sequence[int],
    ner_model: str | None = None,
    notify: Callable[[str], object] = lambda _: None,
) -> Bench:
    """Measure passes over `texts` with each number of processes, and whole runs of as many documents as `growth` says.

    Runs of more documents than there are read the texts again under other ids, each with a line of its own, so that
    none is joined to another.
    """
    # the bare recogniser shall compute as a worker does; its process inherits this
    for name, value in ONE_THREAD.items():
        os.environ.setdefault(name, value)
    pipeline, recogniser, runs = [], [], []
    for number in processes:
        if ner_model != "none":
            notify(f"the bare recogniser, {number} processes, {len(texts):,} texts")
            recogniser.append(_apart(_recogniser_pace, texts, number, ner_model))
        notify(f"the pipeline, {number} processes, {len(texts):,} texts")
        pipeline.append(_apart(_pipeline_pace, texts, number, ner_model))
    for size in growth:
        notify(f"a run of {size:,} documents, {max(processes)} processes")
        runs.append(_apart(_run_pace, texts, size, max(processes), ner_model))
    return Bench(pipeline, recogniser, runs, machine(), ner_model or "shipped")


def exponent(points: Sequence[tuple[float, float]]) -> float | None:
    """How y grows with x: the slope of the straight line through the logarithms, by least squares; None without a line.

    >>> exponent([(100, 3.0), (200, 6.0), (400, 12.0)])
    1.0
    """
    if len({x for x, _ in points}) < 2:
        return None
    xs, ys = [log(x) for x, _ in points], [log(y) for _, y in points]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    above = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return round(above / sum((x - mean_x) ** 2 for x in xs), 3)


def copies(texts: Sequence[Document], size: int) -> Iterator[Document]:
    """So many documents: the texts, then again and again under other ids and with another last line."""

    def endless() -> Iterator[Document]:
        for turn in count():
            for number, document in enumerate(texts):
                doc_id = f"{document.doc_id or number}-{turn}"
                text = document.text if turn == 0 else f"{document.text}\nCopy {turn}."
                yield replace(document, doc_id=doc_id, text=text, pmid=None, pmcid=None, doi=None, registry_ids=())

    return islice(endless(), size)


def machine() -> str:
    """What the figures were taken on."""
    names = [line.partition(":")[2].strip() for line in _lines(Path("/proc/cpuinfo")) if line.startswith("model name")]
    name = names[0] if names else platform.machine()
    return f"{name}, {cores()} cores, {platform.system()}, Python {platform.python_version()}"


def _apart(measure: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    with ProcessPoolExecutor(1, mp_context=_SPAWN) as process:
        return process.submit(measure, *args, **kwargs).result()


def _engine(number: int, ner_model: str | None) -> Engine:
    load = loader(ner_model=ner_model)
    return InProcess(load()) if number == 1 else Processes(load, number)


def _pipeline_pace(texts: Sequence[Document], number: int, ner_model: str | None) -> Pace:
    engine = _engine(number, ner_model)
    warm = _WARM * number
    stages: dict[str, float] = {}
    megabytes: float | None = None
    started, worked = perf_counter(), 0.0
    for position, result in enumerate(engine.results([*islice(copies(texts, warm), warm), *texts]), 1):
        if position <= warm:
            started, worked = perf_counter(), _worked(engine)
            continue
        for stage, seconds in result.entry.seconds.items():
            stages[stage] = stages.get(stage, 0.0) + seconds
        if position == warm + len(texts):
            seconds, worked, megabytes = perf_counter() - started, _worked(engine) - worked, _peak(engine)
    return Pace(number, len(texts), _words(texts), seconds, worked, stages, megabytes)


def _recogniser_pace(texts: Sequence[Document], number: int, ner_model: str | None) -> Pace:
    """The texts dealt out among so many processes, which have nothing to do with each other: the least it can take."""
    with ProcessPoolExecutor(number, mp_context=_SPAWN) as processes:
        piles = [[d.text for d in texts[start::number]] for start in range(number)]
        took = list(processes.map(partial(_recognised, ner_model), piles))
    return Pace(number, len(texts), _words(texts), max(t for t, _ in took), sum(worked for _, worked in took))


def _recognised(ner_model: str | None, texts: Sequence[str]) -> tuple[float, float]:
    nlp = load_ner(ner_model)
    for _ in nlp.pipe(texts[:_WARM]):
        pass
    started, worked = perf_counter(), process_time()
    for _ in nlp.pipe(texts):
        pass
    return perf_counter() - started, process_time() - worked


def _run_pace(texts: Sequence[Document], size: int, number: int, ner_model: str | None) -> Pace:
    """A whole run, from its first record to its last table."""
    engine = _engine(number, ner_model)
    peaks: list[float] = []
    times: list[float] = []

    def note(_: Entry) -> None:
        if not times:
            times.append(perf_counter())

    def watched() -> Iterator[Document]:
        for position, document in enumerate(copies(texts, size)):
            if position % 100 == 0 and (now := _peak(engine)) is not None:
                peaks.append(now)
            yield document

    with tempfile.TemporaryDirectory() as folder:
        manifest = run(engine, watched(), Path(folder), html=False, notify=note)
        seconds = perf_counter() - times[0]
    words = _words(texts) * size // len(texts)
    own = _held("self")
    return Pace(number, len(manifest), words, seconds, None, manifest.stage_seconds, max([*peaks, own or 0.0]) or None)


def _words(texts: Iterable[Document]) -> int:
    return sum(len(d.text.split()) for d in texts)


def _worked(engine: Engine) -> float:
    """Seconds that the processors worked for this process and those of the engine."""
    pids = engine.pids if isinstance(engine, Processes) else []
    stats = [Path("/proc", str(pid), "stat") for pid in pids]
    # behind the name in brackets, which may hold blanks; the 14th and 15th fields of all
    ticks = [line.rpartition(")")[2].split()[11:13] for place in stats for line in _lines(place)]
    return process_time() + sum(map(int, chain.from_iterable(ticks))) / os.sysconf("SC_CLK_TCK")


def _peak(engine: Engine) -> float | None:
    pids = engine.pids if isinstance(engine, Processes) else []
    held = [_held("self"), *(_held(str(pid)) for pid in pids)]
    return sum(h for h in held if h is not None) if held[0] is not None else None


def _held(process: str) -> float | None:
    """The most memory that a process has held so far, in MB."""
    lines = _lines(Path("/proc", process, "status"))
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), None)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
