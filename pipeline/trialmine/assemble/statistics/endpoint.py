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


def endpoint_features(article: Article, result: Result, endpoints: Block, outlook: Outlook) -> Iterator[list[str]]:
    """Features of a number with its measure and each of the endpoints, in their order."""
    scene = _Scene(article, result.at, endpoints)
    for k, row in enumerate(endpoints.rows):
        found = scene.features(result.measure, k)
        yield list(dict.fromkeys((*found, *outlook.features(row.id, row.name, result.measure))))


class _Scene:
    """What stands around a number or a P, asked about each endpoint."""

    def __init__(self, article: Article, at: int, endpoints: Block) -> None:
        text, sentence = article.text, article.sentence_at(at)
        start, end = (sentence.start, sentence.end) if sentence else (max(0, at - 200), at + 100)
        self._text, self._at, self._start, self._end = text, at, start, end
        self._rows = endpoints.rows
        self._references = endpoints.beginning(max(0, start - _BEFORE), end)
        self._left = [r for r in self._references if start <= r.start and r.end <= at + 1]
        self._order = list(dict.fromkeys(r.id for r in self._left))
        self._any_here = any(start <= r.start < end for r in self._references)
        names = tuple([_name_words(row.name) for row in endpoints.rows])
        scopes = (
            ("near", text[max(start, at - 60) : at]), ("left", text[start:at]), ("right", text[at : min(end, at + 80)]),
            ("sentence", text[start:end]), ("before", text[max(0, start - _BEFORE) : start]),
        )  # fmt: skip
        self._shared = [(scope, *_shared_words(names, part)) for scope, part in scopes]

    def features(self, measure: str, k: int) -> Iterator[str]:
        """What is seen of endpoint k."""
        at, endpoint = self._at, self._rows[k]
        own = [r for r in self._references if r.id == endpoint.id]
        mine = [r for r in self._left if r.id == endpoint.id]
        if mine:
            yield f"ref_left={min((at - mine[-1].end) // 15, 8)}"
            between = {r.id for r in self._left if r.start > mine[-1].start} - {endpoint.id}
            yield f"ref_between={min(len(between), 3)}"
            yield f"ref_order={min(self._order.index(endpoint.id), 3)}&measure={measure}"
            yield f"ref_clause={_CLAUSE_END.search(self._text[mine[-1].end : at]) is not None}"
        elif any(at <= r.start < self._end for r in own):
            nearest = next(r for r in own if at <= r.start)
            yield f"ref_right={min((nearest.start - at) // 15, 8)}"
        else:
            yield f"ref_none&others={self._any_here}"
            yield f"ref_before={any(r.start < self._start for r in own)}"
        yield from self._overlaps_with_name(endpoint.code, k)
        yield f"role={endpoint.role}"
        yield f"kind={endpoint.kind}&measure={measure}"
        yield f"code={endpoint.code}&measure={measure}"
        head = words_of(endpoint.name)
        yield f"head={head[-1] if head else None}&measure={measure}"

    def _overlaps_with_name(self, code: str | None, k: int) -> Iterator[str]:
        text, start, at = self._text, self._start, self._at
        if code:
            word, near = code.lower(), words_of(text[max(start, at - 60) : at])
            yield f"code_left={word in words_of(text[start:at])}&near={word in near}"
        for scope, shares, counts, last in self._shared:
            own, most = shares[k], max(shares)
            yield f"{scope}={int(own * 4)}"
            yield f"{scope}_best={own >= most}&any={own > 0}"
            # the share is the only one as large: it is the largest, and no other is
            yield f"{scope}_sole={own > 0 and own == most and shares.count(own) == 1}"
            if scope == "left" and own > 0:
                yield f"left_last={last[k] >= max(last)}"
                yield f"left_count={min(counts[k], 4)}"
                yield f"left_most={counts[k] >= max(counts)}"


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
    article: Article, p: Mention, p_values: Sequence[Mention], endpoints: Block
) -> Iterator[list[str]]:
    """Features of a P that has no estimate and each of the endpoints, in their order."""
    scene = _Scene(article, p.start, endpoints)
    for k in range(len(endpoints.rows)):
        yield list(dict.fromkeys((*scene.features("p_value", k), *_of_p(article, p, p_values, endpoints, k))))


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
