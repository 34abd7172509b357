"""How a dose was written: its numbers, their form, and what its unit counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from trialmine.records.trial import Dose

Form = Literal["single", "range", "levels", "combination", "up_to"]


@dataclass(frozen=True, slots=True)
class Amount:
    """One number of a dose chain with its place."""

    value: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DoseReading:
    """How a dose was written. `dose` is the record's form; `amounts` are its numbers, in text order.

    basis: what the unit counts (mass, volume, activity, count …). period: the text gave a weekly rate or
    "3 x 5 mg daily", which the record keeps as a frequency, so many times. volume: the unit is one of volume. parted: a
    note behind each amount says which group got it. pieces: where the number of them stands that multiplied the amount.
    """

    dose: Dose
    form: Form
    amounts: tuple[Amount, ...]
    basis: str
    period: str | None = None
    times: float = 1.0
    volume: bool = False
    parted: bool = False
    pieces: tuple[int, int] | None = None

    @property
    def alternatives(self) -> tuple[float, ...]:
        """The levels of one drug; the numbers of a fixed combination ("160/4.5 ug") are of several drugs."""
        return () if self.form == "combination" else self.dose.levels


_COUNTED_AMOUNTS = (
    "{cells}",
    "{MAC}",
    "{vg}",
    "{vp}",
    "{IEQ}",
    "{SQ-HDM}",
    "{SQ-T}",
    "{SQ-Bet}",
    "{SQ-U}",
    "{KIU}",
    "{KU}",
    "{HAU}",
    "{DU}",
    "{log_CFU}",
    "{Amb_a_1-U}",
    "{infectious_units}",
)


def basis(code: str) -> str:
    """What a UCUM dose unit counts: percent, volume, count or amount."""
    head = code.split("/")[0]
    if head in ("%", "[ppm]", "[ppb]", "[ppth]"):
        return "percent"
    if head in ("mL", "L", "uL", "dL"):
        return "volume"
    return "count" if head.startswith("{") and head not in _COUNTED_AMOUNTS else "amount"
