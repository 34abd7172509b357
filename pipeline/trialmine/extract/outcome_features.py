"""What the outcome tagger sees of a token: its form, its neighbours, its section, the cue words of its sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

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
_OUTSIDE = {-1: "<s>", 1: "</s>"}


@dataclass(frozen=True, slots=True)
class TokenRun:
    """The tokens of one sentence (or of a part of a very long one) with the features of each."""

    offsets: tuple[tuple[int, int], ...]
    features: tuple[tuple[str, ...], ...]
    sentence: Sentence


@cache
def _clusters() -> dict[str, tuple[str, str]]:
    return {r["word"]: (r["coarse"], r["fine"]) for r in rows("word_clusters")}


def token_runs(article: Article) -> Iterator[TokenRun]:
    """The sentences of an article as runs of tokens with their features."""
    counts = Counter(m[0].lower() for m in TOKEN.finditer(article.text))
    title = _title_words(article)
    for sentence in article.sentences:
        found = list(TOKEN.finditer(article.text, sentence.start, sentence.end))
        for at in range(0, len(found), _MAX_TOKENS):
            part = found[at : at + _MAX_TOKENS]
            tokens = [m[0] for m in part]
            features = _features(tokens, sentence.section or "none", counts, title)
            yield TokenRun(tuple(m.span() for m in part), tuple(features), sentence)


def _title_words(article: Article) -> frozenset[str]:
    title = next((article.text[s.start : s.end] for s in article.sections if s.label == "title"), article.title or "")
    return frozenset(w.lower() for w in TOKEN.findall(title) if len(w) > 3)


def _shape(token: str) -> str:
    return _DIGITS.sub("0", _LOWER.sub("a", _UPPER.sub("A", token)))[:6]


@lru_cache(maxsize=_KEPT_WORDS)
def _groups(word: str) -> tuple[str, str]:
    return _clusters().get(_DIGIT.sub("0", word), ("-", "-"))


def _features(
    tokens: list[str], section: str, counts: Counter[str], title: frozenset[str]
) -> Iterator[tuple[str, ...]]:
    words = [t.lower() for t in tokens]
    groups = [_groups(w) for w in words]
    cues = [(i, w) for i, w in enumerate(words) if w in _CUES]
    depth = 0
    for i, token in enumerate(tokens):
        depth += token in "(["
        own = [
            *_form(token, words[i]),
            f"sec={section}",
            f"sec_w={section}_{words[i]}",
            f"n={min(counts[words[i]], 4)}",
        ]
        own.append("paren" if depth > 0 else "open")
        if words[i] in title:
            own.append("title")
        if i < 3:
            own.append(f"at={i}")
        yield (*own, *_neighbours(words, groups, i), *_cue_features(cues, i))
        depth -= token in ")]" and depth > 0


@lru_cache(maxsize=_KEPT_WORDS)
def _form(token: str, word: str) -> tuple[str, ...]:
    return ("bias", f"w={word}", f"s3={word[-3:]}", f"s4={word[-4:]}", f"p4={word[:4]}", f"shape={_shape(token)}")


def _neighbours(words: list[str], groups: list[tuple[str, str]], i: int) -> list[str]:
    def word(k: int) -> str:
        return words[k] if 0 <= k < len(words) else _OUTSIDE[-1 if k < 0 else 1]

    def group(k: int) -> tuple[str, str]:
        return groups[k] if 0 <= k < len(words) else (word(k), word(k))

    near = [f"w{k:+d}={word(i + k)}" for k in (-3, -2, -1, 1, 2, 3)]
    near += [f"s3{k:+d}={word(i + k)[-3:]}" for k in (-1, 1)]
    near += [f"{level}{k:+d}={group(i + k)[at]}" for k in (-2, -1, 0, 1, 2) for at, level in enumerate("cf")]
    pairs = [f"bi{k:+d}={word(i + k)}_{word(i + k + 1)}" for k in (-2, -1, 0, 1)]
    pairs += [f"cc{k:+d}={group(i + k)[0]}_{group(i + k + 1)[0]}" for k in (-2, -1, 0, 1)]
    return near + pairs + [f"fc={group(i - 1)[0]}_{group(i)[1]}_{group(i + 1)[0]}"]


def _cue_features(cues: list[tuple[int, str]], i: int) -> list[str]:
    left = [w for k, w in cues if k < i]
    right = [w for k, w in cues if k > i]
    nearest = [f"L={left[-1]}"] if left else []
    nearest += [f"R={right[0]}"] if right else []
    return nearest + [f"LL={w}" for w in sorted(set(left))] + [f"RR={w}" for w in sorted(set(right))]
