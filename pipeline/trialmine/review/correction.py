"""Corrections: what a person changed in a record, when, and on what evidence. One is never altered, only undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, get_args
from uuid import uuid4

from pydantic import AwareDatetime, Field, TypeAdapter

from trialmine.records.evidence import Evidence, EvidenceList, Frozen

Block = Literal[
    "design", "population", "conditions", "eligibility", "interventions", "arms", "dosing", "endpoints", "statistics",
    "adverse_events",
]  # fmt: skip
BLOCKS: tuple[Block, ...] = get_args(Block)
Name = Annotated[str, Field(min_length=1, max_length=100)]
Id = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9_-]+$")]
Place = tuple[int, int]


class _Made(Frozen):
    """What every correction says of itself.

    `parent` is the latest correction of the record that its author had seen: corrections after it were made without
    knowing of this one. `text_sha256` tells the very text that offsets point into.
    """

    id: Id = Field(default_factory=lambda: uuid4().hex)
    at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))
    by: Name
    parent: Id | None = None
    record_id: str
    text_sha256: str
    note: Annotated[str, Field(max_length=2_000)] | None = None


class _OfRow(_Made):
    """A correction of one row: its id or number, and where its first evidence stood, so that it is found again."""

    block: Block
    row: Id
    anchor: Place | None = None


class Edit(_OfRow):
    """A cell that reads otherwise; `slot` is a key of the row, or key.key, and `evidence` what the value rests on."""

    action: Literal["edit"] = "edit"
    slot: Name
    before: Any = None
    after: Any = None
    evidence: tuple[Evidence, ...] = ()


class Accept(_OfRow):
    """A row that is right as it stands."""

    action: Literal["accept"] = "accept"


class Reject(_OfRow):
    """A row that the text does not state."""

    action: Literal["reject"] = "reject"


class Add(_OfRow):
    """A row that was missed, with the words that state it."""

    action: Literal["add"] = "add"
    values: dict[str, Any]
    evidence: EvidenceList


class Check(_Made):
    """The whole record was looked at and is right as it is now."""

    action: Literal["check"] = "check"


class Undo(_Made):
    """A correction that no longer holds; undoing an undo brings it back."""

    action: Literal["undo"] = "undo"
    undoes: Id


Correction = Annotated[Edit | Accept | Reject | Add | Check | Undo, Field(discriminator="action")]
ANY: TypeAdapter[Correction] = TypeAdapter(Correction)


def live(corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections that hold, in order: those that no holding undo takes back; undos themselves are left out."""
    made: Sequence[Correction] = list(corrections)
    undone: set[str] = set()
    for correction in reversed(made):  # only a later undo can take a correction back
        if isinstance(correction, Undo) and correction.id not in undone:
            undone.add(correction.undoes)
    return [c for c in made if not isinstance(c, Undo) and c.id not in undone]
