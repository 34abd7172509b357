"""What an amount measures: how many pieces, or how much of a substance."""

from __future__ import annotations

from collections.abc import Sequence

from trialmine.records.article import Mention

PIECES = ("{tablet}", "{capsule}", "{pill}", "{sachet}")
"""Units of a count of pieces."""
WEIGHED = ("mg", "ug", "g", "[iU]")
"""What units of a substance's weight or activity begin with."""
_REACH = 30  # characters from the last drug of a combination to its first dose


def is_counted(dose: Mention) -> bool:
    """Whether an amount counts drops, puffs or tablets."""
    return bool(dose.value.basis == "count" or dose.value.dose.unit == "[drp]")


def weighs(dose: Mention) -> bool:
    """Whether an amount is one of a substance, by weight, volume or activity in units."""
    return dose.value.dose.unit.split("/")[0] in ("mg", "ug", "ng", "g", "mL", "[iU]", "U")


def steps_on(start: int, dose: Mention, doses: Sequence[Mention]) -> bool:
    """ "A/B 4 mg/1 mg on day 1, up to 16 mg/4 mg": whether such a combination was told right behind `start` before."""
    before = (d for d in doses if start <= d.start < start + _REACH and d.end <= dose.start)
    return any(d.value.form == "combination" and len(d.value.amounts) == len(dose.value.amounts) for d in before)
