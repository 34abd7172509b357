"""Rates of events: per person and time, and of single groups, which the ratio in the bracket behind them compares."""

from __future__ import annotations

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Article

_NAMES = r"(?:rates?\sratio|relative\srate|(?-i:[ai]?IRR|[ai]?RR)\b)"
_COMPARES = regex.compile(
    rf"[(\[;,]\s?(?:(?:adjusted|incidence|annuali[sz]ed|estimated|event|crude|unadjusted)\s){{0,2}}(?P<rates>{_NAMES})"
    r"|[(\[;,]\s?(?:adjusted\s)?(?:(?:hazards?|odds|risks?)\sratio|(?-i:a?[HO]R)\b)",
    regex.IGNORECASE,
)
_BRACKETS = regex.compile(r"[(\[][^()\[\]]*[)\]]")
# to a group, and to the value of the other one
_OWN = regex.compile(
    r"[)\]]?\s?(?:[\w/%-]{1,12}\s){0,3}?(?:with|in|for|among|on|under|receiving|and|versus|vs\.?|compared\s(?:with|to))\s[^.;]*",
    regex.IGNORECASE,
)
_POINT = regex.compile(r"(?<=\d)[.·](?=\d)")
_RATES = regex.compile(
    r"\b(?:rates?|annuali[sz]ed|per\s(?:(?:patient|person)[\s-])?(?:day|night|week|month|year))\b", regex.IGNORECASE
)
_PER_TIME = regex.compile(
    r"(?:\s?(?:vs?\b\.?|versus|and|or|,)\s?\d[\d.]*){0,3}[^.;\d]{0,40}?\bper\s(?:1[0,]*\s)?(?:person|patient|participant|subject|woman|child)[-\s](?:per\s)?(?:years?|months?|days?)\b"
    r"|(?:\s?(?:vs?\b\.?|versus|and|or|,)\s?\d[\d.]*){0,3}\s(?:\w+\s)?(?:exacerbations|episodes|relapses|attacks|events)\sper\s(?:year|month)\b",
    regex.IGNORECASE,
)
_FAR = 160  # characters from a value to the ratio that compares it


def is_rate(article: Article, a: Candidate) -> bool:
    """Whether the number, or the list that it opens, is one of events per person and time."""
    behind = article.text[a.number_end : min(a.sentence.end, a.number_end + 70)]
    if a.unit == "%/a" and a.value is not None:
        return True
    plain = a.unit is None or a.unit.startswith("{")
    return a.value is not None and plain and not a.hyphen and _PER_TIME.match(behind) is not None


def compared_by_ratio(article: Article, a: Candidate) -> bool:
    """ "0.31 with tea and 0.52 with water (rate ratio, 0.60": whether a ratio behind compares the plain number."""
    return _ratio_behind(article, a) is not None


def is_group_rate(article: Article, a: Candidate) -> bool:
    """Whether the ratio behind is one of rates, and the words before the number speak of a rate."""
    behind = _ratio_behind(article, a)
    return behind is not None and bool(behind["rates"] and _RATES.search(article.text, a.sentence.start, a.at))


def _ratio_behind(article: Article, a: Candidate) -> regex.Match[str] | None:
    if a.value is None or a.unit is not None or a.hyphen or a.numerator is not None or "ratio" in (a.label or ""):
        return None
    text, end = article.text, max(a.end, a.number_end)
    ratio = _COMPARES.search(text, end, min(a.sentence.end, end + _FAR))
    if ratio is None or _COMPARES.search(text, max(a.sentence.start, a.at - 20), a.at):
        return None
    between = _POINT.sub("", _BRACKETS.sub("", text[end : ratio.start()]))
    # the second number stands right before the bracket, or behind it is whose it is
    return ratio if _OWN.fullmatch(between.rstrip() + " ") or not between.strip(" )]") else None
