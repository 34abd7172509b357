"""The network of numbers as torch trains it; assemble/statistics/network.py computes the same without torch."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from trialmine.assemble.statistics.network import MARKS, read_numbers
from trialmine.train.statistics_network import DIMENSIONS, GOLD, NONE, Numbers, Words

_WIDTH, _LAYERS, _FORM, _HIDDEN = 48, 4, 48, 64
_GAP = 2 ** (_LAYERS + 1)  # between the documents of a batch: farther than the layers see
_EPOCHS, _BATCH, _PACE, _DECAY = 10, 8, 3e-3, 2e-2
_SHARE_OF_OTHERS = 0.5  # of their documents, in each epoch
_WEIGHT_OF_OTHERS, _WEIGHT_OF_MEASURE = 0.5, 2.0


@dataclass(frozen=True)
class Lesson:
    """The same as tensors; `forms` is candidates x features, `lists` averages over the list of each candidate."""

    task: str
    words: Any
    marks: Any
    at: Any
    forms: Any
    lists: Any
    labels: Any


def lesson_of(d: Numbers, words: Words, forms: Mapping[str, int], labels: Mapping[str, Sequence[str]]) -> Lesson:
    """A document as tensors."""
    reading = read_numbers(d.company.article, d.atoms, words.places)
    form = np.zeros((len(d.atoms), len(forms)), dtype=np.float32)
    for i, own in enumerate(d.features):
        form[i, [forms[f] for f in own if f in forms]] = 1
    same = (reading.groups[:, None] == reading.groups[None, :]).astype(np.float32)
    of_task = list(labels[d.task])
    return Lesson(
        d.task,
        torch.tensor(reading.words),
        torch.tensor(reading.marks),
        torch.tensor(reading.at),
        torch.tensor(form),
        torch.tensor(same / same.sum(axis=1, keepdims=True)),
        torch.tensor([of_task.index(label) for label in d.labels]),
    )


class Net(nn.Module):  # type: ignore[misc]
    """What network.Network computes, as torch trains it, with a layer of labels for every task."""

    def __init__(self, words: Words, forms: int, labels: Mapping[str, Sequence[str]]) -> None:
        super().__init__()
        vectors = torch.tensor(words.vectors.astype(np.float32) * words.scale)
        self.words = nn.Embedding.from_pretrained(vectors, freeze=True)
        self.input = nn.Linear(DIMENSIONS + MARKS, _WIDTH)
        self.layers = nn.ModuleList(
            nn.Conv1d(_WIDTH, 2 * _WIDTH, 3, padding=2**k, dilation=2**k) for k in range(_LAYERS)
        )
        self.forms = nn.Linear(forms, _FORM)
        self.hidden = nn.Linear(2 * _WIDTH + _FORM, _HIDDEN)
        self.result = nn.Linear(_HIDDEN, 1)
        self.tasks = nn.ModuleDict({task: nn.Linear(_HIDDEN, len(names)) for task, names in labels.items()})
        self.none = list(labels[GOLD]).index(NONE)
        self._some, self._many = nn.Dropout(0.3), nn.Dropout(0.4)

    def forward(self, batch: Sequence[Lesson]) -> Any:
        """The hidden layer of all candidates of some documents."""
        length = sum(len(d.words) + _GAP for d in batch)
        words, marks = torch.zeros(length, dtype=torch.long), torch.zeros(length, MARKS)
        inside, at, start = torch.zeros(length), [], 0
        for d in batch:
            stop = start + len(d.words)
            words[start:stop], marks[start:stop], inside[start:stop] = d.words, d.marks, 1
            at.append(d.at + start)
            start = stop + _GAP
        z = functional.relu(self.input(torch.cat([self._some(self.words(words)), marks], -1))) * inside[:, None]
        z = z.T[None]
        for layer in self.layers:
            z = (z + functional.glu(layer(self._many(z)), dim=1)) * inside
        own = z[0].T[torch.cat(at)]
        lists = torch.block_diag(*(d.lists for d in batch)) @ own
        form = functional.relu(self.forms(self._many(torch.cat([d.forms for d in batch]))))
        hidden = functional.relu(self.hidden(self._many(torch.cat([own, lists, form], -1))))
        return self._many(hidden)

    def loss(self, batch: Sequence[Lesson]) -> Any:
        """Summed over the candidates of some documents."""
        hidden = self(batch)
        labels = torch.cat([d.labels for d in batch])
        tasks = np.array([d.task for d in batch for _ in d.labels])
        total = hidden.sum() * 0
        for task in sorted(set(tasks)):
            here = torch.tensor(np.flatnonzero(tasks == task))
            own, right = hidden[here], labels[here]
            if task != GOLD:
                total = total + _WEIGHT_OF_OTHERS * functional.cross_entropy(
                    self.tasks[task](own), right, reduction="sum"
                )
                continue
            results = right != self.none
            odds = self.result(own)[:, 0]
            total = total + functional.binary_cross_entropy_with_logits(odds, results.float(), reduction="sum")
            if results.any():
                measured = functional.cross_entropy(self.tasks[GOLD](own[results]), right[results], reduction="sum")
                total = total + _WEIGHT_OF_MEASURE * measured
        return total


def fit(
    lessons: Sequence[Lesson], words: Words, forms: int, labels: Mapping[str, Sequence[str]], *, seed: int = 0
) -> Net:
    """A trained net; the same lessons, seed and versions give the same net."""
    torch.manual_seed(seed)
    torch.set_num_threads(1)
    order = random.Random(seed)
    gold, others = [d for d in lessons if d.task == GOLD], [d for d in lessons if d.task != GOLD]
    net = Net(words, forms, labels)
    size = len(gold) + int(len(others) * _SHARE_OF_OTHERS)
    steps = _EPOCHS * -(-size // _BATCH)
    free = [p for p in net.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(free, lr=_PACE, weight_decay=_DECAY)
    pace = torch.optim.lr_scheduler.OneCycleLR(optimizer, _PACE, total_steps=steps + 1, pct_start=0.1)
    for _ in range(_EPOCHS):
        documents = gold + order.sample(others, size - len(gold))
        order.shuffle(documents)
        for start in range(0, size, _BATCH):
            optimizer.zero_grad()
            (net.loss(documents[start : start + _BATCH]) / _BATCH).backward()
            nn.utils.clip_grad_norm_(free, 5.0)
            optimizer.step()
            pace.step()
    net.eval()
    return net


def arrays_of(net: Net, words: Words, forms: Mapping[str, int], labels: Sequence[str]) -> dict[str, Any]:
    """The arrays that network.from_arrays reads; `labels` are those of GOLD."""
    kept = [i for i in range(len(labels)) if i != net.none]
    measure = net.tasks[GOLD]
    arrays: dict[str, Any] = {
        "vocabulary": _lines(words.places), "features": _lines(forms),
        "vectors": words.vectors, "scale": np.array(words.scale, dtype=np.float32),
        "input.words": _half(net.input.weight[:, :DIMENSIONS].T),
        "input.marks": _half(net.input.weight[:, DIMENSIONS:].T),
        "input.bias": _half(net.input.bias),
        "features.weights": _half(net.forms.weight.T), "features.bias": _half(net.forms.bias),
        "hidden.weights": _half(net.hidden.weight.T), "hidden.bias": _half(net.hidden.bias),
        "result.weights": _half(net.result.weight.T), "result.bias": _half(net.result.bias),
        "measures": _lines(labels[i] for i in kept),
        "measure.weights": _half(measure.weight[kept].T), "measure.bias": _half(measure.bias[kept]),
    }  # fmt: skip
    for k, layer in enumerate(net.layers):
        # (out, in, 3) -> (3 * in, out): the token before, the token, the token behind
        arrays[f"convolution{k}.weights"] = _half(layer.weight.permute(2, 1, 0).reshape(-1, 2 * _WIDTH))
        arrays[f"convolution{k}.bias"] = _half(layer.bias)
    return arrays


def _half(tensor: Any) -> Any:
    return tensor.detach().numpy().astype(np.float16)


def _lines(names: Iterable[str]) -> Any:
    return np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8)
