"""spaCy's entity recogniser, as users' own models have it, decoding a whole batch at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.pipeline.ner import EntityRecognizer
from spacy.tokens import Doc, Span

Floats = npt.NDArray[np.float32]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]
Found = list[tuple[int, int, str]]


class BatchRecognizer(EntityRecognizer):  # type: ignore[misc]
    """spaCy's entity recogniser, several times as fast: the same greedy decisions, taken for all tokens together.

    What spaCy's parser decides outside an entity depends on the token alone, and inside one on the token and the
    entity's first token. So every possible entity can be followed to its end side by side, a few matrix products a
    batch, where spaCy 3.8 takes and releases Python's lock several times for every token.
    """

    def predict(self, docs: Sequence[Doc]) -> Any:
        """The entities of each doc; spaCy's own states where the shortcut does not hold."""
        model, given = self.model, any(len(doc) and doc.has_annotation("ENT_IOB") for doc in docs)
        usual = model.attrs["has_upper"] and model.get_ref("lower").get_dim("nF") == 3 and self.cfg["beam_width"] == 1
        if given or not usual or not any(map(len, docs)):
            return super().predict(docs)
        return _Decoder(self, docs).decode()

    def set_annotations(self, docs: Sequence[Doc], states: Any) -> None:
        """Set the entities of each doc."""
        for doc, found in zip(docs, states, strict=True):
            if not isinstance(found, list):
                super().set_annotations([doc], [found])
            else:
                doc.set_ents([Span(doc, start, end, label=label) for start, end, label in found])


class _Decoder:
    """One batch of docs with the encoder's rows of its tokens.

    Three tokens have a say in a decision: the one that is decided on, the open entity's first and its last. Only
    the first say is worked out for all tokens; the others are needed at the few places where an entity is open.
    """

    def __init__(self, recogniser: BatchRecognizer, docs: Sequence[Doc]) -> None:
        model = recogniser.model
        lower, upper = model.get_ref("lower"), model.get_ref("upper")
        self._docs = docs
        self._gemm = lower.ops.gemm
        self._tokens: Floats = model.get_ref("tok2vec").predict(docs)
        places, width, pieces, rows = lower.get_param("W").shape
        # the pieces of a maxout side by side, so that each is one block of columns
        self._says: Floats = lower.get_param("W").transpose(0, 2, 1, 3).reshape(places, pieces * width, rows)
        self._nobody: Floats = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(places, pieces * width)
        self._bias: Floats = lower.get_param("b").T.reshape(-1)
        self._width: int = width
        self._weights: Floats = upper.get_param("W").copy()
        self._offsets: Floats = upper.get_param("b").copy()
        self._offsets[list(model.attrs["unseen_classes"])] = -np.inf
        moves = recogniser.moves
        self._moves: list[str] = [moves.get_class_name(i) for i in range(moves.n_moves)]
        self._space: Flags = np.concatenate([doc.to_array("IS_SPACE") for doc in docs]).astype(bool)
        self._closed = self._no_entity_goes_on_after()

    def _no_entity_goes_on_after(self) -> Flags:
        """Tokens that end a doc or a sentence."""
        closed = np.zeros(len(self._space), dtype=bool)
        end = 0
        for doc in self._docs:
            if len(doc) and doc.has_annotation("SENT_START"):
                closed[end : end + len(doc) - 1] = doc.to_array("SENT_START")[1:] == 1
            end += len(doc)
            closed[end - 1] |= len(doc) > 0
        return closed

    def _say(self, tokens: Floats, place: int) -> Floats:
        said: Floats = self._gemm(tokens, self._says[place], trans2=True)
        return said

    def _scores(self, summed: Floats) -> Floats:
        summed += self._bias
        hidden: Floats = summed[:, : self._width]
        for start in range(self._width, summed.shape[1], self._width):
            hidden = np.maximum(hidden, summed[:, start : start + self._width])
        scores: Floats = self._gemm(np.ascontiguousarray(hidden), self._weights, trans2=True)
        scores += self._offsets
        return scores

    def decode(self) -> list[Found]:
        """The entities of every doc, in token offsets."""
        kinds = np.array(["" if move == "U-" else move[0] for move in self._moves])  # "U-" is for blocked tokens
        scores = self._scores(self._say(self._tokens, 0) + (self._nobody[1] + self._nobody[2]))
        scores[:, ~np.isin(kinds, ("O", "U", "B"))] = -np.inf
        scores[np.ix_(self._space, np.isin(kinds, ("U", "B")))] = -np.inf
        scores[np.ix_(self._closed, kinds == "B")] = -np.inf
        actions = scores.argmax(axis=1)
        begins = np.flatnonzero(kinds[actions] == "B")
        ends = self._ends(begins, actions[begins])
        units = np.flatnonzero(kinds[actions] == "U")
        ends |= {int(i): int(i) + 1 for i in units}
        return list(self._by_doc(ends, actions))

    def _ends(self, starts: Places, actions: Places) -> dict[int, int]:
        """Where each entity ends that begins at `starts`: all are followed a token at a time."""
        labels = [self._moves[a][2:] for a in actions]
        inside = np.array([self._moves.index(f"I-{label}") for label in labels], dtype=int)
        last = np.array([self._moves.index(f"L-{label}") for label in labels], dtype=int)
        places = starts + 1
        ends: dict[int, int] = {}
        while len(starts):
            here, first, before = (self._tokens[who] for who in (places, starts, places - 1))
            scores = self._scores(self._say(here, 0) + self._say(first, 1) + self._say(before, 2))
            rows = np.arange(len(starts))
            goes_on = ~self._closed[places] & (scores[rows, inside] >= scores[rows, last])
            ends |= dict(zip(starts[~goes_on].tolist(), (places[~goes_on] + 1).tolist(), strict=True))
            starts, places, inside, last = starts[goes_on], places[goes_on] + 1, inside[goes_on], last[goes_on]
        return ends

    def _by_doc(self, ends: dict[int, int], actions: Places) -> Iterator[Found]:
        starts, i, offset = sorted(ends), 0, 0
        for doc in self._docs:
            found: Found = []
            free = offset
            while i < len(starts) and starts[i] < offset + len(doc):
                start, end = starts[i], ends[starts[i]]
                if start >= free:  # else it was only possible, inside an entity that was already open
                    found.append((start - offset, end - offset, self._moves[actions[start]][2:]))
                    free = end
                i += 1
            offset += len(doc)
            yield found


def quicken(nlp: Language) -> None:
    """Let the entity recognisers of a loaded pipeline decode in batches; their weights stay as they are."""
    for i, (name, pipe) in enumerate(nlp._components):
        if type(pipe) is EntityRecognizer:
            quick = BatchRecognizer(nlp.vocab, pipe.model, name, pipe.moves)
            quick.cfg.update(pipe.cfg)
            nlp._components[i] = (name, quick)
