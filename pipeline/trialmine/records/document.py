"""A document as read from its source, and its text after cleaning with the way back to the source."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from trialmine.records.vocabulary import NoiseLevel


@dataclass(frozen=True, slots=True)
class Note:
    """Something that reading noticed and whoever uses the document should know.

    start:end is its place in the raw text, half-open, in code points; both are 0 where it is not in the text.
    """

    code: str
    message: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """One document: its raw text, never changed, and what its source says of it.

    `text` is what every evidence offset points into. For XML and HTML it is the reader's text.
    """

    text: str
    format: str
    doc_id: str | None = None
    uri: str | None = None
    title: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    journal: str | None = None
    year: int | None = None
    registry_ids: tuple[str, ...] = ()
    language: str | None = None
    publication_types: tuple[str, ...] = ()
    mesh_terms: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()

    @property
    def text_sha256(self) -> str:
        """Hex SHA-256 of the raw text in UTF-8 (lone surrogates pass through)."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def record_id(self) -> str:
        """Stable id: pmid, pmcid, doi, nct in that order where known, else the text's hash."""
        nct = next((r for r in self.registry_ids if r.upper().startswith("NCT")), None)
        for system, value in (("pmid", self.pmid), ("pmcid", self.pmcid), ("doi", self.doi), ("nct", nct)):
            if value:
                return f"{system}:{value}"
        return f"sha256:{self.text_sha256[:16]}"


@dataclass(frozen=True, slots=True)
class Edit:
    """One repair: the source's `before` at start:end is read as `after`.

    Offsets are half-open, in code points, into the text that the edit was made on (for the edits of a
    `CleanText`: the raw text). `rule` is dotted: class and repair, as in "splitword.join".
    """

    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float = 1.0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CleanIssue:
    """Damage that cleaning saw and could not settle: several readings, or a fact that is gone. Raw offsets."""

    code: str
    message: str
    start: int
    end: int


@dataclass(frozen=True)
class CleanText:
    """Cleaned text with its ordered, disjoint edits; maps clean offsets to raw ones and back."""

    raw: str
    text: str
    edits: tuple[Edit, ...] = ()
    noise_level: NoiseLevel = "none"
    issues: tuple[CleanIssue, ...] = field(default=())

    @classmethod
    def from_edits(
        cls,
        raw: str,
        edits: Iterable[Edit],
        *,
        noise_level: NoiseLevel = "none",
        issues: Iterable[CleanIssue] = (),
    ) -> CleanText:
        """Apply edits (offsets into `raw`, disjoint, in any order).

        Raises:
            ValueError: two edits overlap, or an edit's `before` is not what stands at its place.
        """
        ordered = tuple(sorted(edits, key=lambda e: (e.start, e.end)))
        parts: list[str] = []
        at = 0
        for e in ordered:
            if e.start < at:
                raise ValueError(f"edit {e} overlaps the one before it")
            if raw[e.start : e.end] != e.before:
                raise ValueError(f"edit {e} does not stand on its text {raw[e.start : e.end]!r}")
            parts += [raw[at : e.start], e.after]
            at = e.end
        parts.append(raw[at:])
        return cls(raw, "".join(parts), ordered, noise_level, tuple(issues))

    @cached_property
    def _clean_starts(self) -> list[int]:
        shift, out = 0, []
        for e in self.edits:
            out.append(e.start + shift)
            shift += len(e.after) - (e.end - e.start)
        return out

    @cached_property
    def _raw_starts(self) -> list[int]:
        return [e.start for e in self.edits]

    @cached_property
    def _clean_ends(self) -> list[int]:
        return [s + len(e.after) for s, e in zip(self._clean_starts, self.edits, strict=True)]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """The raw span that clean text start:end came from.

        A span that touches replaced text takes in the whole raw span of that edit, so the quote shows
        what was repaired. Text that cleaning dropped (an edit with an empty `after`) belongs to a span
        only when it lies strictly inside it.
        """
        return self._raw_start(start), max(self._raw_end(end), self._raw_start(start))

    def _raw_start(self, offset: int) -> int:
        # edits that end at or before the offset lie behind it, dropped text at the very offset too
        i = bisect_right(self._clean_ends, offset)
        if i < len(self.edits) and self._clean_starts[i] <= offset:
            return self.edits[i].start
        if i == 0:
            return offset
        return self.edits[i - 1].end + (offset - self._clean_ends[i - 1])

    def _raw_end(self, offset: int) -> int:
        i = bisect_left(self._clean_starts, offset)
        if i == 0:
            return offset
        if offset <= self._clean_ends[i - 1]:
            return self.edits[i - 1].end if offset > self._clean_starts[i - 1] else self.edits[i - 1].start
        return self.edits[i - 1].end + (offset - self._clean_ends[i - 1])

    def to_clean(self, offset: int) -> int:
        """The clean offset of a raw one; inside an edit, the start of its replacement. Never decreases."""
        i = bisect_right(self._raw_starts, offset)
        if i == 0:
            return offset
        e, clean_end = self.edits[i - 1], self._clean_ends[i - 1]
        return self._clean_starts[i - 1] if offset < e.end else clean_end + (offset - e.end)


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A source, or one record of it, that could not be read; the run goes on with the next one.

    `message` says what, where and what to do; `doc_id` is the id that the input gave, if it got that far.
    """

    uri: str
    message: str
    doc_id: str | None = None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A document that repeats one that came before it, and is joined to that one.

    `because` is what they share: "pmid", "pmcid", "doi", "nct", or "text" where the text alone is the same. Under one
    id the texts may differ (`same_text`): the one that is kept is the one that was met first.
    """

    doc_id: str
    record_id: str
    uri: str | None
    because: str
    same_text: bool
    kept_doc_id: str
    kept_record_id: str
    kept_uri: str | None

    @property
    def message(self) -> str:
        """What was joined to what, and why."""
        shared = "the text" if self.because == "text" else f"the {self.because.upper()}"
        kept = f"{self.kept_doc_id} ({self.kept_uri})" if self.kept_uri else self.kept_doc_id
        where = f"{self.doc_id} ({self.uri})" if self.uri else self.doc_id
        differs = "" if self.same_text else "; its text differs"
        return f"{where}: has {shared} of {kept}, which is kept{differs}"
