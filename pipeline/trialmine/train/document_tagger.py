"""A recurrent tagger that reads a document in one go and knows where in it a word stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from trialmine.train.teacher import Heads, Teacher
from trialmine.train.words import Rows

_PLACES = 20
_HEADS, _HEAD_WIDTH = 4, 32
_READ = _HEADS * _HEAD_WIDTH


class DocumentTagger(Teacher):
    """A teacher that also sees how far into the document a word stands and whether it was met before; each token
    looks back and forth over all others.

    Some labels hang on that: an intervention that is marked once, a number of the first arm and one of the second.
    """

    def __init__(self, heads: Heads, letters: int, vector: int, width: int = 192, hidden: int = 128) -> None:
        super().__init__(heads, letters, vector, width, hidden)
        self.place, self.again = nn.Embedding(_PLACES, 16), nn.Embedding(3, 8)
        self.word = nn.Linear(self.word.in_features + 16 + 8, width)
        self.looks, self.looked = nn.Linear(width, 3 * _READ), nn.Linear(_READ, width)
        self.norm = nn.LayerNorm(width)

    def _seen(self, rows: Rows) -> Any:
        length = rows.inside.sum(1, keepdim=True).clamp(min=1)
        far = (torch.arange(rows.inside.shape[1]) * _PLACES // length).clamp(max=_PLACES - 1)
        again = torch.tensor(list(_met_before(rows.same.tolist()))).reshape(rows.inside.shape)
        return torch.cat([super()._seen(rows), self.place(far), self.again(again)], -1)

    def _joined(self, read: Any, rows: Rows) -> Any:
        y = super()._joined(read, rows)
        size = (*y.shape[:2], 3, _HEADS, _HEAD_WIDTH)
        asks, keys, values = self.looks(self._dropped(y, 0.1)).reshape(size).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(asks, keys, values, attn_mask=rows.inside[:, None, None, :])
        return self.norm(y + self.looked(seen.permute(0, 2, 1, 3).flatten(2)))


def _met_before(words: list[int]) -> Iterator[int]:
    """How often each word was met before it, two at most."""
    met: Counter[int] = Counter()
    for word in words:
        yield min(2, met[word])
        met[word] += 1
