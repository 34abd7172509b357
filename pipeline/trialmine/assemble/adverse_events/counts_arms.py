"""Whose the counts of an event are: by the words beside them, by what is compared, or by the order of the arms."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import regex

from trialmine.assemble.adverse_events.counting import are_ordered
from trialmine.records.article import Article, Block, Mention, Reference, Sentence

_Owners = list[tuple[str, ...]]

_PAIR = 2
_NEAR_LABEL = 40
_RESPECTIVELY = regex.compile(r"[^.;]{0,40}?\brespectively\b", regex.IGNORECASE)
# "more common with tea (12% vs 5%)": which of two counts is whose
_COMPARED = regex.compile(
    r"\b(?:(?P<more>more|greater|higher|commoner|increased)|(?:less|fewer|lower|rarer|reduced))\b"
    r"(?:\s(?:often|common\w*|frequent\w*|likely|events?|patients|cases|reported|seen|noted)){0,2}"
    r"\s(?:with|in|on|for|among|after|under)\s(?:the\s|those\s(?:on|given|receiving)\s)?$",
    regex.IGNORECASE,
)
_REACH = 60
# between the arm that had more and the bracket with the counts
_OPENS = regex.compile(r"\s?(?:groups?\s?|arms?\s?|recipients\s?|patients\s?)?[(\[:,]\s?", regex.IGNORECASE)
# "…, and sedation with tea": the comparison is not said again
_AND_WITH = regex.compile(
    r"[)\]]\s?,?\s?and\s(?:[\w-]+\s){1,4}?(?:with|in|on|for|among|after|under)\s(?:the\s)?$", regex.IGNORECASE
)
_CLAUSE = regex.compile(r";|\bwhereas\b|\bwhile\b", regex.IGNORECASE)
# the control group stands first, out of its order
_SET_AGAINST = regex.compile(
    r"^\W*(?:As\s)?(?:Compared\s(?:with|to)|Relative\sto|Versus|In\scomparison\s(?:with|to))\b", regex.IGNORECASE
)


class ArmsOfCounts:
    """Gives the counts of one text's events to its arms."""

    def __init__(self, article: Article, arms: Block) -> None:
        self._article = article
        self.arms = arms

    def of(self, sentence: Sentence, counts: Sequence[Mention]) -> _Owners:
        """The arm of each count, () where nothing tells it."""
        text = self._article.text
        references = self.arms.within(sentence.start, sentence.end)
        if told := self._by_direction(sentence, references, counts):
            return told
        order = list(dict.fromkeys(r.id for r in references))
        if len(counts) == len(order) and len(counts) >= _PAIR:
            beside = [_beside(text, references, c) for c in counts]
            if all(beside) and len(set(beside)) == len(counts):
                return [(b,) for b in beside if b]
            return [(i,) for i in order]
        if len(counts) == 1 and (len(order) == 1 or len(order := self._in_clause(sentence, counts[0])) == 1):
            return [(order[0],)]
        own = [_beside(text, references, c) for c in counts]
        ordered: list[str | None] = []
        if self._is_list(counts) and (not any(own) or len(order) == 1):
            ordered = [*self._ordered(sentence, references, counts)]
        return [(i,) if i else () for i in ordered or own]

    def _by_direction(self, sentence: Sentence, references: Sequence[Reference], counts: Sequence[Mention]) -> _Owners:
        """The arms of two counts right behind the arm that had more or less, whichever others the sentence names."""
        text = self._article.text
        if len(counts) != _PAIR or len(self.arms.rows) != _PAIR or not are_ordered(text, counts):
            return []
        ahead = [r for r in references if _OPENS.fullmatch(text, r.end, counts[0].start)]
        if not ahead:
            return []
        own = _COMPARED.search(text, max(sentence.start, ahead[0].start - _REACH), ahead[0].start)
        if own is None and _AND_WITH.search(text, max(sentence.start, ahead[0].start - _REACH), ahead[0].start):
            earlier = [r for r in references if r.end <= ahead[0].start]
            said = [_COMPARED.search(text, max(sentence.start, r.start - _REACH), r.start) for r in earlier]
            own = next((m for m in reversed(said) if m), None)
        if own is None:
            return []
        ordered = self._larger_first(ahead[0].id, counts, more=bool(own["more"]))
        return [(i,) for i in ordered]

    def _in_clause(self, sentence: Sentence, count: Mention) -> list[str]:
        """The arms that the clause of a count names, where a semicolon or "whereas" parts it from others."""
        text = self._article.text
        start = max((m.end() for m in _CLAUSE.finditer(text, sentence.start, count.start)), default=sentence.start)
        behind = _CLAUSE.search(text, count.end, sentence.end)
        end = behind.start() if behind else sentence.end
        return list(dict.fromkeys(r.id for r in self.arms.within(start, end)))

    def _is_list(self, counts: Sequence[Mention]) -> bool:
        """Whether nothing but commas, "and" or "versus" parts as many counts as there are arms."""
        return len(counts) == len(self.arms.rows) >= _PAIR and are_ordered(self._article.text, counts)

    def _ordered(self, sentence: Sentence, references: Sequence[Reference], counts: Sequence[Mention]) -> list[str]:
        """The arms in the order of a list of counts."""
        if len({r.id for r in references}) == 1:
            return self._compared(references, counts)
        before = [order for start, order in self._orders if start < sentence.start]
        if not before or references:
            return []
        if _RESPECTIVELY.match(self._article.text, counts[-1].end, sentence.end):
            return before[-1]
        return before[-1] if all(order == before[-1] for order in before) else []

    @cached_property
    def _orders(self) -> list[tuple[int, list[str]]]:
        """The sentences that name all arms, each with their order."""
        found = []
        for s in self._article.sentences:
            order = list(dict.fromkeys(r.id for r in self.arms.within(s.start, s.end)))
            told = len(order) == len(self.arms.rows) and s.section not in ("title", "background", "objective")
            if told and not _SET_AGAINST.search(self._article.text[s.start : s.end]):
                found.append((s.start, order))
        return found

    def _compared(self, references: Sequence[Reference], counts: Sequence[Mention]) -> list[str]:
        """Of two counts the larger one is that of the arm that had more, () where they are told otherwise."""
        text = self._article.text
        said = [m for r in references if (m := _COMPARED.search(text, max(0, r.start - _REACH), r.start))]
        if len({bool(m["more"]) for m in said}) != 1:
            return []
        return self._larger_first(references[0].id, counts, more=bool(said[0]["more"]))

    def _larger_first(self, named: str, counts: Sequence[Mention], *, more: bool) -> list[str]:
        """Of two counts the larger one is that of the arm named, if that had more."""
        sizes = [c.value.percent if c.value.percent is not None else c.value.n for c in counts]
        if len(counts) != _PAIR or None in sizes or sizes[0] == sizes[1]:
            return []
        other = next(row.id for row in self.arms.rows if row.id != named)
        return [named, other] if more == (sizes[0] > sizes[1]) else [other, named]


def _beside(text: str, references: Sequence[Reference], count: Mention) -> str | None:
    after = [
        r
        for r in references
        if 0 <= r.start - count.end <= _NEAR_LABEL and not regex.search(r"\d|[;)]\s*\w", text[count.end : r.start])
    ]
    before = [
        r
        for r in references
        if 0 <= count.start - r.end <= _NEAR_LABEL // 2 and not regex.search(r"\d|;", text[r.end : count.start])
    ]
    near = (
        before[-1:]
        if before and regex.fullmatch(r"\s*(?:[:,=(]|group|arm|\s)*\s*", text[before[-1].end : count.start])
        else after[:1]
    )
    return near[0].id if near else None
