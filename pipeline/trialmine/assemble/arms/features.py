"""What speaks for a set of arms: how many the text says there are, whether every drug has its place, who agrees."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.assemble.arms.arm_set import ArmSet
from trialmine.assemble.arms.completion import CONTROL, SINGLE, same_arm
from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.sizes import with_sizes
from trialmine.lexicon.search import Search
from trialmine.records.article import Article, Block, Mentions

_BOTH = Search(
    r"\b(?:both|the\s+two|between)\s+(?:\w+\s+)?(?:groups|arms)\b|\bthe\s+other\s+(?:group|arm)\b|\beither\b.{1,80}?\bor\b",
    regex.S,
)
_RANDOM = regex.compile(r"\brandom|\bassigned|\ballocated|\bdivided", regex.I)
_RANDOMIZED = Search(r"\brandomi[sz]|\bcontrolled\b")

_SPELLED_OUT = frozenset(("labelled", "random_clause"))

Features = dict[str, float]


def set_features(article: Article, mentions: Mentions, interventions: Block, sets: Sequence[ArmSet]) -> list[Features]:
    """Named features of every set, in their order."""
    stated = _stated_counts(mentions)
    shared = {
        "randomized": _RANDOMIZED.is_in(article.text),
        "single": SINGLE.is_in(article.text),
        "both": _BOTH.is_in(article.text),
    }
    return [
        {
            **_count_features(s, stated, shared),
            **_member_features(s, interventions),
            **_place_features(article, mentions, interventions, s),
            **{f"way={w}": 1.0 for w in s.ways},
            "ways": float(len({w for w in s.ways if "." in w})) / 4,
            **_rivals(s, sets),
        }
        for s in sets
    ]


def _rivals(s: ArmSet, sets: Sequence[ArmSet]) -> Features:
    """What says more than this set does: a clause of chance or labels that give another one."""
    f = {"spelled_out": float(bool(s.ways & _SPELLED_OUT))}
    for way in sorted(_SPELLED_OUT):
        others = [o for o in sets if way in o.ways]
        f[f"beside_{way}"] = float(bool(others) and s not in others)
        f[f"fewer_than_{way}"] = float(f[f"beside_{way}"] and len(s.drafts) < max(len(o.drafts) for o in others))
        f[f"more_than_{way}"] = float(f[f"beside_{way}"] and len(s.drafts) > max(len(o.drafts) for o in others))
    return f


def _stated_counts(mentions: Mentions) -> Counter[int]:
    """How often the text says that there are so many groups."""
    counts = Counter(m.value for m in mentions["group_count"])
    for m in mentions["design.ratio"]:
        counts[str(m.value).count(":") + 1] += 1
    return counts


def _count_features(s: ArmSet, stated: Counter[int], shared: dict[str, bool]) -> Features:
    n = len(s.drafts)
    size = f"n={min(n, 6)}"
    f = {size: 1.0}
    f |= {f"{size}_{name}": 1.0 for name, holds in shared.items() if holds}
    if stated:
        top = max(stated)
        f["stated"] = float(n in stated)
        f["stated_most"] = float(n == stated.most_common(1)[0][0])
        f["above_stated"] = float(n > top) * min(n - top, 3)
        f["below_stated"] = float(n < min(stated)) * min(min(stated) - n, 3)
    return f


def _member_features(s: ArmSet, interventions: Block) -> Features:
    role = {r.id: r.role or "none" for r in interventions.rows}
    blank = {r.id for r in interventions.rows if r.name == "placebo"}
    members = [frozenset(d.members) for d in s.drafts]
    used = frozenset().union(*members)
    f: Features = {}
    for kind in ("investigational", "comparator", "background"):
        rows = [i for i, r in role.items() if r == kind]
        if rows:
            f[f"{kind}_left"] = sum(i not in used for i in rows) / len(rows)
            f[f"{kind}_left_any"] = float(any(i not in used for i in rows))
    f["placebo_left"] = float(bool(blank - used))
    f["placebo_twice"] = float(sum(bool(m & blank) for m in members) > 1)
    f["placebo_alone"] = float(any(m and m <= blank for m in members))
    f["empty"] = float(sum(not m for m in members))
    f["all_empty"] = float(not used)
    f["empty_control"] = float(any(not d.members and "control" in d.keys for d in s.drafts))
    f["twins"] = float(len(members) - len(set(members))) / max(1, len(members))
    f["all_twins"] = float(len(members) > 1 and len(set(members)) == 1)
    f["subset"] = float(any(a < b for a in members for b in members if a))
    f["no_tested"] = float(not any(role[i] == "investigational" for i in used))
    f["no_comparator"] = float(not any(role[i] == "comparator" for i in used))
    for m in members:
        kinds = {role[i] for i in m}
        if m and kinds <= {"background"}:
            f["background_alone"] = f.get("background_alone", 0.0) + 1.0
        if m and kinds <= {"rescue", "premedication", "none", "challenge"}:
            f["other_alone"] = f.get("other_alone", 0.0) + 1.0
        if {"investigational", "comparator"} <= kinds:
            f["mixed"] = f.get("mixed", 0.0) + 1.0
    f["members"] = sum(map(len, members)) / max(1, len(members)) / 2
    f["shared_by_all"] = float(bool(frozenset.intersection(*members))) if members else 0.0
    return f


def _place_features(article: Article, mentions: Mentions, interventions: Block, s: ArmSet) -> Features:
    n = len(s.drafts)
    f: Features = {}
    for d in s.drafts:
        sentence = article.sentence_at(d.span[0])
        f[f"in={article.section_at(d.span[0])}"] = f.get(f"in={article.section_at(d.span[0])}", 0.0) + 1 / n
        if sentence and _RANDOM.search(article.text, sentence.start, sentence.end):
            f["random"] = f.get("random", 0.0) + 1 / n
        f["long"] = f.get("long", 0.0) + float(d.span[1] - d.span[0] > 60) / n
    spans = sorted(d.span for d in s.drafts)
    f["overlap"] = float(any(a[1] > b[0] for a, b in pairwise(spans)))
    sized = with_sizes(article, mentions, interventions, list(s.drafts)) if n > 1 else []
    f["sized"] = sum(d.n is not None for d in sized) / n
    f["all_sized"] = float(bool(sized) and all(d.n is not None for d in sized))
    f["some_sized"] = float(0 < sum(d.n is not None for d in sized) < n)
    labels = [article.text[m.start : m.end] for m in mentions["group_phrase"]]
    drafts = list(s.drafts)
    hits = [_matched(drafts, article, interventions, m.start, m.end) for m in mentions["group_phrase"]]
    if labels:
        f["phrases_known"] = sum(h is not None for h in hits) / len(hits)
        f["arms_in_phrases"] = len({h for h in hits if h is not None}) / n
        f["control_phrase_unknown"] = float(
            any(h is None and CONTROL.search(label) for h, label in zip(hits, labels, strict=True))
        )
    names = frozenset().union(*(d.keys for d in drafts))
    found = {m.value.upper() for m in mentions["arm_label"]}
    if len(found) > 1:
        f["labels_used"] = len(found & names) / len(found)
    return f


def _matched(drafts: list[ArmDraft], article: Article, interventions: Block, start: int, end: int) -> int | None:
    span_members = tuple(dict.fromkeys(r.id for r in interventions.within(start, end)))
    inside = next((i for i, d in enumerate(drafts) if any(s < end and start < e for s, e in (d.span, *d.spans))), None)
    return inside if inside is not None else same_arm(drafts, article.text[start:end], span_members, interventions)
