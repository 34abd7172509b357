"""The forward pass of a spaCy encoder for reading: the same numbers with less work, training left as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline.tok2vec import Tok2Vec
from spacy.tokens import Doc
from thinc.api import Model, NumpyOps

Floats = npt.NDArray[np.float32]
Keys = npt.NDArray[np.uint64]
Forward = Callable[[Any, Any, bool], tuple[Any, Callable[..., Any]]]

MOST_WORDS = 30_000
"""How many words a memory holds before it starts anew; 400 bytes each at a width of 96."""

_WORD_LAYERS = {
    *("extract_features", "list2ragged", "ragged2list", "ints-getitem", "hashembed", "static_vectors"),
    *("maxout", "layernorm", "dropout"),
}
"""Layers that look at one token and its attributes alone."""


def quicken_encoders(nlp: Language) -> None:
    """Let the encoders of a loaded pipeline remember their words, and their layers skip what only training needs."""
    for _, pipe in nlp.components:
        model = getattr(pipe, "model", None)
        if not isinstance(model, Model) or not isinstance(model.ops, NumpyOps):
            continue
        for node in model.walk():
            if node.name == "maxout":
                node._func = _reading(node._func, _maxout)
            elif node.name == "layernorm":
                node._func = _reading(node._func, _layer_norm)
        if isinstance(pipe, Tok2Vec) and model.layers and _sees_words_alone(model.layers[0]):
            model.layers[0]._func = WordMemory(model.layers[0])


def _sees_words_alone(embed: Model[Any, Any]) -> bool:
    leaves = {node.name for node in embed.walk() if not node.layers}
    return "extract_features" in leaves and leaves <= _WORD_LAYERS


def _reading(forward: Forward, predict: Callable[[Any, Floats], Floats]) -> Forward:
    """`forward`, with `predict` in its place where nothing is learned."""

    def chosen(model: Any, inputs: Any, is_train: bool) -> tuple[Any, Callable[..., Any]]:
        if is_train or inputs.dtype != np.float32:
            return forward(model, inputs, is_train)
        return predict(model, inputs), _no_gradient

    return chosen


def _no_gradient(_: Any) -> Any:
    raise RuntimeError("a forward pass for reading has no gradient")


def _maxout(model: Any, inputs: Floats) -> Floats:
    """Thinc's also notes which piece was the largest, for the gradient."""
    width: int
    pieces: int
    width, pieces = model.get_dim("nO"), model.get_dim("nP")
    weights = np.ascontiguousarray(model.get_param("W").transpose(1, 0, 2)).reshape(pieces * width, -1)
    every: Floats = model.ops.gemm(inputs, weights, trans2=True)
    every += model.get_param("b").T.reshape(-1)
    best: Floats = every[:, :width]
    for piece in range(1, pieces):
        best = np.maximum(best, every[:, piece * width : (piece + 1) * width])
    return np.ascontiguousarray(best)


def _layer_norm(model: Any, inputs: Floats) -> Floats:
    centred: Floats = inputs - inputs.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", centred, centred) / np.float32(inputs.shape[1]) + np.float32(1e-8)
    centred *= (variance ** np.float32(-0.5))[:, None]
    centred *= model.get_param("G")
    centred += model.get_param("b")
    return centred


class _Picked:
    """Some tokens of a batch, with as much of a Doc's face as the word layers look at."""

    def __init__(self, docs: Sequence[Doc], places: npt.NDArray[np.int64]) -> None:
        self._docs, self._places = docs, places
        self.vocab = docs[0].vocab

    def __len__(self) -> int:
        return len(self._places)

    def to_array(self, attrs: Any) -> npt.NDArray[Any]:
        """The attributes of the picked tokens."""
        whole: npt.NDArray[Any] = np.concatenate([doc.to_array(attrs) for doc in self._docs])
        return whole[self._places]


class WordMemory:
    """The forward function of an embedding layer that remembers the rows of the words it has met.

    A row depends on the token's own attributes alone, and four tokens in five are words met before.
    """

    def __init__(self, embed: Model[Any, Any]) -> None:
        self._forward: Forward = embed._func
        self._columns = [c for n in embed.walk() if n.name == "extract_features" for c in n.attrs["columns"]]
        self._rows: dict[int, Floats] = {}
        self._weights = b""

    def __call__(self, model: Any, docs: Any, is_train: bool) -> tuple[Any, Callable[..., Any]]:
        """Rows of width nO for each of the docs."""
        lengths = [len(doc) for doc in docs]
        if is_train or not any(lengths):
            return self._forward(model, docs, is_train)
        self._forget_if_changed(model)
        keys = self._keys(docs)
        words, places, inverse = np.unique(keys, return_index=True, return_inverse=True)
        rows = self._recall(model, docs, words.tolist(), places)
        return list(_split(rows[inverse.reshape(-1)], lengths)), _no_gradient

    def _keys(self, docs: Sequence[Doc]) -> Keys:
        attrs = [*self._columns, getattr(docs[0].vocab.vectors, "attr", "ORTH"), "ORTH"]
        values = np.concatenate([doc.to_array(attrs) for doc in docs]).astype(np.uint64)
        # odd factors, so that the sum of the 64-bit hashes is one as well
        factors = np.arange(len(attrs), dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C14) + np.uint64(1)
        keys: Keys = (values * factors).sum(axis=1, dtype=np.uint64)
        return keys

    def _recall(self, model: Any, docs: Sequence[Doc], words: list[int], places: npt.NDArray[np.int64]) -> Floats:
        rows = [self._rows.get(word) for word in words]
        new = [i for i, row in enumerate(rows) if row is None]
        if new:
            (found,), _ = self._forward(model, [_Picked(docs, places[new])], False)
            if len(self._rows) + len(new) > MOST_WORDS:
                self._rows = {}
            for i, row in zip(new, found, strict=True):
                rows[i] = self._rows[words[i]] = row.copy()
        return np.array(rows, dtype=np.float32)

    def _forget_if_changed(self, model: Any) -> None:
        """Training moves every bias; rows of other weights are of no use."""
        weights = b"".join(n.get_param("b").tobytes() for n in model.walk() if n.has_param("b"))
        if weights != self._weights:
            self._weights, self._rows = weights, {}


def _split(rows: Floats, lengths: Sequence[int]) -> Iterator[Floats]:
    start = 0
    for length in lengths:
        yield rows[start : start + length]
        start += length
