"""Doses that are told both one by one and together ("0.5 or 1 mg/kg" in the aim, each with its group later)."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.amounts import PIECES, WEIGHED
from trialmine.assemble.dosing.draft import ATTRIBUTES, Draft
from trialmine.records.article import Article, Block

_SOLUTION = regex.compile(
    r"(?:normal\s)?saline|(?:anhydrous\s)?(?:glucose|dextrose)|sodium\schloride|(?:methyl|hydroxypropyl)\S*cellulose|phenol|formalin|ethanol",
    regex.IGNORECASE,
)
_NUMBS = regex.compile(
    r"lidocaine|lignocaine|xylocaine|articaine|mepivacaine|prilocaine|chloroprocaine", regex.IGNORECASE
)
_TELL_TOPIC = ("title", "objective", "conclusions")
_ON_SURFACES = ("topical", "transdermal", "intranasal", "ophthalmic", "inhaled", "buccal", "otic", "vaginal", "rectal")


def without_doubles(drafts: Sequence[Draft], *, cohorts: bool = False) -> list[Draft]:
    """The drafts without lists whose every dose has a row, and without doses that only name one of a list again.

    Where doses were raised from cohort to cohort the list stays; its doses are named again for what was seen with each.
    """
    out = list(drafts)
    for whole in [d for d in drafts if len(_listed(d)) > 1]:
        singles = [d for d in out if d.dose and d.intervention == whole.intervention and _is_one_of(d, whole)]
        if cohorts:
            out = [d for d in out if not any(d is s and s.role in (None, whole.role) for s in singles)]
        elif {d.dose.value for d in singles if d.dose} == set(_listed(whole)):
            for single in singles:
                _complete(single, whole)
            out = [d for d in out if d is not whole]
        else:
            out = [d for d in out if not any(d is s and _adds_nothing(s, whole) for s in singles)]
    return out


def without_strengths(drafts: Sequence[Draft], article: Article, interventions: Block) -> list[Draft]:
    """The drafts without bare strengths of drugs whose amount is told elsewhere ("0.5% A", 30 mL of it), nor pieces."""
    amounts = {d.intervention for d in drafts if d.dose and d.dose.unit != "%"}
    weighed = {d.intervention for d in drafts if d.dose and d.dose.unit.startswith(WEIGHED)}
    told = {"%": amounts} | dict.fromkeys(PIECES, weighed)
    drafts = [d for d in drafts if not (d.dose and d.intervention in told.get(d.dose.unit, ()))]
    names = {r.id: r.name for r in interventions.rows}
    topics = {r.id for r in interventions.references if article.section_at(r.start) in _TELL_TOPIC}
    return [
        d
        for d in drafts
        if not (d.dose and d.dose.unit == "%" and _is_solution(d, names[d.intervention], d.intervention in topics))
    ]


def _is_solution(draft: Draft, name: str, tested: bool) -> bool:
    """Whether a share is how strong something to inject is: a solvent, or what numbs the skin and is not tested."""
    numbs = not tested and _NUMBS.fullmatch(name.strip()) is not None
    return (numbs or _SOLUTION.fullmatch(name.strip()) is not None) and draft.route not in _ON_SURFACES


def _listed(draft: Draft) -> tuple[float, ...]:
    return draft.dose.levels if draft.dose else ()


def _is_one_of(single: Draft, whole: Draft) -> bool:
    if single.dose is None or whole.dose is None or single.dose.value not in _listed(whole):
        return False
    return _unit(single) == _unit(whole)


def _unit(draft: Draft) -> str:
    # a daily total is stated with and without its day
    return draft.dose.unit.removesuffix("/d") if draft.dose else ""


def _complete(single: Draft, whole: Draft) -> None:
    for kind in ATTRIBUTES:
        if kind != "administrations" and not (kind == "frequency" and single.schedule and single.schedule.days):
            single.take(kind, whole)


def _adds_nothing(single: Draft, whole: Draft) -> bool:
    if single.role is not None and single.role != whole.role:
        return False
    return all(getattr(single, k) in (None, getattr(whole, k)) for k in ("frequency", "schedule", "route"))
