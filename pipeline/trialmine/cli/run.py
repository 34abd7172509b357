"""`trialmine run`: texts in, a folder of records, tables and a page out; or records on stdout."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialmine.cli.input_options import Columns, Format, FullText, KeepDuplicates, Limit, read_options
from trialmine.cli.labels import read_labels
from trialmine.errors import ConfigError

if TYPE_CHECKING:
    from trialmine.batch.engine import Engine
    from trialmine.batch.manifest import Manifest
    from trialmine.cli.progress import Reporter
    from trialmine.ingest.options import ReadOptions
    from trialmine.records.document import Document, Unreadable

    ToFolder = Callable[[Sequence[str], Path, Mapping[str, str] | None], Manifest]

_FAILED, _INTERRUPTED = 1, 130


def run(
    inputs: Annotated[
        list[str] | None, typer.Argument(metavar="INPUT", help="Files, folders, globs, or - for stdin.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("-o", "--output", metavar="DIR", help="Folder for the results; without it, records go to stdout."),
    ] = None,
    form: Format = None,
    full_text: FullText = False,
    columns: Columns = None,
    limit: Limit = None,
    ner_model: Annotated[
        str | None,
        typer.Option(
            "--ner-model", metavar="NAME_OR_PATH", help="A spaCy model for the NER slot; none for rules alone."
        ),
    ] = None,
    label_map: Annotated[
        Path | None, typer.Option("--label-map", metavar="FILE", help="JSON object: the model's labels to ours.")
    ] = None,
    keep_duplicates: KeepDuplicates = False,
    html: Annotated[bool, typer.Option("--html/--no-html", help="Write report.html.")] = True,
    parts: Annotated[
        str | None, typer.Option("--parts", metavar="FORMAT", help="Part files of the records too: jsonl or parquet.")
    ] = None,
    watch: Annotated[
        Path | None,
        typer.Option("--watch", metavar="DIR", help="Read files as they come into DIR, each batch into a run in -o."),
    ] = None,
    engine: Annotated[
        str, typer.Option("--engine", metavar="NAME", help="Who reads: auto, in-process, processes, dask.")
    ] = "auto",
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="ADDRESS", help="Dask scheduler; else dask works on this machine."),
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", "-j", metavar="N", min=0, help="Processes; 0 is one for each core.")
    ] = 0,
    seconds: Annotated[
        float | None,
        typer.Option(
            "--seconds",
            metavar="S",
            min=0,
            help="Longest a document may take; 0: for ever. Else 300 where processes read.",
        ),
    ] = None,
    megabytes: Annotated[
        int | None, typer.Option("--memory", metavar="MB", min=256, help="Most memory that a process may take.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    json_log: Annotated[bool, typer.Option("--json-log", help="Log to stderr as JSON, a line per document.")] = False,
) -> None:
    """Read trial texts into records, tables and a report. A document that is met twice gives one record.

    Exit code 0: all documents gave a record; 1: some did not; 2: the call makes no sense or can't write; 130: stopped.
    """
    from trialmine.batch.plan import engine_for, loader
    from trialmine.cli.progress import reporter
    from trialmine.ingest import read

    options = read_options(full_text, columns, limit)
    labels = read_labels(label_map)
    load = loader(ner_model=ner_model, label_map=labels)

    def begun(names: Sequence[str]) -> tuple[Engine, Iterator[Document | Unreadable], Reporter]:
        items = read(names, format=form, options=options)  # a wrong format is said before anything is loaded
        count = workers or int(output is None and engine == "auto")  # few texts are printed
        reads, items = engine_for(
            items, load, engine=engine, scheduler=scheduler, workers=count, seconds=seconds, megabytes=megabytes
        )
        return reads, items, reporter(quiet=quiet, json_log=json_log, total=lambda: _count(names, form, options))

    def to_folder(names: Sequence[str], folder: Path, files: Mapping[str, str] | None = None) -> Manifest:
        from trialmine.batch.run import run as run_batch
        from trialmine.report.run_folder import read_manifest

        config = {
            "inputs": names,
            "format": form,
            "full_text": full_text,
            "columns": dict(options.columns),
            "limits": limit or [],
            "ner_model": ner_model,
            "label_map": labels,
            "keep_duplicates": keep_duplicates,
            "html": html,
            **({"files": files} if files else {}),
        }
        before = read_manifest(folder) or {}
        reads, items, report = begun(names)
        with report:
            manifest = run_batch(
                reads, items, folder, config=config, html=html, parts=parts, keep_duplicates=keep_duplicates,
                notify=report.document,
            )  # fmt: skip
        report.summary(manifest, folder)
        if not quiet and not json_log:
            _say_what_was_replaced(before, names)
        return manifest

    if watch is not None:
        _watch(watch, inputs, output, to_folder, quiet=quiet)
        return
    if not inputs:
        raise ConfigError("no INPUT is named", remedy="Name files or folders, - for stdin, or a folder with --watch.")
    manifest = to_folder(inputs, output) if output else _to_stdout(*begun(inputs), keep_duplicates)
    if manifest.interrupted:
        raise typer.Exit(_INTERRUPTED)
    if manifest.status_counts["failed"] or not len(manifest):
        raise typer.Exit(_FAILED)


def _say_what_was_replaced(before: Mapping[str, Any], inputs: Sequence[str]) -> None:
    """Of a run of other inputs that stood in the folder."""
    from trialmine.cli.console import for_messages

    others = before.get("config", {}).get("inputs", inputs)
    if others == list(inputs):
        return
    count = before.get("counts", {}).get("documents", 0)
    more = f" and {len(others) - 1:,} more" if len(others) > 1 else ""
    told = f"This run took the place of one of {count:,} documents ({others[0]}{more}) that stood here."
    for_messages().print(told, style="yellow", markup=False, soft_wrap=True)


def _watch(
    folder: Path, inputs: Sequence[str] | None, output: Path | None, to_folder: ToFolder, *, quiet: bool
) -> None:
    from trialmine.batch.watch import watch
    from trialmine.cli.console import for_messages

    if output is None or inputs or not folder.is_dir():
        remedy = "Give an existing folder that files come into, no other INPUT, and a folder for the runs with -o."
        raise ConfigError("there is nothing to watch or nowhere to write", where=f"--watch {folder}", remedy=remedy)
    console = for_messages()
    if not quiet:
        console.print(f"Watching {folder}; Ctrl-C ends it.")

    def run_new(new: Sequence[Path], place: Path, sums: Mapping[str, str]) -> Manifest:
        return to_folder([str(path) for path in new], place, sums)

    try:
        for manifest in watch(folder, output, run_new):
            if manifest.interrupted:
                raise typer.Exit(_INTERRUPTED)
    except KeyboardInterrupt:
        if not quiet:
            console.print(f"Stopped. The same command goes on; `trialmine merge {output}/* -o DIR` joins the runs.")


def _to_stdout(
    engine: Engine, items: Iterator[Document | Unreadable], report: Reporter, keep_duplicates: bool
) -> Manifest:
    """Records as JSON lines; a single one is indented."""
    from trialmine.batch.manifest import Manifest
    from trialmine.batch.run import record_lines

    manifest = Manifest(engine.description)
    read = record_lines(engine, items, manifest, report.document, keep_duplicates=keep_duplicates)
    lines = (line for line, _ in read)
    with report:
        first, second = next(lines, None), next(lines, None)
        if first is not None and second is None:
            sys.stdout.write(_indented(first))
        elif first is not None:
            sys.stdout.write(f"{first}\n{second}\n")
        for line in lines:
            sys.stdout.write(line + "\n")
    manifest.stop_clock()
    report.failures(manifest)
    return manifest


def _indented(line: str) -> str:
    import json

    return json.dumps(json.loads(line), indent=2, ensure_ascii=False) + "\n"


def _count(inputs: Sequence[str], form: str | None, options: ReadOptions) -> int | None:
    """How many documents there are, for the time left; None where counting would cost too much or eat the input."""
    from trialmine.ingest import read

    limit = 200_000_000  # bytes; beyond that a second reading is felt
    paths = [Path(name) for name in inputs]
    if "-" in inputs or sum(_size(p) for p in paths) > limit:
        return None
    return sum(1 for _ in read(inputs, format=form, options=options))


def _size(path: Path) -> int:
    try:
        if path.is_dir():
            return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
        return path.stat().st_size
    except OSError:
        return 0
