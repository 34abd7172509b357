"""Many documents to a run folder: records, tables, page and manifest, each file whole or not there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from trialmine.batch.engine import Engine
from trialmine.batch.journal import Journal, identity
from trialmine.batch.manifest import Entry, Manifest
from trialmine.batch.parts import part_writer, write_parts
from trialmine.errors import OutputError
from trialmine.ingest.duplicates import joined
from trialmine.records.document import Document, Duplicate, Unreadable
from trialmine.report.columns import TABLES
from trialmine.report.files import clear_remains, synced_folder, writable_folder, written_whole
from trialmine.report.page import page
from trialmine.report.run_folder import MANIFEST, PAGE, RECORDS, TEXTS, read_manifest, read_records, read_texts
from trialmine.report.table_files import write_csv

Notify = Callable[[Entry], None]
_MATTERS = ("ner_model", "label_map")  # options that a document's text does not already tell
FILES = (RECORDS, TEXTS, MANIFEST, PAGE, *(f"{name}.csv" for name in TABLES))
"""The files of a run folder."""


def run(
    engine: Engine,
    items: Iterable[Document | Unreadable],
    folder: Path,
    *,
    config: Mapping[str, Any] | None = None,
    html: bool = True,
    parts: str | None = None,
    keep_duplicates: bool = False,
    notify: Notify | None = None,
) -> Manifest:
    """Read all items into `folder` and say what became of each; a document met twice gives one record.

    What is done is kept in a journal: a run that was killed goes on where it was, when it is started again with the
    same version, model and options. Ctrl-C ends the reading; what was finished by then is written, the manifest says
    that the run was interrupted, and the next run goes on. Where a complete run stood, that one stays instead.

    Args:
        engine: who reads.
        items: what is to be read.
        folder: where the results go; made if it is missing.
        config: what the manifest should say of how the run was called.
        html: whether report.html is written.
        parts: a PartFormat in which the records are written in part files too.
        keep_duplicates: whether documents that were met before are read again.
        notify: told of each document when it is done.

    Raises:
        ConfigError: there are no parts in that format.
        OutputError: the folder can't be written, or another run is writing there.
        KeyboardInterrupt: Ctrl-C, where a complete run stands; what was done by then is in the journal.
    """
    if parts is not None:
        part_writer(parts)  # what is missing for it is said before anything is read
    writable_folder(folder)
    manifest = Manifest(engine.description, config or {})
    options = {name: value for name, value in manifest.config.items() if name in _MATTERS}
    with Journal(folder, identity(manifest.description, options)) as journal:
        clear_remains(folder, FILES)
        with ExitStack() as files:
            records = files.enter_context(written_whole(folder / RECORDS))
            texts = files.enter_context(written_whole(folder / TEXTS))
            try:
                for line, document in record_lines(
                    engine, items, manifest, notify, keep_duplicates=keep_duplicates, journal=journal
                ):
                    # the text first: were Ctrl-C to fall between the two, a text too many does no harm
                    texts.write(_text_line(document) + "\n")
                    records.write(line + "\n")
            except KeyboardInterrupt:
                if (read_manifest(folder) or {}).get("status") == "complete":
                    raise  # a whole run is worth more than a part of the next, which the journal keeps
                manifest.interrupted = True
            manifest.stop_clock()
            _refuse_to_empty(folder, manifest)
            # an older manifest must not vouch for the files that now take their places
            (folder / MANIFEST).unlink(missing_ok=True)
            synced_folder(folder)
        write_csv(read_records(folder), folder)
        if parts is not None:
            write_parts(folder, parts)
        if html:
            write_page(folder, manifest)
        else:
            (folder / PAGE).unlink(missing_ok=True)  # that of another run is none of this one
        write_manifest(folder, manifest)
        if not manifest.interrupted:
            journal.done()
    return manifest


def _refuse_to_empty(folder: Path, manifest: Manifest) -> None:
    """A mistyped path must not take the place of the run that is there."""
    there = folder / RECORDS
    counts = manifest.status_counts
    if counts["ok"] or counts["partial"] or not there.is_file() or not there.stat().st_size:
        return
    failure = next(manifest.failures, None)
    first = f" (the first: {failure.error})" if failure else ""
    remedy = "Check the input, or name another folder with -o."
    raise OutputError(
        f"no document gave a record{first}; the run that is here is kept", where=str(folder), remedy=remedy
    )


def record_lines(
    engine: Engine,
    items: Iterable[Document | Unreadable],
    manifest: Manifest,
    notify: Notify | None = None,
    *,
    keep_duplicates: bool = False,
    journal: Journal | None = None,
) -> Iterator[tuple[str, Document]]:
    """A checked line of JSON for each document that gives a record; the rest is in the manifest."""

    def note(entry: Entry) -> None:
        manifest.add(entry)
        if notify is not None:
            notify(entry)

    def readable() -> Iterator[Document]:
        for item in items if keep_duplicates else joined(items):
            if isinstance(item, Unreadable):
                note(Entry(item.doc_id or item.uri, "failed", uri=item.uri, error=item.message))
            elif isinstance(item, Duplicate):
                note(Entry(item.doc_id, "joined", item.uri, item.record_id, joined_to=item))
            else:
                yield item

    results = engine.results(readable()) if journal is None else journal.results(engine, readable())
    for result in results:
        note(result.entry)
        if result.line is not None:
            yield result.line, result.document


def _text_line(document: Document) -> str:
    # ASCII, because a text may hold half of a surrogate pair, which UTF-8 can't
    row = {"doc_id": document.doc_id or document.record_id, "record_id": document.record_id, "text": document.text}
    return json.dumps(row)


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """run.json of a run: the last file to be written, so that it vouches for the others."""
    with written_whole(folder / MANIFEST) as file:
        file.writelines(manifest.written())


def write_page(folder: Path, manifest: Manifest) -> None:
    """report.html of a run, from its records and texts."""
    model = manifest.description.get("model")
    about = {
        "version": manifest.description.get("version", ""),
        "model": model.get("name", "") if isinstance(model, Mapping) else model,
        "started": manifest.started.isoformat(timespec="minutes"),
    }
    failures = ({"doc": e.doc_id, "error": e.error or ""} for e in manifest.failures)
    with written_whole(folder / PAGE) as file:
        for piece in page(zip(read_records(folder), read_texts(folder), strict=False), run=about, failures=failures):
            file.write(piece)
