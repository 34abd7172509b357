"""Makes corrections of what a person asks for, and refuses what would break the record."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from trialmine.errors import InputError
from trialmine.records.evidence import Evidence
from trialmine.records.trial import TrialRecord
from trialmine.review.apply import apply, get, next_key, rows_of
from trialmine.review.correction import (
    Accept,
    Add,
    Block,
    Check,
    Correction,
    Edit,
    Place,
    Reference,
    Reject,
    Undo,
    as_line,
    live,
)
from trialmine.review.facts import facts_hash, row_hash
from trialmine.review.slots import REFERRED, SLOTS
from trialmine.review.words import read_words

# keys that a row must have and that no column shows: they hold the words that the row rests on
_WORDS_OF_ROW: Mapping[Block, str] = {
    "dosing": "text", "statistics": "text", "adverse_events": "text", "interventions": "text", "conditions": "text",
}  # fmt: skip
_INHERITED: Mapping[Block, Mapping[str, Any]] = {
    "interventions": {"kind": "drug"},
    "eligibility": {"kind": "inclusion"},
    "statistics": {"measure": "other"},
}

_MOST_WORDS = 2_000  # that are read by the grammars


class Author(NamedTuple):
    """Who corrects, knowing of all corrections up to `parent`."""

    by: str
    parent: str | None = None
    note: str | None = None


class Corrector:
    """Makes the corrections of one record.

    Args:
        record: as the pipeline wrote it.
        text: its raw text.
        before: the corrections that there are already.
        author: who corrects.
    """

    def __init__(self, record: TrialRecord, text: str, before: Sequence[Correction], author: Author) -> None:
        self._record, self._text, self._before = record, text, before
        self._reviewed = apply(record, text, before)
        self._told = {
            "by": author.by, "parent": author.parent, "note": author.note,
            "record_id": record.record_id, "text_sha256": record.source.text_sha256, "reading": facts_hash(record),
        }  # fmt: skip

    def edit(self, block: Block, row: str, values: Mapping[str, Any], places: Sequence[Place]) -> list[Correction]:
        """New values for slots of a row; a slot that has its value already is left alone.

        Raises:
            InputError: there is no such row or slot, a value does not fit, a place is not in the text, or there is none
                that a value could rest on.
        """
        there = self._row(block, row)
        chosen = self._evidence(places)
        cited = chosen or tuple(Evidence.model_validate(e) for e in there["evidence"])
        made: list[Correction] = []
        for slot, value in values.items():
            after, before = self._value(block, slot, value), get(there, slot)
            if after not in (None, [], before) and not cited:
                raise InputError("a value needs the words that state it", remedy="Select them in the text.")
            if after != before or chosen:
                refers = {**self._refers(block, slot, before), **self._refers(block, slot, after)}
                made.append(Edit(**self._told, **self._at(block, row), slot=slot, before=before, after=after,
                                 evidence=cited, refers=refers))  # fmt: skip
        return self._fitting(made)

    def verdict(self, block: Block, row: str, *, right: bool) -> list[Correction]:
        """A row that is right, or that the text does not state.

        Raises:
            InputError: there is no such row.
        """
        seen = row_hash(self._row(block, row))
        kind = Accept if right else Reject
        return self._fitting([kind(**self._told, **self._at(block, row), seen=seen)])

    def add(self, block: Block, values: Mapping[str, Any], places: Sequence[Place]) -> list[Correction]:
        """A row that was missed.

        Raises:
            InputError: no words of the text state it, or a value is missing or does not fit.
        """
        evidence = self._evidence(places)
        if not evidence:
            raise InputError("a new row needs the words that state it", remedy="Select them in the text.")
        given = {slot: self._value(block, slot, value) for slot, value in values.items()}
        told = {slot: value for slot, value in given.items() if value is not None}
        if block in _WORDS_OF_ROW:
            told["text"] = evidence[0].quote
        row = next_key(self._record, block, self._before)
        filled = {**_INHERITED.get(block, {}), **told}
        refers = {name: ref for slot, value in told.items() for name, ref in self._refers(block, slot, value).items()}
        return self._fitting([Add(**self._told, block=block, row=row, values=filled, evidence=evidence, refers=refers)])

    def check(self) -> list[Correction]:
        """The whole record is right.

        Raises:
            InputError: it was corrected since its author looked at it.
        """
        if self._told["parent"] != (self._before[-1].id if self._before else None):
            remedy = "Reload the record, look at it again, and send its latest correction as parent."
            raise InputError("the record was corrected since you looked at it", remedy=remedy)
        return [Check(**self._told, seen=facts_hash(self._reviewed.record))]

    def undo(self, undoes: str) -> list[Correction]:
        """Take a correction back, or a taking back.

        Raises:
            InputError: there is no such correction, or it does not hold any more.
        """
        if undoes not in {c.id for c in self._before}:
            raise InputError("there is no such correction of this record", remedy="Reload the record.")
        undone = {c.id for c in self._before} - {c.id for c in live(self._before)}
        is_undo = any(isinstance(c, Undo) for c in self._before if c.id == undoes)
        if undoes in undone and not is_undo:
            raise InputError("that correction was undone already", remedy="Reload the record.")
        return [Undo(**self._told, undoes=undoes)]

    def _row(self, block: Block, row: str) -> Mapping[str, Any]:
        rows = rows_of(self._reviewed.shown.model_dump(mode="json"), block)
        keys = self._reviewed.keys[block]
        if row not in keys:
            raise InputError(f"there is no row {row} in {block}", remedy="Reload the record.")
        return rows[keys.index(row)]

    def _at(self, block: Block, row: str) -> dict[str, Any]:
        return {"block": block, "row": row, **self._reviewed.origins[block, row]._asdict()}

    def _refers(self, block: Block, slot: str, value: Any) -> dict[str, Reference]:
        """The rows that a value of a slot names."""
        of = REFERRED.get(SLOTS[block][slot].kind) if slot in SLOTS[block] else None
        named = value if isinstance(value, list | tuple) else [value]
        origins = self._reviewed.origins
        told = [(n, origins[of, n]) for n in named if of and isinstance(n, str) and (of, n) in origins]
        return {name: Reference(block=of, **origin._asdict()) for name, origin in told if of}

    def _evidence(self, places: Sequence[Place]) -> tuple[Evidence, ...]:
        return tuple(self._cited(start, end) for start, end in dict.fromkeys(places))

    def _cited(self, start: int, end: int) -> Evidence:
        if not 0 <= start < end <= len(self._text):
            raise InputError(f"{start}:{end} is no place of the text", remedy="Select the words again.")
        section = next(
            (e.section for e in _evidence_of(self._reviewed.shown) if e.start <= start and end <= e.end), None
        )
        return Evidence(start=start, end=end, quote=self._text[start:end], section=section)

    def _value(self, block: Block, slot: str, value: Any) -> Any:
        known = SLOTS[block].get(slot)
        if known is None:
            raise InputError(f"{block} has no cell {slot!r}", remedy=f"Its cells are {', '.join(SLOTS[block])}.")
        if known.kind != "words" or not isinstance(value, str):
            return None if value == "" else value
        if not value.strip():
            return None
        if len(value) > _MOST_WORDS:
            raise InputError(f"a cell may have {_MOST_WORDS:,} characters", remedy="Write it shorter.")
        read = read_words(slot, value)
        if read is None:
            what = f"{value!r} is not understood as {known.label.lower()}"
            raise InputError(what, remedy=f"Write it like: {known.example}.")
        return read.model_dump(mode="json")

    def _fitting(self, made: list[Correction]) -> list[Correction]:
        reviewed = apply(self._record, self._text, [*self._before, *made])
        for correction in made:
            as_line(correction)
            if correction.id in reviewed.idle:
                raise InputError(f"the record can't be so: {reviewed.idle[correction.id]}", remedy="Correct the value.")
        return made


def _evidence_of(part: Any) -> Iterator[Evidence]:
    if isinstance(part, Evidence):
        yield part
    elif isinstance(part, tuple):
        for item in part:
            yield from _evidence_of(item)
    elif hasattr(part, "model_fields_set"):
        for name in type(part).model_fields:
            yield from _evidence_of(getattr(part, name))
