"""Results that a P does not follow: those behind it, and those of the sentence before."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import regex

from trialmine.assemble.statistics.features import end_before
from trialmine.assemble.statistics.p_targets import parallel
from trialmine.assemble.statistics.result import Result
from trialmine.records.article import Article, Mention

# an effect in the same bracket: "P = .03; HR 0.8 (95% CI", "P = .03, d = 0.4"
_THEN_EFFECT = regex.compile(
    r"\s?[;,:]?\s?(?:(?:with|and|an?|the|crude|(?:un)?adjusted|mean|median|pooled|estimated|standardi[sz]ed|absolute|treatment|between-?group|within-?group|groups?)\s){0,3}"
    r"(?:(?-i:[ascu]?(?:HR|OR|RR|IRR|MD|SMD|ARR|RD|ES)|[dgr])|(?:hazards?|odds|risks?|rate)\sratio|relative\srisk|(?:risk\s)?difference|effect\ssize|(?:Cohen|Hedges)['’]?s?\s[dg])"
    r"(?:\s?[(\[](?-i:[A-Za-z]{1,4})[)\]])?(?:\s(?:of|was))?\s?[=:,]?\s?[(\[]?\s?",
    regex.IGNORECASE,
)


def effect_behind(
    article: Article, results: Sequence[Result], p: Mention, p_values: Sequence[Mention]
) -> Result | None:
    """ "(27 vs 31 mm, P = .4; difference -5 mm (95% CI": the estimate behind a P in its bracket that has no other P."""
    sentence = article.sentence_at(p.start)
    first = next(iter(_behind(results, p)), None)
    if first is None or first.number is None or first.number.sentence != sentence:
        return None
    if not _THEN_EFFECT.fullmatch(article.text, p.end, first.number.start):
        return None
    # the P of two groups' values stands on them, and not on the size of the effect
    since = max(first.number.sentence.start, end_before(p_values, p.start))
    beside = [r for r in results if since <= r.at < p.start]
    if first.measure == "other" and any(r.measure != "other" for r in beside):
        return None
    last = first.number.end
    following = _next_p(p_values, p)
    own = following is not None and _ITS_OWN.fullmatch(article.text, last, following.start) is not None
    return None if own or first.p else first


def _behind(results: Sequence[Result], p: Mention) -> Sequence[Result]:
    return results[bisect_right(results, p.end, key=lambda r: r.at) :]


def _next_p(p_values: Sequence[Mention], p: Mention) -> Mention | None:
    return next((q for q in p_values if q.start > p.end), None)


_ITS_OWN = regex.compile(r"[^()\[\];]{0,30}|\s?[)\]]?[,;]?\s?[(\[]?")


# a P may stand ahead of what it is of: "was lower (P = .03) with tea (31 ± 4) than"
_AND_THEN = regex.compile(
    r"(?:,\s?(?:[\w’'–-]+\s){0,3}tests?\b)?\s?[)\]]\s(?:\w+ly\s|better\s|more\s|less\s|(?:low|high|great|short|long|few|larg|small)er\s)?(?:in|by|to|with|for|at|from|on|after|among|comparing)\s(?:(?!\b(?:and|but|while|whereas|which|who)\b)[^.;:]|(?<=\d)\.(?=\d)){0,70}",
    regex.IGNORECASE,
)
_OPENED = regex.compile(r"[(\[]\s?$")


def list_behind(article: Article, results: Sequence[Result], p: Mention, p_values: Sequence[Mention]) -> list[Result]:
    """The list behind a P in brackets that its words go on to, where no other P stands by it."""
    sentence = article.sentence_at(p.start)
    if sentence is None or not _OPENED.search(article.text, max(0, p.start - 2), p.start):
        return []
    since = max(sentence.start, end_before(p_values, p.start))
    behind = _behind(results, p)
    first = behind[0].number if behind else None
    if first is None or first.sentence != sentence or any(since <= r.at < p.start for r in results if r.number):
        return []
    if not _AND_THEN.fullmatch(article.text, p.end, first.start):
        return []
    listed = [r for r in behind if r.number and r.number.group == first.group]
    last = max(r.number.end for r in listed if r.number)
    following = _next_p(p_values, p)
    own = following is not None and following.start < min(last + _OWN_P, sentence.end)
    return [] if own else listed


_OWN_P = 60  # characters behind a list in which a P is the list's own


# "The difference was significant (P = .03)": of the values that the sentence before compares
_THE_DIFFERENCE = regex.compile(
    r"\s*(?:(?:and|but|however|while),?\s)?(?:the|this|that|these|no|statistically)\s(?:\w+\s){0,2}(?:differences?|(?<=\b(?:this|the)\s)(?:decrease|increase|reduction|change|improvement))\b[^.;\d]{0,60}$",
    regex.IGNORECASE,
)


def of_sentence_before(
    article: Article, results: Sequence[Result], p: Mention, p_values: Sequence[Mention]
) -> list[Result]:
    """The list that the sentence before ends with, if the P is of the difference that it shows."""
    sentence = article.sentence_at(p.start)
    if sentence is None or not _THE_DIFFERENCE.match(article.text, sentence.start, p.start):
        return []
    if any(sentence.start <= q.start < sentence.end for q in p_values if q is not p):
        return []  # of several pairs
    earlier = [r for r in results if r.number and r.at < sentence.start]
    last = earlier[-1].number if earlier else None
    if (
        last is None
        or sentence.start - last.sentence.end > _NEXT
        or end_before(p_values, p.start) > last.sentence.start
    ):
        return []
    of_sentence = [r for r in earlier if r.number and r.number.sentence == last.sentence]
    compared = [r for r in of_sentence if r.number and r.number.group == last.group]
    if len(compared) > 1:
        return compared
    if len(of_sentence) == 1 and _THIS.match(article.text, sentence.start):
        return of_sentence
    return of_sentence if len(of_sentence) == _PAIR and parallel(*of_sentence) else []


_PAIR = 2
_THIS = regex.compile(r"\s*this\s", regex.IGNORECASE)


_NEXT = 2  # characters between a sentence and the next
