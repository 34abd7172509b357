"""`trialmine schema`: the JSON Schema of the record, or the columns of the tables."""

from __future__ import annotations

import sys
from typing import Annotated

import typer


def schema(
    tables: Annotated[bool, typer.Option("--tables", help="Print the columns of the tables, as Markdown.")] = False,
) -> None:
    """Print the JSON Schema of the trial record, or what the columns of the tables hold."""
    if tables:
        from trialmine.report.columns import dictionary

        sys.stdout.write(dictionary())
        return
    from trialmine.report.schema import record_schema_text

    sys.stdout.write(record_schema_text())
