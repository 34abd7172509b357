"""The design and population blocks as plain facts, one a line, each with its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from trialmine.records.evidence import Evidence
from trialmine.records.trial import Age, Design, Population
from trialmine.report import wording

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Fact:
    """A named fact in words, and where it stands in the record: block, number of its row there, slot."""

    name: str
    value: str
    evidence: tuple[Evidence, ...]
    block: str
    row: int
    slot: str


def design_facts(design: Design | None) -> list[Fact]:
    """What the text states of the trial's design."""
    if design is None:
        return []
    multicenter = {True: "yes", False: "no", None: ""}[design.multicenter]
    stated = [
        ("phase", "/".join(design.phase)),
        ("allocation", wording.label(design.allocation)),
        ("masking", wording.label(design.masking)),
        ("control", ", ".join(map(wording.label, design.control))),
        ("assignment", wording.label(design.assignment)),
        ("escalation", design.escalation or ""),
        ("multicenter", multicenter),
        ("allocation ratio", design.allocation_ratio or ""),
        ("purpose", wording.label(design.purpose)),
    ]
    return [Fact(name, value, design.evidence, "design", 1, name.replace(" ", "_")) for name, value in stated if value]


def population_facts(population: Population) -> list[Fact]:
    """Who took part: conditions, numbers, age, sex and criteria."""
    stated = [
        *((n, str(v)) for n in ("enrolled", "evaluable", "randomized") if (v := getattr(population, n)) is not None),
        ("age", _age(population.age)),
        ("sex", population.sex or ""),
    ]
    return [
        *(Fact("condition", c.name, c.evidence, "conditions", n, "name") for n, c in _counted(population.conditions)),
        *(Fact(name, value, population.evidence, "population", 1, name) for name, value in stated if value),
        *(Fact(c.kind, c.text, c.evidence, "eligibility", n, "text") for n, c in _counted(population.eligibility)),
    ]


def _counted(rows: Iterable[Row]) -> Iterator[tuple[int, Row]]:
    return enumerate(rows, 1)


def _age(age: Age | None) -> str:
    if age is None:
        return ""
    unit = wording.unit(age.unit) if age.unit else ""
    limits = {
        (True, True): f"{age.minimum or 0:g}-{age.maximum or 0:g}",
        (True, False): f">= {age.minimum or 0:g}",
        (False, True): f"<= {age.maximum or 0:g}",
        (False, False): "",
    }[age.minimum is not None, age.maximum is not None]
    averages = [
        f"{name} {value:g}" for name, value in (("mean", age.mean), ("median", age.median)) if value is not None
    ]
    return f"{', '.join(filter(None, [limits, *averages]))} {unit}".strip()
