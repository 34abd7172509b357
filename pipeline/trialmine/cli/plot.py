"""`trialmine plot`: charts of a run."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from trialmine.cli.input_options import Corrections

plot = typer.Typer(name="plot", help="Draw charts of a run: forest, schedule, doses.", no_args_is_help=True)
_Run = Annotated[Path, typer.Argument(metavar="RUN", help="A run's folder, a file of records, or - for stdin.")]
_Output = Annotated[Path, typer.Option("-o", "--output", metavar="FILE", help="The chart: .svg or .png.")]


@plot.command()
def forest(
    source: _Run,
    output: _Output,
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", metavar="NAME", help="Endpoints whose code or name this is.")
    ] = None,
    measure: Annotated[
        str, typer.Option("--measure", metavar="MEASURE", help="hazard_ratio, odds_ratio, mean_difference, …")
    ] = "hazard_ratio",
    corrections: Corrections = True,
) -> None:
    """Draw the estimates of an endpoint across records, each with its interval; nothing is pooled."""
    from trialmine.plot.forest import forest
    from trialmine.review.reviewed_run import reviewed_records

    _say(forest(reviewed_records(source, corrections=corrections), output, measure=measure, endpoint=endpoint), output)


@plot.command()
def schedule(
    source: _Run,
    output: _Output,
    wanted: Annotated[
        str | None,
        typer.Option("--record", metavar="RECORD_ID", help="record_id or doc_id; needless where there is one record."),
    ] = None,
    corrections: Corrections = True,
) -> None:
    """Draw a trial's regimen as a calendar: the days of the cycle, a lane for each dosing row."""
    from trialmine.plot.schedule import schedule
    from trialmine.review.reviewed_run import one_reviewed

    _say(schedule(one_reviewed(source, wanted, corrections=corrections), output), output)


@plot.command()
def doses(
    source: _Run,
    output: _Output,
    drug: Annotated[str | None, typer.Option("--drug", metavar="NAME", help="This drug alone.")] = None,
    corrections: Corrections = True,
) -> None:
    """Draw every dose that the records state, by drug and unit."""
    from trialmine.plot.doses import doses
    from trialmine.review.reviewed_run import reviewed_records

    _say(doses(reviewed_records(source, corrections=corrections), output, drug=drug), output)


def _say(words: str, output: Path) -> None:
    from trialmine.cli.console import for_messages

    for_messages().print(f"Wrote {output}. In words: {words}", soft_wrap=True)
