"""Scores the rows of one block: pairs predicted rows with gold rows, then counts slot by slot.

Rows are paired one to one, those that agree most first. In a pair every filled slot is right or wrong; a row without a
partner counts all of its slots. "row" is the strict score: the pair's key slots all agree.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from trialmine.evaluate.record_view import Row, same
from trialmine.evaluate.tally import Tally

ROW_KEYS = {
    "interventions": ("name",),
    "arms": ("n", "interventions"),
    "dosing": ("drug", "dose", "frequency"),
    "endpoints": ("endpoint",),
    "statistics": ("value", "measure"),
    "adverse_events": ("term",),
}
# rows that differ here are never the same row
_MUST_AGREE = {"interventions": "name", "dosing": "drug", "endpoints": "endpoint", "adverse_events": "term"}
_SINGLE = ("design", "population")

Slots = dict[tuple[str, str], Tally]


@dataclass(frozen=True, slots=True)
class Difference:
    """A slot, or a whole row, in which the record and the gold differ."""

    block: str
    doc_id: str
    slot: str
    gold: Any
    predicted: Any


def score_block(
    block: str, gold: Sequence[Row], predicted: Sequence[Row], doc_id: str
) -> tuple[Slots, list[Difference]]:
    """Tallies by (block, slot), and the differences, of one document's rows."""
    slots: Slots = {}
    differences: list[Difference] = []
    pairs = [(0, 0)] if block in _SINGLE else pair_rows(block, gold, predicted)
    for i, j in pairs:
        _score_pair(block, gold[i], predicted[j], slots, lambda *d: differences.append(Difference(block, doc_id, *d)))
    for n in sorted(set(range(len(gold))) - {i for i, _ in pairs}):
        _score_alone(block, gold[n], slots, Tally(fn=1))
        differences.append(Difference(block, doc_id, "missed row", gold[n], None))
    for n in sorted(set(range(len(predicted))) - {j for _, j in pairs}):
        _score_alone(block, predicted[n], slots, Tally(fp=1))
        differences.append(Difference(block, doc_id, "extra row", None, predicted[n]))
    return slots, differences


def pair_rows(block: str, gold: Sequence[Row], predicted: Sequence[Row]) -> list[tuple[int, int]]:
    """Indices of the rows that belong together; where several agree equally well, the nearest in order."""
    need = _MUST_AGREE.get(block)
    found = []
    for i, g in enumerate(gold):
        for j, p in enumerate(predicted):
            if need and g.get(need) and not (p.get(need) and same(g[need], p[need])):
                continue
            score = _agreement(block, g, p)
            if score > 0:
                found.append((score, -abs(i - j), i, j))
    taken: tuple[set[int], set[int]] = (set(), set())
    pairs = []
    for _, _, i, j in sorted(found, reverse=True):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j))
    return pairs


def _agreement(block: str, gold: Row, predicted: Row) -> float:
    hits = sum(1 for k in _filled(gold) if predicted.get(k) not in (None, ()) and same(gold[k], predicted[k]))
    keys = [k for k in ROW_KEYS.get(block, ()) if gold.get(k) and predicted.get(k) and same(gold[k], predicted[k])]
    return hits + 2 * len(keys) - 0.01 * len(set(_filled(predicted)) - set(_filled(gold)))


def _filled(row: Row) -> list[str]:
    return [k for k, v in row.items() if v not in (None, (), "", [])]


def _score_pair(block: str, gold: Row, predicted: Row, slots: Slots, differ: Callable[[str, Any, Any], None]) -> None:
    stated, ours = set(_filled(gold)), set(_filled(predicted))
    for k in sorted(stated | ours):
        right = k in stated and k in ours and same(gold[k], predicted[k])
        _add(slots, block, k, Tally(int(right), int(k in ours and not right), int(k in stated and not right)))
        if not right:
            differ(k, gold.get(k), predicted.get(k))
    if keys := ROW_KEYS.get(block):
        # keys that neither side fills agree
        right = all(same(gold.get(k), predicted.get(k)) for k in keys)
        _add(slots, block, "row", Tally(int(right), int(not right), int(not right)))


def _score_alone(block: str, row: Row, slots: Slots, one: Tally) -> None:
    for k in (*_filled(row), *(("row",) if block in ROW_KEYS else ())):
        _add(slots, block, k, one)


def _add(slots: Slots, block: str, slot: str, more: Tally) -> None:
    slots[block, slot] = slots.get((block, slot), Tally()) + more
