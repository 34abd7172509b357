"""Trains the recurrent tagger of the shipped model; `nlp/recurrent_net.py` reads with its weights.

A word is its floret vector, its letters (two convolutions) and its shape; an LSTM reads each segment forth and back,
beside it stands the mean of what was read at the same word elsewhere in the document, and two convolutions bring
both together. Every corpus has its own layer of tags, so that corpora with other guidelines teach the layers below
without bending our labels.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from trialmine.evaluate.annotated import Annotated
from trialmine.nlp.tag_sequences import count_tags, tags, tags_of
from trialmine.nlp.word_features import LETTERS, SHAPES
from trialmine.train.lesson import Course, Lesson, Weights
from trialmine.train.noise import garble
from trialmine.train.words import Encoded, Words

Tagged = tuple[Encoded, list[int]]
_COPIES = 2


class RecurrentTagger(nn.Module):  # type: ignore[misc]
    """Tag scores of every token of some documents, by the layer of one corpus."""

    def __init__(self, heads: Mapping[str, Sequence[str]], vector: int, width: int = 256, hidden: int = 160) -> None:
        super().__init__()
        self.letters = nn.Embedding(LETTERS, 32, padding_idx=0)
        self.threes, self.fives = nn.Conv1d(32, 64, 3, padding=1), nn.Conv1d(32, 32, 5, padding=2)
        self.shape = nn.Embedding(SHAPES, 16)
        self.word = nn.Linear(vector + 96 + 16, width)
        self.forth, self.back = (nn.LSTM(width, hidden, batch_first=True) for _ in range(2))
        self.mixed = nn.Linear(4 * hidden, width)
        self.near = nn.Conv1d(width, width, 3, padding=1)
        self.far = nn.Conv1d(width, width, 3, padding=2, dilation=2)
        self.norms = nn.ModuleList(nn.LayerNorm(width) for _ in range(2))
        self.heads = nn.ModuleDict({name: _tag_layer(width, labels) for name, labels in heads.items()})

    def forward(self, docs: Sequence[Encoded], words: Words, head: str) -> Any:
        """Scores of shape tokens x tags, the documents one after the other."""
        rows = words.rows(docs)
        x = _gelu(self.word(self._dropped(self._words(rows), 0.25)))
        read = self._read(x, rows.reverse)
        flat = read.flatten(0, 1)
        count = int(rows.same.max()) + 1
        total = torch.zeros(count, flat.shape[1]).index_add(0, rows.same, flat)
        met = torch.bincount(rows.same, minlength=count)
        elsewhere = (total / met.unsqueeze(1))[rows.same].reshape(read.shape)
        y = _gelu(self.mixed(self._dropped(torch.cat([read, elsewhere], -1), 0.35)))
        inside = rows.inside.unsqueeze(-1)
        for layer, norm in zip((self.near, self.far), self.norms, strict=True):
            seen = layer((self._dropped(y, 0.2) * inside).transpose(1, 2)).transpose(1, 2)
            y = norm(y + _gelu(seen))
        return self.heads[head](self._dropped(y, 0.35))[rows.inside]

    def _words(self, rows: Any) -> Any:
        letters = functional.dropout(self.letters(rows.letters).transpose(1, 2), 0.1, self.training)
        none = (rows.letters == 0).unsqueeze(1)
        pieces = [_gelu(c(letters)).masked_fill(none, -1).amax(2) for c in (self.threes, self.fives)]
        table = torch.cat([rows.vectors, *pieces, self.shape(rows.shapes)], 1)
        x = table[rows.places]
        return x * torch.bernoulli(torch.full((*x.shape[:2], 1), 0.96)) if self.training else x

    def _read(self, x: Any, reverse: Any) -> Any:
        def turned(y: Any) -> Any:
            return torch.gather(y, 1, reverse.unsqueeze(-1).expand(-1, -1, y.shape[2]))

        return torch.cat([self.forth(x)[0], turned(self.back(turned(x))[0])], -1)

    def _dropped(self, x: Any, share: float) -> Any:
        """The same dimensions are dropped at every token of a segment."""
        if not self.training:
            return x
        return x * torch.bernoulli(torch.full((x.shape[0], 1, x.shape[2]), 1 - share)) / (1 - share)


def _gelu(x: Any) -> Any:
    return functional.gelu(x, approximate="tanh")


def _tag_layer(width: int, labels: Sequence[str]) -> Any:
    return nn.Sequential(nn.Linear(width, 128), nn.GELU("tanh"), nn.Dropout(0.2), nn.Linear(128, count_tags(labels)))


@contextmanager
def _without_denormals() -> Iterator[None]:
    """They are slow to multiply; the switch is the whole thread's, so what comes after must not find it."""
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


@_without_denormals()
def train_tagger(
    lessons: Mapping[str, Lesson],
    words: Words,
    course: Course,
    *,
    start: Mapping[str, npt.NDArray[np.float32]] | None = None,
    report: Callable[[int, Weights], None] = lambda *_: None,
    every: int = 500,
) -> Weights:
    """The running average of the weights, by torch's names; one thread gives the same ones again.

    Args:
        lessons: by head.
        words: of the vectors that the net is to be used with.
        course: how long and how fast.
        start: weights to begin with, where they fit; others begin at random.
        report: called every so many steps with the weights so far.
        every: see `report`.
    """
    torch.set_num_threads(1)
    torch.manual_seed(course.seed)
    rng = random.Random(course.seed)
    streams = {name: _stream(_tagged(lesson, words, rng), lesson.noise, rng) for name, lesson in lessons.items()}
    heads = {name: lesson.labels for name, lesson in lessons.items() if lesson.head is None}
    net = RecurrentTagger(heads, words.vector_length)
    if start:
        _begin_with(net, start)
    optimizer = torch.optim.AdamW(net.parameters(), lr=course.learn_rate, weight_decay=0.01, betas=(0.9, 0.98))
    average = {name: value.clone() for name, value in net.state_dict().items()}
    net.train()
    for step in range(1, course.steps + 1):
        rate = course.learn_rate * min(1, step / 100, max(0.01, (1 - step / course.steps) / 0.6))
        for group in optimizer.param_groups:
            group["lr"] = rate
        name = rng.choices(list(lessons), [lesson.share for lesson in lessons.values()])[0]
        loss = _loss(net, name, lessons[name], [next(streams[name]) for _ in range(course.batch)], words)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        keep = min(0.997, (1 + step) / (10 + step))
        with torch.no_grad():
            for key, value in net.state_dict().items():
                average[key].lerp_(value, 1 - keep)
        if step % every == 0 or step == course.steps:
            report(step, _arrays(average))
    return _arrays(average)


def _loss(net: RecurrentTagger, name: str, lesson: Lesson, batch: Sequence[Tagged], words: Words) -> Any:
    scores = net([doc for doc, _ in batch], words, lesson.head or name)
    wanted = torch.tensor([tag for _, row in batch for tag in row])
    if lesson.silent:
        scores, wanted = _without(scores, wanted, [lesson.labels.index(label) for label in lesson.silent])
    return functional.cross_entropy(scores, wanted, label_smoothing=0.01, ignore_index=_UNKNOWN)


def _without(scores: Any, wanted: Any, silent: Sequence[int]) -> tuple[Any, Any]:
    """The same with the tags of silent labels counted as outside: the corpus can't tell one from the other."""
    inside = {tag for label in silent for tag in tags_of(label)}
    kept = [tag for tag in range(1, scores.shape[1]) if tag not in inside]
    outside = torch.logsumexp(scores[:, [0, *sorted(inside)]], 1, keepdim=True)
    place = {tag: i for i, tag in enumerate(kept, 1)} | {0: 0, _UNKNOWN: _UNKNOWN}
    return torch.cat([outside, scores[:, kept]], 1), torch.tensor([place[int(tag)] for tag in wanted])


_UNKNOWN = -100
"""The tag of words that a corpus says nothing about."""


def _begin_with(net: RecurrentTagger, start: Mapping[str, npt.NDArray[np.float32]]) -> None:
    own = net.state_dict()
    fitting = {k: torch.tensor(v) for k, v in start.items() if k in own and own[k].shape == v.shape}
    net.load_state_dict(fitting, strict=False)


def _arrays(state: Mapping[str, Any]) -> Weights:
    return {name: value.numpy().copy() for name, value in state.items()}


def _tagged(lesson: Lesson, words: Words, rng: random.Random) -> list[list[Tagged]]:
    """Each document as it is, and garbled copies of it where the lesson wants some."""
    copies = _COPIES if lesson.noise else 0
    forms = [[doc, *(garble(doc, rng) for _ in range(copies))] for doc in lesson.docs]
    read = ([_with_tags(form, lesson.labels, words) for form in each] for each in forms)
    return [[form for form in each if form[0].ids] for each in read if each[0][0].ids]


def _with_tags(doc: Annotated, labels: Sequence[str], words: Words) -> Tagged:
    encoded = words.encode(doc.text)
    found = tags(encoded.offsets, doc.spans, labels)
    if doc.known is not None:
        within = [any(a <= s and e <= b for a, b in doc.known) for s, e in encoded.offsets]
        found = [tag if known else _UNKNOWN for tag, known in zip(found, within, strict=True)]
    return encoded, found


def _stream(data: Sequence[list[Tagged]], noise: float, rng: random.Random) -> Iterator[Tagged]:
    """Ever new orders; documents of like length come together."""
    if not data:
        raise ValueError("a corpus without texts teaches nothing")
    while True:
        order = rng.sample(range(len(data)), len(data))
        for start in range(0, len(order), 32):
            for i in sorted(order[start : start + 32], key=lambda i: len(data[i][0][0].ids)):
                forms = data[i]
                yield rng.choice(forms[1:]) if len(forms) > 1 and rng.random() < noise else forms[0]
