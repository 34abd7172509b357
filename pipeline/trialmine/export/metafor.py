"""Long CSV for meta-analysis: columns of R metafor's `escalc`, and a generic yi and sei (`report/comparisons.py`)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from trialmine.errors import ConfigError
from trialmine.export.writer import Notes, Options, Run, Writer
from trialmine.records.trial import TrialRecord
from trialmine.report.comparisons import COLUMNS, DIFFERENCES, PAIRED, RATIOS, Row, comparisons, is_endpoint
from trialmine.report.files import written_whole


def _write(run: Run, target: Path, options: Options, notes: Notes) -> None:
    known = (*RATIOS, *DIFFERENCES, *PAIRED)
    if options.measure and options.measure not in known:
        raise ConfigError(f"no measure {options.measure!r} can be pooled", remedy=f"Choose one of {', '.join(known)}.")
    with written_whole(target) as file:
        table = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        table.writeheader()
        for record in run.records():
            notes.written += 1
            table.writerows(_wanted(record, options, notes))


def _wanted(record: TrialRecord, options: Options, notes: Notes) -> Iterator[Row]:
    used: set[str] = set()
    for row in comparisons(record):
        used.update(row["statistic_ids"].split(";"))
        if is_endpoint(row, options.endpoint) and options.measure in (None, row["measure"]):
            yield row
    notes.lost(
        record, "statistic that compares nothing, or lacks what a comparison needs", len(record.statistics) - len(used)
    )


METAFOR = Writer(
    "metafor",
    "long CSV for R metafor and meta: escalc columns, yi and sei",
    _write,
    suffix=".csv",
    narrows=True,
    never=("everything but comparisons of arms",),
)
