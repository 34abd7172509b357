"""Times at which something is measured: "at 12 weeks", "at 1, 2 and 4 hours", "6-month follow-up"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.time_forms import COUNT, DASH, TIME_UNIT, time_code
from trialmine.normalise.number import number
from trialmine.records.article import Article, Mention
from trialmine.records.trial import Timepoint

_LIST = rf"{COUNT}(?:(?:\s*,\s*(?:and\s+)?|\s+(?:and|or)\s+|{DASH}){COUNT}){{0,9}}"
_LEAD = (
    r"(?:at|after|by|within|over|during|through|until|up\s+to|to|for|on|in|from\s+baseline\s+to"
    r"|between\s+baseline\s+and)"
)
_BASE = r"(?:(?:baseline|pre-?dose|before\s+\w+)\s*(?:,|and|to|or)\s*(?:and\s+)?(?:at\s+|after\s+)?)?"

COUNTED = Pattern(
    "timepoint.counted",
    rf"""
    (?<!\d\s)\b(?P<lead>{_LEAD})\s+(?:the\s+)?(?:end\s+of\s+(?:the\s+)?|first\s+|initial\s+|last\s+|following\s+|next\s+)?{_BASE}
    (?P<values>{_LIST})[\s-]*(?P<unit>{TIME_UNIT}) (?![\s-]walk)
    (?P<after>[\s-]+(?:of\s+(?:treatment|therapy|follow[\s-]?up|intervention|supplementation)
      |(?:after|post|following|from)[\s-]+(?:the\s+)?(?:treatment|surgery|operation|dos(?:e|ing)|injection|baseline|randomi[sz]ation|drug\s+administration|intervention)
      |follow[\s-]?up|post-?\s?operatively|postoperatively|later))?
    """,
    hits=(
        "pain at 6 weeks",
        "over the first 48 h after surgery",
        "at 1, 2 and 24 hours",
        "at baseline and 6 months",
        "within 30 days",
    ),
    misses=("aged 18 years", "5 mg for them", "at 12 centres", "9.1 to 12.4 months", "in six-minute walk distance"),
)
NAMED = Pattern(
    "timepoint.named",
    rf"""
    \b(?:(?P<lead>{_LEAD})\s+)?(?:the\s+)?{_BASE}
    (?P<unit>weeks?|days?|months?|years?|hours?)\s+(?P<values>{_LIST})\b(?!\s*(?:patients|mg|%|/))
    """,
    hits=("at week 24", "from baseline to week 12", "on days 1, 8 and 15", "month 6"),
    misses=("for six weeks", "weeks later"),
)
FOLLOW_UP = Pattern(
    "timepoint.follow_up",
    rf"""
    \b(?P<values>{COUNT})[\s-]*(?P<unit>{TIME_UNIT})[\s-]+(?P<after>follow[\s-]?up|survival|mortality|assessment|visit)\b
    """,
    hits=("the 6-month follow-up", "5-year survival", "28-day mortality"),
    misses=("a 12-week trial",),
)
PATTERNS = (COUNTED, NAMED, FOLLOW_UP)
_ITEM = regex.compile(COUNT, regex.IGNORECASE)


def extract_timepoints(article: Article) -> Iterator[Mention]:
    """Every time point of the text; several patterns on one place give the longest reading."""
    taken: list[tuple[int, int]] = []
    for pattern in PATTERNS:
        for m in pattern.find(article.text):
            if any(start < m.end() and m.start() < end for start, end in taken):
                continue
            taken.append(m.span())
            yield Mention("timepoint", m.start(), m.end(), pattern.name, _timepoint(m))


def _timepoint(m: regex.Match[str]) -> Timepoint:
    values = [number(v) for v in _ITEM.findall(m["values"])]
    single = values[0] if len(values) == 1 else None
    return Timepoint(value=single, unit=time_code(m["unit"]), text=m[0].strip())
