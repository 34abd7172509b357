"""Spans as one tag a token (BIOES) and back, by the likeliest sequence of tags that makes whole spans."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Span = tuple[int, int, str]

_BEGIN, _INSIDE, _END, _SINGLE = range(4)
_NEVER = np.float32(-1e9)


def count_tags(labels: Sequence[str]) -> int:
    """Outside, and four tags a label."""
    return 1 + 4 * len(labels)


def tags(offsets: Sequence[tuple[int, int]], spans: Sequence[Span], labels: Sequence[str]) -> list[int]:
    """The tag of every token; a token that a span touches belongs to it.

    Args:
        offsets: start and end of each token.
        spans: start, end and label of spans that do not overlap, in the same units.
        labels: the labels in the order of their tags.
    """
    out = [0] * len(offsets)
    for start, end, label in spans:
        inside = [i for i, (a, b) in enumerate(offsets) if a < end and start < b]
        if not inside:
            continue
        first = 1 + 4 * labels.index(label)
        for i in inside:
            out[i] = first + _INSIDE
        out[inside[0]], out[inside[-1]] = first + _BEGIN, first + _END
        if len(inside) == 1:
            out[inside[0]] = first + _SINGLE
    return out


def spans(scores: Floats, lengths: Sequence[int], labels: Sequence[str], *, outside: float = 0.0) -> list[list[Span]]:
    """The spans of the likeliest whole tagging of each text: first token, one past the last, label.

    Args:
        scores: log-probability of each tag, tokens x tags, the texts one after the other.
        lengths: tokens of each text.
        labels: the labels in the order of their tags.
        outside: added to the log-probability of "no span"; more gives precision, less recall.
    """
    scores = scores.copy()
    scores[:, 0] += np.float32(outside)
    return [_read(path, labels) for path in _paths(scores, lengths)]


def _parts(tag: int) -> tuple[int, int | None]:
    return ((tag - 1) // 4, (tag - 1) % 4) if tag else (-1, None)


@cache
def _steps(count: int) -> tuple[Floats, Floats, Floats]:
    """What may follow what, may begin and may end: 0 or a very low score."""
    follows = np.full((count, count), _NEVER, dtype=np.float32)
    begins, ends = (np.full(count, _NEVER, dtype=np.float32) for _ in range(2))
    for a in range(count):
        label, place = _parts(a)
        done = place in (None, _END, _SINGLE)
        begins[a] = 0 if place in (None, _BEGIN, _SINGLE) else _NEVER
        ends[a] = 0 if done else _NEVER
        for b in range(count):
            other, next_place = _parts(b)
            starts_anew = next_place in (None, _BEGIN, _SINGLE)
            if (done and starts_anew) or (not done and not starts_anew and label == other):
                follows[a, b] = 0
    return follows, begins, ends


def _paths(scores: Floats, lengths: Sequence[int]) -> list[list[int]]:
    """The best path through the tags of each text; the texts are walked side by side, the longest first."""
    sizes = np.array(lengths, dtype=np.int64)
    order = np.argsort(-sizes, kind="stable")
    starts = (np.cumsum(sizes) - sizes)[order]
    sizes = sizes[order]
    follows, begins, ends = _steps(scores.shape[1])
    backwards = np.ascontiguousarray(follows.T)  # to what, from what
    some = int((sizes > 0).sum())
    best = scores[starts[:some]] + begins
    back = []
    for step in range(1, int(sizes.max(initial=0))):
        active = int((sizes > step).sum())
        ways = best[:active, None, :] + backwards
        came = ways.argmax(axis=2)
        back.append(came)
        best[:active] = np.take_along_axis(ways, came[:, :, None], 2)[:, :, 0] + scores[starts[:active] + step]
    lasts = (best + ends).argmax(axis=1)
    out: list[list[int]] = [[] for _ in lengths]
    for row in range(some):
        path = [int(lasts[row])]
        for step in range(int(sizes[row]) - 2, -1, -1):
            path.append(int(back[step][row, path[-1]]))
        out[int(order[row])] = path[::-1]
    return out


def _read(path: Sequence[int], labels: Sequence[str]) -> list[Span]:
    out, first = [], 0
    for i, tag in enumerate(path):
        if not tag:
            continue
        label, place = _parts(tag)
        if place in (_BEGIN, _SINGLE):
            first = i
        if place in (_END, _SINGLE):
            out.append((first, i + 1, labels[label]))
    return out
