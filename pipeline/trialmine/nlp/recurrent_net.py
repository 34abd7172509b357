"""The forward pass of the recurrent tagger that `train/recurrent.py` trains: the same numbers without torch.

Words come as their vector, their letters (two convolutions) and their shape; an LSTM reads each segment forth and back,
the mean of what was read at the same word elsewhere in the document is laid beside it, and two convolutions bring both
together. Every head is a layer of tags of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

_TANH_OF_GELU = np.float32(np.sqrt(2 / np.pi))


class RecurrentNet:
    """A trained net, by the names that torch gives its weights.

    Args:
        weights: the arrays; `heads.NAME.*` are the layers of the heads.
    """

    def __init__(self, weights: Mapping[str, Floats]) -> None:
        self.weights = dict(weights)
        w = {name: np.ascontiguousarray(value, dtype=np.float32) for name, value in weights.items()}
        self._word, self._mixed = (_linear(w, name) for name in ("word", "mixed"))
        self._letters, self._shapes = w["letters.weight"], w["shape.weight"]
        self._letter_windows = [_convolution(w, name) for name in ("threes", "fives")]
        self._read = [_Direction(w, name) for name in ("forth", "back")]
        self._windows = [_three_below(w, name) for name in ("near", "far")]
        self._norms = [(w[f"norms.{i}.weight"], w[f"norms.{i}.bias"]) for i in (0, 1)]
        names = sorted({name.split(".")[1] for name in w if name.startswith("heads.")})
        self._heads = {name: [_linear(w, f"heads.{name}.{layer}") for layer in (0, 3)] for name in names}

    @property
    def width(self) -> int:
        """Numbers of a word's row, and of what was read at a word."""
        return int(self._word[0].shape[0])

    def rows(self, vectors: Floats, letters: Places, shapes: Places) -> Floats:
        """What the net takes words for, words x width.

        Args:
            vectors: words x dimensions.
            letters: words x letters, by number, 0 behind the end.
            shapes: of each word.
        """
        seen = self._letters[letters]
        none = letters == 0
        pieces = [self._most_of_letters(seen, none, *window) for window in self._letter_windows]
        return _gelu(_times(np.hstack([vectors, *pieces, self._shapes[shapes]]), *self._word))

    def read(self, rows: Floats, words: Places, lengths: Sequence[int], same: Places) -> Floats:
        """What was read at each word, words x width.

        Args:
            rows: of the distinct words of the batch, as `rows` gives them.
            words: the place in `rows` of each word of the texts, segment by segment.
            lengths: words of each segment.
            same: a number for each word of the texts, equal where a document has the same word again.
        """
        batch = _Segments(lengths)
        both = np.hstack([batch.flat(way.over(batch, rows, words, back=bool(i))) for i, way in enumerate(self._read)])
        y = _gelu(_times(np.hstack([both, _means(both, same)]), *self._mixed))
        for (weights, offsets), reach, (scale, shift) in zip(self._windows, (1, 2), self._norms, strict=True):
            seen = batch.over_neighbours(y, weights, reach)
            seen += offsets
            y = _normed(y + _gelu(seen), scale, shift)
        return y

    def scores(self, head: str, read: Floats) -> Floats:
        """Log-probabilities of the tags of one head, words x tags."""
        first, last = self._heads[head]
        scores = _times(_gelu(_times(read, *first)), *last)
        scores -= scores.max(axis=1, keepdims=True)
        scores -= np.log(np.exp(scores).sum(axis=1, keepdims=True))
        return scores

    def _most_of_letters(self, seen: Floats, none: Any, weights: Floats, offsets: Floats) -> Floats:
        """The largest answer of each filter at any letter of the word."""
        count, length, depth = seen.shape
        reach = weights.shape[1] // depth // 2
        padded = np.zeros((count, length + 2 * reach, depth), dtype=np.float32)
        padded[:, reach : reach + length] = seen
        windows = np.concatenate([padded[:, i : i + length] for i in range(2 * reach + 1)], axis=2)
        found = _gelu(_times(windows.reshape(count * length, -1), weights, offsets)).reshape(count, length, -1)
        found[none] = -1
        most: Floats = found.max(axis=1)
        return most


class _Segments:
    """Segments of different lengths, read side by side: a word's place in the texts, and in the time of its segment."""

    def __init__(self, lengths: Sequence[int]) -> None:
        self._lengths = np.array(lengths, dtype=np.int64)
        self._starts = np.concatenate([[0], np.cumsum(self._lengths)[:-1]])
        order = np.argsort(-self._lengths, kind="stable")
        longest = int(self._lengths.max(initial=0))
        # how many segments have a word at each time: the longest come first, so these are always the first ones
        self.active = [int((self._lengths > t).sum()) for t in range(longest)]
        starts, lengths_ = self._starts[order], self._lengths[order]
        self.forth = [starts[:n] + t for t, n in enumerate(self.active)]
        self.back = [starts[:n] + lengths_[:n] - 1 - t for t, n in enumerate(self.active)]

    def flat(self, read: tuple[Floats, list[Places]]) -> Floats:
        """What was read time by time, in the order of the texts."""
        states, places = read
        out = np.empty_like(states)
        out[np.concatenate(places)] = states
        return out

    def over_neighbours(self, y: Floats, weights: Floats, distance: int) -> Floats:
        """A convolution over each word and those `distance` before and behind it, with zeros beyond the segment.

        The three weights stand one below the other; what they make of every word is shifted, not the words.
        """
        width = len(weights) // 3
        made: Floats = y @ weights.T
        made[self._near_an_end(distance, back=True), :width] = 0  # no word stands so far behind the last ones
        made[self._near_an_end(distance, back=False), 2 * width :] = 0
        out = np.ascontiguousarray(made[:, width : 2 * width])
        out[distance:] += made[:-distance, :width]
        out[:-distance] += made[distance:, 2 * width :]
        return out

    def _near_an_end(self, distance: int, *, back: bool) -> Places:
        """The words that are among the last (or the first) of their segments, so many of them."""
        near = []
        for step in range(distance):
            long = self._lengths > step
            near.append((self._starts + self._lengths - 1)[long] - step if back else self._starts[long] + step)
        return np.concatenate(near)


class _Direction:
    """One direction of the LSTM."""

    def __init__(self, w: Mapping[str, Floats], name: str) -> None:
        size = w[f"{name}.weight_hh_l0"].shape[1]
        # the sigmoid of x is half the tanh of half of x, and a half: so all four gates are one tanh
        half = np.full((4 * size, 1), 0.5, dtype=np.float32)
        half[2 * size : 3 * size] = 1
        self._size = size
        self._in = np.ascontiguousarray(w[f"{name}.weight_ih_l0"] * half)
        self._again = np.ascontiguousarray(w[f"{name}.weight_hh_l0"] * half)
        self._offsets = (w[f"{name}.bias_ih_l0"] + w[f"{name}.bias_hh_l0"]) * half[:, 0]

    def over(self, batch: _Segments, rows: Floats, words: Places, *, back: bool) -> tuple[Floats, list[Places]]:
        """The states, time by time, and the places of the words that they belong to."""
        places = batch.back if back else batch.forth
        said = _times(rows, self._in, self._offsets)
        size, states = self._size, []
        state = np.zeros((batch.active[0], size), dtype=np.float32)
        cell = state.copy()
        for active, here in zip(batch.active, places, strict=True):
            gates = said[words[here]]
            gates += state[:active] @ self._again.T
            np.tanh(gates, out=gates)
            gates[:, : 2 * size] *= 0.5
            gates[:, : 2 * size] += 0.5
            gates[:, 3 * size :] *= 0.5
            gates[:, 3 * size :] += 0.5
            cell = cell[:active] * gates[:, size : 2 * size]
            cell += gates[:, :size] * gates[:, 2 * size : 3 * size]
            state = np.tanh(cell)
            state *= gates[:, 3 * size :]
            states.append(state)
        return np.concatenate(states), places


def _means(read: Floats, same: Places) -> Floats:
    """At each word the mean over all words with its number."""
    _, groups, counts = np.unique(same, return_inverse=True, return_counts=True)
    groups = groups.reshape(-1)
    means = read.copy()
    again = np.flatnonzero(counts[groups] > 1)  # the others are their own mean
    if len(again):
        of_again = groups[again]
        order = np.argsort(of_again, kind="stable")
        starts = np.flatnonzero(np.diff(of_again[order], prepend=-1))
        sums = np.add.reduceat(read[again[order]], starts, axis=0)
        sizes = np.diff(starts, append=len(order))
        sums /= sizes[:, None].astype(np.float32)
        means[again[order]] = np.repeat(sums, sizes, axis=0)
    return means


def _linear(w: Mapping[str, Floats], name: str) -> tuple[Floats, Floats]:
    return w[f"{name}.weight"], w[f"{name}.bias"]


def _convolution(w: Mapping[str, Floats], name: str) -> tuple[Floats, Floats]:
    """A convolution as a matrix over the rows of its window, side by side."""
    weights = w[f"{name}.weight"].transpose(0, 2, 1)
    return np.ascontiguousarray(weights.reshape(len(weights), -1)), w[f"{name}.bias"]


def _three_below(w: Mapping[str, Floats], name: str) -> tuple[Floats, Floats]:
    """A convolution over three rows as three matrices, one below the other: before, here, behind."""
    weights = w[f"{name}.weight"].transpose(2, 0, 1)
    return np.ascontiguousarray(weights.reshape(-1, weights.shape[2])), w[f"{name}.bias"]


def _times(x: Floats, weights: Floats, offsets: Floats) -> Floats:
    out: Floats = x @ weights.T
    out += offsets
    return out


def _gelu(x: Floats) -> Floats:
    """By tanh, as it is trained."""
    inner = x * x
    inner *= np.float32(0.044715) * _TANH_OF_GELU
    inner += _TANH_OF_GELU
    inner *= x
    np.tanh(inner, out=inner)
    inner += 1
    inner *= x
    inner *= 0.5
    return inner


def _normed(x: Floats, scale: Floats, shift: Floats) -> Floats:
    x = x - np.mean(x, axis=1, keepdims=True, dtype=np.float32)
    variance = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1]) + np.float32(1e-5)
    x *= (variance ** np.float32(-0.5))[:, None]
    x *= scale
    x += shift
    return x
