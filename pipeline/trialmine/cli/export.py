"""`trialmine export`: a run in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trialmine.cli.input_options import Corrections


def export(
    source: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder, or a file of records.")],
    to: Annotated[
        str,
        typer.Option(
            "--to",
            "-t",
            metavar="FORMAT",
            help="csv, parquet, duckdb, ctgov, metafor, fhir, bioc, brat, spacy, ris or gold.",
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="PATH", help="The file, or folder, to write.")],
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", metavar="NAME", help="metafor: endpoints whose name or code this is.")
    ] = None,
    measure: Annotated[
        str | None, typer.Option("--measure", metavar="MEASURE", help="metafor: this measure alone (hazard_ratio, …).")
    ] = None,
    corrections: Corrections = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Write a run in another format; what that format can't hold is noted in RUN/notes.jsonl.

    Example: trialmine export outputs/new --to duckdb -o trials.duckdb
    """
    from trialmine.export.export import NOTES, export
    from trialmine.export.writer import Options

    notes = export(source, to, output, Options(endpoint, measure), corrections=corrections)
    if quiet:
        return
    from trialmine.cli.console import for_messages

    console = for_messages()
    records = "1 record" if notes.written == 1 else f"{notes.written:,} records"
    console.print(f"Wrote {records} to {output}.", highlight=False)
    if lost := notes.summary():
        console.print(f"What the format has no place for (each case in {NOTES} of the run):", highlight=False)
        for what, count in lost.most_common():
            console.print(f"  {count:>6,}  {what}", highlight=False)
