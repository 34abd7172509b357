"""Spans as one tag a token (BIOES) and back, by the likeliest sequence of tags that makes whole spans."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Span = tuple[int, int, str]

_BEGIN, _INSIDE, _END, _SINGLE = range(4)
_NEVER = np.float32(-1e9)


def count_tags(labels: Sequence[str]) -> int:
    """Outside, and four tags a label."""
    return 1 + 4 * len(labels)


def tags_of(label: int) -> range:
    """The tags of the label with this number."""
    return range(1 + 4 * label, 5 + 4 * label)


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
        first = tags_of(labels.index(label)).start
        for i in inside:
            out[i] = first + _INSIDE
        out[inside[0]], out[inside[-1]] = first + _BEGIN, first + _END
        if len(inside) == 1:
            out[inside[0]] = first + _SINGLE
    return out


def spans(
    scores: Sequence[Floats],
    lengths: Sequence[int],
    labels: Sequence[Sequence[str]],
    *,
    outside: Sequence[float] | None = None,
) -> list[list[list[Span]]]:
    """The spans of the likeliest whole tagging, by head and text: first token, one past the last, label.

    Args:
        scores: of each head the log-probability of each tag, tokens x tags, the texts one after the other.
        lengths: tokens of each text.
        labels: of each head the labels in the order of their tags.
        outside: of each head what is added to the log-probability of "no span"; more gives precision, less recall.
    """
    sizes = np.array(lengths, dtype=np.int64)
    order = np.argsort(-sizes, kind="stable")
    starts, sizes = (np.cumsum(sizes) - sizes)[order], sizes[order]
    active = [int((sizes > step).sum()) for step in range(int(sizes.max(initial=0)))]
    out: list[list[list[Span]]] = [[[] for _ in lengths] for _ in labels]
    if not active or not labels:
        return out
    tokens = np.concatenate([starts[:count] + step for step, count in enumerate(active)])
    most = max(map(len, labels))
    leanings = [0.0] * len(labels) if outside is None else outside
    ways = _walk(np.stack([_laid(s[tokens], most, o) for s, o in zip(scores, leanings, strict=True)]), active, most)
    for row, size in enumerate(sizes.tolist()):
        for head, names in enumerate(labels):
            out[head][int(order[row])] = [(a, b, names[i]) for a, b, i in _read(ways, head, row, size)]
    return out


def _laid(scores: Floats, most: int, outside: float) -> Floats:
    """The scores with the tags by kind, each kind as wide as in the head with `most` labels: B, O, S, E, I.

    So those that may follow a whole span lie side by side, and those with which a span is whole.
    """
    count = scores.shape[1] // 4
    out = np.full((len(scores), 4 * most + 1), _NEVER, dtype=np.float32)
    out[:, most] = scores[:, 0] + np.float32(outside)
    for start, kind in ((0, _BEGIN), (most + 1, _SINGLE), (2 * most + 1, _END), (3 * most + 1, _INSIDE)):
        out[:, start : start + count] = scores[:, 1 + kind :: 4]
    return out


class _Ways(NamedTuple):
    """The best ways to each token of the longest text, by heads and texts."""

    most: int  # labels of a head
    whole: list[list[list[int]]]  # the last tag of those without an open span: O, S of each label, E of each label
    inside: list[Flags]  # of those with an open span, by its label, whether the last tag is I rather than B


def _walk(scores: Floats, active: Sequence[int], most: int) -> _Ways:
    """Walk heads and texts side by side.

    Args:
        scores: heads x tokens x tags as they are laid; the first tokens of all texts, then the second ones …
        active: how many texts have a first token, a second …; the longest texts come first.
        most: labels of a head.
    """
    ways = _Ways(most, [], [])
    best = scores[:, : active[0]].copy()
    best[:, :, 2 * most + 1 :] = _NEVER  # no span is open yet
    end = active[0]
    for count in (*active[1:], 0):
        whole = best[:, :, most : 3 * most + 1]
        begun, gone_on = best[:, :, :most], best[:, :, 3 * most + 1 :]
        ways.whole.append(whole.argmax(axis=2).tolist())
        ways.inside.append(gone_on > begun)
        best, end = scores[:, end : end + count].copy(), end + count
        best[:, :, : 2 * most + 1] += whole.max(axis=2, keepdims=True)[:, :count]
        still_open = np.maximum(begun, gone_on)[:, :count]
        best[:, :, 2 * most + 1 : 3 * most + 1] += still_open
        best[:, :, 3 * most + 1 :] += still_open
    return ways


def _read(ways: _Ways, head: int, row: int, size: int) -> list[tuple[int, int, int]]:
    """First token, one past the last and number of the label of each span of a text, read from its end."""
    out = []
    at = size - 1
    while at >= 0:
        tag = ways.whole[at][head][row]
        if tag:
            end, label = at + 1, (tag - 1) % ways.most
            if tag > ways.most:
                at -= 1
                while ways.inside[at][head, row, label]:
                    at -= 1
            out.append((at, end, label))
        at -= 1
    return out[::-1]
