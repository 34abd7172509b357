"""The routes of corrections: what people change in a record, and what the grammars read of words they choose."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, JsonValue
from starlette.exceptions import HTTPException

from trialmine.errors import InputError
from trialmine.review.correction import Block, Correction, Id, Name
from trialmine.review.making import Author, Corrector
from trialmine.review.slots import SLOTS
from trialmine.review.suggestion import repaired, suggest, suggest_slot
from trialmine.review.words import read_words
from trialmine.review.written import WRITERS, written
from trialmine.serve.problems import responses
from trialmine.serve.records_api import Key, key_of_name
from trialmine.serve.state import State
from trialmine.serve.view import form, history, revision

router = APIRouter(prefix="/v1", tags=["corrections"])
Offset = Annotated[int, Field(ge=0, le=100_000_000)]
Places = Annotated[
    list[tuple[Offset, Offset]],
    Field(max_length=20, description="Start and end of words of the raw text, in code points."),
]
Values = Annotated[
    dict[Name, JsonValue], Field(max_length=40, description='New values of slots; words are read: "400 mg" is a dose.')
]


class _Change(BaseModel):
    model_config = ConfigDict(extra="forbid")

    by: Name
    parent: Id | None = Field(None, description="The latest correction that the author has seen.")
    note: Annotated[str, Field(max_length=2_000)] | None = None


class EditCell(_Change):
    """New values for cells of a row."""

    action: Literal["edit"]
    block: Block
    row: Id
    values: Annotated[Values, Field(min_length=1)]
    evidence: Places = Field(default_factory=list)


class Judge(_Change):
    """A row that is right, or that the text does not state."""

    action: Literal["accept", "reject"]
    block: Block
    row: Id


class AddRow(_Change):
    """A row that was missed."""

    action: Literal["add"]
    block: Block
    values: Values
    evidence: Annotated[Places, Field(min_length=1)]


class CheckRecord(_Change):
    """The whole record was looked at and is right."""

    action: Literal["check"]


class UndoIt(_Change):
    """A correction is taken back, or a taking back is."""

    action: Literal["undo"]
    undoes: Id


Change = Annotated[EditCell | Judge | AddRow | CheckRecord | UndoIt, Field(discriminator="action")]


class Made(BaseModel):
    """What was written to the patch file, and what others did meanwhile to the same cells."""

    made: list[Id]
    overtaken: list[dict[str, JsonValue]]
    revision: Id | None


class History(BaseModel):
    """All corrections of a record, the latest first."""

    revision: Id | None
    corrections: list[dict[str, JsonValue]]


class Selection(BaseModel):
    """Words of the text that a new row, or one slot, is to be read from."""

    model_config = ConfigDict(extra="forbid")

    block: Block
    slot: Name | None = None
    start: Offset
    end: Offset


class Reading(BaseModel):
    """What the words say: `words` as cleaning read them, `values` of slots, and how these are written."""

    words: str
    values: dict[str, JsonValue]


@router.get("/form", responses=responses())
async def fields() -> dict[str, Any]:
    """The cells that can be corrected: for each block and column the slots, how each is written, its vocabulary."""
    return form()


@router.get("/records/{id}/corrections", responses=responses(404, 422))
def list_corrections(request: Request, id: Key) -> History:  # noqa: A002 (the address's own word)
    """What was corrected in a record, by whom and when; nothing that was ever made is left out."""
    library = State.of(request).library
    _, _, corrections = library.reviewed(key_of_name(request, id))
    return History(revision=revision(corrections), corrections=history(corrections))


@router.post("/records/{id}/corrections", status_code=201, responses=responses(404, 413, 422, 507))
def correct(request: Request, id: Key, change: Change) -> Made:  # noqa: A002
    """Correct a record; the correction is on the disk when the answer comes."""
    state = State.of(request)
    library, key = state.library, key_of_name(request, id)
    record, text = library.origin(key)
    seen: list[Sequence[Correction]] = []

    def make(before: Sequence[Correction]) -> Sequence[Correction]:
        seen.append(before)
        author = Author(change.by, change.parent, change.note)
        corrections = _made(Corrector(record, text, before, author), change)
        if any(len(c.model_dump_json()) > state.limits.correction_bytes for c in corrections):
            raise HTTPException(413, f"A correction may have {state.limits.correction_bytes:,} bytes.")
        return corrections

    made = library.correct(key, make)
    overtaken = [c for c in _since(seen[0], change.parent) if _touches(c, change)]
    latest = made[-1].id if made else revision(seen[0])
    return Made(made=[c.id for c in made], overtaken=history(overtaken), revision=latest)


def _made(corrector: Corrector, change: Change) -> Sequence[Correction]:
    if isinstance(change, EditCell):
        return corrector.edit(change.block, change.row, change.values, change.evidence)
    if isinstance(change, AddRow):
        return corrector.add(change.block, change.values, change.evidence)
    if isinstance(change, Judge):
        return corrector.verdict(change.block, change.row, right=change.action == "accept")
    return corrector.undo(change.undoes) if isinstance(change, UndoIt) else corrector.check()


def _since(before: Sequence[Correction], parent: str | None) -> Sequence[Correction]:
    places = [n for n, c in enumerate(before, 1) if c.id == parent]
    return before[places[0] if places else 0 :]


def _touches(correction: Correction, change: Change) -> bool:
    """Whether two people were at the same cell."""
    told = correction.model_dump()
    if not isinstance(change, EditCell | Judge) or (told.get("block"), told.get("row")) != (change.block, change.row):
        return False
    return not isinstance(change, EditCell) or told.get("slot", None) in (None, *change.values)


@router.post("/records/{id}/readings", responses=responses(404, 413, 422))
def read_selection(request: Request, id: Key, selection: Selection) -> Reading:  # noqa: A002
    """What words of the text say of a row: the values that the grammars read in them, to be looked at before use."""
    library = State.of(request).library
    reviewed, text, _ = library.reviewed(key_of_name(request, id))
    if not selection.start < selection.end <= len(text) or selection.end - selection.start > 5_000:
        raise InputError("that is no place of the text, or too long a one", remedy="Select fewer words.")
    if selection.slot is not None and selection.slot not in SLOTS[selection.block]:
        raise InputError(f"{selection.block} has no cell {selection.slot!r}", remedy="GET /v1/form lists them.")
    words = repaired(reviewed.shown, text, selection.start, selection.end)
    if selection.slot is None:
        found = suggest(reviewed.shown, selection.block, words)
    else:
        found = suggest_slot(reviewed.shown, selection.block, selection.slot, words)
    return Reading(words=words, values={slot: _shown(slot, value) for slot, value in found.items()})


def _shown(slot: str, value: Any) -> Any:
    """Values as the page's fields hold them: words where a person writes words."""
    if slot not in WRITERS:
        return value
    words = written(slot, value)
    return words if read_words(slot, words) else getattr(value, "text", words)
