"""`trialmine merge`: several runs as one."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def merge(
    sources: Annotated[list[Path], typer.Argument(metavar="RUN", help="Folders of finished runs.")],
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="Folder for the merged run.")],
    html: Annotated[bool, typer.Option("--html/--no-html", help="Write report.html.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
) -> None:
    """Join runs; of the records with one record_id, the one of the newest run is kept.

    Example: trialmine merge outputs/monday outputs/tuesday -o outputs/week
    """
    from trialmine.batch.merge import merge
    from trialmine.cli.console import for_messages

    manifest = merge(sources, output, html=html)
    if not quiet:
        counts = manifest.status_counts
        kept, failed = len(manifest) - counts["failed"], counts["failed"]
        tail = f"; {failed:,} documents gave none" if failed else ""
        for_messages().print(f"Wrote {kept:,} records to {output}{tail}.")
