"""Which engine a run is given to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import Literal, TypeVar, get_args

from trialmine import flow
from trialmine.batch.cluster import Cluster
from trialmine.batch.engine import Engine, InProcess, Load
from trialmine.batch.processes import Processes
from trialmine.errors import ConfigError

Item = TypeVar("Item")
EngineName = Literal["auto", "in-process", "processes", "dask"]
LONGEST = 300.0  # seconds; the worst texts that were met took a tenth of that
_FEW = 64  # documents that are done before further processes would have loaded their models


def engine_for(
    items: Iterable[Item],
    load: Load,
    *,
    engine: str = "auto",
    scheduler: str | None = None,
    workers: int = 0,
    seconds: float | None = None,
    megabytes: int | None = None,
) -> tuple[Engine, Iterator[Item]]:
    """The engine for these items, and the items, of which some were looked at.

    Args:
        items: what is to be read.
        load: makes a pipeline; a function that can be pickled.
        engine: an EngineName; "auto" is processes where there are many documents or limits, else this process.
        scheduler: address of a Dask scheduler; asks for the engine "dask".
        workers: how many processes; 0 is one for each core.
        seconds: the longest that a document may take, 0 is for ever; asks for a process of its own. None is LONGEST
            in processes of their own, and for ever in this one, which nothing can stop from outside.
        megabytes: the most memory that a process may take; asks for a process of its own.

    Raises:
        ConfigError: there is no such engine, its library is missing, or it can't do what is asked.
    """
    if engine not in get_args(EngineName):
        names = ", ".join(get_args(EngineName))
        raise ConfigError(f"there is no engine {engine!r}", where="--engine", remedy=f"Engines: {names}.")
    source = iter(items)
    limited = bool(seconds) or megabytes is not None
    if engine == "dask" or scheduler is not None:
        if engine not in ("dask", "auto"):
            raise ConfigError("a scheduler is of use to Dask alone", where="--scheduler", remedy="Give --engine dask.")
        return Cluster(load, scheduler, workers=workers, seconds=limit_for(seconds), megabytes=megabytes), source
    if engine == "in-process":
        if limited:
            remedy = "Give --engine processes."
            raise ConfigError("a limit needs a process of its own", where="--engine in-process", remedy=remedy)
        return InProcess(load()), source
    if engine == "auto" and not limited:
        if workers == 0:
            first = list(islice(source, _FEW))
            source = chain(first, source)
            workers = 1 if len(first) < _FEW else cores()
        if workers == 1:
            return InProcess(load()), source
    return Processes(load, workers or cores(), seconds=limit_for(seconds), megabytes=megabytes), source


def limit_for(seconds: float | None) -> float | None:
    """The limit of a document in a process of its own: LONGEST where nothing was said, none where 0 was."""
    return LONGEST if seconds is None else seconds or None


def loader(**options: object) -> Load:
    """A function that loads the pipeline with these options, here or in another process."""
    return partial(flow.load, **options)  # type: ignore[arg-type]  # the options are those of flow.load


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
