"""The dosing rows of a text as the whole pipeline reads it, without the shipped model, by drug."""

from __future__ import annotations

from trialmine.flow import load
from trialmine.records.document import Document
from trialmine.records.trial import Dosing

FLOW = load(ner_model="none")


def rows_of(text: str) -> list[tuple[str, Dosing]]:
    """Each row with its drug's name."""
    record = next(iter(FLOW.outcomes([Document(text=text, format="text", doc_id="x")]))).record
    assert record is not None
    names = {i.id: i.name for i in record.interventions}
    return [(names[d.intervention], d) for d in record.dosing]


def amount(row: Dosing) -> object:
    """The amount by whichever of its three ways it is told."""
    if row.dose is None:
        return None
    return row.dose.value or row.dose.levels or (row.dose.low, row.dose.high)


def often(row: Dosing) -> str | None:
    """The code of the frequency."""
    return row.frequency.code if row.frequency else None
