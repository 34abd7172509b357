"""`trialmine show`: one whole record in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trialmine.cli.input_options import Corrections


def show(
    source: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder, a file of records, or - for stdin.")],
    wanted: Annotated[
        str | None,
        typer.Argument(metavar="RECORD_ID", help="record_id, doc_id or file name; needless where there is one record."),
    ] = None,
    corrections: Corrections = True,
) -> None:
    """Show a whole record: source, regimen, every table, warnings and repairs.

    Example: trialmine show outputs/new pmid:12345678
    """
    from trialmine.cli.console import for_results
    from trialmine.report.record_view import record_view
    from trialmine.review.reviewed_run import one_reviewed

    for_results().print(record_view(one_reviewed(source, wanted, corrections=corrections)))
