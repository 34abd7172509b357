"""The arm of those who were given nothing, where the text names it without saying what they got."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.proposals import PARTED
from trialmine.records.article import Article, Block, Mentions

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


def with_untreated(
    article: Article, mentions: Mentions, interventions: Block, drafts: Sequence[ArmDraft]
) -> list[ArmDraft]:
    """The arms with that of a control of which nothing is said, where chance parted people and all others are known."""
    stated = {m.value for m in mentions["group_count"]}
    compared = any(r.role == "comparator" for r in interventions.rows)
    sure = len(drafts) == 1 and (not stated or 2 in stated) and not compared
    if not sure or not PARTED.search(article.text):
        return list(drafts)
    places = [
        m.span("bare") if m["bare"] else m.span()
        for m in _UNTREATED.finditer(article.text)
        if article.section_at(m.start()) in _OWN and not interventions.within(*m.span())
    ]
    if not places:
        return list(drafts)
    label = article.text[slice(*places[0])]
    control = ArmDraft(label, places[0], spans=tuple(places[1:]), keys=frozenset({"control"}))
    return [*drafts, control]
