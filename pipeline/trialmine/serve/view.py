"""A record as the page draws it: tables as in report.html, what people said of each row, what a cell is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from trialmine.report.payload import payload
from trialmine.review.apply import Reviewed, rows_of
from trialmine.review.correction import BLOCKS, Block, Correction, live
from trialmine.review.slots import COLUMNS, SLOTS
from trialmine.review.written import WRITERS, written

View = dict[str, Any]
# what a correction keeps so that its row is found again
_FOR_MACHINES = {"evidence", "record_id", "text_sha256", "anchor", "reading", "added", "refers", "seen"}


def view_of(reviewed: Reviewed, text: str, corrections: Sequence[Correction]) -> View:
    """Everything that the page needs of one record; offsets are in UTF-16 units."""
    told = payload(reviewed.shown, text, whole=True)
    for table in told["tables"]:
        _name_rows(table, reviewed.keys)
    if reviewed.record is not reviewed.shown:  # what is rejected is told as rows alone
        final = payload(reviewed.record, text)
        told |= {name: final[name] for name in ("regimen", "calendars", "warnings")}
    return {
        **told,
        "record_id": reviewed.record.record_id,
        "revision": revision(corrections),
        "checked": reviewed.checked,
        "rows": {block: _values(reviewed, block) for block in BLOCKS},
        "states": {block: _states(reviewed, block) for block in BLOCKS},
        "idle": dict(reviewed.idle),
        "history": history(corrections),
    }


def revision(corrections: Sequence[Correction]) -> str | None:
    """The latest correction of a record."""
    return corrections[-1].id if corrections else None


def _name_rows(table: View, keys: Mapping[Block, Sequence[str]]) -> None:
    """Rows without ids are numbered in the order of the table; corrections call them by numbers that are given once."""
    for number, row in enumerate(table["rows"]):
        if "at" in row:
            block, place, slot = row["at"]
            row["at"] = [block, keys[block][place - 1], slot]
        else:
            row["id"] = keys[table["kind"]][number]
            row["at"] = [table["kind"], row["id"], None]


def _values(reviewed: Reviewed, block: Block) -> dict[str, View]:
    """The slots of each row: as words where a person writes words."""
    content = reviewed.shown.model_dump()
    models = _models(reviewed, block)
    found = {}
    for key, row, model in zip(reviewed.keys[block], rows_of(content, block), models, strict=True):
        found[key] = {
            slot: written(slot, getattr(model, slot)) if slot in WRITERS else _plain(row, slot) for slot in SLOTS[block]
        }
    return found


def _models(reviewed: Reviewed, block: Block) -> Sequence[Any]:
    record = reviewed.shown
    if block == "design":
        return [record.design] if record.design else []
    if block == "population":
        return [record.population]
    holder: Any = record.population if block in ("conditions", "eligibility") else record
    rows: Sequence[Any] = getattr(holder, block)
    return rows


def _plain(row: Mapping[str, Any], slot: str) -> Any:
    name, _, part = slot.partition(".")
    value = row.get(name)
    return (value or {}).get(part) if part else value


def _states(reviewed: Reviewed, block: Block) -> dict[str, View]:
    return {
        key: {"verdict": s.verdict, "added": s.added, "by": s.by, "slots": list(s.slots), "last": s.last}
        for (of, key), s in reviewed.states.items()
        if of == block
    }


def history(corrections: Sequence[Correction]) -> list[View]:
    """All corrections, the latest first, with what became of them."""
    holding = {c.id for c in live(corrections)}
    told = []
    for correction in reversed(corrections):
        line = correction.model_dump(mode="json", exclude=_FOR_MACHINES)
        told.append({**line, "holds": correction.id in holding})
    return told


def form() -> View:
    """The fields of every cell: block -> column -> slots."""
    return {block: {name: [s.as_json() for s in slots] for name, slots in columns.items()}
            for block, columns in COLUMNS.items()}  # fmt: skip
