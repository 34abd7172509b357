"""The shipped model's recogniser: a spaCy component over the recurrent net, whose heads may mark the same words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup
from spacy.vocab import Vocab

from trialmine.nlp.recurrent_net import Floats, RecurrentNet
from trialmine.nlp.tag_sequences import spans
from trialmine.nlp.word_features import letters, segments, shape

SPANS_KEY = "trial"
ENTITIES = "ner"
"""The head that writes to `doc.ents`; the others write to `doc.spans[SPANS_KEY]`."""
MOST_WORDS = 30_000
"""How many words a memory holds before it starts anew; a kilobyte each at a width of 256."""

_CONFIG, _WEIGHTS = "heads.json", "weights.npz"


class RecurrentRecognizer:
    """Finds the entities and trial spans of whole batches.

    Args:
        vocab: with the vectors that the net was trained on.
    """

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab
        self.heads: dict[str, tuple[str, ...]] = {}
        self.outside: dict[str, float] = {}
        self.resting: set[str] = set()
        self._net: RecurrentNet | None = None
        self._memory = _Memory()

    def take(
        self, weights: Mapping[str, Floats], heads: Mapping[str, Sequence[str]], outside: Mapping[str, float]
    ) -> None:
        """Take over a trained net.

        Args:
            weights: as RecurrentNet takes them.
            heads: the labels of each head, in the order of their tags.
            outside: how far each head favours "no span", added to its log-probability; 0 where none is given.
        """
        self.heads = {name: tuple(labels) for name, labels in heads.items()}
        self.outside = {name: float(outside.get(name, 0.0)) for name in heads}
        self._net, self._memory = RecurrentNet(weights), _Memory()

    @property
    def labels(self) -> tuple[str, ...]:
        """Labels of all heads."""
        return tuple(label for labels in self.heads.values() for label in labels)

    def __call__(self, doc: Doc) -> Doc:
        """Mark what is found in `doc`."""
        self._mark([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Mark the docs of a stream, a batch at a time; company changes nothing."""
        waiting = iter(stream)
        while docs := list(islice(waiting, batch_size)):
            self._mark(docs)
            yield from docs

    def _mark(self, docs: Sequence[Doc]) -> None:
        if self._net is None:
            raise ValueError("the recogniser has no weights: load a trained model")
        words = [np.flatnonzero(~doc.to_array("IS_SPACE").astype(bool)) for doc in docs]
        lengths = [len(w) for w in words]
        for doc in docs:
            doc.spans[SPANS_KEY] = SpanGroup(doc, name=SPANS_KEY)
        if not any(lengths):
            return
        read = self._read(self._net, docs, words)
        heads = [head for head in self.heads if head not in self.resting]
        scores = [self._net.scores(head, read) for head in heads]
        outside = [self.outside[head] for head in heads]
        found = spans(scores, lengths, [self.heads[head] for head in heads], outside=outside)
        for head, of_head in zip(heads, found, strict=True):
            for doc, places, rows in zip(docs, words, of_head, strict=True):
                marks = [Span(doc, int(places[a]), int(places[b - 1]) + 1, label=label) for a, b, label in rows]
                if head == ENTITIES:
                    doc.set_ents(marks)
                else:
                    doc.spans[SPANS_KEY].extend(marks)

    def _read(self, net: RecurrentNet, docs: Sequence[Doc], words: Sequence[npt.NDArray[np.int64]]) -> Floats:
        keys = [doc.to_array("ORTH")[places] for doc, places in zip(docs, words, strict=True)]
        lower = [doc.to_array("LOWER")[places] for doc, places in zip(docs, words, strict=True)]
        distinct, places = np.unique(np.concatenate(keys), return_inverse=True)
        rows = self._memory.rows(net, self.vocab, distinct.tolist())
        stop = self.vocab.strings.add(".")
        lengths = [b - a for found in keys for a, b in segments((found == stop).tolist())]
        _, same = np.unique(np.concatenate(lower), return_inverse=True)
        apart = np.repeat(np.arange(len(docs)), [len(w) for w in words]) * (len(same) + 1)
        return net.read(rows, places.reshape(-1), lengths, same.reshape(-1) + apart)

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:  # noqa: ARG002 (spaCy's form)
        """Write the heads and the weights into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        heads = {name: {"labels": labels, "outside": self.outside[name]} for name, labels in self.heads.items()}
        (folder / _CONFIG).write_text(json.dumps(heads, indent=1), encoding="utf-8")
        np.savez(folder / _WEIGHTS, **(self._net.weights if self._net else {}))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> RecurrentRecognizer:  # noqa: ARG002
        """Read what `to_disk` wrote; nothing in it is unpickled.

        Raises:
            OSError, ValueError: the folder does not hold a trained net.
        """
        folder = Path(path)
        heads: dict[str, dict[str, Any]] = json.loads((folder / _CONFIG).read_text(encoding="utf-8"))
        with np.load(folder / _WEIGHTS, allow_pickle=False) as file:
            weights = {name: file[name] for name in file.files}
        if weights:
            labels = {name: head["labels"] for name, head in heads.items()}
            self.take(weights, labels, {name: head["outside"] for name, head in heads.items()})
        return self


class _Memory:
    """The rows of the words that were met; a row depends on the word alone, and most words were met before."""

    def __init__(self) -> None:
        self._places: dict[int, int] = {}
        self._rows: Floats = np.zeros((0, 0), dtype=np.float32)

    def rows(self, net: RecurrentNet, vocab: Vocab, keys: Sequence[int]) -> Floats:
        """The rows of these words, by the hashes of their text."""
        new = [key for key in keys if key not in self._places]
        if len(self._places) + len(new) > MOST_WORDS:
            self._places, new = {}, list(keys)
        if new:
            known = len(self._places)
            if known + len(new) > len(self._rows):
                more = np.zeros((max(2 * known, known + len(new)), net.width), dtype=np.float32)
                self._rows = np.concatenate([self._rows[:known], more[known:]]) if known else more
            self._rows[known : known + len(new)] = _new_rows(net, vocab, new)
            self._places |= {key: known + i for i, key in enumerate(new)}
        found: Floats = self._rows[[self._places[key] for key in keys]]
        return found


def _new_rows(net: RecurrentNet, vocab: Vocab, keys: Sequence[int]) -> Floats:
    words = [vocab.strings[key] for key in keys]
    vectors = np.array([vocab.get_vector(word.lower()) for word in words], dtype=np.float32)
    return net.rows(vectors, np.array([letters(w) for w in words]), np.array([shape(w) for w in words]))


@Language.factory("trialmine_recogniser")
def create_recurrent_recognizer(nlp: Language, name: str) -> RecurrentRecognizer:  # noqa: ARG001 (spaCy's form)
    """The factory of `trialmine_recogniser`, registered as an entry point so that `spacy.load` finds it."""
    return RecurrentRecognizer(nlp.vocab)
