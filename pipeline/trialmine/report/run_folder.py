"""Reads back what a run has written: its records and the raw texts that their evidence points into."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path, PurePath
from typing import Any, TextIO

from pydantic import ValidationError

from trialmine.errors import ConfigError, InputError
from trialmine.records.trial import TrialRecord
from trialmine.report.wording import document

RECORDS, TEXTS, MANIFEST, PAGE = "records.jsonl", "texts.jsonl", "run.json", "report.html"


def read_records(source: Path) -> Iterator[TrialRecord]:
    """The records of a run folder, of a .jsonl or .json file of records, or of standard input ("-").

    Raises:
        InputError: there are no records there, or a line is none.
    """
    path = source / RECORDS if source.is_dir() else source
    try:
        if str(source) == "-":
            yield from _records(sys.stdin, "standard input")
            return
        with path.open(encoding="utf-8") as file:
            yield from _records(file, str(path))
    except FileNotFoundError as error:
        remedy = "Name the folder of a run (trialmine run INPUT… -o FOLDER) or a file of records."
        raise InputError("there are no records here", where=str(path), remedy=remedy) from error
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"can't be read ({error})", where=str(path), remedy="Name a file of records.") from error


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """What run.json says of a run; None where there is none that can be read."""
    try:
        told = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def one_record(source: Path, wanted: str | None = None) -> TrialRecord:
    """The record with this record_id, doc_id or file (path, name, name without ending); with no id, the only one.

    Raises:
        ConfigError: there is none of that id, or an id is needed.
        InputError: there are no records there, or a line is none.
    """
    return one_of(read_records(source), wanted, str(source))


def one_of(records: Iterable[TrialRecord], wanted: str | None, where: str) -> TrialRecord:
    """The record with this record_id, doc_id or file (path, name, name without ending); with no id, the only one.

    Raises:
        ConfigError: there is none of that id, or an id is needed.
    """
    found = (r for r in records if wanted is None or wanted in _names(r))
    matching = list(islice(found, 2 if wanted is None else 1))
    if not matching:
        remedy = 'List them with: trialmine query RUN "SELECT record_id, doc_id, uri, title FROM trials"'
        what = f"no record is called {wanted!r}" if wanted else "there is no record"
        raise ConfigError(what, where=where, remedy=remedy)
    if len(matching) > 1:
        raise ConfigError("there are several records", where=where, remedy="Name one by its record_id or doc_id.")
    return matching[0]


def _names(record: TrialRecord) -> set[str]:
    name = document(record)
    of_file = set() if name == record.doc_id else {PurePath(name).stem, record.source.uri or name}
    return {record.record_id, record.doc_id, name} | of_file


def _records(file: TextIO, name: str) -> Iterator[TrialRecord]:
    first = file.readline()
    if first.strip() == "{":  # one record, printed over many lines
        yield _record(first + file.read(), name)
        return
    if first.strip():
        yield _record(first, f"{name}, line 1")
    for number, line in enumerate(file, 2):
        if line.strip():
            yield _record(line, f"{name}, line {number}")


def _record(line: str, where: str) -> TrialRecord:
    try:
        return TrialRecord.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or "the line"
        remedy = "Write records with `trialmine run`; `trialmine schema` shows their form."
        raise InputError(f"not a trial record ({place}: {first['msg']})", where=where, remedy=remedy) from error


def read_texts(folder: Path) -> Iterator[str]:
    """The raw texts of a run, in the order of its records."""
    with (folder / TEXTS).open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)["text"]
