"""Records in the terminal: the dosing table and the regimens."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from trialmine.records.trial import Dosing, TrialRecord
from trialmine.report import wording
from trialmine.report.regimen import regimens

_COLUMNS = ("Drug", "Role", "Dose", "Route", "Frequency", "Schedule", "Duration", "Arms")
_SHORT = 12
_NAMED = 20  # records without rows that are named


def dosing_view(records: Iterable[TrialRecord]) -> RenderableType:
    """The dosing table and a line per arm of each record with doses; at the end the names of the others."""
    every = list(records)
    dosed = [r for r in every if r.dosing]
    if not dosed:
        return Text("No dosing rows: the texts state no drug with a dose or a schedule.")
    others = [wording.document(r) for r in every if not r.dosing]
    named = ", ".join(others[:_NAMED]) + (f" and {len(others) - _NAMED} more" if len(others) > _NAMED else "")
    rest = [Text(f"\nNo dosing rows: {named}", style="dim")] if others else []
    return Group(*[part for r in dosed for part in _section(r)], *rest)


def _section(record: TrialRecord) -> Iterable[RenderableType]:
    yield Text.assemble("\n", (wording.document(record), "bold"), (f"  {record.source.title or ''}".rstrip(), "dim"))
    yield _table([_cells(record, d) for d in record.dosing])
    for line in regimens(record):
        yield Text.assemble(("  Regimen  ", "dim"), line)


def _table(lines: Sequence[Sequence[str]]) -> Table:
    # columns that no row fills would only narrow the others
    kept = [i for i in range(len(_COLUMNS)) if any(line[i] for line in lines)]
    table = Table(header_style="bold", pad_edge=False, padding=(0, 1, 0, 0), box=box.SIMPLE_HEAD)
    for i in kept:
        # on a narrow screen the columns with long cells give way first
        short = max(len(line[i]) for line in lines) <= _SHORT
        table.add_column(_COLUMNS[i], overflow="fold", no_wrap=short)
    for line in lines:
        table.add_row(*[Text(line[i]) for i in kept])
    return table


def _cells(record: TrialRecord, row: Dosing) -> list[str]:
    drug = next(i.name for i in record.interventions if i.id == row.intervention)
    labels = {a.id: a.label for a in record.arms}
    extent = [wording.duration(row.duration), f"x{row.administrations}" if row.administrations else ""]
    route = [wording.label(row.route), f"over {wording.span(row.infusion_time)}" if row.infusion_time else ""]
    return [
        drug,
        wording.label(row.role),
        wording.dose(row.dose),
        " ".join(filter(None, route)),
        ", ".join(filter(None, [wording.frequency(row.frequency), row.condition or ""])),
        wording.schedule(row.schedule),
        ", ".join(filter(None, extent)),
        "; ".join(labels[a] for a in row.arms),
    ]
