"""The patch files of several runs as one, with nothing lost and each correction once."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from pydantic_core import from_json

from trialmine.errors import InputError
from trialmine.report.files import written_whole


class _Line(NamedTuple):
    at: datetime
    of: str  # the correction's id, or the line itself where it has none
    line: str


def join_patches(patches: Sequence[Path], target: Path) -> None:
    """Write the corrections of all patch files to `target`, which may be one of them.

    Those of one file keep their order, those of different files stand in the order of their times: of two edits of a
    cell the later one holds, whatever the order in which runs are named.

    Raises:
        InputError: a file can't be read, or a line of it names no time.
        OutputError: the target can't be written.
    """
    told: set[str] = set()
    with written_whole(target) as file:
        for _, of, line in heapq.merge(*(list(_lines(path)) for path in patches), key=lambda entry: entry.at):
            if of not in told:
                told.add(of)
                file.write(line + "\n")


def _lines(path: Path) -> Iterator[_Line]:
    latest: datetime | None = None
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"can't be read ({error.strerror})", where=str(path), remedy="Make it readable.") from error
    for number, raw in enumerate(content.split(b"\n"), 1):
        try:
            correction = from_json(raw)
        except ValueError:
            continue  # not written to its end: its author was told so
        try:
            at = datetime.fromisoformat(correction["at"])
            # a clock that was put back does not put an undo before what it undoes
            latest = at if latest is None or at > latest else latest
            yield _Line(latest, str(correction["id"]), raw.decode("utf-8"))
        except (KeyError, TypeError, ValueError) as error:
            where, remedy = f"{path}, line {number}", "Take the line out."
            raise InputError(f"no correction ({error!r})", where=where, remedy=remedy) from error
