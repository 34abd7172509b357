"""A small convolutional network that reads the words around a number: a second opinion on what the number is.

It knows words by what they stand beside (vectors), so that what it learned of one field holds for the words of
another; the linear judges (model.py) know each word by itself, and see more of the form. Torch trains it
(train/statistics_network.py); here it is a few products of matrices.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt
import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Article

Floats = npt.NDArray[np.float32]
Integers = npt.NDArray[np.intp]

_TOKEN = regex.compile(r"[A-Za-z]+|\d[\d.,·]*|\+/-|[^\w\s]|\w")
_SECTIONS = (None, "title", "background", "objective", "methods", "results", "conclusions", "registration", "other")
_FORMS = 6
_FORM_ROWS = np.array([[form >> i & 1 for i in range(_FORMS)] for form in range(1 << _FORMS)], dtype=np.float32)
MARKS = _FORMS + len(_SECTIONS) + 1  # what is seen of a token beside its word
NUMBER, UNKNOWN = "#", "?"
_ENDING = 4
_KEPT = 20_000  # tokens


@dataclass(frozen=True, slots=True)
class Reading:
    """The tokens of the sentences that have candidates.

    `words`: place of each token's word in the vocabulary; `marks`: tokens x MARKS; `at`: the token of each candidate;
    `groups`: the list that each candidate stands in.
    """

    words: Integers
    marks: Floats
    at: Integers
    groups: Integers


def read_numbers(article: Article, atoms: Sequence[Candidate], vocabulary: Mapping[str, int]) -> Reading:
    """What the network sees of an article with these candidates, of which there must be one at least."""
    sentences = sorted({a.sentence.start: a.sentence for a in atoms}.values(), key=lambda s: s.start)
    words: list[int] = []
    forms: list[int] = []
    begins: list[int] = []
    sections: list[int] = []
    token_at: dict[int, int] = {}
    starts, behind = sorted({a.at for a in atoms}), 0
    for sentence in sentences:
        for match in _TOKEN.finditer(article.text, sentence.start, sentence.end):
            token = match.group()
            start, end = match.span()
            while behind < len(starts) and starts[behind] < end:
                if starts[behind] >= start:
                    token_at[starts[behind]] = len(words)
                behind += 1
            words.append(_place(token, vocabulary))
            forms.append(_form(token))
            begins.append(start)
        sections += [_SECTIONS.index(sentence.section)] * (len(words) - len(sections))
    marks = np.zeros((len(words), MARKS), dtype=np.float32)
    marks[:, :_FORMS] = _FORM_ROWS[forms]
    marks[np.arange(len(words)), np.array(sections, dtype=np.intp) + _FORMS] = 1
    marks[:, -1] = np.array(begins) / max(1, len(article.text))
    return Reading(
        np.array(words, dtype=np.intp),
        marks,
        np.array([token_at.get(a.at, 0) for a in atoms], dtype=np.intp),
        np.array([a.group for a in atoms], dtype=np.intp),
    )


def _place(token: str, vocabulary: Mapping[str, int]) -> int:
    """The word's own place, that of its ending, or that of what is unknown."""
    word = key_of(token)
    found = vocabulary.get(word)
    if found is None:
        found = vocabulary.get(ending_of(word))
    return vocabulary[UNKNOWN] if found is None else found


def key_of(token: str) -> str:
    """A token as the vocabulary has it."""
    return NUMBER if token[0].isdigit() else token.lower()


def ending_of(word: str) -> str:
    """What stands for a word that the vocabulary has not."""
    return "-" + word[-_ENDING:]


def tokens_of(text: str) -> list[str]:
    """The tokens of a text as the network reads them."""
    return _TOKEN.findall(text)


@lru_cache(maxsize=_KEPT)
def _form(token: str) -> int:
    """A bit for each thing that is seen of the form of a token."""
    upper = token.isupper()
    seen = (
        token[0].isdigit(), upper and len(token) == 1, upper and len(token) > 1, token[0].isupper(),
        not token[0].isalnum(), "." in token or "·" in token,
    )  # fmt: skip
    return sum(1 << i for i, there in enumerate(seen) if there)


@dataclass(frozen=True, slots=True)
class Opinion:
    """The log odds that a candidate is a result, and the chances of its measures if it is."""

    odds: float
    measures: Mapping[str, float]


@dataclass(frozen=True)
class Network:
    """The weights; every layer is (inputs x outputs, outputs).

    `words` has the first layer's share of every word.
    """

    vocabulary: Mapping[str, int]
    words: Floats
    marks: Floats
    convolutions: Sequence[tuple[Floats, Floats]]
    features: Mapping[str, int]
    of_features: tuple[Floats, Floats]
    hidden: tuple[Floats, Floats]
    result: tuple[Floats, Floats]
    measures: Sequence[str]
    measure: tuple[Floats, Floats]

    def judge(self, reading: Reading, features: Sequence[Sequence[str]]) -> list[Opinion]:
        """Whether each candidate is a result, and of what.

        Args:
            reading: the tokens, with the candidates.
            features: what the linear judges see of each candidate.
        """
        own = _convolved(self._embedded(reading), self.convolutions, reading.at)
        _, place, size = np.unique(reading.groups, return_inverse=True, return_counts=True)
        lists = np.zeros((len(size), own.shape[1]), dtype=np.float32)
        np.add.at(lists, place, own)
        lists = (lists / size[:, None].astype(np.float32))[place]
        weights, bias = self.hidden
        seen = np.concatenate([own, lists, self._of_features(features)], axis=1)
        hidden = np.maximum(_product(seen, weights) + bias, 0)
        odds = (_product(hidden, self.result[0]) + self.result[1])[:, 0].tolist()
        sums = _product(hidden, self.measure[0]) + self.measure[1]
        chances = np.exp(sums - sums.max(axis=1, keepdims=True))  # the largest is 1: no overflow
        chances /= chances.sum(axis=1, keepdims=True)
        return [
            Opinion(odd, dict(zip(self.measures, of_one, strict=True)))
            for odd, of_one in zip(odds, chances.tolist(), strict=True)
        ]

    def _embedded(self, reading: Reading) -> Floats:
        added: Floats = np.maximum(self.words[reading.words] + _product(reading.marks, self.marks), 0)
        return added

    def _of_features(self, features: Sequence[Sequence[str]]) -> Floats:
        table, bias = self.of_features
        known = (np.array([p for p in map(self.features.get, own) if p is not None], dtype=np.intp) for own in features)
        rows = np.stack([np.add.reduce(table.take(places, axis=0)) for places in known])
        return np.maximum(rows + bias, 0)  # type: ignore[no-any-return]


_SMALL = 200_000  # multiplications


def _product(a: Floats, b: Floats) -> Floats:
    """a @ b in blocks that BLAS does not share out among threads.

    Waiting for threads costs more than they save here, and sums would depend on their number.
    """
    size = max(1, _SMALL // b.size)
    out = np.empty((len(a), b.shape[1]), dtype=np.float32)
    for start in range(0, len(a), size):
        np.matmul(a[start : start + size], b, out=out[start : start + size])
    return out


def _convolved(z: Floats, layers: Sequence[tuple[Floats, Floats]], at: Integers) -> Floats:
    """What is known of the tokens `at` when each layer has added what it makes of a token and of two others.

    Those stand 1, 2, 4, … from it. The later the layer, the fewer tokens have a part in what is asked for.
    """
    width, margin = z.shape[1], 2 ** len(layers)
    asked = [np.unique(at) + margin]
    for depth in range(len(layers) - 1, 0, -1):
        rows, step = asked[0], 2**depth
        wanted = np.unique(np.concatenate([rows - step, rows, rows + step]))
        asked.insert(0, wanted[(wanted >= margin) & (wanted < len(z) + margin)])
    wide = np.zeros((len(z) + 2 * margin, width), dtype=np.float32)
    wide[margin:-margin] = z
    for depth, (weights, bias) in enumerate(layers):
        rows, step = asked[depth], 2**depth
        seen = _product(np.concatenate([wide[rows - step], wide[rows], wide[rows + step]], axis=1), weights) + bias
        wide[rows] += seen[:, :width] / (1 + np.exp(-seen[:, width:]))
    found: Floats = wide[at + margin]
    return found


@cache
def network() -> Network:
    """The packaged network. Read once, when the first document comes."""
    path = files("trialmine.lexicon").joinpath("weights", "statistics_network.npz")
    with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
        return from_arrays({name: arrays[name] for name in arrays.files})


def from_arrays(arrays: Mapping[str, Any]) -> Network:
    """The network of a file's arrays: words as 8-bit integers with a scale, the rest as 16-bit floats."""
    full = {name: a.astype(np.float32) for name, a in arrays.items() if a.dtype.kind == "f"}
    vectors = arrays["vectors"].astype(np.float32) * full["scale"]
    layers = sorted(name for name in full if name.startswith("convolution") and name.endswith("weights"))
    return Network(
        vocabulary=_numbered(arrays["vocabulary"]),
        words=_product(vectors, full["input.words"]) + full["input.bias"],
        marks=full["input.marks"],
        convolutions=[(full[name], full[name.replace("weights", "bias")]) for name in layers],
        features=_numbered(arrays["features"]),
        of_features=(full["features.weights"], full["features.bias"]),
        hidden=(full["hidden.weights"], full["hidden.bias"]),
        result=(full["result.weights"], full["result.bias"]),
        measures=_names(arrays["measures"]),
        measure=(full["measure.weights"], full["measure.bias"]),
    )


def _numbered(lines: Any) -> dict[str, int]:
    return {name: i for i, name in enumerate(_names(lines))}


def _names(lines: Any) -> list[str]:
    return bytes(lines).decode("utf-8").split("\n")
