"""One whole record in the terminal, as a person reads it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from trialmine.records.trial import TrialRecord
from trialmine.report import wording
from trialmine.report.payload import payload


def record_view(record: TrialRecord, text: str = "") -> RenderableType:
    """Everything of a record: source, regimen, a table per block, warnings, and what cleaning changed."""
    told = payload(record, text)
    parts: list[RenderableType] = [Text.assemble((wording.document(record), "bold"), f"  {record.source.title or ''}")]
    facts = [*told["links"], ["kind", told["kind"]], ["noise", told["noise"]], ["record", record.record_id]]
    parts.append(Text("  ".join(f"{name} {value}" for name, value in facts), style="dim"))
    parts += [Text.assemble(("Regimen  ", "dim"), line) for line in told["regimen"]]
    for table in told["tables"]:
        parts += [Text(f"\n{table['title']}", style="bold"), _table(table["columns"], table["rows"])]
    parts += _warnings(record)
    parts += _edits(record)
    return Group(*parts)


def _table(columns: Sequence[str], rows: Sequence[dict[str, object]]) -> Table:
    table = Table(header_style="bold", pad_edge=False, padding=(0, 1, 0, 0), box=box.SIMPLE_HEAD)
    table.add_column("", style="dim", no_wrap=True)
    for name in columns:
        table.add_column(name, overflow="fold")
    for row in rows:
        cells: list[tuple[str, object]] = row["cells"]  # type: ignore[assignment]
        mark = f"{row['id']} !" if row["warn"] else str(row["id"])
        table.add_row(Text(mark), *[Text(shown) for shown, _ in cells])
    return table


def _warnings(record: TrialRecord) -> Iterator[RenderableType]:
    if record.warnings:
        yield Text("\nWarnings", style="bold")
    for warning in record.warnings:
        quotes = "; ".join(f"“{e.quote}”" for e in warning.evidence)
        yield Text.assemble(("! ", "yellow"), f"{warning.code}: {warning.message} ", (quotes, "dim"))


def _edits(record: TrialRecord) -> Iterator[RenderableType]:
    edits = record.cleaning.edits
    if edits:
        yield Text(f"\nRepairs of the text: {len(edits)}", style="bold")
    for edit in edits:
        yield Text(f"  “{edit.before}” read as “{edit.after}”  ({edit.rule}, {edit.confidence:.2f})")
