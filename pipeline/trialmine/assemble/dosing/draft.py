"""A dosing row while it is being put together: its values, and the spans of the text that state them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from trialmine.records.article import Mention, Sentence
from trialmine.records.trial import Dose, Duration, Frequency, Schedule, Span
from trialmine.records.vocabulary import DosingRole, Route

# attributes of a row that mentions of the same kind fill
ATTRIBUTES = ("frequency", "schedule", "route", "duration", "administrations", "infusion_time", "condition")
# kinds of interventions that have no amounts
NO_DOSE_KINDS = ("device", "procedure", "behavioral")


@dataclass(slots=True)
class Draft:
    """One row to be: `start`:`end` covers the drug and its dose in the clean text."""

    intervention: str
    start: int
    end: int
    sentence: Sentence
    dose: Dose | None = None
    dose_span: tuple[int, int] | None = None
    role: DosingRole | None = None
    arms: tuple[str, ...] = ()
    frequency: Frequency | None = None
    schedule: Schedule | None = None
    route: Route | None = None
    duration: Duration | None = None
    administrations: int | None = None
    infusion_time: Span | None = None
    condition: str | None = None
    spans: list[tuple[int, int]] = field(default_factory=list)
    stated: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    implied: bool = False
    apart: bool = False
    returned: bool = False
    again: list[tuple[Sentence, tuple[int, int]]] = field(default_factory=list)  # where the same row is told again
    warnings: list[Mention] = field(default_factory=list)

    @property
    def span(self) -> tuple[int, int]:
        """Where the drug and its dose stand."""
        return (self.start, self.end)

    @property
    def place(self) -> tuple[int, int]:
        """Where its dose stands, or all of it if it has none."""
        return self.dose_span or self.span

    def has(self, kind: str) -> bool:
        """Whether this attribute is already filled."""
        return getattr(self, kind) is not None

    def fill(self, kind: str, value: Any, span: tuple[int, int]) -> bool:
        """Take an attribute if it is still missing; schedules add up."""
        if kind == "schedule":
            merged = _joined(self.schedule, value)
            if merged == self.schedule:
                return False
            self.schedule = merged
        elif self.has(kind) or self._was_single(kind, value, span):
            return False
        else:
            setattr(self, kind, value)
        if span not in self.spans:
            self.spans.append(span)
        self.stated.setdefault(kind, []).append(span)
        return True

    def _was_single(self, kind: str, value: Any, span: tuple[int, int]) -> bool:
        """Whether "5 mg once" meets a number of doses; "two single 5 mg doses" were two."""
        if kind == "administrations":
            once, other = self.frequency is not None and self.frequency.code == "ONCE", "frequency"
        else:
            once, other = (
                kind == "frequency" and value.code == "ONCE" and self.has("administrations"),
                "administrations",
            )
        return once and not any(start < span[1] and span[0] < end for start, end in self.stated.get(other, []))

    def drop(self, kind: str) -> None:
        """Empty an attribute, and forget the places that stated it alone."""
        setattr(self, kind, None)
        places = self.stated.pop(kind, [])
        kept = [p for others in self.stated.values() for p in others]
        self.spans = [s for s in self.spans if s not in places or s in kept]

    def take(self, kind: str, other: Draft) -> None:
        """Take an attribute of another draft with the places that state it, if it is still missing."""
        value, places = getattr(other, kind), other.stated.get(kind) or other.spans or [(other.start, other.end)]
        if value is not None and self.fill(kind, value, places[0]):
            for place in places[1:]:
                self.stated[kind].append(place)
                if place not in self.spans:
                    self.spans.append(place)

    @property
    def dose_key(self) -> tuple[Any, ...]:
        """What makes two doses the same."""
        d = self.dose
        return () if d is None else (d.value, d.low, d.high, d.levels, d.unit)

    @property
    def daily_key(self) -> tuple[Any, ...]:
        """The same with a daily total taken for its plain amount: "50 mg/day" comes back as "50 mg"."""
        return tuple(v.removesuffix("/d") if isinstance(v, str) else v for v in self.dose_key)

    @property
    def substance(self) -> int:
        """How many attributes are filled."""
        return sum(self.has(k) for k in ATTRIBUTES)


def _joined(old: Schedule | None, new: Schedule) -> Schedule:
    if old is None:
        return new
    changes = {
        name: getattr(new, name)
        for name in ("cycle_length", "days", "cycles", "cycles_max", "on", "off")
        if getattr(old, name) in (None, ()) and getattr(new, name) not in (None, ())
    }
    return old.model_copy(update={**changes, "text": f"{old.text}; {new.text}"}) if changes else old
