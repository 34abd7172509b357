"""The trial record (schema_version 1.0): the one contract of the project, as frozen pydantic models.

Every list is a tuple and every model is frozen, so that a record can be shared and hashed into a run.
Optional facts are None when the text does not state them; keys are always written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from trialmine.records.evidence import Evidence, EvidenceList, Frozen, Identifier
from trialmine.records.vocabulary import (
    Allocation,
    ArmRole,
    Assignment,
    Comparator,
    Control,
    DocumentKind,
    DosingRole,
    EndpointKind,
    EndpointRole,
    InterventionKind,
    InterventionRole,
    Masking,
    Measure,
    NoiseLevel,
    Phase,
    Route,
    Sex,
    TimeUnit,
)

SCHEMA_VERSION: Final = "1.0"


class Source(Frozen):
    """Where the document came from. `text_sha256` is the hash of the raw text in UTF-8."""

    uri: str | None = None
    format: str
    text_sha256: str
    title: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    doi: str | None = None
    journal: str | None = None
    year: int | None = None
    registry_ids: tuple[str, ...] = ()
    language: str | None = None


class CleaningEdit(Frozen):
    """One repair: `before` is the raw text at start:end, `after` is what was read instead."""

    rule: str
    start: int
    end: int
    before: str
    after: str
    confidence: Annotated[float, Field(ge=0, le=1)]


class Cleaning(Frozen):
    """How noisy the text was and what was repaired; edits are ordered and disjoint."""

    noise_level: NoiseLevel = "none"
    edits: tuple[CleaningEdit, ...] = ()


class Design(Frozen):
    """How the trial was set up."""

    phase: tuple[Phase, ...] = ()
    allocation: Allocation | None = None
    masking: Masking | None = None
    control: tuple[Control, ...] = ()
    assignment: Assignment | None = None
    escalation: str | None = None
    multicenter: bool | None = None
    allocation_ratio: str | None = None
    purpose: str | None = None
    evidence: EvidenceList


class Condition(Frozen):
    """A disease or state that the participants have."""

    name: str
    text: str
    identifiers: tuple[Identifier, ...] = ()
    evidence: EvidenceList


class Age(Frozen):
    """Age limits or averages of the participants; `unit` is UCUM ("a" for years)."""

    minimum: float | None = None
    maximum: float | None = None
    mean: float | None = None
    median: float | None = None
    unit: str | None = None


class Criterion(Frozen):
    """One eligibility criterion."""

    kind: Literal["inclusion", "exclusion"]
    text: str
    evidence: EvidenceList


class Population(Frozen):
    """Who took part. `evidence` covers the numbers, age and sex; conditions and criteria carry their own."""

    conditions: tuple[Condition, ...] = ()
    enrolled: int | None = None
    evaluable: int | None = None
    randomized: int | None = None
    age: Age | None = None
    sex: Sex | None = None
    eligibility: tuple[Criterion, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class Intervention(Frozen):
    """Something that was given or done to participants in the trial."""

    id: str
    name: str
    text: str
    aliases: tuple[str, ...] = ()
    kind: InterventionKind
    role: InterventionRole | None = None
    identifiers: tuple[Identifier, ...] = ()
    evidence: EvidenceList


class Arm(Frozen):
    """A group of participants; `interventions` are ids."""

    id: str
    label: str
    role: ArmRole | None = None
    n: int | None = None
    interventions: tuple[str, ...] = ()
    evidence: EvidenceList


class Dose(Frozen):
    """An amount per administration: exactly one of `value`, `low` with `high`, or `levels`; `unit` is UCUM."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    levels: tuple[float, ...] = ()
    unit: str
    comparator: Comparator = "="
    text: str

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if (self.low is None) != (self.high is None):
            raise ValueError("a dose range needs both low and high")
        forms = (self.value is not None) + (self.low is not None) + bool(self.levels)
        if forms != 1:
            raise ValueError(f"a dose has exactly one of value, low+high, levels; {self.text!r} has {forms}")
        return self


class Frequency(Frozen):
    """`count` (to `count_max`) administrations per `period` (to `period_max`) `period_unit`; period None is once."""

    count: float | None = None
    count_max: float | None = None
    period: float | None = None
    period_max: float | None = None
    period_unit: TimeUnit | None = None
    code: str | None = None
    as_needed: bool = False
    text: str


class Span(Frozen):
    """A length of time; `unit` is UCUM."""

    value: float
    unit: TimeUnit


class Schedule(Frozen):
    """Days of a cycle, its length, how many cycles, and weeks on and off."""

    cycle_length: Span | None = None
    days: tuple[int, ...] = ()
    cycles: int | None = None
    cycles_max: int | None = None
    on: Span | None = None
    off: Span | None = None
    text: str


class Duration(Frozen):
    """How long the drug was given."""

    value: float | None = None
    value_max: float | None = None
    unit: TimeUnit | None = None
    text: str


class Dosing(Frozen):
    """One row of the dosing table: a drug, its arms and one dose role."""

    id: str
    intervention: str
    arms: tuple[str, ...] = ()
    role: DosingRole | None = None
    dose: Dose | None = None
    route: Route | None = None
    form: str | None = None
    frequency: Frequency | None = None
    schedule: Schedule | None = None
    duration: Duration | None = None
    administrations: int | None = None
    infusion_time: Span | None = None
    condition: str | None = None
    text: str
    evidence: EvidenceList


class Timepoint(Frozen):
    """When something was measured; `value` is None when several times are named."""

    value: float | None = None
    unit: TimeUnit | None = None
    text: str


class Endpoint(Frozen):
    """Something that was measured."""

    id: str
    name: str
    code: str | None = None
    role: EndpointRole | None = None
    kind: EndpointKind | None = None
    instrument: str | None = None
    timepoint: Timepoint | None = None
    evidence: EvidenceList


class ConfidenceInterval(Frozen):
    """Interval of an estimate; `level` 0.95 is 95 %."""

    level: float | None = None
    low: float
    high: float


class PValue(Frozen):
    """A P with its modifier."""

    comparator: Comparator
    value: float
    text: str


class Dispersion(Frozen):
    """Spread of a value: sd and se have `value`; iqr and range have `low` and `high` (or an iqr's width in `value`)."""

    kind: Literal["sd", "se", "iqr", "range"]
    value: float | None = None
    low: float | None = None
    high: float | None = None


class Statistic(Frozen):
    """One reported result value."""

    id: str
    measure: Measure
    value: float | None = None
    comparator: Comparator = "="
    unit: str | None = None
    numerator: int | None = None
    denominator: int | None = None
    ci: ConfidenceInterval | None = None
    p: PValue | None = None
    dispersion: Dispersion | None = None
    endpoint: str | None = None
    arms: tuple[str, ...] = ()
    timepoint: Timepoint | None = None
    text: str
    evidence: EvidenceList


class Grade(Frozen):
    """Severity grade; "grade 3 or 4" is low 3, high 4; "grade 3 or higher" is low 3 with high None."""

    low: int
    high: int | None


class AdverseEvent(Frozen):
    """An unwanted event that the trial reports."""

    term: str
    grade: Grade | None = None
    n: int | None = None
    percent: float | None = None
    arms: tuple[str, ...] = ()
    dose_limiting: bool | None = None
    serious: bool | None = None
    related: bool | None = None
    text: str
    evidence: EvidenceList


class Warning(Frozen):  # noqa: A001 (the contract's own word)
    """Something the reader should look at."""

    code: str
    message: str
    evidence: tuple[Evidence, ...] = ()


class TrialRecord(Frozen):
    """Everything that one document states about one trial."""

    schema_version: Literal["1.0"] = SCHEMA_VERSION
    record_id: str
    doc_id: str
    source: Source
    document_kind: DocumentKind
    cleaning: Cleaning = Cleaning()
    design: Design | None = None
    population: Population = Population()
    interventions: tuple[Intervention, ...] = ()
    arms: tuple[Arm, ...] = ()
    dosing: tuple[Dosing, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    adverse_events: tuple[AdverseEvent, ...] = ()
    warnings: tuple[Warning, ...] = ()

    @model_validator(mode="after")
    def _ids_resolve(self) -> Self:
        interventions = {i.id for i in self.interventions}
        arms = {a.id for a in self.arms}
        endpoints = {e.id for e in self.endpoints}
        rows: list[tuple[str, set[str], set[str]]] = [
            *((f"arm {a.id}", set(a.interventions), interventions) for a in self.arms),
            *((f"dosing {d.id}", {d.intervention}, interventions) for d in self.dosing),
            *((f"dosing {d.id}", set(d.arms), arms) for d in self.dosing),
            *((f"statistic {s.id}", set(s.arms), arms) for s in self.statistics),
            *((f"statistic {s.id}", {s.endpoint} if s.endpoint else set(), endpoints) for s in self.statistics),
            *((f"adverse event {e.term}", set(e.arms), arms) for e in self.adverse_events),
        ]
        for name, used, known in rows:
            if not used <= known:
                raise ValueError(f"{name} names unknown ids {sorted(used - known)}")
        return self

    def check_quotes(self, raw: str) -> None:
        """Raise ValueError unless every evidence quote and every edit stands at its place in `raw`."""
        for start, end, quote in _places(self):
            if raw[start:end] != quote:
                raise ValueError(f"{raw[start:end]!r} stands at {start}:{end} of the raw text, not {quote!r}")


def _places(part: object) -> Iterator[tuple[int, int, str]]:
    if isinstance(part, Evidence):
        yield part.start, part.end, part.quote
    elif isinstance(part, CleaningEdit):
        yield part.start, part.end, part.before
    elif isinstance(part, Frozen | tuple):
        for item in part if isinstance(part, tuple) else vars(part).values():
            if isinstance(item, Frozen | tuple):  # most are numbers and words
                yield from _places(item)
