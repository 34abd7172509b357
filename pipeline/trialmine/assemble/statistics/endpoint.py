"""What the statistics models see of an endpoint that a number or a P may be of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import regex

from trialmine.assemble.statistics.endpoint_place import Outlook
from trialmine.assemble.statistics.features import end_before, words_of
from trialmine.assemble.statistics.result import Result
from trialmine.records.article import Article, Block, Mention

_KEPT = 512
_BEFORE = 250  # characters before the sentence in which an endpoint may be named
_STOP = frozenset(words_of("the of in and an to for with at on rate level mean median patients primary"))
_CLAUSE_END = regex.compile(r"[;:]|, (?:and|but|while)")
# a P is of what stands between it and the P before it, or the last words that begin something new
_NEW_CLAUSE = regex.compile(r"[;:]\s|,\s(?:but|while|whereas|although|and\sthere|however)\b|\b(?:whereas|while|but)\b")
_DIGIT = regex.compile(r"\d")
_ALL = regex.compile(r"\b(?:all|both|each|respectively)\b", regex.IGNORECASE)
# what stands between the members of a list of outcomes
_LISTED = regex.compile(
    r"\s?(?:\([^)]{0,30}\))?\s?(?:,|and|or|/|&|as\swell\sas|,\s?and)\s?(?:[\w-]+\s){0,3}", regex.IGNORECASE
)


@lru_cache(maxsize=_KEPT)
def _name_words(name: str) -> frozenset[str]:
    return frozenset(words_of(name)) - _STOP


def endpoint_features(article: Article, result: Result, endpoints: Block, k: int, outlook: Outlook) -> list[str]:
    """Features of a number with its measure and endpoint k among all endpoints."""
    row = endpoints.rows[k]
    found = _endpoint(article, result.at, result.measure, endpoints, k)
    return list(dict.fromkeys((*found, *outlook.features(row.id, row.name, result.measure))))


def _endpoint(article: Article, at: int, measure: str, endpoints: Block, k: int) -> Iterator[str]:
    text, endpoint = article.text, endpoints.rows[k]
    sentence = article.sentence_at(at)
    start, end = (sentence.start, sentence.end) if sentence else (max(0, at - 200), at + 100)
    references = endpoints.beginning(max(0, start - _BEFORE), end)
    own = [r for r in references if r.id == endpoint.id]
    left = [r for r in references if start <= r.start and r.end <= at + 1]
    mine = [r for r in left if r.id == endpoint.id]
    if mine:
        yield f"ref_left={min((at - mine[-1].end) // 15, 8)}"
        between = {r.id for r in left if r.start > mine[-1].start} - {endpoint.id}
        yield f"ref_between={min(len(between), 3)}"
        first = list(dict.fromkeys(r.id for r in left)).index(endpoint.id)
        yield f"ref_order={min(first, 3)}&measure={measure}"
        yield f"ref_clause={bool(_CLAUSE_END.search(text[mine[-1].end : at]))}"
    elif any(at <= r.start < end for r in own):
        nearest = next(r for r in own if at <= r.start)
        yield f"ref_right={min((nearest.start - at) // 15, 8)}"
    else:
        yield f"ref_none&others={any(start <= r.start < end for r in references)}"
        yield f"ref_before={any(r.start < start for r in own)}"
    yield from _overlaps_with_name(text, start, at, end, endpoints, k)
    yield f"role={endpoint.role}"
    yield f"kind={endpoint.kind}&measure={measure}"
    yield f"code={endpoint.code}&measure={measure}"
    head = words_of(endpoint.name)
    yield f"head={head[-1] if head else None}&measure={measure}"


def _overlaps_with_name(text: str, start: int, at: int, end: int, endpoints: Block, k: int) -> Iterator[str]:
    endpoint = endpoints.rows[k]
    if endpoint.code:
        code = str(endpoint.code).lower()
        yield f"code_left={code in words_of(text[start:at])}&near={code in words_of(text[max(start, at - 60) : at])}"
    names = tuple([row.name for row in endpoints.rows])
    for scope, shares, counts, last in _shared_around(text, start, at, end, names):
        own = shares[k]
        yield f"{scope}={int(own * 4)}"
        yield f"{scope}_best={own >= max(shares)}&any={own > 0}"
        yield f"{scope}_sole={own > 0 and sum(s >= own for s in shares) == 1}"
        if scope == "left" and own > 0:
            yield f"left_last={last[k] >= max(last)}"
            yield f"left_count={min(counts[k], 4)}"
            yield f"left_most={counts[k] >= max(counts)}"


@lru_cache(maxsize=4)  # the endpoints of one number are judged one after the other
def _shared_around(
    text: str, start: int, at: int, end: int, names: tuple[str, ...]
) -> list[tuple[str, list[float], list[int], list[int]]]:
    """For each stretch around a number what it shares with the names, as `_shared_words` says."""
    words = tuple([_name_words(name) for name in names])
    scopes = (
        ("near", text[max(start, at - 60) : at]), ("left", text[start:at]), ("right", text[at : min(end, at + 80)]),
        ("sentence", text[start:end]), ("before", text[max(0, start - _BEFORE) : start]),
    )  # fmt: skip
    return [(scope, *_shared_words(words, part)) for scope, part in scopes]


@lru_cache(maxsize=_KEPT)
def _shared_words(names: tuple[frozenset[str], ...], text: str) -> tuple[list[float], list[int], list[int]]:
    """For each name the share and the number of its words that the text has, and the place of the last."""
    place = {word: i for i, word in enumerate(words_of(text))}
    shared = [[place[word] for word in name if word in place] for name in names]
    shares = [len(own) / len(name) if name else 0.0 for own, name in zip(shared, names, strict=True)]
    return shares, [len(own) for own in shared], [max(own, default=-1) for own in shared]


_OF_SEVERAL = regex.compile(
    r"\b(?:all|both|each|any|every|outcomes?|parameters?|variables?|measure(?:ment)?s?|respectively|end\s?points?)\b",
    regex.IGNORECASE,
)


def may_be_of_several(article: Article, p: Mention, endpoints: Block) -> bool:
    """Whether a P may be of several outcomes: its sentence names some or speaks of all.

    What stands in earlier sentences alone gives it one at most.
    """
    sentence = article.sentence_at(p.start)
    if sentence is None or _OF_SEVERAL.search(article.text, sentence.start, sentence.end):
        return True
    return bool(endpoints.within(sentence.start, sentence.end))


def p_endpoint_features(
    article: Article, p: Mention, p_values: Sequence[Mention], endpoints: Block, k: int
) -> list[str]:
    """Features of a P that has no estimate and endpoint k among all endpoints."""
    found = _endpoint(article, p.start, "p_value", endpoints, k)
    return list(dict.fromkeys((*found, *_of_p(article, p, p_values, endpoints, k))))


def _of_p(article: Article, p: Mention, p_values: Sequence[Mention], endpoints: Block, k: int) -> Iterator[str]:
    text, own = article.text, endpoints.rows[k].id
    sentence = article.sentence_at(p.start)
    begin = max(sentence.start if sentence else 0, end_before(p_values, p.start))
    cuts = [m.end() for m in _NEW_CLAUSE.finditer(text, begin, p.start) if _DIGIT.search(text, begin, m.start())]
    scope = max([begin, *cuts])
    here = endpoints.within(scope, p.start)
    order = list(dict.fromkeys(r.id for r in here))
    every = _ALL.search(text, max(scope, p.start - 12), p.start) or _ALL.search(text, p.end, p.end + 20)
    numbers = _DIGIT.search(text, scope, p.start) is not None
    state = f"here={min(len(order), 4)}&own={own in order}"
    yield from (state, f"{state}&every={bool(every)}", f"{state}&numbers={numbers}")
    end = sentence.end if sentence else p.end
    behind = any(r.id == own for r in endpoints.beginning(p.end, end))
    yield f"behind={behind}&here={min(len(order), 2)}"
    if own not in order:
        return
    at = order.index(own)
    yield f"place={'only' if len(order) == 1 else 'first' if at == 0 else 'last' if at == len(order) - 1 else 'inner'}"
    mine = next(i for i, r in enumerate(here) if r.id == own)
    joined = [
        side
        for side, a, b in (("left", mine - 1, mine), ("right", mine, mine + 1))
        if a >= 0
        and b < len(here)
        and here[a].id != here[b].id
        and _LISTED.fullmatch(text[here[a].end : here[b].start])
    ]
    yield f"listed={'+'.join(joined)}&here={min(len(order), 4)}"
    yield f"listed={bool(joined)}&every={bool(every)}"
