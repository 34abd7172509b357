"""Sizes of the arms that no rule reads: numbers that likely are a group's, given to the likeliest arm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.group_size import GroupSize, group_sizes
from trialmine.assemble.arms.places import named_places
from trialmine.assemble.arms.size_owner import owned
from trialmine.assemble.arms.sizes import Place
from trialmine.assemble.participants import choose_enrolment
from trialmine.records.article import Article, Block, Mentions

Claims = dict[int, GroupSize]

_LEFT = regex.compile(
    r"\bcomplet(?:e|ed|ing|ers?)\b|\bfinish(?:ed|ing)\b|\b(?:evaluable|assessable|evaluated|analy[sz]ed|analy[sz]able)\b|\bremained\b"
    r"|\bavailable\s+for\b|\bper[\s-]protocol\b",
    regex.I,
)
_ASSIGNED = regex.compile(r"\brandomi[sz]ed\s+to\b|\bassigned\b|\ballocated\b|\bdivided\b", regex.I)
_FEW, _ALL = 0.5, 0.985  # of all people: fewer are told of something else, more are all


def with_judged_sizes(
    article: Article, mentions: Mentions, interventions: Block, drafts: Sequence[ArmDraft]
) -> list[ArmDraft]:
    """Gives each of several arms without a size the one that the text most likely states for it."""
    if len(drafts) < 2 or all(d.n is not None for d in drafts):
        return list(drafts)
    taken = {d.size for d in drafts if d.size}
    # the name before the sign says whose it is
    taken |= {(m.start, m.end) for m in mentions["arm_size"] if m.rule == "arm.equal"}
    sizes = [m for m in group_sizes(article, mentions, interventions) if (m.start, m.end) not in taken]
    totals = {m.value.n for m in mentions["participants"]}
    most = max(totals, default=0)
    if any(m.n > most for m in sizes) and choose_enrolment(article, mentions).enrolled:
        sizes = [m for m in sizes if m.n <= most]
    claims = list(_claims(article, sizes, named_places(article, interventions, drafts), drafts))
    # who sizes most arms, and all of the people, says what they were at first
    claims.sort(key=lambda c: (-len(c), -(sum(m.n for m in c.values()) in totals), min(m.start for m in c.values())))
    chosen: Claims = {}
    for claim in claims:
        for arm, m in claim.items():
            chosen.setdefault(arm, m)
    return [
        replace(d, n=chosen[i].n, size=(chosen[i].start, chosen[i].end)) if d.n is None and i in chosen else d
        for i, d in enumerate(drafts)
    ]


def _claims(
    article: Article, sizes: Sequence[GroupSize], places: Sequence[Place], drafts: Sequence[ArmDraft]
) -> Iterator[Claims]:
    """What each sentence says of the arms' sizes."""
    for sentence in article.sentences:
        inside = [m for m in sizes if sentence.start <= m.start < sentence.end]
        if not inside:
            continue
        claim = {arm: inside[i] for _, i, arm in owned(article, sentence, inside, places)}
        if len(inside) == len(drafts) == len(claim) + 1:
            # of as many sizes as there are arms, the one that is left is the last arm's
            left = next(m for m in inside if m not in claim.values())
            claim[next(arm for arm in range(len(drafts)) if arm not in claim)] = left
        if claim:
            yield claim


def without_those_left(article: Article, mentions: Mentions, drafts: Sequence[ArmDraft]) -> list[ArmDraft]:
    """No sizes where they are those of who was left in the end: "of 80 patients 71 completed (tea 35, coffee 36)"."""
    sizes = [d.size for d in drafts if d.size]
    if len(drafts) < 2 or len(sizes) < len(drafts):
        return list(drafts)
    if not all(_counts_those_left(article, start) for start, _ in sizes):
        return list(drafts)
    total = choose_enrolment(article, mentions).enrolled
    if total is None or not _FEW <= sum(d.n or 0 for d in drafts) / total.value.n < _ALL:
        return list(drafts)
    return [replace(d, n=None, size=None) for d in drafts]


def _counts_those_left(article: Article, start: int) -> bool:
    sentence = article.sentence_at(start)
    if sentence is None:
        return False
    text = article.text[sentence.start : sentence.end]
    return _LEFT.search(text) is not None and _ASSIGNED.search(text) is None
