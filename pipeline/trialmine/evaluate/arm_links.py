"""Whether rows are tied to the right arms: arms are paired first, then those of the rows that both records have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trialmine.evaluate.record_view import Record, overlap, same, view, words_of
from trialmine.evaluate.row_scores import pair_rows
from trialmine.evaluate.tally import Tally

LINKED = ("dosing", "statistics", "adverse_events")
_LEAST = 0.3


def paired_arms(gold: Record, ours: Record) -> dict[str, str]:
    """The record's arm ids with the gold's: the most alike in members, size, label and role are paired first."""
    wanted, found = view(gold)["arms"], view(ours)["arms"]
    gold_rows, our_rows = gold.get("arms") or [], ours.get("arms") or []
    scores = [
        (_alike(wanted[i], found[j], gold_rows[i], our_rows[j]), -abs(i - j), i, j)
        for i in range(len(wanted))
        for j in range(len(found))
    ]
    pairs: dict[str, str] = {}
    for score, _, i, j in sorted(scores, reverse=True):
        own, other = str(our_rows[j]["id"]), str(gold_rows[i]["id"])
        if score > _LEAST and own not in pairs and other not in pairs.values():
            pairs[own] = other
    return pairs


def _alike(a: Mapping[str, Any], b: Mapping[str, Any], gold: Record, ours: Record) -> float:
    members = bool(a["interventions"] and b["interventions"] and same(a["interventions"], b["interventions"]))
    size = a["n"] is not None and a["n"] == b["n"]
    role = a["role"] is not None and a["role"] == b["role"]
    return 2 * members + size + 0.25 * role + overlap(words_of(gold.get("label")), words_of(ours.get("label")))


def arm_link_tallies(gold: Record, ours: Record) -> dict[str, Tally]:
    """By block, over the rows that are in both: arms that are the gold's, other arms, and arms that were not said."""
    pairs = paired_arms(gold, ours)
    wanted, found = view(gold), view(ours)
    out = {}
    for block in LINKED:
        tally = Tally()
        for i, j in pair_rows(block, wanted[block], found[block]):
            right = set(gold[block][i].get("arms") or [])
            said = {pairs.get(a, "") for a in ours[block][j].get("arms") or []}
            hit = bool(right) and right == said
            tally += Tally(int(hit), int(bool(said) and not hit), int(bool(right) and not hit))
        out[block] = tally
    return out
