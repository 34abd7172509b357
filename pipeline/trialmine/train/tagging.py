"""Spans as one tag a token (BIOES) and back, by the likeliest sequence of tags that makes whole spans."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from trialmine.evaluate.annotated import Span

Floats = npt.NDArray[np.float32]
Offsets = Sequence[tuple[int, int]]

_BEGIN, _INSIDE, _END, _SINGLE = range(4)
_NEVER = np.float32(-1e9)


def count_tags(labels: Sequence[str]) -> int:
    """Outside, and four tags a label."""
    return 1 + 4 * len(labels)


def tags(offsets: Offsets, spans: Sequence[Span], labels: Sequence[str]) -> list[int]:
    """The tag of every token; a token that a span touches belongs to it."""
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


def _parts(tag: int) -> tuple[int, int | None]:
    return ((tag - 1) // 4, (tag - 1) % 4) if tag else (-1, None)


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


def spans(chances: Floats, offsets: Offsets, labels: Sequence[str], *, outside: float = 0.0) -> list[Span]:
    """The spans of the likeliest whole tagging.

    Args:
        chances: probability of each tag, tokens x tags.
        offsets: start and end of each token.
        labels: the labels in the order of their tags.
        outside: added to the log-probability of "no span"; more gives precision, less recall.
    """
    scores = np.log(chances + np.float32(1e-9))
    scores[:, 0] += np.float32(outside)
    follows, begins, ends = _steps(chances.shape[1])
    best, back = scores[0] + begins, []
    for row in scores[1:]:
        ways = best[:, None] + follows
        back.append(ways.argmax(axis=0))
        best = ways.max(axis=0) + row
    path = [int((best + ends).argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return _read(path[::-1], offsets, labels)


def _read(path: Sequence[int], offsets: Offsets, labels: Sequence[str]) -> list[Span]:
    out, first = [], 0
    for i, tag in enumerate(path):
        label, place = _parts(tag)
        if place in (_BEGIN, _SINGLE):
            first = i
        if place in (_END, _SINGLE):
            out.append((offsets[first][0], offsets[i][1], labels[label]))
    return out
