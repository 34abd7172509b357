"""How often words, and pairs of words that could be one, stand in print; built by `trialmine.train.word_list`."""

from __future__ import annotations

import lzma
from functools import cache
from importlib.resources import files


class WordList:
    """Counts of lower-case words and of neighbours whose joined form is a word."""

    def __init__(self, words: dict[str, int], pairs: dict[str, int]) -> None:
        self.words = words
        self.pairs = pairs

    def count(self, word: str) -> int:
        """How often `word` (lower case) was seen; 0 for one that is not in the list."""
        return self.words.get(word, 0)

    def pair_count(self, left: str, right: str) -> int:
        """How often `left right` was seen as two words, if the two together make a word."""
        return self.pairs.get(f"{left} {right}", 0)


def _counts(rows: str) -> dict[str, int]:
    return {key: int(n) for key, _, n in (row.rpartition(" ") for row in rows.split("\n"))}


@cache
def word_list() -> WordList:
    """The list that ships with the package."""
    data = files("trialmine.lexicon").joinpath("words.txt.xz").read_bytes()
    words, _, pairs = lzma.decompress(data).decode("utf-8").partition("\n\n")
    return WordList(_counts(words), _counts(pairs))
