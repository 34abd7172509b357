"""The words of the corpora as the teachers see them: floret vector, letters, shape."""

from __future__ import annotations

import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from spacy.language import Language

_KNOWN = string.ascii_letters + string.digits + "-/()[],.;:'+%&α–β"
_LETTER = {letter: i + 1 for i, letter in enumerate(_KNOWN)}
_LONGEST = 24
_SEGMENT = 60


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

    LETTERS = len(_LETTER) + 2
    SHAPES = 11

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
        vectors, letters, shapes, lower = self._tables()
        segments = [(i, ids) for i, doc in enumerate(docs) for ids in self._segments(doc.ids)]
        size = (len(segments), max(len(ids) for _, ids in segments))
        numbers, same = (np.zeros(size, dtype=np.int64) for _ in range(2))
        inside, reverse = np.zeros(size, dtype=bool), np.tile(np.arange(size[1]), (size[0], 1))
        for row, (i, ids) in enumerate(segments):
            length = len(ids)
            numbers[row, :length], inside[row, :length] = ids, True
            reverse[row, :length] = np.arange(length)[::-1]
            same[row, :length] = lower[ids] + 1 + i * len(self._lower)
        distinct, places = np.unique(numbers, return_inverse=True)
        _, groups = np.unique(same, return_inverse=True)
        chosen = torch.tensor(distinct)
        return Rows(
            vectors[chosen],
            letters[chosen],
            shapes[chosen],
            torch.tensor(places.reshape(size)),
            torch.tensor(inside),
            torch.tensor(reverse),
            torch.tensor(groups.reshape(-1)),
        )

    def _segments(self, ids: Sequence[int]) -> Iterator[Sequence[int]]:
        """Stretches that end with a sentence where one ends in time."""
        start = 0
        for i, word in enumerate(ids, 1):
            length = i - start
            if (word == self._stop and length >= 0.6 * _SEGMENT) or length >= 2 * _SEGMENT:
                yield ids[start:i]
                start = i
        if start < len(ids):
            yield ids[start:]

    def _number(self, word: str) -> int:
        if word not in self._ids:
            self._ids[word] = len(self._ids)
            half = _LONGEST // 2
            letters = [
                _LETTER.get(c, len(_LETTER) + 1)
                for c in (word if len(word) <= _LONGEST else word[:half] + word[-half:])
            ]
            lower = self._lower.setdefault(word.lower(), len(self._lower))
            vector = self._nlp.vocab.get_vector(word.lower())
            self._features.append((vector, letters + [0] * (_LONGEST - len(letters)), shape(word), lower))
            self._arrays = None
        return self._ids[word]

    def _tables(self) -> tuple[Any, Any, Any, Any]:
        if self._arrays is None:
            vectors, letters, shapes, lower = zip(*self._features, strict=True)
            tensors = (torch.tensor(np.array(vectors)), torch.tensor(letters), torch.tensor(shapes))
            self._arrays = (*tensors, np.array(lower))
        return self._arrays


def shape(word: str) -> int:
    """The kind of a word by its capitals and digits, 0-10."""
    digits = any(c.isdigit() for c in word)
    kinds = (
        word.isspace(),
        word.isdigit(),
        not any(c.isalnum() for c in word),
        word.islower() and not digits,
        word.islower(),
        word.isupper() and len(word) == 1,
        word.isupper() and not digits,
        word.isupper(),
        word[:1].isupper() and word[1:].islower(),
        not digits,
        True,
    )
    return kinds.index(True)
