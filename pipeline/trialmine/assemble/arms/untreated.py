"""The arm of those who were given nothing, where the text names it without saying what they got."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.proposals import PARTED
from trialmine.records.article import Article, Block, Mention, Mentions

_UNITS = (
    r"(?:groups?|arms?|conditions?|cohorts?|communit(?:y|ies)|households?|villages?|schools?|classes|classrooms?|clusters?|areas?|districts?|sites?"
    r"|wards?|units?|practices|clinics?|hospitals?|homes?|participants?|subjects?|patients?|individuals?|women|men|children|infants?|mothers|families"
    r"|students?|animals?|rats?|mice|dogs|teeth|eyes|limbs?|legs?|plots?)"
)
_UNTREATED = regex.compile(
    rf"""
    \b(?:(?:untreated|passive|inactive|negative|pure|no[\s-]\w+)\s)?controls?[\s-]{_UNITS}\b
    | \b(?:or|versus|vs\.?|and|to)\s(?:an?\s|the\s)?
        (?P<bare>(?:(?:untreated|passive|inactive|no[\s-](?:treatment|intervention|contact))\s)?controls?)
        (?=\s?(?:[.,;:)]|\(|$|or\b|and\b|in\sa\b|for\s\d))
    | \bwait(?:ing)?[\s-]?list(?:ed)?(?:[\s-]controls?)?(?:[\s-]{_UNITS})?\b
    | \b(?:delayed|deferred)[\s-](?:intervention|treatment|start|therapy)(?:[\s-](?:controls?[\s-])?{_UNITS})?\b
    | \b(?:untreated|unexposed|unsupplemented|non-?intervention)[\s-]{_UNITS}\b
    | \bno[\s-](?:treatment|intervention|contact)[\s-]{_UNITS}\b
    """,
    regex.IGNORECASE | regex.VERBOSE,
)
_TWO_ARMS = regex.compile(r"\btwo[\s-](?:arm|group)s?\b", regex.I)
_UNDERWENT = regex.compile(
    r"\b(?:undergoing|underwent|undergo|had|having|after|following|before|during|scheduled\sfor|treated\sby)\s(?:\w+\s){0,3}$",
    regex.I,
)
_BEFORE = 50  # characters before a procedure that tell who underwent it
_NO = regex.compile(r"^non?[\W_]", regex.I)
_GROUP = regex.compile(r"\s(?:groups?|arms?)$", regex.I)
_LONGEST = 80  # characters of a label
_OWN = ("methods", "results", "other", "objective", "title", None)


def told_untreated(article: Article, mentions: Mentions, interventions: Block) -> list[Mention]:
    """The groups that the text says got nothing; beside a placebo, "or no tea" tells of none."""
    blank = "placebo" in article.text.lower()
    return [
        m
        for m in mentions["untreated_group"]
        if m.value == "told" or (not blank and (m.value == "set_against" or _denies(article, m, interventions)))
    ]


def _denies(article: Article, m: Mention, interventions: Block) -> bool:
    """Whether "the no-tea group" denies something that others got."""
    what = _NO.sub("", _GROUP.sub("", article.text[m.start : m.end])).lower()
    given = {r.id for r in interventions.rows if r.role == "investigational"}
    return any(article.text[r.start : r.end].lower() == what for r in interventions.references if r.id in given)


def with_untreated(
    article: Article, mentions: Mentions, interventions: Block, drafts: Sequence[ArmDraft]
) -> list[ArmDraft]:
    """The arms with that of people who got nothing, or of a control of which nothing is said."""
    stated = {m.value for m in mentions["group_count"]}
    given, nothing = [d for d in drafts if d.members], [d for d in drafts if not d.members]
    if not given or len(nothing) > 1 or not PARTED.is_in(article.text):
        return list(drafts)
    # what was given alone is less than both, and more than nothing
    less = any(set(a.members) < set(b.members) for a, b in permutations(given, 2) if "both" not in b.keys)
    told = [(m.start, m.end) for m in told_untreated(article, mentions, interventions)]
    told = [] if less or _are_told_of(told, given) else told
    undergone: tuple[str, ...] = ()
    if told:
        given, undergone = _without_undergone(article, interventions, given)
    if told and len(given) == 2 and (stated == {2} or (not stated and _TWO_ARMS.search(article.text))):
        given = [_joined(article, given)]  # of two groups, one of which got nothing, the other got all that is told
    given = [replace(d, members=(*d.members, *undergone)) for d in given]
    nothing = [replace(d, members=undergone) for d in nothing]
    compared = any(r.role == "comparator" for r in interventions.rows)
    sure = len(given) == 1 and (not stated or 2 in stated) and not compared
    places = told or (_bare(article, interventions) if sure else [])
    if nothing or not places or len(given) in stated:
        return [*given, *nothing]
    label = article.text[slice(*places[0])]
    return [*given, ArmDraft(label, places[0], undergone, spans=tuple(places[1:]), keys=frozenset({"control"}))]


def _without_undergone(
    article: Article, interventions: Block, drafts: Sequence[ArmDraft]
) -> tuple[list[ArmDraft], tuple[str, ...]]:
    """The arms without those of procedures that all underwent, and these procedures."""
    done = {r.id for r in interventions.rows if r.kind in ("procedure", "radiation")}
    done &= {
        r.id for r in interventions.references if _UNDERWENT.search(article.text, max(0, r.start - _BEFORE), r.start)
    }
    kept = [d for d in drafts if not done.issuperset(d.members)]
    if not kept or len(kept) == len(drafts):
        return list(drafts), ()
    return kept, tuple(dict.fromkeys(m for d in drafts if d not in kept for m in d.members))


def _joined(article: Article, drafts: Sequence[ArmDraft]) -> ArmDraft:
    """One arm of all members of several."""
    first, last = min(drafts, key=lambda d: d.span), max(drafts, key=lambda d: d.span)
    span = (first.span[0], last.span[1])
    near = span[1] - span[0] <= _LONGEST and "." not in article.text[slice(*span)]
    draft = replace(first, label=article.text[slice(*span)], span=span) if near else first
    members = tuple(dict.fromkeys(m for d in drafts for m in d.members))
    spans = tuple(place for d in drafts for place in (d.span, *d.spans) if place != draft.span)
    return replace(draft, members=members, spans=spans, full=())


def _are_told_of(told: Sequence[tuple[int, int]], drafts: Sequence[ArmDraft]) -> bool:
    """Whether one of the arms stands at such a place: what is denied there is something else."""
    places = [place for d in drafts for place in (d.span, *d.spans)]
    return any(s <= start < e for start, _ in told for s, e in places)


def _bare(article: Article, interventions: Block) -> list[tuple[int, int]]:
    return [
        m.span("bare") if m["bare"] else m.span()
        for m in _UNTREATED.finditer(article.text)
        if article.section_at(m.start()) in _OWN and not interventions.within(*m.span())
    ]
