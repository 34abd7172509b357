"""The weights of the outcome tagger as tables, so that all tokens of an article are weighed by a few array operations.

The same sums as over `TokenRun.features`, which is what training sees; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

import numpy as np
import numpy.typing as npt

from trialmine.extract.outcome_features import (
    BEFORE,
    BEHIND,
    CUES,
    MOST_COUNTED,
    PLACES,
    REACH,
    TokenRun,
    clusters_of,
    of_cues,
    of_standing,
    of_token,
)

Row = tuple[float, float, float]
Floats = npt.NDArray[np.float64]
Ids = npt.NDArray[np.int64]

_LABELS = 3
_KEPT = 50_000  # words; 200 bytes each
_MOST_AT_ONCE = 5_000  # tokens
_PAIRS = (-2, -1, 0, 1)  # where a pair may stand, seen from the token


class _Sparse:
    """Rows for combinations of ids, most of which have none."""

    def __init__(self, sizes: Sequence[int], rows: Mapping[tuple[int, ...], Floats], shape: tuple[int, ...]) -> None:
        self._sizes = sizes
        keys = {self._key(ids): row for ids, row in rows.items()}
        ordered = sorted(keys)
        # a last row of nothing, for what is not there
        self._keys = np.array([*ordered, np.iinfo(np.int64).max], dtype=np.int64)
        self._rows = np.array([*(keys[k] for k in ordered), np.zeros(shape)])

    def _key(self, ids: Sequence[int]) -> int:
        key = 0
        for i, size in zip(ids, self._sizes, strict=True):
            key = key * size + i
        return key

    def rows(self, *ids: Ids) -> Floats:
        """One row for each place of the id arrays."""
        key = ids[0]
        for i, size in zip(ids[1:], self._sizes[1:], strict=True):
            key = key * size + i
        at = np.searchsorted(self._keys, key)
        at[self._keys[at] != key] = -1
        found: Floats = self._rows[at]
        return found


class _Names:
    """Ids of names; 0 is any name that no weight knows."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {"\0": 0}

    def __len__(self) -> int:
        return len(self.ids)

    def of(self, name: str) -> int:
        return self.ids.setdefault(name, len(self.ids))


class _Seen:
    """The rows of things met before, each made when it is first met."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self.ids: dict[str, int] = {}
        self.rows: Floats = np.zeros((_KEPT, *shape))

    def add(self, thing: str) -> int:
        self.ids[thing] = i = len(self.ids)
        return i

    def is_full(self, more: int) -> bool:
        return len(self.ids) + more > len(self.rows)


class OutcomeScores:
    """Scores of the labels of each token.

    Args:
        weights: feature -> a weight for each label.
    """

    def __init__(self, weights: Mapping[str, Row]) -> None:
        self._weights = weights
        self._words, self._sections = _Names(), _Names()
        self._coarse, self._fine = _Names(), _Names()
        by_kind: dict[str, dict[str, Row]] = {}
        for feature, row in weights.items():
            kind, _, value = feature.partition("=")
            by_kind.setdefault(kind, {})[value] = row
        pairs = self._of_pairs("bi", by_kind, self._words)
        clusters = self._of_pairs("cc", by_kind, self._coarse)
        middles = self._of_parts(by_kind.get("fc", {}), (self._coarse, self._fine, self._coarse))
        sections = self._of_parts(by_kind.get("sec_w", {}), (self._sections, self._words))
        alone = self._of_parts(by_kind.get("sec", {}), (self._sections,))
        words, coarse, fine, parts = map(len, (self._words, self._coarse, self._fine, self._sections))
        self._bi = _Sparse((words, words), pairs, (len(_PAIRS), _LABELS))
        self._cc = _Sparse((coarse, coarse), clusters, (len(_PAIRS), _LABELS))
        self._fc = _Sparse((coarse, fine, coarse), middles, (_LABELS,))
        self._sec_w = _Sparse((parts, words), sections, (_LABELS,))
        self._sec = _Sparse((parts,), alone, (_LABELS,))
        # what a word, its ending and its clusters say of the tokens around, by where the word stands
        self._around = [self._of_places(kind, by_kind) for kind in ("w", "s3", "c", "f")]
        self._forget()

    def _forget(self) -> None:
        self._near = _Seen((2 * REACH + 1, _LABELS))
        self._forms = _Seen((_LABELS,))
        # of each word met its id, its coarse and its fine cluster
        self._known: Ids = np.zeros((_KEPT, 3), dtype=np.int64)
        self._cues: dict[tuple[str, str, frozenset[str]], Floats] = {}

    # reading the weights

    @staticmethod
    def _splits(value: str, parts: int) -> Iterator[tuple[str, ...]]:
        """Every way to read "a_b": a word may hold the sign that joins."""
        if parts == 1:
            yield (value,)
            return
        for i, char in enumerate(value):
            if char == "_" and 0 < i < len(value) - 1:
                yield from ((value[:i], *rest) for rest in OutcomeScores._splits(value[i + 1 :], parts - 1))

    def _of_parts(self, rows: Mapping[str, Row], names: Sequence[_Names]) -> dict[tuple[int, ...], Floats]:
        return {
            tuple(of.of(part) for of, part in zip(names, split, strict=True)): np.array(row)
            for value, row in rows.items()
            for split in self._splits(value, len(names))
        }

    def _of_pairs(
        self, kind: str, by_kind: Mapping[str, Mapping[str, Row]], names: _Names
    ) -> dict[tuple[int, ...], Floats]:
        out: dict[tuple[int, ...], Floats] = {}
        for k, place in enumerate(_PAIRS):
            for ids, row in self._of_parts(by_kind.get(f"{kind}{place:+d}", {}), (names, names)).items():
                out.setdefault(ids, np.zeros((len(_PAIRS), _LABELS)))[k] = row
        return out

    @staticmethod
    def _of_places(kind: str, by_kind: Mapping[str, Mapping[str, Row]]) -> dict[str, Floats]:
        out: dict[str, Floats] = {}
        for k in range(-REACH, REACH + 1):
            for value, row in by_kind.get(f"{kind}{k:+d}", {}).items():
                out.setdefault(value, np.zeros((2 * REACH + 1, _LABELS)))[k + REACH] = row
        return out

    def _sum(self, features: Iterable[str]) -> list[float]:
        rows = [row for row in map(self._weights.get, features) if row is not None]
        return [sum(column) for column in zip(*rows, strict=True)] if rows else [0.0] * _LABELS

    @cached_property
    def _standings(self) -> Floats:
        """By count, whether in brackets, whether in the title, and place."""
        out = np.zeros((MOST_COUNTED + 1, 2, 2, PLACES + 1, _LABELS))
        for at in np.ndindex(*out.shape[:-1]):
            count, inside, titled, place = at
            out[at] = self._sum(of_standing((count, bool(inside), bool(titled), place))[0])
        return out

    # weighing an article

    def of(self, runs: Sequence[TokenRun]) -> list[Floats]:
        """For each run an array of (tokens, labels)."""
        out: list[Floats] = []
        batch: list[TokenRun] = []
        tokens = 0
        for run in runs:
            if batch and tokens + len(run.tokens) > _MOST_AT_ONCE:
                out += self._batch(batch)
                batch, tokens = [], 0
            batch.append(run)
            tokens += len(run.tokens)
        return out + self._batch(batch) if batch else out

    def _batch(self, runs: Sequence[TokenRun]) -> list[Floats]:
        if self._near.is_full(_MOST_AT_ONCE + 2) or self._forms.is_full(_MOST_AT_ONCE):
            self._forget()
        padded: list[str] = []
        inner: list[int] = []
        for run in runs:
            inner += range(len(padded) + REACH, len(padded) + REACH + len(run.words))
            padded += (*[BEFORE] * REACH, *run.words, *[BEHIND] * REACH)
        at = np.array(inner, dtype=np.int64)
        ids = np.array(_ids(padded, self._near.ids, self._add_word), dtype=np.int64)
        sections = np.concatenate(
            [np.full(len(r.words), self._sections.ids.get(r.sentence.section or "none", 0)) for r in runs]
        )
        total = self._of_neighbours(ids, at)
        known = self._known[ids[at], 0]
        total += self._sec.rows(sections)
        total += self._sec_w.rows(sections, known)
        tokens = [*chain.from_iterable(run.tokens for run in runs)]
        total += self._forms.rows[_ids(tokens, self._forms.ids, self._add_form)]
        columns = zip(*(run.standing for run in runs), strict=True)
        total += self._standings[tuple(np.array([*chain(*column)], dtype=np.int64) for column in columns)]
        cuts = np.cumsum([len(r.words) for r in runs])[:-1]
        out: list[Floats] = np.split(total, cuts)
        for run, rows in zip(runs, out, strict=True):
            self._add_cues(run.words, rows)
        return out

    def _of_neighbours(self, ids: Ids, at: Ids) -> Floats:
        near = self._near.rows
        total: Floats = near[ids[at - REACH], 0]
        for k in range(1, 2 * REACH + 1):
            total += near[ids[at + k - REACH], k]
        known = self._known[ids]
        words, coarse, fine = known[:, 0], known[:, 1], known[:, 2]
        pairs = self._bi.rows(words[:-1], words[1:])
        pairs += self._cc.rows(coarse[:-1], coarse[1:])
        for k, place in enumerate(_PAIRS):
            total += pairs[at + place, k]
        total += self._fc.rows(coarse[at - 1], fine[at], coarse[at + 1])
        return total

    def _add_word(self, word: str) -> int:
        i = self._near.add(word)
        coarse, fine = clusters_of(word)
        for table, value in zip(self._around, (word, word[-3:], coarse, fine), strict=True):
            if value in table:
                self._near.rows[i] += table[value]
        self._known[i] = self._words.ids.get(word, 0), self._coarse.ids.get(coarse, 0), self._fine.ids.get(fine, 0)
        return i

    def _add_form(self, token: str) -> int:
        i = self._forms.add(token)
        self._forms.rows[i] = self._sum(of_token(token)[0])
        return i

    def _add_cues(self, words: Sequence[str], rows: Floats) -> None:
        """Each token is told of the cue words that stand before it in its sentence, and of those behind it."""
        cues = [i for i, word in enumerate(words) if word in CUES]
        for side, ordered in (("L", cues), ("R", cues[::-1])):
            passed: frozenset[str] = frozenset()
            for k, i in enumerate(ordered):
                passed |= {words[i]}
                row = self._cue_row(side, words[i], passed)
                if side == "L":
                    rows[i + 1 : ordered[k + 1] + 1 if k + 1 < len(ordered) else len(rows)] += row
                else:
                    rows[ordered[k + 1] if k + 1 < len(ordered) else 0 : i] += row

    def _cue_row(self, side: str, nearest: str, passed: frozenset[str]) -> Floats:
        key = (side, nearest, passed)
        row = self._cues.get(key)
        if row is None:
            row = self._cues[key] = np.array(self._sum(of_cues(side, nearest, passed)[0]))
        return row


def _ids(things: Sequence[str], known: Mapping[str, int], add: Callable[[str], int]) -> list[int]:
    found = [*map(known.get, things)]
    if None in found:
        for thing in dict.fromkeys(things):
            if thing not in known:
                add(thing)
        return [known[thing] for thing in things]
    return found  # type: ignore[return-value]
