"""Says whose a group size is: features of a number and an arm that one sentence names, and the likeliest pairs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import regex

from trialmine.assemble.arms.group_size import WORD, Features, GroupSize
from trialmine.assemble.arms.sizes import Place
from trialmine.normalise.linear import linear_model
from trialmine.records.article import Article, Sentence

Pair = tuple[float, int, int]
"""The chance that a size is an arm's, the size's number, the arm's number."""

_RESPECTIVELY = regex.compile(r"\brespectively\b", regex.I)
_LIKELY = 0.5
_FAR = 200
_WORDS = 4  # between a number and a name that are told one by one


def owned(article: Article, sentence: Sentence, sizes: Sequence[GroupSize], places: Sequence[Place]) -> list[Pair]:
    """The likeliest pairs of a size and an arm in one sentence; no size and no arm stands in two of them."""
    model = linear_model("size_owner")
    scored = sorted(
        ((model.score(f), i, arm) for i, arm, f in pair_features(article, sentence, sizes, places)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    out: list[Pair] = []
    for chance, i, arm in scored:
        if chance >= _LIKELY and not any(i == j or arm == other for _, j, other in out):
            out.append((chance, i, arm))
    return out


def pair_features(
    article: Article, sentence: Sentence, sizes: Sequence[GroupSize], places: Sequence[Place]
) -> Iterator[tuple[int, int, Features]]:
    """Every size of the sentence beside every arm that the sentence names, with features of the two."""
    inside = sorted(p for p in places if sentence.start <= p[0] and p[1] <= sentence.end + 1)
    first: dict[int, int] = {}
    for start, _, arm in inside:
        first.setdefault(arm, start)
    order = list(first)
    respectively = bool(_RESPECTIVELY.search(article.text, sentence.start, sentence.end))
    shared = {
        "respectively": float(respectively),
        f"arms={min(4, len(order))}_sizes={min(5, len(sizes))}": 1.0,
    }
    for i, m in enumerate(sizes):
        sides = {arm: _sides(article.text, m, sizes, inside, arm) for arm in order}
        for arm in order:
            f = {**shared, **sides[arm]}
            f |= _rank_features(i, order.index(arm), sizes, inside, order, respectively=respectively)
            f |= _rivals(arm, sides)
            yield i, arm, f


def _rank_features(
    i: int, rank: int, sizes: Sequence[GroupSize], inside: Sequence[Place], order: Sequence[int], *, respectively: bool
) -> Features:
    """Whether the size and the arm have the same place in their lists, and how the lists lie."""
    even = len(sizes) == len(order)
    before = sizes[-1].end <= inside[0][0]
    behind = inside[-1][1] <= sizes[0].start
    lie = "before" if before else "behind" if behind else "mixed"
    same = "same" if i == rank else "other"
    f = {f"rank={same}": 1.0, f"rank={same}_{lie}": 1.0, f"rank={same}_even={even}": 1.0}
    f[f"rank={same}_{lie}_even={even}_resp={respectively}"] = 1.0
    back = len(sizes) - i == len(order) - rank
    f[f"last={back}_{lie}"] = 1.0
    return f


def _sides(text: str, m: GroupSize, sizes: Sequence[GroupSize], inside: Sequence[Place], arm: int) -> Features:
    """How the nearest places of the arm lie before and behind the number."""
    own = [p for p in inside if p[2] == arm]
    f: Features = {}
    left = max((p for p in own if p[1] <= m.start), key=lambda p: p[1], default=None)
    right = min((p for p in own if p[0] >= m.end), default=None)
    for side, place in (("l", left), ("r", right)):
        if place is None:
            f[f"{side}=none"] = 1.0
            continue
        low, high = (place[1], m.start) if side == "l" else (m.end, place[0])
        between = text[low:high]
        words = [w.lower() if not w[0].isdigit() else "0" for w in WORD.findall(between)]
        numbers = sum(low <= s.start < high for s in sizes)
        others = len({p[2] for p in inside if p[2] != arm and low <= p[0] and p[1] <= high})
        f[f"{side}=there"] = 1.0
        f[f"{side}_distance"] = min(len(between), _FAR) / _FAR
        f[f"{side}_numbers={min(2, numbers)}"] = 1.0
        f[f"{side}_others={min(2, others)}"] = 1.0
        f[f"{side}_clear={numbers == 0 and others == 0}"] = 1.0
        f[f"{side}_bracket={between.count('(') - between.count(')')}"] = 1.0
        f |= {f"{side}_has={w}": 1.0 for w in set(words)}
        if len(words) <= _WORDS:
            f[f"{side}_is=" + " ".join(words)] = 1.0
        if words:
            f[f"{side}_first={words[0]}"] = f[f"{side}_last={words[-1]}"] = 1.0
    return f


def _rivals(arm: int, sides: Mapping[int, Features]) -> Features:
    """Whether another arm is nearer on a side."""
    f: Features = {}
    for side in ("l", "r"):
        own = sides[arm].get(f"{side}_distance", 1.0)
        others = [o.get(f"{side}_distance", 1.0) for a, o in sides.items() if a != arm]
        f[f"{side}_nearest"] = float(bool(others) and own < min(others))
    return f
