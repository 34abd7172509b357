"""Corrections: what a person changed in a record, when, and on what evidence. One is never altered, only undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, get_args
from uuid import uuid4

from pydantic import AwareDatetime, Field, TypeAdapter
from pydantic_core import PydanticSerializationError

from trialmine.errors import InputError
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
    knowing of this one. `text_sha256` tells the very text that offsets point into, `reading` the facts of the record as
    the pipeline had read it.
    """

    id: Id = Field(default_factory=lambda: uuid4().hex)
    at: AwareDatetime = Field(default_factory=lambda: datetime.now(UTC))
    by: Name
    parent: Id | None = None
    record_id: str
    text_sha256: str
    reading: str | None = None
    note: Annotated[str, Field(max_length=2_000)] | None = None


class _OfRow(_Made):
    """A correction of one row: its id or number, and where its first evidence stood, so that it is found again.

    `anchor` is of the row as it was read or added; `added` is the correction that added it.
    """

    block: Block
    row: Id
    anchor: Place | None = None
    added: Id | None = None


class Reference(Frozen):
    """A row that a value names: ids may be given anew, the place where a row stands stays."""

    block: Block
    anchor: Place | None = None
    added: Id | None = None


class Edit(_OfRow):
    """A cell that reads otherwise; `slot` is a key of the row, or key.key, and `evidence` what the value rests on."""

    action: Literal["edit"] = "edit"
    slot: Name
    before: Any = None
    after: Any = None
    evidence: tuple[Evidence, ...] = ()
    refers: dict[str, Reference] = Field(default_factory=dict)


class Accept(_OfRow):
    """A row that is right as it stands; `seen` is the hash of it."""

    action: Literal["accept"] = "accept"
    seen: str | None = None


class Reject(_OfRow):
    """A row that the text does not state; `seen` is the hash of it."""

    action: Literal["reject"] = "reject"
    seen: str | None = None


class Add(_OfRow):
    """A row that was missed, with the words that state it."""

    action: Literal["add"] = "add"
    values: dict[str, Any]
    evidence: EvidenceList
    refers: dict[str, Reference] = Field(default_factory=dict)


class Check(_Made):
    """The whole record was looked at and is right as it is now; `seen` is the hash of its facts."""

    action: Literal["check"] = "check"
    seen: str | None = None


class Undo(_Made):
    """A correction that no longer holds; undoing an undo brings it back."""

    action: Literal["undo"] = "undo"
    undoes: Id


Correction = Annotated[Edit | Accept | Reject | Add | Check | Undo, Field(discriminator="action")]
ANY: TypeAdapter[Correction] = TypeAdapter(Correction)


def as_line(correction: Correction) -> bytes:
    """The correction as a line of the patch file.

    Raises:
        InputError: it can't be written.
    """
    try:
        return correction.model_dump_json().encode("utf-8") + b"\n"
    except PydanticSerializationError as error:
        raise InputError("it holds half of a character (a lone surrogate)", remedy="Choose other words.") from error


def live(corrections: Iterable[Correction]) -> list[Correction]:
    """The corrections that hold, in order: those that no holding undo takes back; undos themselves are left out."""
    made: Sequence[Correction] = list(corrections)
    undone: set[str] = set()
    for correction in reversed(made):  # only a later undo can take a correction back
        if isinstance(correction, Undo) and correction.id not in undone:
            undone.add(correction.undoes)
    return [c for c in made if not isinstance(c, Undo) and c.id not in undone]
