"""The tables of many records, so many records at a time, and as a folder of CSV files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import pandas as pd

from trialmine.records.trial import TrialRecord
from trialmine.report.columns import TABLES
from trialmine.report.files import written_whole
from trialmine.report.formats import rendered
from trialmine.report.tables import to_frames

_CHUNK = 500  # records in memory at a time


def frames(records: Iterable[TrialRecord]) -> Iterator[dict[str, pd.DataFrame]]:
    """The tables in pieces: empty ones first, which give the columns, then those of so many records at a time."""
    rest = iter(records)
    yield to_frames([])
    while chunk := list(islice(rest, _CHUNK)):
        yield to_frames(chunk)


def write_csv(records: Iterable[TrialRecord], folder: Path) -> None:
    """A CSV file per table, each of them whole.

    Raises:
        OutputError: the folder can't be written.
    """
    with ExitStack() as stack:
        files = {name: stack.enter_context(written_whole(folder / f"{name}.csv")) for name in TABLES}
        for number, piece in enumerate(frames(records)):
            for name, frame in piece.items():
                files[name].write(rendered(frame, "csv", header=number == 0))
