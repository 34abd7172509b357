"""Writes a run in another format, and keeps a note of what that format could not hold."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import orjson

from trialmine.errors import ConfigError, OutputError
from trialmine.export.registry import writer
from trialmine.export.writer import Notes, Options, Run, RunFolder, Writer

NOTES = "notes.jsonl"


def export(source: Path, form: str, target: Path, options: Options | None = None, *, corrections: bool = True) -> Notes:
    """Write the records of a run (its folder, or a file of records) to `target`; with `corrections`, as corrected.

    What the format has no place for is appended to `notes.jsonl` in the run's folder (beside a file of records), a line
    for each record and kind.

    Raises:
        ConfigError: there is no such format, or its library is missing, or it has no use for the options.
        InputError: there are no records, or the format needs the raw texts and they are not there.
        OutputError: the target can't be written.
    """
    notes = write(RunFolder(source, corrections), form, target, options)
    _keep(source, writer(form), target, notes)
    return notes


def write(run: Run, form: str, target: Path, options: Options | None = None) -> Notes:
    """Write a run to `target`, and say what the format has no place for. Errors as of `export`."""
    chosen, asked = writer(form), options or Options()
    if any(asked) and not chosen.narrows:
        remedy = "Leave --endpoint and --measure out."
        raise ConfigError(f"the format {form} takes no endpoint or measure", remedy=remedy)
    if chosen.suffix and target.is_dir():
        remedy = f"Name a file, like {target / ('trials' + chosen.suffix)}."
        raise OutputError("this format is one file, and a folder is in the way", where=str(target), remedy=remedy)
    notes = Notes()
    chosen.write(run, target, asked, notes)
    return notes


def _keep(source: Path, chosen: Writer, target: Path, notes: Notes) -> None:
    when = datetime.now(UTC).isoformat(timespec="seconds")
    head = {
        "export": chosen.name,
        "to": str(target),
        "at": when,
        "records": notes.written,
        "never_held": list(chosen.never),
    }
    losses = [
        {"export": chosen.name, "record_id": loss.record_id, "not_held": loss.what, "count": count}
        for loss, count in sorted(notes.losses.items())
    ]
    lines = [orjson.dumps(line) for line in (head, *losses)]
    path = (source if source.is_dir() else source.parent) / NOTES
    try:
        with path.open("ab") as file:
            file.write(b"".join(line + b"\n" for line in lines))
    except OSError as error:
        remedy = "Make the run's folder writable: what the format could not hold is noted there."
        raise OutputError(f"can't write ({error.strerror or error})", where=str(path), remedy=remedy) from error
