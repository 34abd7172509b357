"""`trialmine train`: what can be learned from data, and learning it."""

from __future__ import annotations

import json as json_module
import sys
from typing import Annotated, Any

import typer

_HELP = ("-h", "--help")


def train(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="What to train; without it, everything that can be is listed.")
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List what can be trained, from what, to which file.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Write the list as JSON.")] = False,
) -> None:
    """Train a model, scorer or lexicon from its corpora, into the place that the package reads.

    Options after NAME go to its training; `trialmine train NAME --help` shows them. Exit code 0: trained; 2: the call
    makes no sense, the data is not there, or the [train] extra is not installed.
    """
    from trialmine.train.catalogue import run_training

    if name in _HELP:
        typer.echo(context.get_help())
    elif name is None or listed:
        _show(json=json)
    else:
        run_training(name, context.args)


def _show(*, json: bool) -> None:
    from trialmine.train.catalogue import CATALOGUE, missing_needs

    keys = ("name", "what", "data", "target")
    rows: list[dict[str, Any]] = [
        {**{key: getattr(entry, key) for key in keys}, "missing": missing_needs(entry)} for entry in CATALOGUE
    ]
    if json:
        sys.stdout.write(json_module.dumps(rows, indent=1) + "\n")
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    from trialmine.cli.console import for_results

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for title in ("Name", "Learns", "From", "Writes"):
        table.add_column(title, overflow="fold", no_wrap=title == "Name")
    for row in rows:
        table.add_row(*(Text(row[key]) for key in keys))
    for_results().print(table)
    if missing := sorted({name for row in rows for name in row["missing"]}):
        for_results().print(Text(f"Not installed: {', '.join(missing)}. Run: pip install 'trialmine[train]'"))
