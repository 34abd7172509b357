"""Where outcomes are named as seen from a result: in the stretch that leads to it, behind it, or told before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import groupby

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.features import end_before, unit_class, words_of
from trialmine.assemble.statistics.result import COMPARISONS, Result
from trialmine.records.article import Article, Block, Mention, Reference

_WORD_BEFORE = regex.compile(r"(?r)(\w+)\W*$")
_WORD_BEHIND = regex.compile(r"\W{0,4}(\w+)")
_PREPOSITION = regex.compile(r"[\s)\]%]{0,3}(?P<word>in|for|of|on|with|at)\s", regex.IGNORECASE)
_EARLIER = 600  # characters before a sentence in which an outcome may be named
_REACH = 120  # characters behind a result in which its outcome may be named


class Outlook:
    """What is named around one result; asked for each outcome."""

    def __init__(
        self, article: Article, span: tuple[int, int], results: Sequence[Result], p_values: Sequence[Mention],
        endpoints: Block,
    ) -> None:  # fmt: skip
        self._text = article.text
        at, end = span
        sentence = article.sentence_at(at)
        start, close = (sentence.start, sentence.end) if sentence else (max(0, at - 200), at + 100)
        numbers = [r.number for r in results if r.number is not None and start <= r.at < close]
        number = next((a for a in numbers if a.at == at), None)
        own = number.group if number else None
        self._unit = unit_class(number.unit) + _shape(number) if number else "P"
        anchor = min((a.at for a in numbers if a.group == own and own is not None), default=at)
        ends = [a.end for a in numbers if a.end <= anchor]
        since = max([start, *ends, min(anchor, end_before(p_values, anchor))])
        nearer = max([since, *(a.end for a in numbers if a.end <= at)])
        following = min((a.at for a in numbers if a.at >= end), default=close)
        self._list = _ids(endpoints.within(since, anchor + 1))
        self._inside = endpoints.within(since, anchor + 1)
        self._near = _ids(endpoints.within(nearer, at + 1)) if nearer > since else self._list
        self._past = _ids(endpoints.within(start, since))
        self._ahead = endpoints.beginning(end, min(following, close, end + _REACH))
        self._ahead_of = end
        self._told = _by_sentence(article, endpoints.beginning(max(0, start - _EARLIER), start))
        self._counts = Counter(r.id for r in endpoints.references)
        self._most = max(self._counts.values(), default=0)

    def features(self, own: str, name: str, measure: str) -> Iterator[str]:
        """What tells whether a result of this measure is of the outcome with this id and name."""
        yield from (f"o_unit={self._unit}&{word}" for word in words_of(name))
        kind = "compared" if measure in COMPARISONS else "value"
        state = f"{min(len(self._list), 4)}:{_place(self._list, own)}"
        yield from (f"o_in={state}", f"o_in={state}&{kind}")
        yield f"o_near={min(len(self._near), 3)}:{_place(self._near, own)}"
        leads = self._ahead[0] if self._ahead else None
        first_ahead = leads is not None and leads.id == own
        if leads is not None:
            yield f"o_ahead={first_ahead}:{self._leading}:{min(len(self._list), 2)}"
        if not self._list:
            past = self._past
            where = f"{_place(past, own)}:{min(len(past), 3)}" if past else "none"
            yield f"o_past={where}&ahead={first_ahead}:{leads is not None}"
            if not past and leads is None:
                yield from self._carried(own, kind)
        yield from self._words(own)
        yield f"o_told={min(self._counts[own], 5)}"
        yield f"o_most={self._counts[own] == self._most}&in={bool(self._list)}"

    @cached_property
    def _leading(self) -> str:
        """The word that leads to the first outcome behind the result."""
        leads = self._ahead[0]
        joined = _PREPOSITION.match(self._text, self._ahead_of, leads.start + 1)
        return joined["word"].lower() if joined and leads.start - joined.end() < 6 else "-"

    def _carried(self, own: str, kind: str) -> Iterator[str]:
        """The sentence names none: what the sentences before were about."""
        for back, ids in enumerate(self._told[:3]):
            if own in ids:
                yield f"o_carried={back}:{_place(ids, own)}:{min(len(ids), 3)}"
                yield f"o_carried={back}:{_place(ids, own)}&{kind}"
                return
        yield f"o_carried=none:{bool(self._told)}"

    def _words(self, own: str) -> Iterator[str]:
        mine = [r for r in self._inside if r.id == own]
        if not mine:
            return
        before = _WORD_BEFORE.search(self._text, max(0, mine[-1].start - 25), mine[-1].start)
        behind = _WORD_BEHIND.match(self._text, mine[-1].end, mine[-1].end + 25)
        alone = len(self._list) == 1
        if before:
            yield f"o_before={before[1].lower()}&alone={alone}"
        if behind:
            yield f"o_behind={behind[1].lower()}&alone={alone}"


def _shape(a: Candidate) -> str:
    return f"{'/' if a.numerator is not None else ''}{'±' if a.dispersion else ''}"


def _ids(references: Sequence[Reference]) -> list[str]:
    return list(dict.fromkeys(r.id for r in references))


def _place(ids: Sequence[str], own: str) -> str:
    if own not in ids:
        return "out"
    if len(ids) == 1:
        return "only"
    return "first" if ids[0] == own else "last" if ids[-1] == own else "inner"


def _by_sentence(article: Article, references: Sequence[Reference]) -> list[list[str]]:
    """The outcomes named in each earlier sentence, the nearest sentence first."""
    groups = groupby(references, key=lambda r: article.sentence_at(r.start))
    return [_ids(list(members)) for _, members in groups][::-1]
