"""The arms: who got what, how many they were, and every place of the text that speaks of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from trialmine.assemble.arms.common import with_common
from trialmine.assemble.arms.completion import CONTROL, SALINE, bare_label
from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.given_besides import without_besides
from trialmine.assemble.arms.judged_sizes import with_judged_sizes, without_those_left
from trialmine.assemble.arms.sets import choose_arms
from trialmine.assemble.arms.short_labels import with_short_labels, without_labels_apart
from trialmine.assemble.arms.sizes import with_sizes, without_counts
from trialmine.assemble.arms.untreated import told_untreated
from trialmine.assemble.citation import Citation
from trialmine.assemble.dosing.regimens import with_regimens
from trialmine.records.article import Article, Block, Mention, Mentions, Reference
from trialmine.records.trial import Arm, Intervention
from trialmine.records.vocabulary import ArmRole

_NOTHING = regex.compile(
    r"^(?:the\s+)?no\s|\buntreated\b|\bno[\s-](?:(?:additional|further|other)\s)?(?:treatment|intervention|therapy|drug|supplement\w*|prophylaxis)\b|\bobservation\b"
    r"|\bwait(?:ing)?[\s-]?list\b|\b(?:delayed|deferred)\s(?:intervention|treatment|therapy|start)\b",
    regex.I,
)

_IN_BRACKET = regex.compile(r"\s*\((?:the\s+)?controls?\b", regex.I)
_GOT_SOMETHING = regex.compile(
    r"(?:\s*\([^()]{0,40}\))?,?\s*(?:(?:participants|patients|subjects|women|men|children|members|who|which|will|only)\s){0,3}"
    r"(?:(?:were|was|be)\s)?(?:receiv\w+|given|got|underwent|took|treated|continued?|followed|used|consumed|attended|performed|offered|fed"
    r"|administered|consist\w+|complet\w+|managed|maintained|kept|did(?=\s(?:the|their)\b))\b(?!\s+(?:no|not|nothing|neither)\b)",
    regex.I,
)
_CONTROLS_GOT = regex.compile(
    rf"\b(?:controls|controls?[\s-](?:groups?|arms?|conditions?|schools?|clusters?|villages?|wards?|practices))(?:{_GOT_SOMETHING.pattern})",
    regex.I,
)
_IN = regex.compile(r"\b(?:in|to|for)\s+(?:the\s+)?$", regex.I)
_BARE_CONTROL = regex.compile(r"\bcontrols?\b|\buntreated\b", regex.I)
_OPENED = regex.compile(r"\s?[(\[]")
# as in: group C (n = 20) no drug
_NONE_BEHIND = regex.compile(
    r"(?:\s\([^()]{0,40}\))?[,:]?\s(?:(?:received|got|was\sgiven|had)\s)?(?:nothing|no\s(?:\w+\s)?(?:drugs?|treatments?|interventions?|medications?|premedication|therapy"
    r"|supplements?|prophylaxis|exercise|training|placebo|injections?))\b",
    regex.I,
)
_NAME = 60  # characters that a name may have
_JUST_BEFORE = 12  # characters from what was given to the group that got it
_SIZE_BEHIND = regex.compile(r"[\s,;(\[]+(?<!\p{L})(?-i:[nN])\s?=\s?\d")
_AMOUNT = regex.compile(r"\d\s?\p{L}")
_GROUP = regex.compile(r"\b(?:group|arm)$", regex.I)
_HEADING = regex.compile(
    r"(?:background|introduction|objectives?|aims?|purpose|methods?|materials?(?:\s+and\s+methods)?|design|settings?|patients|participants|subjects|interventions?"
    r"|results?|findings|conclusions?|discussion|outcomes?)",
    regex.I,
)


def build_arms(article: Article, mentions: Mentions, interventions: Block, cite: Citation) -> Block:
    """Arms in order of first mention, with every span that refers to one."""
    interventions = with_regimens(article, interventions)
    parting = without_besides(article, interventions)
    drafts = without_labels_apart(article, choose_arms(article, mentions, parting))
    drafts = with_sizes(article, mentions, interventions, drafts)
    drafts = with_judged_sizes(article, mentions, interventions, drafts)
    drafts = without_counts(article, mentions, without_those_left(article, mentions, drafts))
    drafts = with_common(article, interventions, [replace(d, members=d.full or d.members) for d in drafts])
    drafts = [named for d in drafts if (named := _without_heading(d, interventions))]
    drafts = with_short_labels(article, drafts)
    drafts.sort(key=lambda d: d.span)
    called = [_is_called_control(article, d) for d in drafts]
    roles = [_role(article, d, drafts, interventions, c) for d, c in zip(drafts, called, strict=True)]
    roles = _with_untreated(article, mentions, interventions, drafts, roles)
    roles = _with_tested(roles, [c or bool(CONTROL.search(d.label)) for d, c in zip(drafts, called, strict=True)])
    arms: list[Arm] = []
    references: list[Reference] = []
    for i, (draft, role) in enumerate(zip(drafts, roles, strict=True), start=1):
        spans = (draft.span, *draft.spans)
        arms.append(
            Arm(
                id=f"a{i}",
                label=_label(draft.label),
                role=role,
                n=draft.n,
                interventions=draft.members,
                evidence=cite.all(*spans[:3], *((draft.size,) if draft.size else ())),
            )
        )
        references += [Reference(start, end, f"a{i}") for start, end in spans]
    references += _member_references(arms, interventions, references)
    return Block(tuple(arms), tuple(sorted(set(references), key=lambda r: (r.start, -r.end, r.id))))


def _without_heading(draft: ArmDraft, interventions: Block) -> ArmDraft | None:
    """The arm by what it got where a heading of the text was taken for its label ("METHODS"); none without members."""
    if _HEADING.fullmatch(draft.label.strip()) is None:
        return draft
    places = [r for r in interventions.references if r.id in draft.members]
    if not places:
        return None
    names = {row.id: str(row.name) for row in interventions.rows}
    label = " + ".join(names[m] for m in draft.members)
    return replace(draft, label=label, span=(places[0].start, places[0].end))


def _label(label: str) -> str:
    """The label without the size that it runs into, and without a bracket that it only opens or closes."""
    size = _SIZE_BEHIND.search(label)
    label = label[: size.start()].rstrip() if size else label
    closed, opened = label.find(")"), label.rfind("(")
    if closed > 0 and "(" not in label[:closed]:
        label = label[:closed].rstrip(" ,;")
    elif opened > 0 and ")" not in label[opened:]:
        # an amount tells the arm from the others, a short form does not
        label = f"{label})" if _AMOUNT.search(label, opened) else label[:opened].rstrip(" ,;")
    return bare_label(label) if _GROUP.search(label) else label


def _with_tested(roles: list[ArmRole | None], controls: list[bool]) -> list[ArmRole | None]:
    """Where no arm is the tested one, those are that nothing calls a control."""
    if "experimental" in roles:
        return roles
    return [
        "experimental" if role == "active_comparator" and not control else role
        for role, control in zip(roles, controls, strict=True)
    ]


def _with_untreated(
    article: Article,
    mentions: Mentions,
    interventions: Block,
    drafts: Sequence[ArmDraft],
    roles: Sequence[ArmRole | None],
) -> list[ArmRole | None]:
    """Arms of which the text says that they got nothing, and that have no more than all others, have that role."""
    told = told_untreated(article, mentions, interventions)
    found = []
    for d, role in zip(drafts, roles, strict=True):
        others = [set(o.members) for o in drafts if o is not d]
        least = bool(others) and all(set(d.members) < o for o in others) if d.members else role is None
        untreated = least and any(_is_of(article, m, d) for m in told)
        found.append("no_intervention" if untreated else role)
    return found


def _is_of(article: Article, m: Mention, draft: ArmDraft) -> bool:
    """Whether a mention is of an arm: it stands at one of its places, or before its label, or both are the control."""
    if any(start <= m.start < end for start, end in (draft.span, *draft.spans)):
        return True
    if _OPENED.fullmatch(article.text, m.end, max(m.end, min(draft.span[0], m.end + 3))):
        return True
    return bool(_BARE_CONTROL.search(draft.label) and _BARE_CONTROL.search(article.text, m.start, m.end))


def _is_called_control(article: Article, draft: ArmDraft) -> bool:
    """Whether a bracket right behind one of its places calls the arm the control: "saline (control, n = 30)"."""
    return any(_IN_BRACKET.match(article.text, end) for _, end in (draft.span, *draft.spans))


def _role(
    article: Article, draft: ArmDraft, drafts: list[ArmDraft], interventions: Block, control: bool
) -> ArmRole | None:
    members: list[Intervention] = [r for r in interventions.rows if r.id in draft.members]
    roles = {m.role for m in members}
    names = [str(m.name).lower() for m in members]
    if not members:
        none_behind = any(_NONE_BEHIND.match(article.text, end) for _, end in (draft.span, *draft.spans))
        bare = none_behind or _is_bare_control(article, draft, drafts, interventions)
        got_none = bare or _NOTHING.search(draft.label)
        return "no_intervention" if got_none else None
    if any("sham" in n for n in names):
        return "sham_comparator"
    # what all arms got makes none of them the placebo's
    shared = set.intersection(*(set(d.members) for d in drafts)) if len(drafts) > 1 else set()
    blank = {m.id for m, name in zip(members, names, strict=True) if "placebo" in name or name in SALINE} - shared
    # "drug plus placebo" beside "drug plus another": what both got is no test of it
    if blank and (
        "investigational" not in roles or any({*draft.members} - blank < {*d.members} for d in drafts if d is not draft)
    ):
        return "placebo_comparator"
    if "investigational" in roles and not control:
        return "active_comparator" if _is_less(draft, drafts) else "experimental"
    if control or "comparator" in roles or CONTROL.search(draft.label):
        return "active_comparator"
    return "active_comparator" if len(drafts) > 1 else "experimental"


def _is_less(draft: ArmDraft, drafts: list[ArmDraft]) -> bool:
    """Whether the other of two arms got the same and more: "A" beside "A plus B"."""
    return len(drafts) == 2 and any({*draft.members} < {*d.members} for d in drafts)


def _is_bare_control(article: Article, draft: ArmDraft, drafts: list[ArmDraft], interventions: Block) -> bool:
    """Whether it is a control beside arms that got something, and no place tells of anything that it got."""
    used = {m for d in drafts for m in d.members}
    left = any(r.role == "comparator" and r.id not in used for r in interventions.rows)
    if left or not used or not _BARE_CONTROL.search(draft.label):
        return False
    if _CONTROLS_GOT.search(article.text):
        return False
    return not any(_tells_what(article, interventions, *place) for place in (draft.span, *draft.spans))


def _tells_what(article: Article, interventions: Block, start: int, end: int) -> bool:
    """ "the control group had tea", "tea in the control group"."""
    if _GOT_SOMETHING.match(article.text, end):
        return True
    before = interventions.within(start - _NAME, start)
    near = bool(before) and start - before[-1].end <= _JUST_BEFORE
    return near and _IN.search(article.text, start - _JUST_BEFORE, start) is not None


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
