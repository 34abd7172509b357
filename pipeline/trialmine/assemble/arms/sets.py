"""Every way in which the text may part the people into arms; a learned scorer says which of them it does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations

import regex

from trialmine.assemble.arms.arm_set import ArmSet
from trialmine.assemble.arms.both import with_both
from trialmine.assemble.arms.common import given_to_all
from trialmine.assemble.arms.completion import (
    is_raised,
    is_single,
    one_each,
    one_placebo,
    single,
    with_control,
    with_group_phrases,
    with_nothing,
    with_phrase_places,
    with_placebo,
)
from trialmine.assemble.arms.doses import split_by_dose
from trialmine.assemble.arms.drafts import ArmDraft, assigned_arms, labelled_arms
from trialmine.assemble.arms.features import set_features
from trialmine.assemble.arms.fuller import told_sets, with_all_told
from trialmine.assemble.arms.how_often import with_frequencies
from trialmine.assemble.arms.manners import with_inherited, with_manners
from trialmine.assemble.arms.one_regimen import fixed_combinations
from trialmine.assemble.arms.phrases import phrase_sets
from trialmine.assemble.arms.proposals import (
    added_arms,
    bare_labelled_arms,
    dosed_arms,
    each_apart,
    phrased_arms,
    two_sides,
)
from trialmine.assemble.arms.sized import sized_arms
from trialmine.assemble.arms.sizes import key_places
from trialmine.assemble.arms.untreated import with_untreated
from trialmine.normalise.linear import linear_model
from trialmine.records.article import Article, Block, Mentions

_READ = frozenset(("labelled", "random_clause", "best_clause", "clause", "added"))
_GROUP = regex.compile(r"\b(?:(?:treatment|therapy)\s+)?(?:group|arm|regimen)s?\b", regex.I)
_CLAUSES = 4  # assignment clauses that are tried


def choose_arms(article: Article, mentions: Mentions, interventions: Block) -> tuple[ArmDraft, ...]:
    """The likeliest set of arms, () where nothing tells of any."""
    sets = find_sets(article, mentions, interventions)
    if not sets:
        return ()
    if is_single(article) or is_raised(article, mentions):
        sets = [s for s in sets if len(s.drafts) == 1] or sets
    sets = [s for s in sets if _labelled_throughout(mentions, s)] or sets
    shared = given_to_all(article, interventions)
    sets = [
        s for s in sets if len(s.drafts) < 3 or not any(d.members and shared.issuperset(d.members) for d in s.drafts)
    ] or sets
    combined = fixed_combinations(article, mentions, interventions)
    sets = [s for s in sets if all(any(c <= set(d.members) for d in s.drafts) for c in combined)] or sets
    model = linear_model("arm_set")
    scored = [
        (model.score(f), s) for f, s in zip(set_features(article, mentions, interventions, sets), sets, strict=True)
    ]
    best = max(scored, key=lambda pair: pair[0])[1]
    parted = split_by_dose(article, mentions, interventions, best.drafts, listed=True)
    parted = with_inherited(article, interventions, with_manners(article, interventions, parted))
    parted = with_frequencies(article, mentions, interventions, parted)
    parted = with_both(article, interventions, parted)
    told = [*told_sets(sets), *phrase_sets(article, mentions, interventions)]
    # what the arms got besides is told of as many as there are without those who got nothing
    treated = with_untreated(article, mentions, interventions, with_all_told(parted, told))
    parted = parted if [d.members for d in treated] == [d.members for d in parted] else treated
    best = best if set(parted) == set(best.drafts) else ArmSet(tuple(parted), best.ways)
    drafts = [_with_key_places(article, _with_places(d, best, sets)) for d in _with_stated_sizes(best.drafts, sets)]
    placed = with_phrase_places(article, mentions, interventions, drafts)
    return with_all_told(placed, told)


def _labelled_throughout(mentions: Mentions, s: ArmSet) -> bool:
    """Whether the arms are those that the text labels, each with what it gets: "arm A, X, or arm B, Y"."""
    found = {m.value.upper() for m in mentions["arm_label"]}
    own = [found & d.keys for d in s.drafts]
    told = [frozenset(d.members) for d in s.drafts if d.members]
    told_apart = len(told) == len(s.drafts) and len(set(told)) > 1
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


def _with_stated_sizes(drafts: Sequence[ArmDraft], sets: Sequence[ArmSet]) -> tuple[ArmDraft, ...]:
    """The arms with the sizes that stand beside arms of the same members, or of the same place."""
    for s in sets:
        if "sized" in s.ways and len(s.drafts) == len(drafts) and not all(d.size for d in drafts):
            drafts = _sized_as(drafts, s.drafts)
    return tuple(drafts)


def _sized_as(drafts: Sequence[ArmDraft], sized: Sequence[ArmDraft]) -> tuple[ArmDraft, ...]:
    """The arms with the sizes of others, if each has one of its own among them."""
    twins = [_twin(d, drafts, sized) for d in drafts]
    if not all(twins) or len({t.span for t in twins if t}) < len(drafts):
        return tuple(drafts)
    pairs = zip(drafts, twins, strict=True)
    return tuple(replace(d, n=t.n, size=t.size) if t and not d.size else d for d, t in pairs)


def _twin(draft: ArmDraft, own: Sequence[ArmDraft], others: Sequence[ArmDraft]) -> ArmDraft | None:
    """The one of `others` that is the arm of `draft`: no other of either side has its members, or it stands there."""
    alike = [o for o in others if set(o.members) == set(draft.members)]
    if len(alike) == 1 and sum(set(o.members) == set(draft.members) for o in own) == 1:
        return alike[0]
    places = (draft.span, *draft.spans)
    there = [
        o
        for o in others
        if _stem(o.label) == _stem(draft.label) or any(s < o.span[1] and o.span[0] < e for s, e in places)
    ]
    return there[0] if len(there) == 1 else None


def _stem(label: str) -> str:
    return _GROUP.sub("", label).strip().lower()


def _with_key_places(article: Article, draft: ArmDraft) -> ArmDraft:
    for span in key_places(article, draft):
        draft = draft.also_at(span)
    return draft


def find_sets(article: Article, mentions: Mentions, interventions: Block) -> list[ArmSet]:
    """Distinct sets of arms, each with the ways that lead to it."""
    found: dict[tuple[tuple[str, ...], ...], ArmSet] = {}
    completed: dict[tuple[ArmDraft, ...], list[tuple[str, list[ArmDraft]]]] = {}  # several ways have the same start
    for source, start in _starts(article, mentions, interventions):
        if tuple(start) not in completed:
            completed[tuple(start)] = list(_completed(article, mentions, interventions, start))
        for step, drafts in completed[tuple(start)]:
            if not drafts:
                continue
            key = tuple(sorted(tuple(sorted(d.members)) for d in drafts))
            known = found.get(key)
            ways = (known.ways if known else frozenset()) | {source, step, f"{source}.{step}"}
            if known and source == "sized":
                known = replace(known, drafts=_sized_as(known.drafts, drafts))
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
    for drafts in sized_arms(article, mentions, interventions):
        yield "sized", drafts


def _completed(
    article: Article, mentions: Mentions, interventions: Block, start: list[ArmDraft]
) -> Iterator[tuple[str, list[ArmDraft]]]:
    """The set as it is, with what the results and the other interventions add to it, parted by dose."""
    split = split_by_dose(article, mentions, interventions, start)
    if start:
        yield "raw", start
        yield "raw_split", split
    grouped = with_group_phrases(article, mentions, interventions, start)
    full = with_placebo(article, interventions, grouped)
    full = with_nothing(article, mentions, interventions, with_control(interventions, one_placebo(interventions, full)))
    yield "full", full
    yield "full_split", split if full == start else split_by_dose(article, mentions, interventions, full)
