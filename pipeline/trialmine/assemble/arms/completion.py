"""Completes a set of arms: group phrases of the results, a placebo, a control, the arm that got nothing."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Block, Mention, Mentions

CONTROL = regex.compile(
    r"\bcontrols?\b|\bno[\s-]treatment\b|\buntreated\b|\busual\s+care\b|\bstandard\b|\bconventional\b", regex.I
)
TESTED = regex.compile(
    r"^(?:intervention|experimental|treatment|study|test|active|treated|trial|case)(?:\s+treatment)?\s+(?:group|arm)$",
    regex.I,
)
_OR_NOTHING = Search(
    r"\b(?:or|versus|vs\.?|and|than|with)\s+(?:to\s+|receive\s+|an?\s+)?(?P<what>no\s+(?:further\s+|additional\s+|other\s+)?"
    r"(?:treatment|intervention|therapy|prophylaxis|supplement\w*)|observation(?:\s+alone)?)\b",
)
_OR_NO = Search(r"\b(?:or|versus|vs\.?|and|than|with)\s+(?:to\s+)?(?:receive\s+)?(?P<no>no)\s+")
_LEAD = regex.compile(
    r"^(?:the|a|an|in|of|to|for|with|and|or|than|both|each|either|vs\.?|versus|was|were|from|that|by|on|at)\s+", regex.I
)
_COUNTED = regex.compile(
    r"^\d[\d.,]*%?\s+(?:(?:(?:\w+\s+){0,4}?(?:in|for|of|on)|patients|women|subjects|participants)\s+(?:the\s+)?(?=\S+\s+\S|\w+$)"
    r"|(?=(?:control|treatment|intervention|placebo|experimental|study)\b))"
    r"|^(?:(?:those|women|patients|subjects|participants|children|men)\s+)(?:in|of|from|on)\s+(?:the\s+)?(?=\S+\s+\S)",
    regex.I,
)
# a sentence or a clause before, or what was seen in the group: "pain score in the", "was delivered to the"
_SWALLOWED = regex.compile(
    r"^.*(?:[.;]\s+|\b(?:in|to|than|from|between|with|for|of|by|on|at|or)\s+(?:the|an?)\s+|\bserv\w+\s+as\s+(?:the\s+|an?\s+)?)(?=(?:\S+\s+){1,4}?(?:groups?|arms?)$)"
    r"|^.*\b(?:or|and|vs\.?|versus|over|than\s+(?:that|those)\s+of)\s+(?:the\s+)?(?=(?:control|placebo)\s+(?:groups?|arms?)$)",
    regex.I | regex.S,
)
SINGLE = Search(r"\bsingle[-\s](?:arm|group)\b|\buncontrolled\b|\bnon-?comparative\b")
_CHANCE = Search(r"\brandom(?:ly|i[sz])|\bplacebo\b|\bcross-?over\b")
_RAISED = Search(
    r"\b(?:dose|doses)[-\s](?:\w+\s){0,2}?escalat\w+|\bescalat\w+\s+(?:\w+\s)?doses?\b|\bdose[-\s]limiting\b|\bmaximum[-\s]tolerated\sdose\b"
)
SALINE = ("normal saline", "saline", "vehicle")


def with_group_phrases(
    article: Article, mentions: Mentions, interventions: Block, drafts: list[ArmDraft]
) -> list[ArmDraft]:
    """Adds what the results call the groups: to the arm they speak of, or as arms where nothing else tells of any."""
    out, known = list(drafts), bool(drafts)
    for m in mentions["group_phrase"]:
        label, span, members = _phrase(article, m, interventions)
        place = None if _SEVERAL.search(label) else same_arm(out, label, members, interventions)
        if place is not None:
            out[place] = out[place].also_at(span)
        elif label.lower().endswith("s") or (known and not CONTROL.search(label)):
            continue
        elif members:
            out.append(ArmDraft(label, span, members))
        elif (
            CONTROL.search(label)
            and not any(d.keys & {"control"} for d in out)
            and not _has_control(out, interventions)
        ):
            out.append(ArmDraft(label, span, keys=frozenset({"control"})))
        elif TESTED.match(label) and not known and not any(d.keys & {"tested"} for d in out):
            tested = tuple(r.id for r in interventions.rows if r.role == "investigational")
            out.append(ArmDraft(label, span, tested, keys=frozenset({"tested"})))
    return out if known or len(out) > 1 else []


def with_phrase_places(
    article: Article, mentions: Mentions, interventions: Block, drafts: list[ArmDraft]
) -> list[ArmDraft]:
    """The same arms, each also where the text speaks of its group."""
    out = list(drafts)
    for m in mentions["group_phrase"]:
        label, span, members = _phrase(article, m, interventions)
        place = None if _SEVERAL.search(label) else same_arm(out, label, members, interventions)
        if place is not None:
            out[place] = out[place].also_at(span)
    return out


# "the placebo, 5-mg and 10-mg groups"
_SEVERAL = regex.compile(r"(?:,|\band\b|\bor\b|\bvs\b).*s$", regex.I | regex.S)


def _phrase(article: Article, m: Mention, interventions: Block) -> tuple[str, tuple[int, int], tuple[str, ...]]:
    """What a phrase calls a group, where, and the interventions that it names."""
    label = bare_label(article.text[m.start : m.end])
    span = (m.end - len(label), m.end)
    return label, span, tuple(dict.fromkeys(r.id for r in interventions.within(*span)))


@lru_cache(maxsize=512)
def bare_label(label: str) -> str:
    """A group phrase without what stands before the name: "82 of 90 women in the control group" is "control group".

    >>> bare_label("and 82 in the control group"), bare_label("20 placebo group"), bare_label("10 mg group")
    ('control group', 'placebo group', '10 mg group')
    >>> bare_label("score compared to the sham control group"), bare_label("washout. The tea group")
    ('sham control group', 'tea group')
    >>> bare_label("intervention or control group"), bare_label("tea and placebo group")
    ('control group', 'placebo group')
    """
    if swallowed := _SWALLOWED.match(label):
        label = label[swallowed.end() :]
    while lead := _LEAD.match(label) or _COUNTED.match(label):
        label = label[lead.end() :]
    return label


def _has_control(drafts: list[ArmDraft], interventions: Block) -> bool:
    comparators = {r.id for r in interventions.rows if r.role == "comparator"}
    return any(set(d.members) & comparators for d in drafts)


def same_arm(drafts: list[ArmDraft], label: str, members: tuple[str, ...], interventions: Block) -> int | None:
    """The place of the one draft that a label or its members speak of, None where it may be several or none."""
    if members:
        exact = [i for i, d in enumerate(drafts) if set(d.members) == set(members)]
        if len(exact) > 1 and (amounts := _amounts(label)):
            # "the tea 5-mg group" beside the tea 10-mg group
            told = [i for i in exact if amounts & _amounts(drafts[i].label)]
            return told[0] if len(told) == 1 else None
        near = [i for i, d in enumerate(drafts) if set(members) <= set(d.members)]
        return exact[0] if exact else near[0] if len(near) == 1 else None
    if CONTROL.search(label):
        comparators = {r.id for r in interventions.rows if r.role == "comparator"}
        found = [
            i for i, d in enumerate(drafts) if "control" in d.keys or (d.members and set(d.members) <= comparators)
        ]
        return found[0] if len(found) == 1 else None
    if TESTED.match(label):
        new = {r.id for r in interventions.rows if r.role == "investigational"}
        found = [i for i, d in enumerate(drafts) if "tested" in d.keys or set(d.members) & new]
        return found[0] if len(found) == 1 else None
    return None


_AMOUNT = regex.compile(r"(?<![\d.,])(?P<n>\d[\d.,]*)[\s-]?(?P<unit>\p{L}+|%)")


def _amounts(label: str) -> set[tuple[str, str]]:
    return {(m["n"], m["unit"].lower()) for m in _AMOUNT.finditer(label)}


def one_each(article: Article, interventions: Block) -> list[ArmDraft]:
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


def with_placebo(article: Article, interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
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


def with_control(interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """A control group of which nothing is said got the one comparator that no other arm has."""
    used = {m for d in drafts for m in d.members}
    left = [r.id for r in interventions.rows if r.role == "comparator" and r.id not in used]
    empty = [d for d in drafts if not d.members and "control" in d.keys]
    if len(left) != 1 or len(empty) != 1:
        return drafts
    return [replace(d, members=tuple(left)) if d is empty[0] else d for d in drafts]


def with_nothing(article: Article, mentions: Mentions, interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """ "… or no treatment", "aspirin or no aspirin": an arm of people who got nothing more."""
    if not drafts or any(not d.members for d in drafts):
        return drafts
    for clause in mentions["allocation"]:
        if article.section_at(clause.start) in ("background", "results", "conclusions"):
            continue
        m = _OR_NOTHING.first(article.text, clause.start, clause.end)
        span = m.span("what") if m else _denied(article, interventions, clause)
        if span:
            return [*drafts, ArmDraft(article.text[slice(*span)], span, keys=frozenset({"control"}))]
    return drafts


def _denied(article: Article, interventions: Block, clause: Mention) -> tuple[int, int] | None:
    """Where the clause says that some did not get a drug."""
    for r in interventions.within(clause.start, clause.end):
        m = _OR_NO.first(article.text, max(clause.start, r.start - 20), r.start)
        if m and m.end() == r.start:
            return (m.start("no"), r.end)
    return None


def one_placebo(interventions: Block, drafts: list[ArmDraft]) -> list[ArmDraft]:
    """A placebo and the saline that it was made of are one arm."""
    names = {r.id: str(r.name).lower() for r in interventions.rows}
    blank = [d for d in drafts if len(d.members) == 1 and names[d.members[0]] in ("placebo", *SALINE)]
    kept = next((d for d in blank if names[d.members[0]] == "placebo"), None)
    if kept is None or len(drafts) - len(blank) < 1:
        return drafts
    spans = tuple(span for d in blank if d is not kept for span in (d.span, *d.spans))
    merged = replace(kept, spans=(*kept.spans, *spans), n=kept.n)
    return [merged if d is kept else d for d in drafts if d is kept or d not in blank]


def is_single(article: Article) -> bool:
    """Whether the text says that all people were in one arm, and nothing of chance."""
    return SINGLE.is_in(article.text) and not _CHANCE.is_in(article.text)


def is_raised(article: Article, mentions: Mentions) -> bool:
    """Whether doses were raised from cohort to cohort, and nothing was left to chance: the levels are no arms."""
    raised = bool(mentions["design.escalation"]) or _RAISED.is_in(article.text)
    if not raised or _CHANCE.is_in(article.text):
        return False
    # "arm A had it weekly, arm B twice a week"
    return len({m.value for m in mentions["arm_label"] if article.text[m.start : m.start + 3].lower() == "arm"}) < 2


def single(article: Article, interventions: Block) -> list[ArmDraft]:
    """A trial without groups has one arm: everybody, with what was tested."""
    alone = is_single(article)  # then nothing is a comparator
    tested = [r for r in interventions.rows if r.role == "investigational" or (alone and r.role == "comparator")]
    if not tested or (not alone and any(r.role == "comparator" for r in interventions.rows)):
        return []
    first = next(r for r in interventions.references if r.id == tested[0].id)
    return [ArmDraft(article.text[first.start : first.end], (first.start, first.end), tuple(r.id for r in tested))]
