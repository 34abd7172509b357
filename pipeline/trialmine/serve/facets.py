"""A record's line in the list, and what it can be filtered by: warnings, kind, cells that are missing, words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from trialmine.report.payload import headline

Review = Literal["untouched", "corrected", "checked"]
_COUNTED = ("dosing", "statistics", "endpoints", "arms", "interventions", "adverse_events")
# cells that a curator misses; a record is listed under "dosing" when the table has no row at all
CELLS: Mapping[str, tuple[str, ...]] = {
    "dosing": ("dose", "frequency", "route", "schedule", "duration", "arms"),
    "statistics": ("value", "endpoint", "arms", "ci", "p", "timepoint"),
    "arms": ("n", "role", "interventions"),
    "endpoints": ("role", "code", "timepoint"),
    "adverse_events": ("n", "percent", "grade", "arms"),
    "design": ("phase", "allocation", "masking", "control", "assignment"),
    "population": ("conditions", "enrolled", "randomized", "age", "sex"),
}
MISSING = tuple(name for block, cells in CELLS.items() for name in (block, *(f"{block}.{c}" for c in cells)))


class Entry(NamedTuple):
    """A record's line in the list."""

    key: str
    record_id: str
    doc_id: str
    title: str
    kind: str
    noise: str
    counts: Mapping[str, int]
    edits: int
    warnings: Mapping[str, int]
    missing: frozenset[str]
    words: str
    review: Review = "untouched"

    def as_json(self) -> dict[str, Any]:
        """The line as the API gives it."""
        told = self._asdict() | {"id": self.key, "missing": sorted(self.missing)}
        del told["key"], told["words"]
        return told


class Filter(NamedTuple):
    """What is wanted of the list; None is anything."""

    warning: str | None = None
    kind: str | None = None
    missing: str | None = None
    review: Review | None = None
    search: str = ""

    def takes(self, entry: Entry) -> bool:
        """Whether the entry is wanted."""
        return (
            self.warning in (None, *entry.warnings, *(("any",) if entry.warnings else ()))
            and self.kind in (None, entry.kind)
            and self.review in (None, entry.review)
            and (self.missing is None or self.missing in entry.missing)
            and all(word in entry.words for word in self.search.lower().split())
        )


def entry_of(record: Mapping[str, Any], text: str, key: str, review: Review = "untouched") -> Entry:
    """The line of a record, as it stands in its JSON form, with the raw text for the name of an untitled one."""
    warnings = Counter(str(w["code"]) for w in record["warnings"])
    title = headline(record["source"].get("title"), text, record["doc_id"])
    names = [
        *(i["name"] for i in record["interventions"]),
        *(c["name"] for c in record["population"]["conditions"]),
        *(e["name"] for e in record["endpoints"]),
        *(e["term"] for e in record["adverse_events"]),
    ]
    words = [title, record["record_id"], record["doc_id"], record["document_kind"], *names, *warnings]
    return Entry(
        key, record["record_id"], record["doc_id"], title,
        record["document_kind"], record["cleaning"]["noise_level"], {b: len(record[b]) for b in _COUNTED},
        len(record["cleaning"]["edits"]), dict(warnings), frozenset(_missing(record)), " ".join(words).lower(), review,
    )  # fmt: skip


def _missing(record: Mapping[str, Any]) -> Iterator[str]:
    for block, cells in CELLS.items():
        found = record[block]
        rows = [found] if isinstance(found, Mapping) else list(found or ())
        if not rows:
            yield block
        yield from (f"{block}.{cell}" for cell in cells if any(row.get(cell) in (None, [], ()) for row in rows))


def counted(entries: Iterable[Entry]) -> dict[str, dict[str, int]]:
    """How many of the records each filter would give."""
    found: dict[str, Counter[str]] = {name: Counter() for name in ("warning", "kind", "missing", "review")}
    for entry in entries:
        found["warning"].update(entry.warnings.keys())
        found["kind"][entry.kind] += 1
        found["missing"].update(entry.missing)
        found["review"][entry.review] += 1
    return {name: dict(counts.most_common()) for name, counts in found.items()}
