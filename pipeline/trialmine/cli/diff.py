"""`trialmine diff`: what changed between two runs, cell by cell."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from trialmine.report.diff import Change

_DIFFERENT = 1


def diff(
    before: Annotated[Path, typer.Argument(metavar="RUN", help="The older run: its folder, or a file of records.")],
    after: Annotated[Path, typer.Argument(metavar="RUN", help="The newer run over the same documents.")],
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV, a line per change.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write JSON, an object per change.")] = False,
) -> None:
    """Show what changed between two runs, such as of two versions of the pipeline, cell by cell.

    Exit code 0: nothing changed; 1: something did; 2: a run can't be read.
    """
    from trialmine.errors import ConfigError
    from trialmine.report.diff import diff
    from trialmine.report.run_folder import read_records

    if csv and json:
        raise ConfigError("several formats were asked for", remedy="Give one of --csv, --json.")
    changes = list(diff(read_records(before), read_records(after)))
    if csv or json:
        import pandas as pd

        from trialmine.report.diff import Change
        from trialmine.report.formats import rendered

        frame = pd.DataFrame(changes, columns=list(Change._fields), dtype="string")
        sys.stdout.write(rendered(frame, "json" if json else "csv"))
    else:
        _show(changes)
    if changes:
        raise typer.Exit(_DIFFERENT)


def _show(changes: list[Change]) -> None:
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from trialmine.cli.console import for_messages, for_results

    if not changes:
        for_messages().print("Nothing changed.")
        return
    table = Table(header_style="bold", pad_edge=False, padding=(0, 1, 0, 0), box=box.SIMPLE_HEAD)
    for name in ("Record", "Table", "Row", "Column", "Before", "After"):
        table.add_column(name, overflow="fold")
    for c in changes:
        sign, style = {"changed": ("~", "yellow"), "added": ("+", "green"), "removed": ("-", "red")}[c.kind]
        row = "" if c.kind != "changed" else c.row
        table.add_row(c.record_id, c.table, Text(f"{sign} {row}", style=style), c.column, Text(c.before), Text(c.after))
    for_results().print(table)
    for_messages().print(_summary(changes))


def _summary(changes: list[Change]) -> str:
    counts = Counter(("record" if c.table == "records" else "row", c.kind) for c in changes)
    told = [
        f"{count:,} {'cell' if kind == 'changed' else thing}{'' if count == 1 else 's'} {kind}"
        for (thing, kind), count in counts.items()
    ]
    differ = len({c.record_id for c in changes})
    return f"{differ:,} record{'' if differ == 1 else 's'} differ{'s' if differ == 1 else ''}: {', '.join(told)}."
