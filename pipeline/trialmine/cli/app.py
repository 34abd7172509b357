"""The command line: one Typer app, a file per command; what a command needs is imported when it runs."""

from __future__ import annotations

import os
import signal
import sys
from typing import Annotated

import typer

from trialmine import __version__
from trialmine.cli.bench import bench
from trialmine.cli.diff import diff
from trialmine.cli.doctor import doctor
from trialmine.cli.dosing import dosing
from trialmine.cli.evaluate import evaluate
from trialmine.cli.explain import explain
from trialmine.cli.export import export
from trialmine.cli.fetch import fetch
from trialmine.cli.ingest import ingest
from trialmine.cli.merge import merge
from trialmine.cli.plot import plot
from trialmine.cli.query import query
from trialmine.cli.run import run
from trialmine.cli.schema import schema
from trialmine.cli.serve import serve
from trialmine.cli.show import show
from trialmine.cli.train import train
from trialmine.errors import TrialmineError

FAILED, USAGE, INTERRUPTED = 1, 2, 130

app = typer.Typer(
    name="trialmine",
    help="Noisy clinical-trial text in; validated, evidence-linked JSON trial records and tables out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (fetch, ingest, run, dosing, show, serve, explain, export, query, merge, diff, schema, bench, doctor):
    app.command()(command)
app.add_typer(plot)
app.add_typer(evaluate, name="evaluate")
# what stands after the name is for the training itself, -h too
app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []})(train)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"trialmine {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    """Options that stand before the command."""


def main() -> None:
    """Run the command line; what the user can mend is said in one line, never as a traceback."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # who stops a service gets what Ctrl-C gets
    try:
        app()
    except TrialmineError as error:
        typer.echo(f"trialmine: {error}", err=True)
        sys.exit(USAGE)
    except KeyboardInterrupt:
        typer.echo("trialmine: interrupted.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # the reader of our pipe has seen enough (| head); Python would complain again when it closes stdout
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
