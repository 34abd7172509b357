"""Chunks of documents handed to whoever works on them, and their results in the order of the documents."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby, islice

from trialmine.batch.engine import Result
from trialmine.records.document import Document

CHUNK = 16  # documents sent together: enough that sending costs nothing, few enough that the last ones end together
Wait = Callable[[], list[Result]]


def in_order(
    items: Iterable[Document | Result], submit: Callable[[list[Document]], Wait], *, ahead: int
) -> Iterator[Result]:
    """One result per item, in order; results of an earlier run pass through in their places.

    Items are taken as they are needed and at most `ahead` chunks are out, so memory does not grow with the input.

    Args:
        items: documents, and results that are there already.
        submit: hands over a chunk, and gives a function that waits for its results.
        ahead: how many chunks may be out.
    """
    out: deque[Wait] = deque()
    for done, group in groupby(items, key=lambda item: isinstance(item, Result)):
        while batch := list(islice(group, CHUNK)):
            if len(out) >= ahead:
                yield from out.popleft()()
            if done:
                known = [item for item in batch if isinstance(item, Result)]
                out.append(known.copy)
            else:
                out.append(submit([item for item in batch if isinstance(item, Document)]))
    while out:
        yield from out.popleft()()
