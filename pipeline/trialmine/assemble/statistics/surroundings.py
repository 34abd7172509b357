"""What the other readers of the text found around a number: outcomes, harms, arms, doses, people.

The words alone say little where a word is new; these features carry what is known of it from elsewhere.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from trialmine.assemble.statistics.candidates import Candidate, members_of
from trialmine.assemble.statistics.features import unit_class
from trialmine.records.article import Article, Block, Mentions

# a number inside one of these is likely no result
_TAKEN = (
    "dose", "duration", "frequency", "schedule", "infusion_time", "timepoint", "participants", "arm_size",
    "arm_size_each", "group_count", "age", "criterion", "event_count", "administrations", "grade", "arm_label",
)  # fmt: skip
_REACH = 12  # characters per step of distance
_FARTHEST = 6
_CHANCES = (0.2, 0.5, 0.8)


@dataclass(frozen=True, slots=True)
class _Thing:
    start: int
    end: int
    label: str


class Surroundings:
    """The named things of one article, looked up by the place of a number."""

    def __init__(self, article: Article, mentions: Mentions, endpoints: Block, arms: Block) -> None:
        self._things = sorted(_things(mentions, endpoints, arms), key=lambda t: (t.start, t.end, t.label))
        self._starts = [t.start for t in self._things]
        self._taken = sorted((m.start, m.end, _name(m.kind, m.rule)) for kind in _TAKEN for m in mentions[kind])
        self._taken_starts = [t[0] for t in self._taken]
        self._safety = any(row.kind == "safety" for row in endpoints.rows)
        self._arms = arms
        self._text = article.text

    def features(self, atoms: Sequence[Candidate], i: int) -> list[str]:
        """Features of candidate i, by what stands in its sentence."""
        return list(dict.fromkeys(self._features(atoms, i)))

    def _features(self, atoms: Sequence[Candidate], i: int) -> Iterator[str]:
        a = atoms[i]
        unit = unit_class(a.unit)
        for name in self._over(a):
            yield f"over={name}"
            yield f"over={name}&unit={unit}"
        first, behind = bisect_left(self._starts, a.sentence.start), bisect_left(self._starts, a.sentence.end)
        here = self._things[first:behind]
        left = [t for t in here if t.end <= a.at]
        right = [t for t in here if t.start >= a.number_end]
        yield from _side("left", [(a.at - t.end, t.label) for t in reversed(left)], unit)
        yield from _side("right", [(t.start - a.number_end, t.label) for t in right], unit)
        floor = atoms[i - 1].number_end if i and atoms[i - 1].sentence == a.sentence else a.sentence.start
        stop = atoms[i + 1].at if i + 1 < len(atoms) and atoms[i + 1].sentence == a.sentence else a.sentence.end
        yield from (f"since_last={t.label}" for t in left if t.start >= floor)
        yield from (f"until_next={t.label}" for t in right if t.end <= stop)
        members = len(members_of(atoms, i))
        arms = len({r.id for r in self._arms.within(a.sentence.start, a.sentence.end)})
        yield f"arms={min(arms, 4)}&list={min(members, 4)}"
        yield f"safety={self._safety}&harm={any(t.label.startswith('harm') for t in here)}"

    def _over(self, a: Candidate) -> Iterator[str]:
        behind = bisect_right(self._taken_starts, a.number_end - 1)
        for start, end, name in self._taken[max(0, behind - 12) : behind]:
            if start < a.number_end and a.at < end:
                yield name


def _name(kind: str, rule: str) -> str:
    return rule if kind == "event_count" else kind


def _side(side: str, near: Sequence[tuple[int, str]], unit: str) -> Iterator[str]:
    """The nearest thing, how far it is, the one behind it, and all there are."""
    if not near:
        yield f"{side}_thing=none"
        return
    gap, label = near[0]
    yield f"{side}_thing={label}"
    yield f"{side}_thing={label}&unit={unit}"
    yield f"{side}_thing={label}&gap={min(gap // _REACH, _FARTHEST)}"
    for name in ("outcome", "endpoint", "harm", "arm"):
        gaps = [g for g, n in near if n.startswith(name)]
        yield f"{side}_{name}={min(gaps[0] // _REACH, _FARTHEST) if gaps else None}"
    if len(near) > 1:
        yield f"{side}_things={label},{near[1][1]}"
    yield from (f"{side}_has={n}" for _, n in near)


def _things(mentions: Mentions, endpoints: Block, arms: Block) -> Iterable[_Thing]:
    kinds = {row.id: row.kind for row in endpoints.rows}
    for r in endpoints.references:
        yield _Thing(r.start, r.end, f"endpoint:{kinds[r.id]}")
    for r in arms.references:
        yield _Thing(r.start, r.end, "arm")
    for m in mentions["endpoint"]:
        yield _Thing(m.start, m.end, f"outcome:{sum(m.value.probability >= c for c in _CHANCES)}")
    for m in mentions["adverse_event"]:
        yield _Thing(m.start, m.end, f"harm:{m.value.strength}")
    for kind in ("instrument", "participants", "dose", "timepoint"):
        for m in mentions[kind]:
            yield _Thing(m.start, m.end, kind)
