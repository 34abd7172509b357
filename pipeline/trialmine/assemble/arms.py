"""The arms: labelled groups, the alternatives that people were assigned to, and the groups that results are told of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import regex

from trialmine.assemble.citation import Citation
from trialmine.records.article import Article, Block, Mention, Mentions, Reference
from trialmine.records.trial import Arm, ArmRole

_JOINED = regex.compile(r"\bplus\b|\+|\bcombin\w+|\btogether\b|\bwith\b|/|\bfollowed\b|\badded\b|\badd-on\b|\balong\b|\bthen\b|\bon\s+top\b", regex.I)
_PARTED = regex.compile(r"\b(?:or|versus|vs\.?|v|compared|than|either|while|whereas|other)\b|;", regex.I)
_CONTROL = regex.compile(r"\bcontrols?\b|\bno[\s-]treatment\b|\buntreated\b|\busual\s+care\b|\bstandard\b|\bconventional\b", regex.I)
_NOTHING = regex.compile(r"\buntreated\b|\bno[\s-](?:treatment|intervention|therapy|drug|supplement\w*|prophylaxis)\b|\bobservation\b|\bwait(?:ing)?[\s-]list\b", regex.I)
_MODIFIER_STOP = regex.compile(r"^(?:the|a|an|in|of|to|for|with|and|or|than|both|each|either|vs\.?|versus|was|were)\s+", regex.I)


@dataclass(frozen=True, slots=True)
class _Draft:
    """An arm in the making: its label, members and where the text speaks of it."""

    label: str
    span: tuple[int, int]
    members: tuple[str, ...] = ()
    n: int | None = None
    spans: tuple[tuple[int, int], ...] = ()
    keys: frozenset[str] = field(default=frozenset())


def build_arms(article: Article, mentions: Mentions, interventions: Block, cite: Citation) -> Block:
    """Arms in order of first mention, with every span that refers to one."""
    drafts = _labelled(article, mentions, interventions) or _assigned(article, mentions, interventions)
    drafts = _with_group_phrases(article, mentions, interventions, drafts)
    drafts = _with_sizes(article, mentions, drafts)
    drafts = sorted(drafts, key=lambda d: d.span)
    roles = _roles(article, drafts, interventions)
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
    return Block(tuple(arms), tuple(sorted(set(references), key=lambda r: (r.start, -r.end))))


# --- labelled groups: "Group A received …", "… (Group B)" -------------------------------------------------------


def _labelled(article: Article, mentions: Mentions, interventions: Block) -> list[_Draft]:
    labels = mentions["arm_label"]
    names: dict[str, list[Mention]] = {}
    for m in labels:
        names.setdefault(m.value.upper(), []).append(m)
    if len(names) < 2:
        return []
    drafts = []
    for name, places in names.items():
        best: tuple[str, ...] = ()
        where = places[0]
        for m in places:
            members = _definition(article, labels, interventions, m)
            if len(members) > len(best):
                best, where = members, m
        text = article.text[where.start : where.end]
        spans = tuple((m.start, m.end) for m in places if m is not where)
        drafts.append(_Draft(text, (where.start, where.end), best, spans=spans, keys=frozenset({name})))
    return drafts if any(d.members for d in drafts) else []


def _definition(article: Article, labels: tuple[Mention, ...], interventions: Block, m: Mention) -> tuple[str, ...]:
    """What the text around one label says the group got: behind it, or before it when it stands in brackets."""
    sentence = article.sentence_at(m.start)
    if sentence is None or sentence.section in ("results", "conclusions", "title"):
        return ()
    text = article.text
    bracketed = text[max(0, m.start - 2) : m.start].strip().endswith(("(", "[")) or regex.search(r"\bin\s+$", text[max(0, m.start - 4) : m.start])
    inside = [x for x in labels if sentence.start <= x.start < sentence.end]
    if bracketed:
        before = max((x.end for x in inside if x.end <= m.start), default=sentence.start)
        found = interventions.within(before, m.start)
    else:
        after = min((x.start for x in inside if x.start > m.end), default=sentence.end)
        found = interventions.within(m.end, after)
        stop = regex.compile(r"\bcompared|\bversus\b|\bvs\b").search(text, m.end, after)
        found = [r for r in found if stop is None or r.start < stop.start()]
    return tuple(dict.fromkeys(r.id for r in found))


# --- assignment clauses: "randomised to A or B" -----------------------------------------------------------------


def _assigned(article: Article, mentions: Mentions, interventions: Block) -> list[_Draft]:
    best: list[list[Reference]] = []
    for clause in mentions["allocation"]:
        if article.section_at(clause.start) in ("background", "conclusions"):
            continue
        groups = _alternatives(article.text, interventions.within(clause.start, clause.end))
        if len({_ids(g) for g in groups}) > max(1, len({_ids(g) for g in best})):
            best = groups
    drafts: dict[tuple[str, ...], _Draft] = {}
    for group in best:
        start, end = group[0].start, group[-1].end
        drafts.setdefault(_ids(group), _Draft(article.text[start:end], (start, end), _ids(group)))
    return list(drafts.values())


def _ids(group: list[Reference]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(r.id for r in group))


def _alternatives(text: str, references: list[Reference]) -> list[list[Reference]]:
    """Splits the interventions of a clause where its joining words part them."""
    groups: list[list[Reference]] = []
    for r in references:
        if groups:
            last = groups[-1][-1]
            if last.end > r.start:
                continue
            joint = text[last.end : r.start]
            parted, joined = _PARTED.search(joint), _JOINED.search(joint)
            if r.id == last.id or (joined and not parted):
                groups[-1].append(r)
                continue
        groups.append([r])
    return groups


# --- groups that the results name: "the placebo group" ----------------------------------------------------------


def _with_group_phrases(article: Article, mentions: Mentions, interventions: Block, drafts: list[_Draft]) -> list[_Draft]:
    out = list(drafts)
    for m in mentions["group_phrase"]:
        label = article.text[m.start : m.end]
        while stripped := _MODIFIER_STOP.match(label):
            label = label[stripped.end() :]
        span = (m.end - len(label), m.end)
        members = _ids(interventions.within(*span)) if interventions.within(*span) else ()
        place = _same_arm(out, label, members)
        if place is not None:
            out[place] = replace(out[place], spans=(*out[place].spans, span))
        elif not drafts and members:
            out.append(_Draft(label, span, members))
        elif _CONTROL.search(label) and len(out) < 2 + (not drafts):
            out.append(_Draft(label, span, (), keys=frozenset({"control"})))
    return out


def _same_arm(drafts: list[_Draft], label: str, members: tuple[str, ...]) -> int | None:
    if members:
        for i, d in enumerate(drafts):
            if set(d.members) == set(members):
                return i
        near = [i for i, d in enumerate(drafts) if set(members) <= set(d.members)]
        return near[0] if len(near) == 1 else None
    if _CONTROL.search(label):
        return next((i for i, d in enumerate(drafts) if "control" in d.keys), None)
    return None


# --- sizes, roles, references -----------------------------------------------------------------------------------


def _with_sizes(article: Article, mentions: Mentions, drafts: list[_Draft]) -> list[_Draft]:
    """Gives every arm the size that stands closest to one of its mentions in the same sentence."""
    out = []
    for d in drafts:
        found: list[tuple[int, int]] = []
        for start, end in (d.span, *d.spans):
            for m in mentions["arm_size"]:
                behind = m.rule == "arm.size" and 0 <= m.start - end <= 45 and not _crosses(article, end, m.start)
                ahead = m.rule == "arm.counted" and 0 <= start - m.end <= 60 and not _crosses(article, m.end, start)
                if behind or ahead:
                    found.append((m.start - end if behind else start - m.end, m.value))
        out.append(replace(d, n=min(found)[1]) if found else d)
    return out


def _crosses(article: Article, start: int, end: int) -> bool:
    return bool(regex.search(r"[.;)]\s|\b(?:and|or|versus|vs)\b", article.text[start:end]))


def _roles(article: Article, drafts: list[_Draft], interventions: Block) -> list[ArmRole | None]:
    rows = {row.id: row for row in interventions.rows}
    roles: list[ArmRole | None] = []
    for d in drafts:
        members = [rows[i] for i in d.members]
        kinds = {m.role for m in members}
        names = {str(m.name).lower() for m in members}
        if _NOTHING.search(d.label) and not members:
            roles.append("no_intervention")
        elif any("sham" in n for n in names):
            roles.append("sham_comparator")
        elif any("placebo" in n or n in ("normal saline", "saline", "vehicle") for n in names) and "investigational" not in kinds:
            roles.append("placebo_comparator")
        elif "investigational" in kinds:
            roles.append("experimental")
        elif "comparator" in kinds or (_CONTROL.search(d.label) and members):
            roles.append("active_comparator")
        else:
            roles.append(None if not members else "active_comparator" if len(drafts) > 1 else "experimental")
    return roles


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
