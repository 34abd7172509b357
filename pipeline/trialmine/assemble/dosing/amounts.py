"""What an amount measures: how many pieces, or how much of a substance."""

from __future__ import annotations

from trialmine.records.article import Mention


def is_counted(dose: Mention) -> bool:
    """Whether an amount counts drops, puffs or tablets."""
    return bool(dose.value.basis == "count" or dose.value.dose.unit == "[drp]")


def weighs(dose: Mention) -> bool:
    """Whether an amount is one of a substance, by weight, volume or activity in units."""
    return dose.value.dose.unit.split("/")[0] in ("mg", "ug", "ng", "g", "mL", "[iU]", "U")
