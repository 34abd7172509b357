"""The arm of those who were given nothing, where the text names it without saying what they got."""

from __future__ import annotations

from collections.abc import Sequence
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
_OWN = ("methods", "results", "other", "objective", "title", None)


def told_untreated(article: Article, mentions: Mentions) -> list[Mention]:
    """The groups that the text says got nothing; beside a placebo, "or no tea" tells of none."""
    blank = "placebo" in article.text.lower()
    return [m for m in mentions["untreated_group"] if m.value == "told" or not blank]


def with_untreated(
    article: Article, mentions: Mentions, interventions: Block, drafts: Sequence[ArmDraft]
) -> list[ArmDraft]:
    """The arms with that of people who got nothing, or of a control of which nothing is said."""
    stated = {m.value for m in mentions["group_count"]}
    if not drafts or any(not d.members for d in drafts) or len(drafts) in stated:
        return list(drafts)
    told = [(m.start, m.end) for m in told_untreated(article, mentions)]
    less = any(set(a.members) < set(b.members) for a, b in permutations(drafts, 2))
    places = told if told and not less and not _are_told_of(told, drafts) else _bare(article, interventions)
    compared = any(r.role == "comparator" for r in interventions.rows)
    sure = len(drafts) == 1 and (not stated or 2 in stated) and not compared
    if not places or not (PARTED.search(article.text) and (sure or places is told)):
        return list(drafts)
    label = article.text[slice(*places[0])]
    control = ArmDraft(label, places[0], spans=tuple(places[1:]), keys=frozenset({"control"}))
    return [*drafts, control]


def _are_told_of(told: Sequence[tuple[int, int]], drafts: Sequence[ArmDraft]) -> bool:
    """Whether one of the arms stands at such a place: what is denied there is something else."""
    places = [place for d in drafts for place in (d.span, *d.spans)]
    return any(s < end and start < e for start, end in told for s, e in places)


def _bare(article: Article, interventions: Block) -> list[tuple[int, int]]:
    return [
        m.span("bare") if m["bare"] else m.span()
        for m in _UNTREATED.finditer(article.text)
        if article.section_at(m.start()) in _OWN and not interventions.within(*m.span())
    ]
