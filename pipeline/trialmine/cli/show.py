"""`trialmine show`: one whole record in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def show(
    source: Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder, a file of records, or - for stdin.")],
    wanted: Annotated[
        str | None, typer.Argument(metavar="RECORD_ID", help="record_id or doc_id; needless where there is one record.")
    ] = None,
) -> None:
    """Show a whole record: source, regimen, every table, warnings and repairs.

    Example: trialmine show outputs/new pmid:12345678
    """
    from itertools import islice

    from trialmine.cli.console import for_results
    from trialmine.errors import ConfigError
    from trialmine.report.record_view import record_view
    from trialmine.report.run_folder import read_records

    found = (r for r in read_records(source) if wanted in (None, r.record_id, r.doc_id))
    records = list(islice(found, 2 if wanted is None else 1))
    if not records:
        raise ConfigError(
            f"no record is called {wanted!r}" if wanted else "there is no record",
            where=str(source),
            remedy='List them with: trialmine query RUN "SELECT record_id, doc_id, title FROM trials"',
        )
    if len(records) > 1:
        raise ConfigError(
            "there are several records", where=str(source), remedy="Name one: trialmine show RUN RECORD_ID"
        )
    for_results().print(record_view(records[0]))
