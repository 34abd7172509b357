"""What the rows of all tables share: keys, the names behind ids, and the place of their evidence."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from trialmine.records.evidence import Evidence, Identifier
from trialmine.records.trial import Span, TrialRecord

Row = dict[str, Any]


class Names:
    """What the ids of one record stand for, and which warnings touch a row."""

    def __init__(self, record: TrialRecord) -> None:
        self.interventions = {i.id: i for i in record.interventions}
        self.arms = {a.id: a.label for a in record.arms}
        self.endpoints = {e.id: e for e in record.endpoints}
        self._warnings = [(w.code, w.evidence) for w in record.warnings]

    def warnings(self, evidence: tuple[Evidence, ...]) -> str | None:
        """Codes of the warnings that touch the evidence, joined by ";"."""
        codes = [
            code
            for code, places in self._warnings
            if any(w.start < e.end and e.start < w.end for w in places for e in evidence)
        ]
        return joined(dict.fromkeys(codes))

    def arm_cells(self, ids: tuple[str, ...]) -> Row:
        """Ids and labels of arms."""
        return {"arm_ids": joined(ids), "arms": joined([self.arms[i] for i in ids], "; ")}


def joined(items: Iterable[object], mark: str = ";") -> str | None:
    """The items in one cell; None when there are none."""
    return mark.join(str(i) for i in items) or None


def keys(record: TrialRecord) -> Row:
    """The columns that every table starts with."""
    return {"record_id": record.record_id, "doc_id": record.doc_id}


def place(evidence: tuple[Evidence, ...], names: Names) -> Row:
    """The first piece of evidence, and the warnings that touch any piece."""
    first = evidence[0]
    return {
        "start": first.start,
        "end": first.end,
        "quote": first.quote,
        "section": first.section,
        "warnings": names.warnings(evidence),
    }


def span(prefix: str, length: Span | None) -> Row:
    """A length of time as two columns."""
    return {prefix: length.value if length else None, f"{prefix}_unit": length.unit if length else None}


def fields(prefix: str, part: object | None, names: tuple[str, ...]) -> Row:
    """Fields of a part of a row, one column each; all None when there is no such part."""
    return {f"{prefix}_{name}": getattr(part, name) if part is not None else None for name in names}


def identifier_cell(codes: tuple[Identifier, ...]) -> str | None:
    """Codes as "system|code", joined by "; "."""
    return joined([f"{i.system}|{i.code}" for i in codes], "; ")
