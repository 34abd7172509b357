"""What rules take for the controls: statements of the text, and the roles and members of the arms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from trialmine.records.article import Block, Mentions
from trialmine.records.trial import Arm, Dosing

Span = tuple[int, int]

STANDARD_CARE = regex.compile(
    r"\b(?:usual|standard|routine|conventional|normal|current)\s+(?:\w+\s+)?(?:care|treatment|therapy|practice"
    r"|management|consultations?)\b|\b(?:care|treatment)\s+as\s+usual\b",
    regex.I,
)
CONTROLS = ("placebo", "active", "dose_comparison", "no_treatment", "historical", "sham", "standard_of_care")

_ROLE_CONTROL = {
    "placebo_comparator": "placebo",
    "active_comparator": "active",
    "sham_comparator": "sham",
    "no_intervention": "no_treatment",
}


def told_controls(mentions: Mentions, arms: Block, usual: frozenset[str]) -> dict[str, Span]:
    """Every control with a place that tells of it; `usual` are the ids of interventions that are standard care."""
    found: dict[str, Span] = {m.value: (m.start, m.end) for m in mentions["design.control"]}
    place = first_places(arms)
    placed = [a for a in arms.rows if a.id in place]
    tested = [a for a in placed if a.role == "experimental"]
    for arm in placed:
        control = arm_control(arm, tested, usual)
        if control:
            found.setdefault(control, place[arm.id])
    # arms of equal standing are each other's control
    members = [frozenset(a.interventions) for a in tested if a.interventions]
    if len(members) > len(set(members)):
        found.setdefault("dose_comparison", place[tested[1].id])
    elif len(set(members)) > 1 and not found:
        found["active"] = place[tested[1].id]
    return found


def first_places(block: Block) -> dict[str, Span]:
    """The first place of every row that has one."""
    return {r.id: (r.start, r.end) for r in reversed(block.references)}


def without_doses(found: Mapping[str, Span], arms: Block, dosing: Sequence[Dosing]) -> dict[str, Span]:
    """Doses are compared where some drug has several; else arms that look alike differ in what we did not read."""
    kept = dict(found)
    if "dose_comparison" not in found or any(len(a) > 1 for a in amounts_by_drug(dosing).values()):
        return kept
    several = len({i for arm in arms.rows for i in arm.interventions}) > 1
    if set(found) == {"dose_comparison"}:
        return {"active": kept["dose_comparison"]} if several else kept
    if "placebo" in found:
        del kept["dose_comparison"]
    return kept


def amounts_by_drug(dosing: Sequence[Dosing], *, of_arms: bool = False) -> dict[str, set[object]]:
    """The different doses of each drug; with `of_arms` those alone that some arm got."""
    amounts: dict[str, set[object]] = {}
    for row in dosing:
        if row.dose and (row.arms or not of_arms):
            amounts.setdefault(row.intervention, set()).add((row.dose.value, row.dose.low, tuple(row.dose.levels)))
    return amounts


def arm_control(arm: Arm, tested: Sequence[Arm], usual: frozenset[str]) -> str | None:
    """The control that an arm is by its role, its label and what it got."""
    if arm.role == "active_comparator" and arm.interventions and set(arm.interventions) <= usual:
        return "standard_of_care"
    if arm.role in ("active_comparator", None) and STANDARD_CARE.search(arm.label):
        return "standard_of_care"
    alike = any(set(a.interventions) == set(arm.interventions) for a in tested)
    if arm.role == "active_comparator" and arm.interventions and alike:
        return "dose_comparison"
    return _ROLE_CONTROL.get(arm.role or "")
