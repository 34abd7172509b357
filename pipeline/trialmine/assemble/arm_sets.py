"""Every way in which the text may part the people into arms; a learned scorer says which of them it does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from trialmine.assemble.arm_completion import (
    one_each,
    one_placebo,
    single,
    with_control,
    with_group_phrases,
    with_nothing,
    with_phrase_places,
    with_placebo,
)
from trialmine.assemble.arm_drafts import ArmDraft, assigned_arms, labelled_arms, split_by_dose
from trialmine.assemble.arm_features import set_features
from trialmine.assemble.arm_proposals import (
    added_arms,
    bare_labelled_arms,
    dosed_arms,
    each_apart,
    phrased_arms,
    two_sides,
)
from trialmine.assemble.arm_set import ArmSet
from trialmine.assemble.arm_sizes import key_places
from trialmine.normalise.linear import linear_model
from trialmine.records.article import Article, Block, Mentions

_READ = frozenset(("labelled", "random_clause", "best_clause", "clause", "added"))
_CLAUSES = 4  # assignment clauses that are tried


def choose_arms(article: Article, mentions: Mentions, interventions: Block) -> tuple[ArmDraft, ...]:
    """The likeliest set of arms, () where nothing tells of any."""
    sets = find_sets(article, mentions, interventions)
    if not sets:
        return ()
    sets = [s for s in sets if _labelled_throughout(mentions, s)] or sets
    model = linear_model("arm_set")
    scored = [
        (model.score(f), s) for f, s in zip(set_features(article, mentions, interventions, sets), sets, strict=True)
    ]
    best = max(scored, key=lambda pair: pair[0])[1]
    drafts = [_with_key_places(article, _with_places(d, best, sets)) for d in best.drafts]
    return tuple(with_phrase_places(article, mentions, interventions, drafts))


def _labelled_throughout(mentions: Mentions, s: ArmSet) -> bool:
    """Whether the arms are those that the text labels, each with what it gets: "arm A, X, or arm B, Y"."""
    found = {m.value.upper() for m in mentions["arm_label"]}
    own = [found & d.keys for d in s.drafts]
    told_apart = len({frozenset(d.members) for d in s.drafts if d.members}) == len(s.drafts)
    return len(found) > 1 and all(own) and found == frozenset().union(*own) and told_apart


def _with_places(draft: ArmDraft, own: ArmSet, sets: list[ArmSet]) -> ArmDraft:
    """The arm with the places that other readings have for an arm of the same members."""
    for s in sets:
        same = [d for d in s.drafts if set(d.members) == set(draft.members)]
        if s is own or not draft.members or len(same) != 1:
            continue
        if sum(set(d.members) == set(draft.members) for d in own.drafts) == 1:
            for span in (same[0].span, *same[0].spans):
                draft = draft.also_at(span)
    return draft


def _with_key_places(article: Article, draft: ArmDraft) -> ArmDraft:
    for span in key_places(article, draft):
        draft = draft.also_at(span)
    return draft


def find_sets(article: Article, mentions: Mentions, interventions: Block) -> list[ArmSet]:
    """Distinct sets of arms, each with the ways that lead to it."""
    found: dict[tuple[tuple[str, ...], ...], ArmSet] = {}
    for source, start in _starts(article, mentions, interventions):
        for step, drafts in _completed(article, mentions, interventions, start):
            if not drafts:
                continue
            key = tuple(sorted(tuple(sorted(d.members)) for d in drafts))
            known = found.get(key)
            ways = (known.ways if known else frozenset()) | {source, step, f"{source}.{step}"}
            found[key] = replace(known, ways=ways) if known else ArmSet(tuple(drafts), ways)
    spelled = [s for s in found.values() if "random_clause.raw" in s.ways and _combines(s)]
    # "A plus B or A plus C" leaves no doubt: what takes the drugs apart was not said
    return [s for s in found.values() if not spelled or s.ways & _READ]


def _combines(s: ArmSet) -> bool:
    """Whether one drug stands in two arms beside different others."""
    members = [set(d.members) for d in s.drafts]
    return any(a & b and a != b for a, b in combinations(members, 2))


def _starts(article: Article, mentions: Mentions, interventions: Block) -> Iterator[tuple[str, list[ArmDraft]]]:
    labelled = labelled_arms(article, mentions, interventions)
    yield "labelled", labelled
    clauses = assigned_arms(article, mentions, interventions)
    for i, clause in enumerate(clauses[:_CLAUSES]):
        yield ("best_clause" if i == 0 else "clause"), list(clause.drafts)
        if clause.random:
            yield "random_clause", list(clause.drafts)
    yield "old", labelled or (list(clauses[0].drafts) if clauses else [])
    yield "roles", one_each(article, interventions)
    yield "single", single(article, interventions)
    for drafts in two_sides(article, mentions, interventions):
        yield "sides", drafts
    for drafts in each_apart(article, interventions):
        yield "apart", drafts
    for drafts in added_arms(article, interventions):
        yield "added", drafts
    for drafts in dosed_arms(article, mentions, interventions):
        yield "dosed", drafts
    for drafts in bare_labelled_arms(article, mentions, interventions):
        yield "bare_label", drafts
    for drafts in phrased_arms(article, mentions, interventions):
        yield "phrased", drafts


def _completed(
    article: Article, mentions: Mentions, interventions: Block, start: list[ArmDraft]
) -> Iterator[tuple[str, list[ArmDraft]]]:
    """The set as it is, with what the results and the other interventions add to it, parted by dose."""
    if start:
        yield "raw", start
        yield "raw_split", split_by_dose(article, mentions, interventions, start)
    grouped = with_group_phrases(article, mentions, interventions, start)
    full = with_placebo(article, interventions, grouped)
    full = with_nothing(article, mentions, with_control(interventions, one_placebo(interventions, full)))
    yield "full", full
    yield "full_split", split_by_dose(article, mentions, interventions, full)
