"""The options that several commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from trialmine.ingest.options import ReadOptions

Inputs = Annotated[list[str], typer.Argument(metavar="INPUT", help="Files, folders, globs, or - for stdin.")]
Format = Annotated[
    str | None,
    typer.Option("--format", "-f", metavar="FORMAT", help="Read every input as this format; else it is detected."),
]
KeepDuplicates = Annotated[bool, typer.Option("--keep-duplicates", help="Read every document, also those met before.")]
FullText = Annotated[
    bool,
    typer.Option("--full-text", help="Read methods, results and tables of articles, not abstracts alone."),
]
Columns = Annotated[
    list[str] | None,
    typer.Option(
        "--columns", metavar="FIELD=NAME,…", help="Which column holds what, like text=Abstract Note,doc_id=Key."
    ),
]
Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="NAME=VALUE",
        help="What a source may cost, like ratio=500 or file_bytes=2G; may be repeated. A wrong name lists them all.",
    ),
]
Corrections = Annotated[
    bool,
    typer.Option("--corrections/--no-corrections", help="With what people corrected in the run, or as it was read."),
]


def read_options(full_text: bool, columns: list[str] | None, limit: list[str] | None) -> ReadOptions:
    """The reading options as given on the command line.

    Raises:
        ConfigError: a column or limit is not written as it should be.
    """
    from trialmine.ingest.limits import parse_limits
    from trialmine.ingest.options import ReadOptions, parse_columns

    return ReadOptions(limits=parse_limits(limit or ()), full_text=full_text, columns=parse_columns(columns or ()))
