"""Whose result it is: the arm of a value, or the pair that an estimate compares."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.statistics_result import Result
from trialmine.records.article import Article, Block, Reference

_COMPARISONS = frozenset(
    {"hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio", "mean_difference", "risk_difference", "ratio", "p_value"}
)
_COMPARES = regex.compile(
    r"\b(?:between|versus|vs?\.?|compar\w+|than|groups?|arms?|relative to|over)\b", regex.IGNORECASE
)
_BOTH = regex.compile(
    r"\b(?:both|all|each|either)\s(?:of\sthe\s)?(?:treatment\s|study\s)?(?:groups?|arms?|treatments?|regimens?|drugs?)\b",
    regex.IGNORECASE,
)
_LEADS_IN = regex.compile(
    r"[^.;,\d]{0,30}?\b(?:for|in|with|on|of|after|among|receiving|during|by)\s(?:the\s|those\s)?[^.;,\d]{0,25}",
    regex.IGNORECASE,
)


def arms_of(article: Article, result: Result, results: Sequence[Result], arms: Block) -> tuple[str, ...]:
    """Ids of the arms that a result belongs to, () when the text does not tell."""
    ids = [row.id for row in arms.rows]
    sentence = article.sentence_at(result.at)
    if not ids or sentence is None:
        return ()
    if len(ids) == 1:
        return tuple(ids)
    named = arms.within(sentence.start, sentence.end)
    if result.measure in _COMPARISONS:
        return _compared(article.text[sentence.start : sentence.end], named, ids)
    if _BOTH.search(article.text, sentence.start, sentence.end) and len({r.id for r in named}) != 1:
        return tuple(ids)
    return _own(article, result, results, named)


def _compared(sentence: str, named: Sequence[Reference], ids: Sequence[str]) -> tuple[str, ...]:
    distinct = list(dict.fromkeys(r.id for r in named))
    if len(distinct) >= 2:
        return tuple(distinct[:2]) if len(ids) == 2 else tuple(distinct)
    # one arm named and a comparison made in a two-arm trial: the other arm is the other side
    if len(ids) == 2 and (distinct or _COMPARES.search(sentence)):
        return (*distinct, *(i for i in ids if i not in distinct))
    return tuple(distinct)


def _own(article: Article, result: Result, results: Sequence[Result], named: Sequence[Reference]) -> tuple[str, ...]:
    number = result.number
    if number is None or not named:
        return ()
    peers = [r.number for r in results if r.number is not None and r.number.group == number.group]
    peers = sorted({p.at: p for p in peers}.values(), key=lambda p: p.at)
    place = next(i for i, p in enumerate(peers) if p.at == number.at)
    if len(peers) > 1:
        inside = [r for r in named if peers[0].at <= r.start < peers[-1].at]
        for side in (
            [r for r in named if r.start >= peers[-1].number_end],
            [r for r in named if r.end <= peers[0].at],
        ):
            order = list(dict.fromkeys(r.id for r in side))
            if not inside and len(order) == len(peers):
                return (order[place],)
    right = next((r for r in named if r.start >= number.number_end), None)
    stop = peers[place + 1].at if place + 1 < len(peers) else number.sentence.end
    if right is not None and right.start < stop and _LEADS_IN.fullmatch(article.text[number.end : right.start]):
        return (right.id,)
    left = [r for r in named if r.end <= number.at]
    if left and len(peers) > 1 and place > 0 and left[-1].end <= peers[place - 1].at:
        # nothing stands between two values of a list: the second arm is the other one that the sentence names
        others = [r.id for r in named if r.id != left[-1].id]
        return (others[0],) if len(set(others)) == 1 and place == 1 else ()
    return (left[-1].id,) if left else ((right.id,) if right is not None and len({r.id for r in named}) == 1 else ())
