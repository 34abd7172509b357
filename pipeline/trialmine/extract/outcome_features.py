"""What the outcome tagger sees of a token: its form, its neighbours, its section, the cue words of its sentence.

Features come in groups that depend on little (a word, two neighbours, a word and its section): outcome_scores.py
keeps a table for each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex

from trialmine.lexicon.tables import rows
from trialmine.lexicon.tokens import token_spans
from trialmine.records.article import Article, Sentence

TOKEN = regex.compile(r"\w+|[^\w\s]")
# a text whose sentence borders are lost is one sentence; the tagger's cost grows with its length
_MAX_TOKENS = 400
CUES = frozenset(r["word"] for r in rows("outcome_words") if r["group"] == "cue")
_UPPER, _LOWER = regex.compile(r"\p{Lu}+"), regex.compile(r"\p{Ll}+")
_DIGITS, _DIGIT = regex.compile(r"\d+"), regex.compile(r"\d")
_KEPT_WORDS = 20_000
REACH = 3  # tokens to either side that a token is told of
MOST_COUNTED, PLACES = 4, 3  # how often a word stands in the text, and how far from its sentence's start
BEFORE, BEHIND = "<s>", "</s>"
Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TokenRun:
    """The tokens of one sentence (or of a part of a very long one) and where each stands.

    counts: how often the text has each word (in small letters). title: words of the title.
    """

    offsets: Sequence[tuple[int, int]]
    tokens: Sequence[str]
    words: Sequence[str]
    counts: Mapping[str, int]
    title: frozenset[str]
    sentence: Sentence

    @property
    def standing(self) -> tuple[list[int], list[bool], list[bool], list[int]]:
        """Of each token how often the text has it, whether it is in brackets and in the title, and its place."""
        counts, title, n = self.counts, self.title, len(self.tokens)
        return (
            [min(counts[word], MOST_COUNTED) for word in self.words],
            _in_brackets(self.tokens),
            [word in title for word in self.words],
            [*range(min(n, PLACES)), *[PLACES] * (n - PLACES)],
        )

    @property
    def features(self) -> tuple[Group, ...]:
        """The names of the features of each token."""
        return tuple(tuple(name for group in groups for name in group) for groups in _groups(self))


@cache
def _clusters() -> dict[str, tuple[str, str]]:
    return {r["word"]: (r["coarse"], r["fine"]) for r in rows("word_clusters")}


def token_runs(article: Article, spans: list[tuple[int, int]] | None = None) -> Iterator[TokenRun]:
    """The sentences of an article as runs of tokens; `spans` are the text's tokens where they are others."""
    text = article.text
    spans = token_spans(text) if spans is None else spans
    every = _Tokens.at(text, spans)
    counts = Counter(every.words)
    title = _title_words(article)
    for sentence in article.sentences:
        found = _within(text, every, sentence)
        for at in range(0, len(found.offsets), _MAX_TOKENS):
            offsets, tokens, words = found.part(at, at + _MAX_TOKENS)
            yield TokenRun(offsets, tokens, words, counts, title, sentence)


class _Tokens(NamedTuple):
    """Tokens: where they stand, as they are, and in small letters."""

    offsets: list[tuple[int, int]]
    tokens: list[str]
    words: list[str]

    @classmethod
    def at(cls, text: str, offsets: list[tuple[int, int]]) -> _Tokens:
        tokens = [text[a:b] for a, b in offsets]
        return cls(offsets, tokens, [*map(str.lower, tokens)])

    def part(self, first: int, behind: int) -> _Tokens:
        return _Tokens(self.offsets[first:behind], self.tokens[first:behind], self.words[first:behind])


def _within(text: str, every: _Tokens, sentence: Sentence) -> _Tokens:
    """The tokens of a sentence; its border may cut one in two."""
    spans = every.offsets
    first, behind = bisect_left(spans, (sentence.start,)), bisect_left(spans, (sentence.end,))
    cut = (first and spans[first - 1][1] > sentence.start) or (behind > first and spans[behind - 1][1] > sentence.end)
    if cut:
        return _Tokens.at(text, [m.span() for m in TOKEN.finditer(text, sentence.start, sentence.end)])
    return every.part(first, behind)


def _groups(run: TokenRun) -> Iterator[list[Group]]:
    """For each token the groups of features that hold of it."""
    section = run.sentence.section or "none"
    words = run.words
    padded = [*[BEFORE] * REACH, *words, *[BEHIND] * REACH]
    near = [_of_word(w) for w in padded]
    pairs = [_of_pair(a, b) for a, b in pairwise(padded)]
    cues = _cue_groups(words)
    standing = zip(*run.standing, strict=True)
    for i, (token, stands) in enumerate(zip(run.tokens, standing, strict=True)):
        out = [near[i + k][k] for k in range(2 * REACH + 1)]
        out += [pairs[i + k + 1][k] for k in range(4)]
        out += of_token(token)
        out += _of_middle(*padded[i + REACH - 1 : i + REACH + 2])
        out += _of_section(section, words[i])
        out += of_standing(stands)
        out += cues[i]
        yield out


def _title_words(article: Article) -> frozenset[str]:
    title = next((article.text[s.start : s.end] for s in article.sections if s.label == "title"), article.title or "")
    return frozenset(w.lower() for w in TOKEN.findall(title) if len(w) > 3)


def _in_brackets(tokens: Sequence[str]) -> list[bool]:
    out = [False] * len(tokens)
    if "(" not in tokens and "[" not in tokens:
        return out
    depth = 0
    for i, token in enumerate(tokens):
        depth += token in "(["
        out[i] = depth > 0
        depth -= token in ")]" and depth > 0
    return out


def of_standing(standing: tuple[int, bool, bool, int]) -> tuple[Group]:
    """What the standing of a token says of it."""
    count, inside, in_title, place = standing
    names = [f"n={count}", "paren" if inside else "open"]
    names += ["title"] if in_title else []
    names += [f"at={place}"] if place < PLACES else []
    return (tuple(names),)


def _of_section(section: str, word: str) -> tuple[Group]:
    return ((f"sec={section}", f"sec_w={section}_{word}"),)


def of_token(token: str) -> tuple[Group]:
    """What the form of a token says of it."""
    word = token.lower()
    return (("bias", f"w={word}", f"s3={word[-3:]}", f"s4={word[-4:]}", f"p4={word[:4]}", f"shape={_shape(token)}"),)


def _shape(token: str) -> str:
    return _DIGITS.sub("0", _LOWER.sub("a", _UPPER.sub("A", token)))[:6]


@lru_cache(maxsize=_KEPT_WORDS)
def clusters_of(word: str) -> tuple[str, str]:
    """The coarse and the fine cluster of a word."""
    if word in (BEFORE, BEHIND):
        return word, word
    return _clusters().get(_DIGIT.sub("0", word), ("-", "-"))


def _of_word(word: str) -> tuple[Group, ...]:
    """What a word says of the tokens around it: of the one three places before it last."""
    coarse, fine = clusters_of(word)
    groups = []
    for k in range(-REACH, REACH + 1):
        names = [f"w{k:+d}={word}"] if k else []
        names += [f"s3{k:+d}={word[-3:]}"] if abs(k) == 1 else []
        names += [f"c{k:+d}={coarse}", f"f{k:+d}={fine}"] if abs(k) < REACH else []
        groups.append(tuple(names))
    return tuple(groups)


def _of_pair(left: str, right: str) -> tuple[Group, ...]:
    """What two neighbours say of the tokens around them: of the one behind them first."""
    coarse = f"{clusters_of(left)[0]}_{clusters_of(right)[0]}"
    return tuple((f"bi{k:+d}={left}_{right}", f"cc{k:+d}={coarse}") for k in (-2, -1, 0, 1))


def _of_middle(left: str, word: str, right: str) -> tuple[Group]:
    return ((f"fc={clusters_of(left)[0]}_{clusters_of(word)[1]}_{clusters_of(right)[0]}",),)


def _cue_groups(words: Sequence[str]) -> list[list[Group]]:
    """For each token the groups of the cue words to its left and to its right."""
    out: list[list[Group]] = [[] for _ in words]
    for side, places in (("L", range(len(words))), ("R", range(len(words) - 1, -1, -1))):
        passed: frozenset[str] = frozenset()
        here: Sequence[Group] = ()
        for i in places:
            out[i] += here
            if words[i] in CUES:
                passed |= {words[i]}
                here = of_cues(side, words[i], passed)
    return out


def of_cues(side: str, nearest: str, passed: frozenset[str]) -> tuple[Group]:
    """What the cue words on one side say of a token: the nearest, and all that were passed."""
    return ((f"{side}={nearest}", *(f"{side}{side}={w}" for w in sorted(passed))),)
