"""Which engine a run is given to."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import partial
from itertools import chain, islice
from typing import TypeVar

from trialmine import flow
from trialmine.batch.engine import Engine, InProcess
from trialmine.batch.processes import Load, Processes

Item = TypeVar("Item")
_FEW = 64  # documents that are done before further processes would have loaded their models


def engine_for(
    items: Iterable[Item],
    load: Load,
    *,
    workers: int = 0,
    seconds: float | None = None,
    megabytes: int | None = None,
) -> tuple[Engine, Iterator[Item]]:
    """The engine for these items, and the items, of which some were looked at.

    Args:
        items: what is to be read.
        load: makes a pipeline; a function that can be pickled.
        workers: how many processes; 0 is one for each core, or none beside this one where there are few documents.
        seconds: the longest that a document may take; asks for a process of its own.
        megabytes: the most memory that a process may take; asks for a process of its own.
    """
    source = iter(items)
    limited = seconds is not None or megabytes is not None
    if workers == 1 and not limited:
        return InProcess(load()), source
    if workers == 0:
        first = list(islice(source, _FEW))
        source = chain(first, source)
        workers = 1 if len(first) < _FEW else _cores()
        if workers == 1 and not limited:
            return InProcess(load()), source
    return Processes(load, workers, seconds=seconds, megabytes=megabytes), source


def loader(**options: object) -> Load:
    """A function that loads the pipeline with these options, here or in another process."""
    return partial(flow.load, **options)  # type: ignore[arg-type]  # the options are those of flow.load


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
