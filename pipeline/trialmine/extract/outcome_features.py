"""What the outcome tagger sees of a token: its form, its neighbours, its section, the cue words of its sentence.

Features come in groups that depend on little (a word, two neighbours, a word and its section), so that a reader
can look up a group that it met before as one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TypeVar

import regex

from trialmine.lexicon.tables import rows
from trialmine.records.article import Article, Sentence

TOKEN = regex.compile(r"\w+|[^\w\s]")
# a text whose sentence borders are lost is one sentence; the tagger's cost grows with its length
_MAX_TOKENS = 400
_CUES = frozenset(r["word"] for r in rows("outcome_words") if r["group"] == "cue")
_UPPER, _LOWER = regex.compile(r"\p{Lu}+"), regex.compile(r"\p{Ll}+")
_DIGITS, _DIGIT = regex.compile(r"\d+"), regex.compile(r"\d")
_KEPT_WORDS = 20_000
_REACH = 3  # tokens to either side that a token is told of
_BEFORE, _BEHIND = "<s>", "</s>"
Group = tuple[str, ...]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class TokenRun:
    """The tokens of one sentence (or of a part of a very long one) and where each stands."""

    offsets: tuple[tuple[int, int], ...]
    tokens: tuple[str, ...]
    standing: tuple[tuple[int, bool, bool, int], ...]
    sentence: Sentence

    @property
    def features(self) -> tuple[Group, ...]:
        """The names of the features of each token."""
        return tuple(
            tuple(name for group in groups for name in group)
            for groups in spread(self, lambda groups_of, *of: groups_of(*of))
        )


@cache
def _clusters() -> dict[str, tuple[str, str]]:
    return {r["word"]: (r["coarse"], r["fine"]) for r in rows("word_clusters")}


def token_runs(article: Article) -> Iterator[TokenRun]:
    """The sentences of an article as runs of tokens."""
    counts = Counter(t.lower() for t in TOKEN.findall(article.text))
    title = _title_words(article)
    for sentence in article.sentences:
        found = list(TOKEN.finditer(article.text, sentence.start, sentence.end))
        for at in range(0, len(found), _MAX_TOKENS):
            part = found[at : at + _MAX_TOKENS]
            tokens = tuple(m[0] for m in part)
            yield TokenRun(tuple(m.span() for m in part), tokens, tuple(_standing(tokens, counts, title)), sentence)


def spread(run: TokenRun, look: Callable[..., Sequence[T]]) -> Iterator[list[T]]:
    """For each token what `look` makes of the groups of features that hold of it.

    `look(groups_of, *of)` gives one value for each group of `groups_of(*of)`.
    """
    section = run.sentence.section or "none"
    words = [t.lower() for t in run.tokens]
    padded = [_BEFORE] * _REACH + words + [_BEHIND] * _REACH
    near = [look(_of_word, w) for w in padded]
    pairs = [look(_of_pair, a, b) for a, b in pairwise(padded)]
    cues = _cue_groups(words, look)
    for i, token in enumerate(run.tokens):
        out = [near[i + k][k] for k in range(2 * _REACH + 1)]
        out += [pairs[i + k + 1][k] for k in range(4)]
        out += look(_of_token, token)
        out += look(_of_middle, *padded[i + _REACH - 1 : i + _REACH + 2])
        out += look(_of_section, section, words[i])
        out += look(_of_standing, run.standing[i])
        out += cues[i]
        yield out


def _title_words(article: Article) -> frozenset[str]:
    title = next((article.text[s.start : s.end] for s in article.sections if s.label == "title"), article.title or "")
    return frozenset(w.lower() for w in TOKEN.findall(title) if len(w) > 3)


def _standing(
    tokens: Sequence[str], counts: Counter[str], title: frozenset[str]
) -> Iterator[tuple[int, bool, bool, int]]:
    """How often the text has the word, whether it is in brackets and in the title, and its place up to the third."""
    depth = 0
    for i, token in enumerate(tokens):
        word = token.lower()
        depth += token in "(["
        yield min(counts[word], 4), depth > 0, word in title, min(i, 3)
        depth -= token in ")]" and depth > 0


def _of_standing(standing: tuple[int, bool, bool, int]) -> tuple[Group]:
    count, inside, in_title, place = standing
    names = [f"n={count}", "paren" if inside else "open"]
    names += ["title"] if in_title else []
    names += [f"at={place}"] if place < 3 else []
    return (tuple(names),)


def _of_section(section: str, word: str) -> tuple[Group]:
    return ((f"sec={section}", f"sec_w={section}_{word}"),)


def _of_token(token: str) -> tuple[Group]:
    word = token.lower()
    return (("bias", f"w={word}", f"s3={word[-3:]}", f"s4={word[-4:]}", f"p4={word[:4]}", f"shape={_shape(token)}"),)


def _shape(token: str) -> str:
    return _DIGITS.sub("0", _LOWER.sub("a", _UPPER.sub("A", token)))[:6]


@lru_cache(maxsize=_KEPT_WORDS)
def _clusters_of(word: str) -> tuple[str, str]:
    if word in (_BEFORE, _BEHIND):
        return word, word
    return _clusters().get(_DIGIT.sub("0", word), ("-", "-"))


def _of_word(word: str) -> tuple[Group, ...]:
    """What a word says of the tokens around it: of the one three places before it last."""
    coarse, fine = _clusters_of(word)
    groups = []
    for k in range(-_REACH, _REACH + 1):
        names = [f"w{k:+d}={word}"] if k else []
        names += [f"s3{k:+d}={word[-3:]}"] if abs(k) == 1 else []
        names += [f"c{k:+d}={coarse}", f"f{k:+d}={fine}"] if abs(k) < _REACH else []
        groups.append(tuple(names))
    return tuple(groups)


def _of_pair(left: str, right: str) -> tuple[Group, ...]:
    """What two neighbours say of the tokens around them: of the one behind them first."""
    coarse = f"{_clusters_of(left)[0]}_{_clusters_of(right)[0]}"
    return tuple((f"bi{k:+d}={left}_{right}", f"cc{k:+d}={coarse}") for k in (-2, -1, 0, 1))


def _of_middle(left: str, word: str, right: str) -> tuple[Group]:
    return ((f"fc={_clusters_of(left)[0]}_{_clusters_of(word)[1]}_{_clusters_of(right)[0]}",),)


def _cue_groups(words: Sequence[str], look: Callable[..., Sequence[T]]) -> list[list[T]]:
    """For each token the groups of the cue words to its left and to its right."""
    out: list[list[T]] = [[] for _ in words]
    for side, places in (("L", range(len(words))), ("R", range(len(words) - 1, -1, -1))):
        passed: frozenset[str] = frozenset()
        here: Sequence[T] = ()
        for i in places:
            out[i] += here
            if words[i] in _CUES:
                passed |= {words[i]}
                here = look(_of_cues, side, words[i], passed)
    return out


def _of_cues(side: str, nearest: str, passed: frozenset[str]) -> tuple[Group]:
    return ((f"{side}={nearest}", *(f"{side}{side}={w}" for w in sorted(passed))),)
