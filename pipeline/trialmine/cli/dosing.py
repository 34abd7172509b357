"""`trialmine dosing`: the dosing table of a run, in the terminal or as a file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from trialmine.cli.input_options import Corrections

if TYPE_CHECKING:
    from trialmine.report.formats import TableFormat


def dosing(
    source: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder, a file of records, or - for stdin.")],
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
    tsv: Annotated[bool, typer.Option("--tsv", help="Write TSV.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write JSON, an object per row.")] = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="Write a Markdown table of the filled columns.")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Write to FILE, its ending says how.")
    ] = None,
    corrections: Corrections = True,
) -> None:
    """Show the dosing table of a run, and each trial's regimen in plain words."""
    from trialmine.errors import ConfigError
    from trialmine.review.reviewed_run import reviewed_records

    chosen: list[TableFormat] = []
    for wanted, form in ((csv, "csv"), (tsv, "tsv"), (json, "json"), (markdown, "markdown")):
        if wanted:
            chosen.append(form)  # type: ignore[arg-type]  # the literals of the tuple are a TableFormat
    if len(chosen) > 1:
        raise ConfigError("several formats were asked for", remedy="Give one of --csv, --tsv, --json, --markdown.")
    records = reviewed_records(source, corrections=corrections)
    if not chosen and output is not None and output.suffix.lower() == ".parquet":
        _write_parquet(records, output)
        return
    if not chosen and output is None:
        from trialmine.cli.console import for_results
        from trialmine.report.terminal import dosing_view

        for_results().print(dosing_view(records))
        return
    _write(records, chosen[0] if chosen else _format_of(output), output)


def _write_parquet(records: object, output: Path) -> None:
    from importlib.util import find_spec

    from trialmine.errors import ConfigError
    from trialmine.report.files import replaced_whole
    from trialmine.report.tables import to_frames

    if find_spec("pyarrow") is None:
        raise ConfigError("pyarrow is not installed", remedy="Install it: pip install 'trialmine[parquet]'")
    with replaced_whole(output) as beside:
        to_frames(records)["dosing"].to_parquet(beside, index=False)  # type: ignore[arg-type]


def _format_of(output: Path | None) -> TableFormat:
    endings: dict[str, TableFormat] = {".tsv": "tsv", ".json": "json", ".md": "markdown"}
    return endings.get(output.suffix.lower() if output else "", "csv")


def _write(records: object, form: TableFormat, output: Path | None) -> None:
    from trialmine.report.files import written_whole
    from trialmine.report.formats import rendered
    from trialmine.report.tables import to_frames

    text = rendered(to_frames(records)["dosing"], form)  # type: ignore[arg-type]
    if output is None or str(output) == "-":
        sys.stdout.write(text)
        return
    with written_whole(output) as file:
        file.write(text)
