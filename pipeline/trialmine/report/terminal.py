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

_COLUMNS = ("Document", "Drug", "Role", "Dose", "Route", "Frequency", "Schedule", "Duration", "Arms")


def dosing_view(records: Iterable[TrialRecord]) -> RenderableType:
    """The dosing rows of all records in one table, then a regimen line for each record and arm."""
    dosed = [r for r in records if r.dosing]
    if not dosed:
        return Text("No dosing rows: the texts state no drug with a dose or a schedule.")
    rows = [
        (wording.document(r) if i == 0 else "", r, d, i == len(r.dosing) - 1)
        for r in dosed
        for i, d in enumerate(r.dosing)
    ]
    cells = [([doc, *_cells(r, d)], last) for doc, r, d, last in rows]
    # columns that no row fills would only narrow the others
    kept = [i for i in range(len(_COLUMNS)) if any(line[i] for line, _ in cells)]
    table = Table(header_style="bold", pad_edge=False, box=box.SIMPLE_HEAD)
    for i in kept:
        table.add_column(_COLUMNS[i], overflow="fold", style="dim" if i == 0 else None)
    for line, last in cells:
        table.add_row(*[Text(line[i]) for i in kept], end_section=last)
    return Group(table, "", *_regimens(dosed))


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


def _regimens(records: Sequence[TrialRecord]) -> Iterable[Text]:
    yield Text("Regimens", style="bold")
    for record in records:
        for line in regimens(record):
            yield Text.assemble((f"{wording.document(record)}  ", "dim"), line)
