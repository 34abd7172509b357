"""The words of the corpora as the net is trained on them: vectors, letters and shapes in batches of tensors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from spacy.language import Language

from trialmine.nlp.word_features import letters, segments, shape


@dataclass(frozen=True)
class Encoded:
    """A text as word numbers, with the characters that each word covers."""

    ids: Sequence[int]
    offsets: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Rows:
    """A batch: the features of its distinct words, and where in the segments each of them stands.

    `places`, `inside` (not padding), `reverse` (each segment backwards): segments x tokens. `same` numbers the
    words of each document, without regard to capitals.
    """

    vectors: Any
    letters: Any
    shapes: Any
    places: Any
    inside: Any
    reverse: Any
    same: Any


class Words:
    """Every word that was met, with a number and its features."""

    def __init__(self, nlp: Language) -> None:
        self._nlp = nlp
        self._ids: dict[str, int] = {}
        self._lower: dict[str, int] = {}
        self._features: list[tuple[Any, list[int], int, int]] = []
        self._arrays: tuple[Any, Any, Any, Any] | None = None
        self._stop = self._number(".")

    @property
    def vector_length(self) -> int:
        """Dimensions of the floret vectors."""
        return int(self._nlp.vocab.vectors_length)

    def encode(self, text: str) -> Encoded:
        """The text's words; white space is left out."""
        tokens = [t for t in self._nlp.make_doc(text) if not t.is_space]
        return Encoded([self._number(t.text) for t in tokens], [(t.idx, t.idx + len(t.text)) for t in tokens])

    def rows(self, docs: Sequence[Encoded]) -> Rows:
        """The features of a batch of documents, cut into segments."""
        vectors, letter_rows, shapes, lower = self._tables()
        cut = [(i, doc.ids[a:b]) for i, doc in enumerate(docs) for a, b in segments([n == self._stop for n in doc.ids])]
        size = (len(cut), max(len(ids) for _, ids in cut))
        numbers, same = (np.zeros(size, dtype=np.int64) for _ in range(2))
        inside, reverse = np.zeros(size, dtype=bool), np.tile(np.arange(size[1]), (size[0], 1))
        for row, (i, ids) in enumerate(cut):
            length = len(ids)
            numbers[row, :length], inside[row, :length] = ids, True
            reverse[row, :length] = np.arange(length)[::-1]
            same[row, :length] = lower[list(ids)] + 1 + i * len(self._lower)
        distinct, places = np.unique(numbers, return_inverse=True)
        _, groups = np.unique(same, return_inverse=True)
        chosen = torch.tensor(distinct)
        return Rows(
            vectors[chosen],
            letter_rows[chosen],
            shapes[chosen],
            torch.tensor(places.reshape(size)),
            torch.tensor(inside),
            torch.tensor(reverse),
            torch.tensor(groups.reshape(-1)),
        )

    def _number(self, word: str) -> int:
        if word not in self._ids:
            self._ids[word] = len(self._ids)
            lower = self._lower.setdefault(word.lower(), len(self._lower))
            self._features.append((self._nlp.vocab.get_vector(word.lower()), letters(word), shape(word), lower))
            self._arrays = None
        return self._ids[word]

    def _tables(self) -> tuple[Any, Any, Any, Any]:
        if self._arrays is None:
            vectors, letter_rows, shapes, lower = zip(*self._features, strict=True)
            tensors = (torch.tensor(np.array(vectors)), torch.tensor(letter_rows), torch.tensor(shapes))
            self._arrays = (*tensors, np.array(lower))
        return self._arrays
