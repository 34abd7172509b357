"""Several runs as one: of the records with one record_id, the one of the newest run."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from trialmine.batch.manifest import Entry, Manifest, rows_of
from trialmine.batch.run import write_manifest, write_page
from trialmine.errors import ConfigError, InputError
from trialmine.report.files import writable_folder, written_whole
from trialmine.report.run_folder import MANIFEST, RECORDS, TEXTS, read_records
from trialmine.report.table_files import write_csv
from trialmine.review.joining import join_patches
from trialmine.review.patch import CORRECTIONS


class _Source(NamedTuple):
    folder: Path
    started: datetime
    manifest: Mapping[str, Any]


def merge(folders: Sequence[Path], target: Path, *, html: bool = True) -> Manifest:
    """Write the records of all runs to `target`; documents that gave no record anywhere stay on the list of failures.

    Raises:
        ConfigError: the target is one of the runs.
        InputError: a folder is no whole run.
        OutputError: the target can't be written.
    """
    if target.resolve() in {f.resolve() for f in folders}:
        raise ConfigError("a run can't be merged into itself", where=str(target), remedy="Name a new folder with -o.")
    sources = [_source(f) for f in folders]
    newest = {r.record_id: s.folder for s in sorted(sources, key=lambda s: s.started) for r in read_records(s.folder)}
    writable_folder(target)
    versions = sorted({str(s.manifest.get("version", "")) for s in sources})
    manifest = Manifest({"version": ", ".join(versions), "merged": [str(s.folder) for s in sources]}, {"html": html})
    _join_corrections(target, sources)
    with ExitStack() as files:
        records = files.enter_context(written_whole(target / RECORDS))
        texts = files.enter_context(written_whole(target / TEXTS))
        for source in sources:
            with (source.folder / TEXTS).open(encoding="utf-8") as lines:
                for record, line in zip(read_records(source.folder), lines, strict=True):
                    if newest.get(record.record_id) == source.folder:
                        del newest[record.record_id]  # a run may hold a record twice
                        records.write(record.model_dump_json() + "\n")
                        texts.write(line)
                        manifest.add(Entry(record.doc_id, "ok", record.source.uri, record.record_id,
                                           rows=rows_of(record), warnings=len(record.warnings)))  # fmt: skip
    _add_failures(manifest, sources)
    manifest.stop_clock()
    (target / MANIFEST).unlink(missing_ok=True)
    write_csv(read_records(target), target)
    if html:
        write_page(target, manifest)
    write_manifest(target, manifest)
    return manifest


def _source(folder: Path) -> _Source:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        started = datetime.fromisoformat(manifest["started"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        remedy = "Name folders that `trialmine run -o` has finished."
        raise InputError(f"no whole run is here ({error})", where=str(folder), remedy=remedy) from error
    return _Source(folder, started if started.tzinfo else started.replace(tzinfo=UTC), manifest)


def _join_corrections(target: Path, sources: Sequence[_Source]) -> None:
    """What people corrected in any of the runs, and in what was merged here before."""
    patches = [path for folder in (target, *(s.folder for s in sources)) if (path := folder / CORRECTIONS).is_file()]
    if patches:
        join_patches(patches, target / CORRECTIONS)


def _add_failures(manifest: Manifest, sources: Sequence[_Source]) -> None:
    """The failures that no later run has mended, of documents that no run has a record of."""
    done = {e.doc_id for e in manifest.entries()}
    open_ones: dict[str, Mapping[str, Any]] = {}
    for source in sorted(sources, key=lambda s: s.started):
        for entry in source.manifest.get("documents", ()):
            if entry["status"] == "failed":
                open_ones[entry["doc_id"]] = entry
            else:
                # a file that could not be read at all is called by its path, its documents by ids of their own
                for name in (entry["doc_id"], entry["uri"]):
                    open_ones.pop(name, None)
    for entry in open_ones.values():
        if entry["doc_id"] not in done:
            manifest.add(Entry(entry["doc_id"], "failed", entry["uri"], error=entry["error"]))
