"""The arms: who got what, how many they were, and every place of the text that speaks of one of them."""

from __future__ import annotations

from dataclasses import replace

import regex

from trialmine.assemble.arm_drafts import ArmDraft, assigned_arms, labelled_arms, split_by_dose
from trialmine.assemble.arm_sizes import with_sizes
from trialmine.assemble.citation import Citation
from trialmine.records.article import Article, Block, Mentions, Reference
from trialmine.records.trial import Arm, Intervention
from trialmine.records.vocabulary import ArmRole

_CONTROL = regex.compile(
    r"\bcontrols?\b|\bno[\s-]treatment\b|\buntreated\b|\busual\s+care\b|\bstandard\b|\bconventional\b", regex.I
)
_TESTED = regex.compile(
    r"^(?:intervention|experimental|treatment|study|test|active|treated|trial|case)(?:\s+treatment)?\s+(?:group|arm)$",
    regex.I,
)
_NOTHING = regex.compile(
    r"\buntreated\b|\bno[\s-](?:treatment|intervention|therapy|drug|supplement\w*|prophylaxis)\b|\bobservation\b"
    r"|\bwait(?:ing)?[\s-]list\b",
    regex.I,
)
_OR_NOTHING = regex.compile(
    r"\b(?:or|versus|vs\.?|and|than|with)\s+(?:to\s+|receive\s+|an?\s+)?(?P<what>no\s+(?:further\s+|additional\s+|other\s+)?"
    r"(?:treatment|intervention|therapy|prophylaxis|supplement\w*)|observation(?:\s+alone)?)\b",
    regex.I,
)
_LEAD = regex.compile(
    r"^(?:the|a|an|in|of|to|for|with|and|or|than|both|each|either|vs\.?|versus|was|were|from|that|by|on|at)\s+", regex.I
)
_PLACEBO = ("normal saline", "saline", "vehicle")
_EVERYBODY = regex.compile(
    r"\b(?:all|each|every|both)\s+(?:of\s+the\s+)?(?:\w+\s+)?(?:patients?|subjects?|participants?|women|children"
    r"|groups?|arms?|rats|dogs|animals)\b",
    regex.I,
)
_GIVEN = regex.compile(r"\breceiv|\bgiven\b|\btook\b|\btreated\b|\badminist|\bunderwent\b|\bwith\b", regex.I)


def build_arms(article: Article, mentions: Mentions, interventions: Block, cite: Citation) -> Block:
    """Arms in order of first mention, with every span that refers to one."""
    drafts = labelled_arms(article, mentions, interventions) or assigned_arms(article, mentions, interventions)
    drafts = _with_group_phrases(article, mentions, interventions, drafts)
    drafts = _with_placebo(
        article, interventions, drafts or _one_each(article, interventions) or _single(article, interventions)
    )
    drafts = _with_nothing(article, mentions, _with_control(interventions, _one_placebo(interventions, drafts)))
    drafts = split_by_dose(article, mentions, interventions, drafts)
    drafts = _with_common(article, interventions, with_sizes(article, mentions, interventions, drafts))
    drafts.sort(key=lambda d: d.span)
    roles = [_role(d, drafts, interventions) for d in drafts]
    arms: list[Arm] = []
    references: list[Reference] = []
    for i, (draft, role) in enumerate(zip(drafts, roles, strict=True), start=1):
        spans = (draft.span, *draft.spans)
        arms.append(
            Arm(
                id=f"a{i}",
                label=draft.label,
                role=role,
                n=draft.n,
                interventions=draft.members,
                evidence=cite.all(*spans[:3]),
            )
        )
        references += [Reference(start, end, f"a{i}") for start, end in spans]
    references += _member_references(arms, interventions, references)
    return Block(tuple(arms), tuple(sorted(set(references), key=lambda r: (r.start, -r.end, r.id))))


def _with_group_phrases(
    article: Article, mentions: Mentions, interventions: Block, drafts: list[ArmDraft]
) -> list[ArmDraft]:
    """Adds what the results call the groups: to the arm they speak of, or as arms where nothing else tells of any."""
    out, known = list(drafts), bool(drafts)
    for m in mentions["group_phrase"]:
        label = article.text[m.start : m.end]
        while lead := _LEAD.match(label):
            label = label[lead.end() :]
        span = (m.end - len(label), m.end)
        members = tuple(dict.fromkeys(r.id for r in interventions.within(*span)))
        place = _same_arm(out, label, members, interventions)
        if place is not None:
            out[place] = out[place].also_at(span)
        elif label.lower().endswith("s") or (known and not _CONTROL.search(label)):
            continue
        elif members:
            out.append(ArmDraft(label, span, members))
        elif (
            _CONTROL.search(label)
            and not any(d.keys & {"control"} for d in out)
            and not _has_control(out, interventions)
        ):
            out.append(ArmDraft(label, span, keys=frozenset({"control"})))
        elif _TESTED.match(label) and not known and not any(d.keys & {"tested"} for d in out):
            tested = tuple(r.id for r in interventions.rows if r.role == "investigational")
            out.append(ArmDraft(label, span, tested, keys=frozenset({"tested"})))
    return out if known or len(out) > 1 else []


def _has_control(drafts: list[ArmDraft], interventions: Block) -> bool:
    comparators = {r.id for r in interventions.rows if r.role == "comparator"}
    return any(set(d.members) & comparators for d in drafts)


def _same_arm(drafts: list[ArmDraft], label: str, members: tuple[str, ...], interventions: Block) -> int | None:
    if members:
        exact = [i for i, d in enumerate(drafts) if set(d.members) == set(members)]
        near = [i for i, d in enumerate(drafts) if set(members) <= set(d.members)]
        return exact[0] if exact else near[0] if len(near) == 1 else None
    if _CONTROL.search(label):
        comparators = {r.id for r in interventions.rows if r.role == "comparator"}
        found = [
            i for i, d in enumerate(drafts) if "control" in d.keys or (d.members and set(d.members) <= comparators)
        ]
        return found[0] if len(found) == 1 else None
    if _TESTED.match(label):
        new = {r.id for r in interventions.rows if r.role == "investigational"}
        found = [i for i, d in enumerate(drafts) if "tested" in d.keys or set(d.members) & new]
        return found[0] if len(found) == 1 else None
    return None


def _one_each(article: Article, interventions: Block) -> list[ArmDraft]:
    """Where nothing tells of groups, what was tested and what it was compared with stand for an arm each."""
    if not any(r.role == "comparator" for r in interventions.rows):
        return []
    drafts = []
    for row in interventions.rows:
        places = [r for r in interventions.references if r.id == row.id]
        if row.role in ("investigational", "comparator") and places:
            span = (places[0].start, places[0].end)
            drafts.append(ArmDraft(article.text[slice(*span)], span, (row.id,)))
    return drafts if len(drafts) > 1 else []


def _with_placebo(article: Article, interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """A placebo that no arm has is an arm that the text names only in passing."""
    members = {m for d in drafts for m in d.members}
    if not drafts or any(d.keys & {"control"} for d in drafts):
        return drafts
    for row in interventions.rows:
        places = [r for r in interventions.references if r.id == row.id]
        if row.name == "placebo" and row.role == "comparator" and row.id not in members and places:
            span = (places[0].start, places[0].end)
            drafts = [*drafts, ArmDraft(article.text[slice(*span)], span, (row.id,))]
    return drafts


def _with_control(interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """A control group of which nothing is said got the one comparator that no other arm has."""
    used = {m for d in drafts for m in d.members}
    left = [r.id for r in interventions.rows if r.role == "comparator" and r.id not in used]
    empty = [d for d in drafts if not d.members and "control" in d.keys]
    if len(left) != 1 or len(empty) != 1:
        return drafts
    return [replace(d, members=tuple(left)) if d is empty[0] else d for d in drafts]


def _with_nothing(article: Article, mentions: Mentions, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """ "… or no treatment": an arm of people who got nothing more."""
    if not drafts or any(not d.members for d in drafts):
        return drafts
    for clause in mentions["allocation"]:
        if article.section_at(clause.start) in ("background", "results", "conclusions"):
            continue
        m = _OR_NOTHING.search(article.text, clause.start, clause.end)
        if m:
            return [*drafts, ArmDraft(m["what"], m.span("what"), keys=frozenset({"control"}))]
    return drafts


def _one_placebo(interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """A placebo and the saline that it was made of are one arm."""
    names = {r.id: str(r.name).lower() for r in interventions.rows}
    blank = [d for d in drafts if len(d.members) == 1 and names[d.members[0]] in ("placebo", *_PLACEBO)]
    kept = next((d for d in blank if names[d.members[0]] == "placebo"), None)
    if kept is None or len(drafts) - len(blank) < 1:
        return drafts
    spans = tuple(span for d in blank if d is not kept for span in (d.span, *d.spans))
    merged = replace(kept, spans=(*kept.spans, *spans), n=kept.n)
    return [merged if d is kept else d for d in drafts if d is kept or d not in blank]


def _single(article: Article, interventions: Block) -> list[ArmDraft]:
    """A trial without groups has one arm: everybody, with what was tested."""
    tested = [r for r in interventions.rows if r.role == "investigational"]
    if not tested or any(r.role == "comparator" for r in interventions.rows):
        return []
    first = next(r for r in interventions.references if r.id == tested[0].id)
    return [ArmDraft(article.text[first.start : first.end], (first.start, first.end), tuple(r.id for r in tested))]


def _with_common(article: Article, interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """What all participants were given belongs to every arm."""
    if len(drafts) < 2:
        return drafts
    used = {m for d in drafts for m in d.members}
    roles = {r.id: r.role for r in interventions.rows}
    common: list[str] = []
    for r in interventions.references:
        sentence = article.sentence_at(r.start)
        if r.id in used or r.id in common or sentence is None or roles[r.id] not in ("background", "investigational"):
            continue
        text = article.text[sentence.start : sentence.end]
        if _EVERYBODY.search(text) and _GIVEN.search(text):
            common.append(r.id)
    return [replace(d, members=(*d.members, *common)) for d in drafts]


def _role(draft: ArmDraft, drafts: list[ArmDraft], interventions: Block) -> ArmRole | None:
    members: list[Intervention] = [r for r in interventions.rows if r.id in draft.members]
    roles = {m.role for m in members}
    names = [str(m.name).lower() for m in members]
    if not members:
        return "no_intervention" if _NOTHING.search(draft.label) else None
    if any("sham" in n for n in names):
        return "sham_comparator"
    blank = {m.id for m, name in zip(members, names, strict=True) if "placebo" in name or name in _PLACEBO}
    # "drug plus placebo" beside "drug plus another": what both got is no test of it
    if blank and (
        "investigational" not in roles or any({*draft.members} - blank < {*d.members} for d in drafts if d is not draft)
    ):
        return "placebo_comparator"
    if "investigational" in roles:
        return "experimental"
    if "comparator" in roles or _CONTROL.search(draft.label):
        return "active_comparator"
    return "active_comparator" if len(drafts) > 1 else "experimental"


def _member_references(arms: list[Arm], interventions: Block, known: list[Reference]) -> list[Reference]:
    """An intervention that only one arm got stands for that arm."""
    owner: dict[str, list[str]] = {}
    for arm in arms:
        for member in arm.interventions:
            owner.setdefault(member, []).append(arm.id)
    taken = {(r.start, r.end) for r in known}
    return [
        Reference(r.start, r.end, owner[r.id][0])
        for r in interventions.references
        if len(owner.get(r.id, [])) == 1 and (r.start, r.end) not in taken
    ]
