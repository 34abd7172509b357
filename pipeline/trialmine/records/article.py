"""The cleaned text as the extractors see it: sections, sentences, abbreviations, entities and mentions.

All offsets here are half-open code points into `Article.text`, the clean text. Only `Citation` (the
assembling stage's way to evidence) turns them into raw offsets, in one place.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from trialmine.records.vocabulary import SectionLabel

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the text with its canonical label; `start` is behind the heading, if there is one."""

    label: SectionLabel
    start: int
    end: int
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence; `section` is the label of the section it lies in."""

    start: int
    end: int
    section: SectionLabel | None


@dataclass(frozen=True, slots=True)
class Entity:
    """A named thing found by the NER slot or a lexicon.

    label: CHEMICAL, DISEASE, INTERVENTION, CONDITION, ENDPOINT, ARM, ADVERSE_EVENT.
    name: canonical name where a lexicon knows it, else None. source: "lexicon", "stem", "code", "model", "rule".
    """

    start: int
    end: int
    label: str
    text: str
    name: str | None = None
    source: str = "model"
    score: float = 1.0


@dataclass(frozen=True, slots=True)
class Mention:
    """What a rule read at start:end. `kind` names the extractor ("dose", "frequency", "p_value" …), `rule` the
    dotted rule id, `value` the typed reading (a record model or a plain dataclass of the extractor)."""

    kind: str
    start: int
    end: int
    rule: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A span of the clean text that refers to a record object (intervention, arm, endpoint) by its id."""

    start: int
    end: int
    id: str


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one block of the record with every place of the text that refers to them, in text order."""

    rows: tuple[Any, ...] = ()
    references: tuple[Reference, ...] = ()
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple([r.start for r in self.references]))

    def within(self, start: int, end: int) -> list[Reference]:
        """References that lie inside start:end."""
        return [r for r in self.beginning(start, end) if r.end <= end]

    def beginning(self, start: int, end: int) -> tuple[Reference, ...]:
        """References that begin inside start:end."""
        return self.references[bisect_left(self._starts, start) : bisect_left(self._starts, end)]


@dataclass(frozen=True)
class Article:
    """One cleaned document, read by the NLP stage."""

    text: str
    sections: tuple[Section, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    entities: tuple[Entity, ...] = ()
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    publication_types: tuple[str, ...] = ()
    language: str | None = None
    _starts: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())
    _section_starts: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())
    _entity_starts: tuple[int, ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", tuple(s.start for s in self.sentences))
        object.__setattr__(self, "_section_starts", tuple(s.start for s in self.sections))
        object.__setattr__(self, "_entity_starts", tuple(e.start for e in self.entities))

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that covers `offset`, or the nearest one before it."""
        i = bisect_right(self._starts, offset) - 1
        return self.sentences[i] if i >= 0 else None

    def section_at(self, offset: int) -> SectionLabel | None:
        """The label of the section that covers `offset`."""
        i = bisect_right(self._section_starts, offset) - 1
        return self.sections[i].label if i >= 0 and offset < self.sections[i].end else None

    def entities_in(self, start: int, end: int, *, label: str | None = None) -> list[Entity]:
        """Entities that lie inside start:end, of one label if given."""
        first, behind = bisect_left(self._entity_starts, start), bisect_right(self._entity_starts, end)
        return [e for e in self.entities[first:behind] if e.end <= end and label in (None, e.label)]


@dataclass(frozen=True)
class Mentions:
    """All mentions of an article, by kind, each kind in text order."""

    by_kind: Mapping[str, tuple[Mention, ...]]

    @classmethod
    def of(cls, mentions: Iterable[Mention]) -> Mentions:
        """Group mentions by kind."""
        groups: dict[str, list[Mention]] = {}
        for m in mentions:
            groups.setdefault(m.kind, []).append(m)
        return cls({k: tuple(sorted(v, key=lambda m: (m.start, -m.end))) for k, v in groups.items()})

    def __getitem__(self, kind: str) -> tuple[Mention, ...]:
        return self.by_kind.get(kind, ())

    def __iter__(self) -> Iterator[Mention]:
        for group in self.by_kind.values():
            yield from group

    def within(self, kind: str, start: int, end: int) -> list[Mention]:
        """Mentions of one kind that lie inside start:end."""
        return [m for m in self[kind] if start <= m.start and m.end <= end]
