"""The record that corrections make of a record: always a valid one, whatever the corrections say."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from pydantic import ValidationError
from pydantic_core import to_jsonable_python

from trialmine.evaluate.evidence_audit import faults
from trialmine.records.evidence import Evidence
from trialmine.records.trial import TrialRecord
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
    live,
)
from trialmine.review.facts import facts_hash, row_hash
from trialmine.review.slots import REFERRED, SLOTS

Verdict = Literal["accepted", "rejected"]
Row = dict[str, Any]
UNSUPPORTED = "unsupported_correction"
# where a block's rows stand in the record; design and population are one row each
_PLACES: Mapping[Block, tuple[str, ...]] = {
    "conditions": ("population", "conditions"),
    "eligibility": ("population", "eligibility"),
}
_SINGLE: tuple[Block, ...] = ("design", "population")
_LETTERS: Mapping[Block, str] = {"interventions": "i", "arms": "a", "dosing": "d", "endpoints": "e", "statistics": "s"}


class Origin(NamedTuple):
    """Where a row stood first, and the correction that added it if the pipeline did not read it."""

    anchor: Place | None
    added: str | None = None


@dataclass(slots=True)
class RowState:
    """What people said of a row."""

    verdict: Verdict | None = None
    added: bool = False
    by: str | None = None
    slots: dict[str, str] = field(default_factory=dict)  # slot -> the correction that it has its value from
    last: str | None = None  # the latest correction that holds


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A record with its corrections.

    Args:
        record: what goes into exports: rejected rows are left out.
        shown: the same with rejected rows, to be looked at.
        states: what was said of which row of `shown`, by block and row.
        keys: what the rows of each block of `shown` are called, in order: their ids, or numbers that are given once.
        idle: corrections that hold but find no row any more, or would break the record, and why.
        checked: who said that the whole record is right; None if nobody did who has seen what it states now.
        origins: where the rows come from, by block and row.
    """

    record: TrialRecord
    shown: TrialRecord
    states: Mapping[tuple[Block, str], RowState]
    keys: Mapping[Block, Sequence[str]]
    origins: Mapping[tuple[Block, str], Origin]
    idle: Mapping[str, str] = field(default_factory=dict)
    checked: str | None = None


def apply(record: TrialRecord, text: str, corrections: Iterable[Correction]) -> Reviewed:
    """The record as corrected; one that can't be made any more is left out and named.

    Args:
        record: as the pipeline wrote it.
        text: its raw text.
        corrections: those of this record, in the order they were made.
    """
    made = list(corrections)
    holding = live(made)
    draft = _Draft(record, text, made)
    if not holding:
        return Reviewed(record, record, {}, draft.keys, draft.origins)
    idle: dict[str, str] = {}
    for correction in holding:
        try:
            draft.take(correction)
        except IdleError as reason:
            idle[correction.id] = str(reason)
    final = _warned(draft.without_rejected(), text, draft.states)
    checked = draft.checked.by if draft.checked and draft.checked.seen == facts_hash(final) else None
    return Reviewed(final, draft.record(), draft.states, draft.keys, draft.origins, idle, checked)


class IdleError(Exception):
    """A correction that can't be made, and why."""


class _Draft:
    """A record in the making, as nested dicts."""

    def __init__(self, record: TrialRecord, text: str, made: Iterable[Correction]) -> None:
        self._read, self._text = record, text
        self._content: Row = record.model_dump()
        self.keys = {block: _keys(block, rows_of(self._content, block)) for block in SLOTS}
        self._names = _names(self.keys, made)
        self.origins = {
            (block, key): Origin(anchor_of(row))
            for block, keys in self.keys.items()
            for key, row in zip(keys, rows_of(self._content, block), strict=True)
        }
        self.states: dict[tuple[Block, str], RowState] = {}
        self.checked: Check | None = None

    def record(self) -> TrialRecord:
        return TrialRecord.model_validate(self._content)

    @cached_property
    def _reading(self) -> str:
        return facts_hash(self._read)

    def _is_of_another_reading(self, correction: Correction) -> bool:
        return correction.reading is not None and correction.reading != self._reading

    def take(self, correction: Correction) -> None:
        """Make one correction.

        Raises:
            IdleError: it finds no row or would break the record.
        """
        if isinstance(correction, Check):
            self.checked = correction
            return
        if isinstance(correction, Add):
            self._add(correction)
        elif isinstance(correction, Edit | Accept | Reject):
            key = self._find(correction.block, correction.row, correction.anchor, correction.added)
            if isinstance(correction, Edit):
                self._edit(key, correction)
            else:
                self._judge(key, correction)
        self.checked = None

    def _state(self, block: Block, key: str, correction: Correction) -> RowState:
        state = self.states.setdefault((block, key), RowState())
        state.by, state.last = correction.by, correction.id
        return state

    def _find(self, block: Block, row: str, anchor: Place | None, added: str | None) -> str:
        """The row of that name that stood at that place; another pipeline may have named the row of the place anew."""
        stood = {key: self.origins[block, key].anchor for key in self.keys[block]}
        if added is not None:
            there = [key for key in stood if self.origins[block, key].added == added]
        elif row in stood and (anchor is None or stood[row] in (None, anchor)):
            there = [row]
        else:
            there = [key for key in stood if anchor is not None and stood[key] == anchor]
        if len(there) != 1:
            raise IdleError(f"there is no row {row} in {block} any more")
        return there[0]

    def _resolved(self, block: Block, slot: str, value: Any, correction: Edit | Add) -> Any:
        """The value with its references to rows as these are called now."""
        if slot not in SLOTS[block] or SLOTS[block][slot].kind not in REFERRED:
            return value
        if isinstance(value, list | tuple):
            return [self._called(item, correction) for item in value]
        return self._called(value, correction)

    def _called(self, name: Any, correction: Edit | Add) -> Any:
        told: Reference | None = correction.refers.get(name) if isinstance(name, str) else None
        if told is None:
            return name
        key = self._find(told.block, name, told.anchor, told.added)
        places = [o.anchor for (block, _), o in self.origins.items() if block == told.block]
        if told.anchor and places.count(told.anchor) > 1 and self._is_of_another_reading(correction):
            raise IdleError(f"several rows of {told.block} stand where {name} stood")
        return key

    def _judge(self, key: str, verdict: Accept | Reject) -> None:
        row = rows_of(self._content, verdict.block)[self.keys[verdict.block].index(key)]
        if verdict.seen is not None and self._is_of_another_reading(verdict) and verdict.seen != row_hash(row):
            raise IdleError(f"row {key} of {verdict.block} reads otherwise since it was judged")
        state = self._state(verdict.block, key, verdict)
        state.verdict = "accepted" if isinstance(verdict, Accept) else "rejected"

    def _edit(self, key: str, edit: Edit) -> None:
        place = self.keys[edit.block].index(key)
        after = self._resolved(edit.block, edit.slot, edit.after, edit)
        if self._is_of_another_reading(edit):
            now = get(rows_of(self._content, edit.block)[place], edit.slot)
            if to_jsonable_python(now) != self._resolved(edit.block, edit.slot, edit.before, edit):
                raise IdleError(f"{edit.slot} of {key} reads otherwise since it was corrected")

        def change(rows: list[Row]) -> None:
            row = rows[place]
            _set(row, edit.slot, after)
            cited = [e.model_dump() for e in edit.evidence]
            row["evidence"] = [*row["evidence"], *(e for e in cited if e not in row["evidence"])]

        if edit.slot not in SLOTS[edit.block]:
            raise IdleError(f"{edit.block} has no cell {edit.slot}")
        self._check_quotes(edit.evidence)
        self._try(edit.block, change)
        state = self._state(edit.block, key, edit)
        state.slots[edit.slot], state.verdict = edit.id, None  # whoever judged the row has not seen it so

    def _add(self, add: Add) -> None:
        key = self._names[add.id]
        if key in self.keys[add.block]:
            raise IdleError(f"row {key} of {add.block} was added already")
        self._check_quotes(add.evidence)
        row: Row = {"evidence": [e.model_dump() for e in add.evidence]}
        if add.block in _LETTERS:
            row["id"] = key
        for slot, value in add.values.items():
            _set(row, slot, self._resolved(add.block, slot, value, add))
        self._try(add.block, lambda rows: rows.append(row))
        self.keys[add.block].append(key)
        self.origins[add.block, key] = Origin(anchor_of(row), add.id)
        self._state(add.block, key, add).added = True

    def _check_quotes(self, evidence: Sequence[Evidence]) -> None:
        if any(self._text[e.start : e.end] != e.quote for e in evidence):
            raise IdleError("its words do not stand in the text")

    def _try(self, block: Block, change: Callable[[list[Row]], None]) -> None:
        """Change the rows of a block, unless that gives no valid record."""
        # what is not of the block is shared: a long log makes many drafts
        content = {**self._content, "population": {**self._content["population"]}}
        rows = deepcopy(rows_of(content, block))
        try:
            change(rows)
            _put(content, block, rows)
            self._content = TrialRecord.model_validate(content).model_dump()
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in first["loc"] if not isinstance(part, int))
            raise IdleError(f"{place or block}: {first['msg']}") from error
        except (TypeError, ValueError) as error:
            raise IdleError(str(error)) from error

    def without_rejected(self) -> TrialRecord:
        """The record without rejected rows, and without what refers to them."""
        content = deepcopy(self._content)
        out: dict[str, set[str]] = {}
        for block in SLOTS:
            rejected = {k for k in self.keys[block] if self._is_rejected(block, k)}
            pairs = zip(self.keys[block], rows_of(content, block), strict=True)
            _put(content, block, [row for key, row in pairs if key not in rejected])
            out[block] = rejected
        _drop_references(content, out)
        return TrialRecord.model_validate(content)

    def _is_rejected(self, block: Block, key: str) -> bool:
        state = self.states.get((block, key))
        return state is not None and state.verdict == "rejected"


def rows_of(content: Mapping[str, Any], block: Block) -> list[Row]:
    """The rows of a block of a record in its dict form; a block that is one row, or none, as a list too."""
    found: Any = content
    for name in _PLACES.get(block, (block,)):
        found = found[name]
    if block in _SINGLE:
        return [found] if found is not None else []
    return list(found)


def _put(content: Row, block: Block, rows: list[Row]) -> None:
    place = _PLACES.get(block, (block,))
    holder: Row = content
    for name in place[:-1]:
        holder = holder[name]
    if block in _SINGLE and len(rows) > 1:
        raise ValueError(f"a record has one {block}")
    if block == "population":
        # conditions and criteria are rows of their own, and stay when the numbers are rejected
        kept = {name: content["population"][name] for name in ("conditions", "eligibility")}
        holder["population"] = {**rows[0], **kept} if rows else kept
    elif block == "design":
        holder["design"] = rows[0] if rows else None
    else:
        holder[place[-1]] = rows


def _keys(block: Block, rows: Sequence[Row]) -> list[str]:
    return [row["id"] if block in _LETTERS else str(number) for number, row in enumerate(rows, 1)]


def _names(keys: Mapping[Block, Sequence[str]], made: Iterable[Correction]) -> dict[str, str]:
    """What the rows are called that corrections add: as they say, unless the pipeline has a row of that name by now."""
    taken = {block: set(names) for block, names in keys.items()}
    found: dict[str, str] = {}
    for add in made:
        if isinstance(add, Add) and add.id not in found:
            there = taken[add.block]
            found[add.id] = _next(add.block, there) if add.row in there else add.row
            there.add(found[add.id])
    return found


def _next(block: Block, used: Iterable[str]) -> str:
    numbers = [int(digits) for key in used if (digits := "".join(c for c in key if c in "0123456789"))]
    return f"{_LETTERS.get(block, '')}{max(numbers, default=0) + 1}"


def next_key(record: TrialRecord, block: Block, corrections: Iterable[Correction]) -> str:
    """A name for a new row that no row of the block has or ever had."""
    made = list(corrections)
    content = record.model_dump()
    names = _names({of: _keys(of, rows_of(content, of)) for of in SLOTS}, made)
    added = [c for c in made if isinstance(c, Add) and c.block == block]
    return _next(
        block, [*_keys(block, rows_of(content, block)), *(names[c.id] for c in added), *(c.row for c in added)]
    )


def anchor_of(row: Mapping[str, Any]) -> Place | None:
    """Where the first evidence of a row stands."""
    first = next(iter(row.get("evidence") or ()), None)
    return (first["start"], first["end"]) if first else None


def get(row: Mapping[str, Any], slot: str) -> Any:
    """The value of a slot, or of a part of one, of a row in its dict form."""
    name, _, part = slot.partition(".")
    value = row.get(name)
    return (value or {}).get(part) if part else value


def _set(row: Row, slot: str, value: Any) -> None:
    name, _, part = slot.partition(".")
    if not part:
        row[name] = value
        return
    whole = {**(row.get(name) or ({"unit": "a"} if name == "age" else {})), part: value}
    row[name] = whole if any(v is not None for k, v in whole.items() if k != "unit") else None


def _drop_references(content: Row, out: Mapping[str, set[str]]) -> None:
    drugs, arms, endpoints = out["interventions"], out["arms"], out["endpoints"]
    content["dosing"] = [row for row in content["dosing"] if row["intervention"] not in drugs]
    for row in content["arms"]:
        row["interventions"] = [i for i in row["interventions"] if i not in drugs]
    for row in (*content["dosing"], *content["statistics"], *content["adverse_events"]):
        row["arms"] = [a for a in row["arms"] if a not in arms]
    for row in content["statistics"]:
        row["endpoint"] = None if row["endpoint"] in endpoints else row["endpoint"]


def _warned(record: TrialRecord, text: str, states: Mapping[tuple[Block, str], RowState]) -> TrialRecord:
    """The record with a warning for each corrected row that has a number which its evidence does not show."""
    content = record.model_dump()
    found = []
    for (block, key), state in states.items():
        rows = dict(zip(_keys(block, rows_of(content, block)), rows_of(content, block), strict=True))
        if block not in _LETTERS or key not in rows or not (state.slots or state.added):
            continue
        for reason in faults(block, rows[key], text, content["cleaning"]["edits"]):
            message = f"{key} was corrected by {state.by}: {reason}"
            found.append({"code": UNSUPPORTED, "message": message, "evidence": rows[key]["evidence"][-1:]})
    return record if not found else TrialRecord.model_validate({**content, "warnings": [*content["warnings"], *found]})
