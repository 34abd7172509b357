"""`trialmine query`: SQL over the tables of a run."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from trialmine.cli.input_options import Corrections

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd
    from rich.table import Table

_ROWS = 200  # as many as anyone reads on a screen
_NARROWEST = 8  # characters of a column in which words can still be read


def query(
    source: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder, a file of records, or - for stdin.")],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A SELECT over trials, dosing, statistics, arms, …")],
    csv: Annotated[bool, typer.Option("--csv", help="Write CSV.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write JSON, an object per row.")] = False,
    corrections: Corrections = True,
) -> None:
    """Ask a run a question in SQL.

    Example: trialmine query outputs/new "SELECT intervention, dose_text FROM dosing WHERE route = 'oral'"
    """
    from trialmine.errors import ConfigError
    from trialmine.export.query import query

    if csv and json:
        raise ConfigError("several formats were asked for", remedy="Give one of --csv, --json.")
    frame = query(source, sql, corrections=corrections)
    if csv or json:
        from trialmine.report.formats import rendered

        sys.stdout.write(rendered(frame, "json" if json else "csv"))
        return
    _show(frame)


def _show(frame: pd.DataFrame) -> None:
    from trialmine.cli.console import for_messages, for_results

    console = for_results()
    lying = len(frame.columns) * _NARROWEST > console.width
    for table in _one_each(frame) if lying else [_all_in_one(frame)]:
        console.print(table)
    if len(frame) > _ROWS:
        for_messages().print(f"{len(frame) - _ROWS:,} more rows; --csv writes all {len(frame):,}.")


def _all_in_one(frame: pd.DataFrame) -> Table:
    from rich.text import Text

    table = _table(*map(str, frame.columns))
    for row in frame.head(_ROWS).itertuples(index=False):
        table.add_row(*(Text(_cell(value)) for value in row))
    return table


def _one_each(frame: pd.DataFrame) -> Iterator[Table]:
    """A table for each row, a line for each column: for rows too wide to read across."""
    from rich.text import Text

    for at, row in enumerate(frame.head(_ROWS).itertuples(index=False), 1):
        table = _table(f"row {at}", "")
        for name, value in zip(frame.columns, row, strict=True):
            table.add_row(str(name), Text(_cell(value)))
        yield table


def _table(*columns: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(header_style="bold", pad_edge=False, padding=(0, 1, 0, 0), box=box.SIMPLE_HEAD)
    for name in columns:
        table.add_column(name, overflow="fold")
    return table


def _cell(value: Any) -> str:
    import pandas as pd

    return "" if pd.isna(value) else f"{value:g}" if isinstance(value, float) else str(value)
