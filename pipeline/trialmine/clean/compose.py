"""Merges the edits of successive steps into one list of ordered, disjoint edits of the raw text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from trialmine.records.document import Edit


def minimal(text: str, start: int, end: int, after: str, *, rule: str, confidence: float, reason: str) -> Edit:
    """The smallest edit that turns text[start:end] into `after`; never a bare insertion.

    An insertion would hang between two characters and belong to no quote, so it takes in one neighbour.
    """
    before = text[start:end]
    head = _at_border(before, after, _common_prefix(before, after))
    back, forth = before[head:][::-1], after[head:][::-1]
    tail = _at_border(back, forth, _common_prefix(back, forth))
    if before and head + tail == len(before):
        head, tail = (head - 1, tail) if head else (0, tail - 1)
    stop = len(after) - tail
    return Edit(start + head, end - tail, before[head : len(before) - tail], after[head:stop], rule, confidence, reason)


def _common_prefix(a: str, b: str) -> int:
    limit = min(len(a), len(b))
    return next((i for i in range(limit) if a[i] != b[i]), limit)


def _at_border(before: str, after: str, at: int) -> int:
    """The last place up to `at` that cuts no word, so that an explanation shows whole words."""
    while at and before[at - 1].isalpha() and (before[at : at + 1].isalpha() or after[at : at + 1].isalpha()):
        at -= 1
    return at


def ordered(edits: Iterable[Edit]) -> list[Edit]:
    """The edits of one step in text order; of two that overlap the first stays."""
    found = list(edits)
    if len(found) < 2:
        return found
    out: list[Edit] = []
    for e in sorted(found, key=lambda e: (e.start, e.end)):
        if not out or e.start >= out[-1].end:
            out.append(e)
    return out


def apply(text: str, edits: Sequence[Edit]) -> str:
    """`text` with ordered, disjoint edits made."""
    parts, at = [], 0
    for e in edits:
        parts += [text[at : e.start], e.after]
        at = e.end
    parts.append(text[at:])
    return "".join(parts)


@dataclass(slots=True)
class _Cluster:
    """Old and new edits that touch the same stretch start:end of the current text."""

    start: int
    end: int
    shift: int  # current offset minus raw offset, before the cluster
    old: list[Edit] = field(default_factory=list)
    new: list[Edit] = field(default_factory=list)


def compose(raw: str, current: str, old: Sequence[Edit], new: Sequence[Edit]) -> list[Edit]:
    """Edits of `raw` that do what `old` (raw -> current) and then `new` (edits of `current`) do."""
    out: list[Edit] = []
    for cluster in _clusters(old, new):
        if not cluster.new:
            out += cluster.old
        else:
            out += _merged(raw, current, cluster)
    return out


def _clusters(old: Sequence[Edit], new: Sequence[Edit]) -> list[_Cluster]:
    placed: list[tuple[int, int, int, Edit]] = [(e.start, e.end, 1, e) for e in new]
    shift = 0
    for e in old:
        placed.append((e.start + shift, e.start + shift + len(e.after), 0, e))
        shift += len(e.after) - len(e.before)
    placed.sort(key=lambda p: p[:3])
    clusters: list[_Cluster] = []
    shift = 0
    for start, end, age, edit in placed:
        if not clusters or start >= clusters[-1].end:
            clusters.append(_Cluster(start, end, shift))
        last = clusters[-1]
        last.end = max(last.end, end)
        if age:
            last.new.append(edit)
        else:
            last.old.append(edit)
            shift += len(edit.after) - len(edit.before)
    return clusters


def _merged(raw: str, current: str, c: _Cluster) -> list[Edit]:
    if not c.old:
        (edit,) = c.new
        return [replace(edit, start=edit.start - c.shift, end=edit.end - c.shift)]
    start = c.start - c.shift
    end = c.end - c.shift - sum(len(e.after) - len(e.before) for e in c.old)
    local = [replace(e, start=e.start - c.start, end=e.end - c.start) for e in c.new]
    after = apply(current[c.start : c.end], local)
    if raw[start:end] == after:
        return []
    parts = [*c.old, *c.new]
    return [
        minimal(
            raw, start, end, after,
            rule="+".join(dict.fromkeys(rule for e in parts for rule in e.rule.split("+"))),
            confidence=min(e.confidence for e in parts),
            reason="; ".join(dict.fromkeys(r for e in parts for r in e.reason.split("; "))),
        )
    ]  # fmt: skip
