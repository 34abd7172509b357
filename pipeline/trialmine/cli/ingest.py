"""`trialmine ingest`: what is read of the inputs, before anything is extracted; and the documents as one file."""

from __future__ import annotations

import json as json_module
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trialmine.cli.input_options import Columns, Format, FullText, Inputs, KeepDuplicates, Limit, read_options

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import Console

    from trialmine.batch.intake import Intake, Item
    from trialmine.records.document import Document, Unreadable

_FAILED = 1


def ingest(
    inputs: Inputs,
    output: Annotated[
        Path | None,
        typer.Option(
            "-o", "--output", metavar="FILE", help="Write the documents to FILE, which `trialmine run` reads."
        ),
    ] = None,
    form: Format = None,
    full_text: FullText = False,
    columns: Columns = None,
    limit: Limit = None,
    keep_duplicates: KeepDuplicates = False,
    json: Annotated[bool, typer.Option("--json", help="Write what was read as JSON, with every duplicate.")] = False,
) -> None:
    """Show what is read, from which format, what is joined or refused and why, before any extraction.

    \b
    Examples:
      trialmine ingest downloads/ 'more/*.xml'
      trialmine ingest downloads/ -o corpus.jsonl && trialmine run corpus.jsonl -o DIR

    Records of a corpus are those of its inputs: ids, offsets and source are the same.

    Exit code 0: all was read; 1: something was refused; 2: the call makes no sense or can't write.
    """
    from trialmine.cli.console import for_results
    from trialmine.ingest import read

    items = read(inputs, format=form, options=read_options(full_text, columns, limit))
    intake = _taken(items, output, keep_duplicates)
    if json:
        about = {**intake.as_json(), "corpus": str(output) if output else None}
        sys.stdout.write(json_module.dumps(about, indent=1) + "\n")
    else:
        _show(for_results(), intake, output)
    if intake.refused or not intake.documents:
        raise typer.Exit(_FAILED)


def _taken(items: Iterator[Document | Unreadable], output: Path | None, keep_duplicates: bool) -> Intake:
    from rich.progress import Progress, SpinnerColumn, TextColumn

    from trialmine.batch.intake import take_in
    from trialmine.cli.console import for_messages

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} read"), TextColumn("{task.fields[rate]}"))
    with Progress(*columns, console=for_messages(), transient=True) as progress:
        task = progress.add_task("", total=None, rate="")

        def notify(_: Item) -> None:
            speed = progress.tasks[0].speed
            progress.update(task, advance=1, rate=f"{speed:,.0f} per second" if speed else "")

        return take_in(items, output, keep_duplicates=keep_duplicates, notify=notify)


def _show(console: Console, intake: Intake, output: Path | None) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from trialmine.cli.progress import shown_first

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", show_edge=False)
    table.add_column("format")
    for head in ("files", "documents", "characters", "PMID", "PMCID", "DOI", "trial no."):
        table.add_column(head, justify="right")
    for name, count in sorted(intake.formats.items(), key=lambda row: -row[1].documents):
        numbers = (count.sources, count.documents, count.characters, *count.ids.values())
        table.add_row(name, *(f"{n:,}" if n else "·" for n in numbers))
    if intake.formats:
        console.print(table)
        console.print()
    told = f"{intake.documents:,} documents, {len(intake.joined):,} joined, {len(intake.refused):,} refused"
    console.print(Text.assemble((told, "bold"), f" · written to {output}" if output else ""))
    rest = "--json"
    shown_first(console, "joined", "yellow", [d.message for d in intake.joined], listed_in=rest)
    shown_first(console, "refused", "bold red", [u.message for u in intake.refused], listed_in=rest)
    noted = [
        f"{doc_id} ({uri}): {note.message}" if uri else f"{doc_id}: {note.message}"
        for doc_id, uri, note in intake.noted
    ]
    shown_first(console, "noted", "magenta", noted, listed_in=rest)
    if not intake.documents and not intake.refused:
        console.print("there is no document in the input")
