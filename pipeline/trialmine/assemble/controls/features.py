"""What the judge of controls sees: the arms with their roles, what they got, the doses, and words of the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import permutations

import regex

from trialmine.assemble.controls.told import STANDARD_CARE, Span, amounts_by_drug, arm_control
from trialmine.records.article import Article, Block, Mentions
from trialmine.records.trial import Arm, Dosing, Intervention

Features = dict[str, float]

_WORD = regex.compile(r"[a-z][a-z'-]+|\d+")
_BLANK = regex.compile(r"placebo|sham|saline", regex.I)
_OFTEN = 3


def control_features(
    article: Article,
    mentions: Mentions,
    told: Mapping[str, Span],
    arms: Block,
    interventions: Sequence[Intervention],
    dosing: Sequence[Dosing],
    cues: Mapping[str, Sequence[Span]],
) -> Features:
    """Named features of one document; `told` is what the rules take for controls, `cues` the places of their words."""
    names = [
        *(f"told={control}" for control in told),
        f"told_in_all={'+'.join(sorted(told))}",
        *_of_arms(arms.rows),
        *_of_members(arms.rows, interventions),
        *_of_interventions(interventions),
        *_of_doses(mentions, dosing),
        *_of_words(article, mentions, cues),
    ]
    labels = {e.text.lower() for e in article.entities if e.label == "ARM"}
    return dict.fromkeys(names, 1.0) | {"arm_names": min(len(labels), 6) / 3}


def _of_arms(arms: Sequence[Arm]) -> Iterable[str]:
    yield f"arms={min(len(arms), 5)}"
    roles = Counter(a.role or "none" for a in arms)
    for role, n in roles.items():
        yield f"role={role}"
        yield f"role={role}{min(n, _OFTEN)}"
    yield "roles=" + "+".join(f"{role}{min(n, _OFTEN)}" for role, n in sorted(roles.items()))
    members = [frozenset(a.interventions) for a in arms]
    filled = [m for m in members if m]
    yield f"distinct={min(len(set(filled)), 4)}"
    told = {
        "alike": len(filled) > len(set(filled)),
        "part": any(a < b for a, b in permutations(filled, 2)),
        "empty": len(filled) < len(members),
        "apart": any(not a & b for a, b in permutations(filled, 2)),
    }
    yield from (name for name, holds in told.items() if holds)


def _of_members(arms: Sequence[Arm], interventions: Sequence[Intervention]) -> Iterable[str]:
    known = {i.id: i for i in interventions}
    usual, tested = usual_care(interventions), [a for a in arms if a.role == "experimental"]
    filled = [frozenset(a.interventions) for a in arms if a.interventions]
    shared = frozenset.intersection(*filled) if len(filled) > 1 else frozenset()
    for arm in arms:
        own = [known[i] for i in arm.interventions if i in known and i not in shared]
        for i in own:
            yield f"{arm.role}:{i.role}"
            yield f"{arm.role}:kind={i.kind}"
        if not own:
            yield f"{arm.role}:nothing"
        if control := arm_control(arm, tested, usual):
            yield f"arm={control}"
        if arm.role != "experimental":
            yield from (f"label={word}" for word in _WORD.findall(arm.label.lower()))


def _of_interventions(interventions: Sequence[Intervention]) -> Iterable[str]:
    for i in interventions:
        yield f"given={i.role or 'none'}:{i.kind}"
        yield from (f"name={word}" for word in ("placebo", "sham", "saline") if word in i.name.lower())
    for role, n in Counter(i.role or "none" for i in interventions).items():
        yield f"given={role}{min(n, _OFTEN)}"
    tested = [i for i in interventions if i.role in ("investigational", "comparator") and not _BLANK.search(i.name)]
    yield f"tested={min(len(tested), 4)}"
    if usual_care(interventions):
        yield "name=usual"


def _of_doses(mentions: Mentions, dosing: Sequence[Dosing]) -> Iterable[str]:
    if any(len(a) > 1 for a in amounts_by_drug(dosing).values()):
        yield "several_doses"
    if any(len(a) > 1 for a in amounts_by_drug(dosing, of_arms=True).values()):
        yield "several_doses_of_arms"
    if any(row.dose and row.dose.levels for row in dosing):
        yield "levels"
    amounts = {
        (dose.unit, amount)
        for dose in (m.value.dose for m in mentions["dose"])
        for amount in (dose.value, dose.low, dose.high, *dose.levels)
        if amount is not None
    }
    if per_unit := Counter(unit for unit, _ in amounts):
        yield f"amounts={min(max(per_unit.values()), 5)}"


def _of_words(article: Article, mentions: Mentions, cues: Mapping[str, Sequence[Span]]) -> Iterable[str]:
    for name, places in cues.items():
        yield f"cue={name}"
        if len(places) >= _OFTEN:
            yield f"often={name}"
        yield from (f"cue={name}@{article.section_at(start)}" for start, _ in places)
    for kind in ("masking", "assignment", "allocation", "phase", "ratio", "centers", "control"):
        yield from (f"{kind}={m.value}" for m in mentions[f"design.{kind}"])
    yield from (f"rule={m.rule}" for m in mentions["design.control"])


def usual_care(interventions: Sequence[Intervention]) -> frozenset[str]:
    """The ids of interventions that are standard care."""
    return frozenset(i.id for i in interventions if STANDARD_CARE.search(i.name))
