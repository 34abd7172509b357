"""The teachers: recurrent taggers that see whole documents, too slow to ship; the shipped model learns what they find.

A word is its floret vector, its letters (convolution) and its shape; one LSTM in each direction reads segments of the
text, every word also gets the mean of what was read at the same word elsewhere in the document, and two convolutions
bring both together. Every corpus has its own layer of tags.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from trialmine.evaluate.annotated import Annotated, read_spans
from trialmine.train.recipe import ENTITIES
from trialmine.train.tagging import count_tags, tags
from trialmine.train.words import Encoded, Words

LABELS = ("CHEMICAL", "DISEASE")
ENTITIES_HEAD = "bc5cdr"
Heads = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Lesson:
    """A corpus, its labels and its share of the steps."""

    docs: Sequence[Annotated]
    labels: tuple[str, ...]
    share: float


@dataclass(frozen=True)
class Course:
    """Length and pace of a teacher's training."""

    steps: int
    batch: int = 8
    learn_rate: float = 2e-3
    seed: int = 0


def lessons(data: Path, *, measure: bool) -> dict[str, Lesson]:
    """The corpora of the teachers; with `measure` without BC5CDR dev and whatever shares its abstracts."""
    train, dev = (read_spans(data / f"bc5cdr/{part}.jsonl", ENTITIES) for part in ("train", "dev"))
    unseen = {d.id for d in dev} if measure else set()
    biored = {"DiseaseOrPhenotypicFeature": "DISEASE", "ChemicalEntity": "CHEMICAL"}
    biored |= {"GeneOrGeneProduct": "GENE", "OrganismTaxon": "TAXON"}
    phee = {"Treatment.Drug": "DRUG", "Effect": "EFFECT", "Treatment.Disorder": "DISORDER"}
    others = {
        "biored": (read_spans(data / "biored/train.jsonl", biored), tuple(sorted(biored.values())), 0.10),
        "ncbi": (read_spans(data / "ncbi-disease/train.jsonl", lambda _: "DISEASE"), ("DISEASE",), 0.07),
        "phee": (read_spans(data / "phee/train.jsonl", phee), tuple(sorted(phee.values())), 0.08),
        "combo": (read_spans(data / "drug-combo/train.jsonl", lambda _: "DRUG"), ("DRUG",), 0.03),
    }
    out = {ENTITIES_HEAD: Lesson(train if measure else train + dev, LABELS, 0.72)}
    for name, (docs, labels, share) in others.items():
        kept = [d for d in docs if d.id.split("_")[0] not in unseen]
        out[name] = Lesson(joined(kept) if name in ("phee", "combo") else kept, labels, share)
    return out


def joined(docs: Sequence[Annotated], count: int = 6) -> list[Annotated]:
    """Corpora of single sentences: so many of them as one text."""
    out = []
    for i in range(0, len(docs), count):
        text, spans = "", []
        for doc in docs[i : i + count]:
            spans += [(a + len(text), b + len(text), label) for a, b, label in doc.spans]
            text += doc.text + " "
        out.append(Annotated(f"{docs[i].id}+", text, tuple(spans)))
    return out


class Teacher(nn.Module):  # type: ignore[misc]
    """Tag scores of every token of some documents, by the layer of one corpus."""

    def __init__(self, heads: Heads, letters: int, vector: int, width: int = 256, hidden: int = 160) -> None:
        super().__init__()
        self.letters = nn.Embedding(letters, 32, padding_idx=0)
        self.threes, self.fives = nn.Conv1d(32, 64, 3, padding=1), nn.Conv1d(32, 32, 5, padding=2)
        self.shape = nn.Embedding(Words.SHAPES, 16)
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
        x = functional.gelu(self.word(self._dropped(self._words(rows), 0.25)))
        read = self._read(x, rows.reverse)
        flat = read.flatten(0, 1)
        count = int(rows.same.max()) + 1
        total = torch.zeros(count, flat.shape[1]).index_add(0, rows.same, flat)
        met = torch.bincount(rows.same, minlength=count)
        elsewhere = (total / met.unsqueeze(1))[rows.same].reshape(read.shape)
        y = functional.gelu(self.mixed(self._dropped(torch.cat([read, elsewhere], -1), 0.35)))
        inside = rows.inside.unsqueeze(-1)
        for layer, norm in zip((self.near, self.far), self.norms, strict=True):
            seen = layer((self._dropped(y, 0.2) * inside).transpose(1, 2)).transpose(1, 2)
            y = norm(y + functional.gelu(seen))
        return self.heads[head](self._dropped(y, 0.35))[rows.inside]

    def _words(self, rows: Any) -> Any:
        letters = functional.dropout(self.letters(rows.letters).transpose(1, 2), 0.1, self.training)
        none = (rows.letters == 0).unsqueeze(1)
        pieces = [functional.gelu(c(letters)).masked_fill(none, -1).amax(2) for c in (self.threes, self.fives)]
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


def _tag_layer(width: int, labels: Sequence[str]) -> Any:
    return nn.Sequential(nn.Linear(width, 128), nn.GELU(), nn.Dropout(0.2), nn.Linear(128, count_tags(labels)))


@contextmanager
def _without_denormals() -> Iterator[None]:
    """They are slow to multiply; the switch is the whole thread's, so what comes after a teacher must not find it."""
    torch.set_flush_denormal(True)
    try:
        yield
    finally:
        torch.set_flush_denormal(False)


@_without_denormals()
def train_teacher(corpora: Mapping[str, Lesson], words: Words, course: Course) -> Teacher:
    """A teacher with the running average of its weights; one thread gives the same one again."""
    torch.set_num_threads(1)
    torch.manual_seed(course.seed)
    rng = random.Random(course.seed)
    data = {name: _tagged(lesson, words) for name, lesson in corpora.items()}
    streams = {name: _stream(docs, rng) for name, docs in data.items()}
    heads = {name: lesson.labels for name, lesson in corpora.items()}
    net = Teacher(heads, Words.LETTERS, words.vector_length)
    optimizer = torch.optim.AdamW(net.parameters(), lr=course.learn_rate, weight_decay=0.01, betas=(0.9, 0.98))
    average = {name: value.clone() for name, value in net.state_dict().items()}
    net.train()
    for step in range(1, course.steps + 1):
        rate = course.learn_rate * min(1, step / 100, max(0.01, (1 - step / course.steps) / 0.6))
        for group in optimizer.param_groups:
            group["lr"] = rate
        name = rng.choices(list(corpora), [lesson.share for lesson in corpora.values()])[0]
        batch = [next(streams[name]) for _ in range(course.batch)]
        scores = net([doc for doc, _ in batch], words, name)
        wanted = torch.tensor([tag for _, row in batch for tag in row])
        loss = functional.cross_entropy(scores, wanted, label_smoothing=0.01)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        keep = min(0.997, (1 + step) / (10 + step))
        with torch.no_grad():
            for key, value in net.state_dict().items():
                average[key].lerp_(value, 1 - keep)
    net.load_state_dict(average)
    return net.eval()  # type: ignore[no-any-return]


def _tagged(lesson: Lesson, words: Words) -> list[tuple[Encoded, list[int]]]:
    read = ((words.encode(doc.text), doc.spans) for doc in lesson.docs)
    return [(doc, tags(doc.offsets, spans, lesson.labels)) for doc, spans in read if doc.ids]


def _stream(data: Sequence[tuple[Encoded, list[int]]], rng: random.Random) -> Iterator[tuple[Encoded, list[int]]]:
    """Ever new orders; documents of like length come together."""
    if not data:
        raise ValueError("a corpus without texts teaches nothing")
    while True:
        order = rng.sample(range(len(data)), len(data))
        for start in range(0, len(order), 32):
            for i in sorted(order[start : start + 32], key=lambda i: len(data[i][0].ids)):
                yield data[i]


def tag_chances(
    teachers: Sequence[Teacher], docs: Sequence[Encoded], words: Words, batch: int = 16
) -> Iterator[tuple[int, np.ndarray[Any, Any]]]:
    """The mean of the teachers' probabilities, tokens x tags, with the place of each document."""
    order = sorted((i for i, doc in enumerate(docs) if doc.ids), key=lambda i: len(docs[i].ids))
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        together = [docs[i] for i in chosen]
        with torch.no_grad():
            scores = [net(together, words, ENTITIES_HEAD).softmax(-1) for net in teachers]
        mean = torch.stack(scores).mean(0).numpy()
        at = 0
        for i in chosen:
            yield i, mean[at : at + len(docs[i].ids)]
            at += len(docs[i].ids)
