"""Arms by all that they got, where the text calls them by what parts them: "B or placebo" for "A plus B or A alone"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from trialmine.assemble.arms.arm_set import ArmSet
from trialmine.assemble.arms.drafts import ArmDraft

# readings of one place that names the arms side by side
_TOLD = frozenset(("labelled.raw", "random_clause.raw", "added.raw"))


def told_sets(sets: Iterable[ArmSet]) -> list[tuple[ArmDraft, ...]]:
    """The arms of those sets that one place of the text spells out."""
    return [s.drafts for s in sets if s.ways & _TOLD]


def with_all_told(drafts: Sequence[ArmDraft], told: Iterable[Sequence[ArmDraft]]) -> tuple[ArmDraft, ...]:
    """The same arms with `full` as the fullest of `told` has them, where it has one arm around each."""
    fuller = [full for arms in told if (full := _around(drafts, arms))]
    best = max(fuller, key=lambda full: sum(map(len, full)), default=None)
    if best is None:
        return tuple(drafts)
    return tuple(replace(d, full=members) for d, members in zip(drafts, best, strict=True))


def _around(drafts: Sequence[ArmDraft], arms: Sequence[ArmDraft]) -> list[tuple[str, ...]]:
    """The members of the arm of `arms` that holds each of `drafts`; [] if they don't, or hold no more.

    >>> def arms(*members): return [ArmDraft("", (0, 0), m) for m in members]
    >>> _around(arms(("b",), ("p",)), arms(("a", "p"), ("a", "b")))
    [('a', 'b'), ('a', 'p')]
    >>> _around(arms(("b",), ("p",)), arms(("a", "b"), ("a",)))
    []
    """
    own = [frozenset(d.members) for d in drafts]
    if len(own) != len(arms) or len(own) < 2 or Counter(own) == Counter(frozenset(a.members) for a in arms):
        return []
    left, found = list(arms), {}
    for i in sorted(range(len(own)), key=lambda i: -len(own[i])):
        holders = [a for a in left if own[i] and own[i] <= set(a.members)]
        if not holders:
            return []
        found[i] = min(holders, key=lambda a: len(set(a.members)))
        left.remove(found[i])
    return [found[i].members for i in range(len(own))]
