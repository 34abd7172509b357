"""When a result was measured: the time that its sentence names nearest to it."""

from __future__ import annotations

import regex

from trialmine.lexicon.search import Search
from trialmine.normalise.number import NUMBER_DIGITS, NUMBER_WORD, number
from trialmine.records.article import Article
from trialmine.records.trial import Timepoint
from trialmine.records.vocabulary import TimeUnit

_UNITS: dict[str, TimeUnit] = {"s": "s", "min": "min", "h": "h", "d": "d", "w": "wk", "mo": "mo", "y": "a"}
_UNIT = r"(?P<unit>months?|mo\b|minutes?|min\b|hours?|h\b|hrs?\b|days?|weeks?|wks?\b|years?|yrs?\b|seconds?)"
_WHEN = Search(
    rf"\b(?:at|after|by|over|within|during|through|to|of)\s+(?:the\s+)?(?:end\s+of\s+)?(?:(?P<first>week|month|day|year|hour)s?\s+(?P<n1>\d{{1,3}})\b"
    rf"|(?P<n2>{NUMBER_DIGITS}|{NUMBER_WORD})[\s-]?{_UNIT})(?:\s+(?:of\s+)?(?:follow-?up|treatment|therapy))?",
)
_HYPHENED = Search(
    rf"\b(?P<n2>\d{{1,3}}|{NUMBER_WORD})[-‐–]{_UNIT}(?=\s(?:\w+\s)?(?:OS|DFS|PFS|survival|follow|rate|mortality|visit|change))",
)


# "rose by 57 min" says how much, not when
_AMOUNT = regex.compile(
    r"\b(?:increas|decreas|reduc|prolong|improv|shorten|extend|delay|lengthen|fell|rose|fall|rise|chang|declin|drop|gain)\w*\b[^.;]{0,60}$",
    regex.IGNORECASE,
)


# "(95% CI 11 to 19 months)" is how sure, not when
_IS_LIMIT = regex.compile(
    rf"(?:\bCIs?|\bintervals?|\branged?|\bIQR|\branging)[,:;=]?\s(?:from\s|of\s)?(?:{NUMBER_DIGITS}|{NUMBER_WORD})(?:\s\w+)?\s$",
    regex.IGNORECASE,
)


def _is_amount(text: str, start: int, m: regex.Match[str]) -> bool:
    return m.group()[:2].lower() in ("by", "of") and _AMOUNT.search(text, start, m.start()) is not None


def timepoint_of(article: Article, at: int) -> Timepoint | None:
    """The nearest stated time in the sentence of `at`, one before it first; None if the sentence names none."""
    sentence = article.sentence_at(at)
    if sentence is None:
        return None
    found = [m for p in (_WHEN, _HYPHENED) for m in p.find(article.text, sentence.start, sentence.end)]
    found = [m for m in found if not m.start() <= at < m.end() and not _is_amount(article.text, sentence.start, m)]
    found = [m for m in found if not _IS_LIMIT.search(article.text, sentence.start, m.start())]
    if not found:
        return None
    best = min(found, key=lambda m: (at - m.end()) if m.end() <= at else 2 * (m.start() - at) + 20)
    groups = best.groupdict()
    value = number(groups.get("n1") or groups["n2"] or "")
    name = (groups.get("first") or groups["unit"] or "").lower()
    key = next((k for k in ("mo", "min", "s", "h", "d", "w", "y") if name.startswith(k)), None)
    if value is None or key is None:
        return None
    return Timepoint(value=value, unit=_UNITS[key], text=best.group())
