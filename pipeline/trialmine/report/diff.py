"""What changed between two runs over the same documents, cell by cell.

Rows of the two runs are the same row when they stand at the same place in the text; where several stand there, the
ones with most cells alike. Ids within a record may be numbered anew from run to run, so they are not compared; the
names that they stand for are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, Literal, NamedTuple

import pandas as pd

from trialmine.records.trial import TrialRecord
from trialmine.report.columns import TABLES
from trialmine.report.tables import to_frames

Kind = Literal["changed", "added", "removed"]
_IDS = {"row", "row_id", "dosing_id", "statistic_id", "endpoint_id", "arm_id", "intervention_id", "arm_ids",
        "intervention_ids"}  # fmt: skip
_FOLLOWING = {"route_codes", "frequency_fhir_code", "intervention_identifiers"}  # from cells that are compared
_LEFT_OUT = {"evidence"}  # follows from the rows of the other tables
Row = dict[str, Any]


class Change(NamedTuple):
    """A cell that changed, or a row that came or went (`column` is then empty, and the value its words)."""

    record_id: str
    table: str
    kind: Kind
    row: str
    column: str
    before: str
    after: str


def diff(before: Iterable[TrialRecord], after: Iterable[TrialRecord]) -> Iterator[Change]:
    """The changes from one run to the other, in the order of the documents of the first."""
    old, new = ({r.record_id: r for r in records} for records in (before, after))
    for key in [*old, *(k for k in new if k not in old)]:
        if key not in new:
            yield Change(key, "records", "removed", old[key].doc_id, "", old[key].doc_id, "")
        elif key not in old:
            yield Change(key, "records", "added", new[key].doc_id, "", "", new[key].doc_id)
        elif old[key] != new[key]:
            yield from _records(old[key], new[key])


def _records(old: TrialRecord, new: TrialRecord) -> Iterator[Change]:
    frames = to_frames([old]), to_frames([new])
    for table in TABLES:
        if table not in _LEFT_OUT:
            yield from _tables(old.record_id, table, *(_rows(f[table]) for f in frames))


def _rows(frame: pd.DataFrame) -> list[Row]:
    kept = [c for c in frame.columns if c not in _IDS | _FOLLOWING]
    return [
        {str(name): None if pd.isna(value) else value for name, value in row.items()}
        for row in frame[kept].to_dict(orient="records")
    ]


def _tables(record_id: str, table: str, old: list[Row], new: list[Row]) -> Iterator[Change]:
    pairs, gone, come = _paired(old, new)
    for one, other in pairs:
        for column, value in one.items():
            if value != other[column]:
                words = _words(one)
                yield Change(record_id, table, "changed", words, column, _shown(value), _shown(other[column]))
    for row in gone:
        yield Change(record_id, table, "removed", _words(row), "", _words(row), "")
    for row in come:
        yield Change(record_id, table, "added", _words(row), "", "", _words(row))


def _paired(old: list[Row], new: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    places: dict[tuple[object, ...], list[tuple[int, Row]]] = defaultdict(list)
    for m, row in enumerate(new):
        places[_place(row)].append((m, row))
    # the likeliest pairs first, over all rows of a place, or an early row could take the twin of a later one
    likeness = [
        (sum(value == other[name] for name, value in row.items()), -n, -m)
        for n, row in enumerate(old)
        for m, other in places[_place(row)]
    ]
    partner: dict[int, int] = {}
    for _, n, m in sorted(likeness, reverse=True):
        if -n not in partner and -m not in partner.values():
            partner[-n] = -m
    taken = set(partner.values())
    pairs = [(old[n], new[m]) for n, m in sorted(partner.items())]
    gone = [row for n, row in enumerate(old) if n not in partner]
    return pairs, gone, [row for m, row in enumerate(new) if m not in taken]


def _place(row: Row) -> tuple[object, ...]:
    return row.get("start"), row.get("end"), row.get("quote")


def _words(row: Row) -> str:
    return _shown(row.get("quote") or row.get("title") or row.get("doc_id"))


def _shown(value: object) -> str:
    return "" if value is None else f"{value:g}" if isinstance(value, float) else str(value)
