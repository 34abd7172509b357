"""`trialmine query`: SQL over the tables of a run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 200  # as many as anyone reads on a screen


def query(
    source: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder, a file of records, or - for stdin.")],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A SELECT over trials, dosing, statistics, arms, …")],
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write JSON, an object per row.")] = False,
) -> None:
    """Ask a run a question in SQL.

    Example: trialmine query outputs/new "SELECT intervention, dose_text FROM dosing WHERE route = 'oral'"
    """
    from trialmine.errors import ConfigError
    from trialmine.export.query import query

    if csv and json:
        raise ConfigError("several formats were asked for", remedy="Give one of --csv, --json.")
    frame = query(source, sql)
    if csv or json:
        from trialmine.report.formats import rendered

        sys.stdout.write(rendered(frame, "json" if json else "csv"))
        return
    _show(frame)


def _show(frame: pd.DataFrame) -> None:
    import pandas as pd
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from trialmine.cli.console import for_messages, for_results

    table = Table(header_style="bold", pad_edge=False, padding=(0, 1, 0, 0), box=box.SIMPLE_HEAD)
    for name in frame.columns:
        table.add_column(str(name), overflow="fold")
    for row in frame.head(_ROWS).itertuples(index=False):
        cells = ["" if pd.isna(v) else f"{v:g}" if isinstance(v, float) else str(v) for v in row]
        table.add_row(*map(Text, cells))
    for_results().print(table)
    if len(frame) > _ROWS:
        for_messages().print(f"{len(frame) - _ROWS:,} more rows; --csv writes all {len(frame):,}.")
