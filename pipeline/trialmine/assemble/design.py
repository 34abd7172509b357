"""The design block: what the text states about the set-up, and the controls that its arms show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from trialmine.assemble.citation import Citation
from trialmine.records.article import Article, Block, Mention, Mentions
from trialmine.records.trial import Arm, Design, Dosing, Intervention

STANDARD_CARE = regex.compile(
    r"\b(?:usual|standard|routine|conventional|normal|current)\s+(?:\w+\s+)?(?:care|treatment|therapy|practice"
    r"|management|consultations?)\b|\b(?:care|treatment)\s+as\s+usual\b",
    regex.I,
)

_OWN = ("title", "methods", "objective", "registration", None, "other", "results", "background", "conclusions")
_MASKING_ORDER = ("quadruple", "triple", "double", "single", "open_label")
_ESCALATION = {
    "three": "3+3", "crm": "CRM", "accelerated": "accelerated", "mtpi": "mTPI", "fibonacci": "modified Fibonacci",
}  # fmt: skip
_ROLE_CONTROL = {
    "placebo_comparator": "placebo",
    "active_comparator": "active",
    "sham_comparator": "sham",
    "no_intervention": "no_treatment",
}  # fmt: skip
_CONTROL_ORDER = ("placebo", "active", "dose_comparison", "no_treatment", "historical", "sham", "standard_of_care")


def build_design(
    article: Article,
    mentions: Mentions,
    arms: Block,
    cite: Citation,
    dosing: Sequence[Dosing] | None = None,
    interventions: Sequence[Intervention] = (),
) -> Design | None:
    """The design that the text states, or None when it states nothing of it.

    The dosing table, where it is there, shows whether arms of one drug differ in its dose; `interventions` what the
    members of the arms are called.
    """
    used: list[Mention] = []

    def first(kind: str) -> Mention | None:
        found = sorted(mentions[kind], key=lambda m: _rank(article, m))
        used.extend(found[:1])
        return found[0] if found else None

    phase = _phases(article, mentions, used)
    allocation, assignment = first("design.allocation"), _assignment(article, mentions, used)
    masking = _masking(article, mentions, used)
    escalation, centers, ratio = first("design.escalation"), first("design.centers"), first("design.ratio")
    usual = frozenset(i.id for i in interventions if STANDARD_CARE.search(i.name))
    control, spans = _controls(mentions, arms, usual)
    if dosing is not None:
        control = _without_doses(control, arms, dosing)
    spans += [(m.start, m.end) for m in used]
    if not spans:
        return None
    return Design(
        phase=phase,
        allocation=allocation.value if allocation else None,
        masking=masking,
        control=control,
        assignment=assignment,
        escalation=_ESCALATION[escalation.value] if escalation else None,
        multicenter=centers.value == "multi" if centers else None,
        allocation_ratio=ratio.value if ratio else None,
        evidence=cite.all(*sorted(set(spans))),
    )


def _rank(article: Article, mention: Mention) -> tuple[int, int]:
    return _OWN.index(article.section_at(mention.start)), mention.start


def _phases(article: Article, mentions: Mentions, used: list[Mention]) -> tuple[str, ...]:
    own = [m for m in mentions["design.phase"] if article.section_at(m.start) != "background"] or list(
        mentions["design.phase"]
    )
    if not own:
        return ()
    titled = [m for m in own if article.section_at(m.start) == "title"]
    chosen = titled or own
    # "phase 2" in the title and "phase 2b" below it are one statement; the narrower one says more
    narrow = [
        m for m in own if any(m.value != c.value and len(m.value) == 1 and m.value[0][0] == c.value[0] for c in chosen)
    ]
    whole = [m for m in chosen if len(m.value) > 1][:1] or narrow[:1] or chosen
    # "the phase I portion … the phase II portion": the parts of one trial, if nothing names it as a whole
    keep = whole if len(whole) == 1 or titled else _portions(article, whole)
    used.extend(keep[:3])
    return tuple(sorted({p for m in keep for p in m.value}))


def _portions(article: Article, found: list[Mention]) -> list[Mention]:
    parts = [
        m for m in found if article.text[m.end :].lstrip().lower().startswith(("portion", "part", "component", "stage"))
    ]
    return parts if len({m.value for m in parts}) > 1 else found[:1]


def _masking(article: Article, mentions: Mentions, used: list[Mention]) -> str | None:
    found = [m for m in mentions["design.masking"] if article.section_at(m.start) != "background"] or list(
        mentions["design.masking"]
    )
    if not found:
        return None
    # the strongest statement wins, except that an open trial with a blinded assessor stays open
    counts = Counter(m.value for m in found)
    names = [v for v in _MASKING_ORDER if v in counts]
    value = "open_label" if names[0] == "single" and "open_label" in counts else names[0]
    used.append(next(m for m in found if m.value == value))
    return value


def _assignment(article: Article, mentions: Mentions, used: list[Mention]) -> str | None:
    found = [m for m in mentions["design.assignment"] if article.section_at(m.start) != "background"]
    for value in ("cluster", "factorial", "crossover", "parallel", "single_group"):
        for m in found:
            if m.value == value:
                used.append(m)
                return value
    return None


def _controls(mentions: Mentions, arms: Block, usual: frozenset[str]) -> tuple[tuple[str, ...], list[tuple[int, int]]]:
    found: dict[str, tuple[int, int]] = {m.value: (m.start, m.end) for m in mentions["design.control"]}
    place = {r.id: (r.start, r.end) for r in reversed(arms.references)}
    placed = [a for a in arms.rows if a.id in place]
    tested = [a for a in placed if a.role == "experimental"]
    for arm in placed:
        control = _arm_control(arm, tested, usual)
        if control:
            found.setdefault(control, place[arm.id])
    # arms of equal standing are each other's control
    members = [frozenset(a.interventions) for a in tested if a.interventions]
    if len(members) > len(set(members)):
        found.setdefault("dose_comparison", place[tested[1].id])
    elif len(set(members)) > 1 and not found:
        found["active"] = place[tested[1].id]
    return tuple(c for c in _CONTROL_ORDER if c in found), list(found.values())


def _without_doses(control: tuple[str, ...], arms: Block, dosing: Sequence[Dosing]) -> tuple[str, ...]:
    """Doses are compared where some drug has several; else arms that look alike differ in what we did not read."""
    amounts: dict[str, set[object]] = {}
    for row in dosing:
        if row.dose:
            amounts.setdefault(row.intervention, set()).add((row.dose.value, row.dose.low, tuple(row.dose.levels)))
    if "dose_comparison" not in control or any(len(a) > 1 for a in amounts.values()):
        return control
    several = len({i for arm in arms.rows for i in arm.interventions}) > 1
    if control == ("dose_comparison",):
        return ("active",) if several else control
    return tuple(c for c in control if c != "dose_comparison") if "placebo" in control else control


def _arm_control(arm: Arm, tested: list[Arm], usual: frozenset[str]) -> str | None:
    if arm.role == "active_comparator" and arm.interventions and set(arm.interventions) <= usual:
        return "standard_of_care"
    if arm.role in ("active_comparator", None) and STANDARD_CARE.search(arm.label):
        return "standard_of_care"
    alike = any(set(a.interventions) == set(arm.interventions) for a in tested)
    if arm.role == "active_comparator" and arm.interventions and alike:
        return "dose_comparison"
    return _ROLE_CONTROL.get(arm.role or "")
