"""How often an unwanted event happened: "12%", "7 of 44", "(n = 3)", "in two patients", "26% versus 12%".

Mention kind: "event_count" (value: EventCount).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.number import COUNT_DIGITS, NUMBER, NUMBER_WORD, is_cut_from_number, number
from trialmine.records.article import Article, Mention

_WHO = (
    r"(?:patients?|subjects?|participants?|women|men|children|cases?|events?|episodes?|incidents?|deaths?|dogs?|volunteers?"
    r"|infants?)"
)
_DEC = r"\d{1,3}(?:[.·]\d{1,3})?"
PERCENT = Pattern(
    "event_count.percent",
    rf"""
    (?<![\w.·-])(?:(?P<n>{COUNT_DIGITS}|\b{NUMBER_WORD}\b)(?:\s*/\s*(?P<of>{COUNT_DIGITS})|\s+of\s+(?P<of>{COUNT_DIGITS}))?\s*(?:(?:patients|subjects|participants|cases|events|women|men|children|infants|eyes)\s*)?
      [\[(,;]\s*)?
    (?<![\d.·])(?P<percent>{_DEC})\s*(?:%|percent\b|per\s+cent\b)(?!\s*(?:CI|confidence))
    (?:\s*[\[(]\s*n\s*=\s*(?P<n>{COUNT_DIGITS})\s*[\])]
      | [^.;()\[\]%\d]{{0,45}}[\[(]\s*(?P<n>{COUNT_DIGITS})\s*/\s*(?P<of>{COUNT_DIGITS})(?=\s*[\]),;]))?
    """,
    hits=(
        "70% (7/10) of them",
        "22% of those who drank tea (13/58)",
        "in 12% of them",
        "129 (68.98%)",
        "2/187 (1.07%)",
        "7 of 44 patients (16%)",
        "four [3%]",
        "15 eyes (12%)",
        "4.6% [n = 5]",
    ),
    misses=("95% CI 1 to 3", "12 patients"),
)
# "26 vs 12%": the sign stands at the last number only
SHARED_SIGN = Pattern(
    "event_count.shared_sign",
    rf"(?<![\w.·-])(?P<percent>{_DEC})(?=\s*(?:,|and|vs?\.?|versus|or)\s*(?:{_DEC}\s*(?:,|and|vs?\.?|versus|or)\s*){{0,3}}{_DEC}\s*%(?!\s*(?:CI|confidence)))",
    hits=("26 vs 12%", "3.5 and 7.1%"),
    misses=("26 patients and 12%", "OR 0.37, 95% CI 0.2 to 0.9"),
)
FRACTION = Pattern(
    "event_count.fraction",
    rf"(?<![\w./-])(?P<n>{COUNT_DIGITS})\s*(?:/|\s+of\s+(?:the\s+)?|\s+out\s+of\s+(?:the\s+)?)\s*(?P<of>{COUNT_DIGITS})(?![\w%/]|[.·,]\d)(?!\s*(?:toxicit|mm|mg|\())",
    hits=("in 11/12 patients", "7 of 44", "98 of 3,380 patients"),
    misses=("grade 3/4 toxicity", "120/80 mm Hg", "2/187 (1%)"),
)
# "in 1, 2 and 5 patients": the noun stands at the last number only
LISTED = Pattern(
    "event_count.listed",
    rf"""
    (?<=\b(?:in|by|among|to)\s|\b(?:in|by|among)\s(?:{NUMBER})\s?,\s|\b(?:in|by|among)\s(?:{NUMBER})\s?,\s(?:{NUMBER})\s?,\s)
    (?<![\w.·/-])(?P<n>{NUMBER})
    (?=\s?(?:,|and|,\s?and|vs?\.?|versus)\s(?:{NUMBER}\s?(?:,|and|,\s?and)\s){{0,3}}{NUMBER}\s{_WHO}\b)
    """,
    hits=("occurred in 1, 2 and 5 patients", "seen in 2 and 3 patients"),
    misses=("on days 1, 2 and 5", "in 3 and 4% of patients", "grade 1, 2 and 3 patients"),
)
_NO_AVERAGE = r"(?<!\b(?:mean|median|scores?)\s)"
COUNT = Pattern(
    "event_count.count",
    rf"""
    (?: (?<!(?-i:[A-Z]|\d)\s?|group\s?|arm\s?)\(\s*n\s*=\s*(?P<n>{COUNT_DIGITS})\s*\)
      | (?<=\bgrades?\s[≥≤<>=\s]{{0,3}}\d(?:\s?[-/–]\s?\d)?\s?)\(\s*n\s*=\s*(?P<n>{COUNT_DIGITS})\s*\)
      | (?<!\bof\s)(?<![\w.·/-])(?P<n>{NUMBER})\s+(?:(?!(?:and|or|vs|versus)\b)[A-Za-z][\w-]*\s+){{0,2}}?{_WHO}\b
          (?!\s*(?:\(|were\s+(?:random|enrol|assign|includ)))
      | (?<![\w.·/-]){_NO_AVERAGE}(?P<n>{COUNT_DIGITS})(?=\s*(?:events?\s*)?(?:vs?\.?|versus)\s*\d+(?![\d.·,]*\s*%))
      | (?<=\d\s(?:events\s)?(?:vs\.?|v|versus)\s)
        (?<!\b(?:mean|median|scores?)\s\d{{1,4}}\s(?:vs\.?|v|versus)\s)(?P<n>{COUNT_DIGITS})(?![\d.·/]|\s*%)
    )
    """,
    hits=("occurred in two patients", "(n = 3)", "507 vs 362", "one case of sepsis", "rash grade >=3 (n = 2)"),
    misses=("ratio 2:1", "26% of them", "of 310 patients", "fever (median 1 vs. 2)"),
)
# whose noun stands at the first number only: "in 6 patients after tea, 5 after coffee and 8 after water"
_WHERE = r"(?:in|on|with|after|receiving|given|taking)"
ELLIPTIC = Pattern(
    "event_count.elliptic",
    rf"""
    (?<=\b{_WHO}\s{_WHERE}\s[^.;()]{{2,80}}?(?:,\s|,?\sand\s|\sversus\s|\svs\.?\s))
    (?<![\w.·/-])(?P<n>{COUNT_DIGITS}|\b{NUMBER_WORD}\b)(?=\s{_WHERE}\s(?!\d))
    """,
    hits=("in 6 patients after tea, 5 after coffee", "seven patients in group A and three in group B"),
    misses=("in 6 patients, 5 after coffee", "patients in group A and three days in bed"),
)
# "rash in 3 patients and nausea in one."; of two groups told in turn both are read or none
_NO_MORE = r"\s?(?:[.;)]|$|,)"
_TWO_MORE = rf"{NUMBER}\s?,?\s?(?:and|,)\s{NUMBER}\b"
IN_ONE = Pattern(
    "event_count.in_one",
    rf"(?<=\bin\s)(?P<n>{NUMBER_WORD})(?=\s?(?:[.;)]|$|,(?!\s{_TWO_MORE})|and\b(?!\s{NUMBER})|and\s{NUMBER_WORD}{_NO_MORE}))"
    rf"|(?<=\bin\s{NUMBER_WORD}\sand\s)(?P<n>{NUMBER_WORD})(?={_NO_MORE})",
    hits=("nausea in one.", "nausea in six, and rash", "seen in five and one."),
    misses=("in one group", "one in five people", "in five and 12 of them", "in five, four and two"),
)
# counts of two groups in words: "fewer events (one versus eight)"
IN_WORDS = Pattern(
    "event_count.in_words",
    rf"""
    (?<=[(\[])(?P<n>{NUMBER_WORD})(?=\s(?:vs?\.?|versus|and)\s{NUMBER_WORD}\b)
    | (?<=[(\[](?:{NUMBER_WORD})\s(?:vs\.?|v|versus|and)\s)(?P<n>{NUMBER_WORD})\b
    """,
    hits=("fewer events (one versus eight)",),
    misses=("one versus eight", "(one week)"),
)
# bare numbers behind the names of a list, one in brackets behind each
BRACKETED = Pattern(
    "event_count.bracketed",
    r"(?<=\p{L}\s?[(\[])(?P<n>\d{1,3})(?=[)\]]\s*(?:,|and\b|,\s*and\b|;)\s*[\p{L}][\p{L}\s-]{2,40}[(\[]\d{1,3}[)\]])"
    r"|(?<=[(\[]\d{1,3}[)\]]\s?(?:,|and|,\sand|;)\s[\p{L}][\p{L}\s-]{2,40}[(\[])(?P<n>\d{1,3})(?=[)\]])",
    hits=("nausea (12), vomiting (7) and rash (3)",),
    misses=("the trial (12) was small", "in group (1)"),
)
PATTERNS = (PERCENT, SHARED_SIGN, FRACTION, LISTED, COUNT, ELLIPTIC, IN_WORDS, BRACKETED, IN_ONE)


@dataclass(frozen=True, slots=True)
class EventCount:
    """People (or events) and percentage, as far as stated."""

    n: int | None
    percent: float | None


_NUMBERS = {"n", "of", "percent"}
_MISPRINT = 3  # points of a percentage


def _disagrees(n: float, of: float | None, percent: float) -> bool:
    """Whether a fraction comes to something else than the percentage that stands with it."""
    return bool(of) and abs(100 * n / (of or 1) - percent) > _MISPRINT


# by how much groups differ is no group's: "(absolute risk reduction, 1.7%", "percentage of days with cramps was 2%"
_COMPARED = regex.compile(
    r"\b(?:(?:reductions?|differences?|efficacy|intervals?|(?-i:CI)|ratios?)\s?(?:[,:=]|of|was)?\s?[-−–+]?"
    r"|(?:percentage|proportion)\sof\s(?:days|nights|time)\b[^.;()]{2,40}?\s(?:was|were)\s)$",
    regex.IGNORECASE,
)
_NEAR = 70  # characters before a share that are looked at


def extract_event_counts(article: Article) -> Iterator[Mention]:
    """Counts that may belong to an event; of overlapping readings the first pattern's counts."""
    taken: list[tuple[int, int]] = []  # in order, and apart
    for pattern in PATTERNS:
        for m in pattern.find(article.text):
            i = bisect_left(taken, m.span())
            if (i and taken[i - 1][1] > m.start()) or (i < len(taken) and taken[i][0] < m.end()):
                continue
            if any(is_cut_from_number(article.text, *m.span(name)) for name in _NUMBERS & m.groupdict().keys()):
                continue
            groups = m.groupdict()
            n = number(groups.get("n") or "")
            percent = number(groups.get("percent") or "")
            if (n is None and percent is None) or (percent is not None and percent > 100):
                continue
            if n is None and _COMPARED.search(article.text, max(0, m.start() - _NEAR), m.start()):
                continue
            taken.insert(i, m.span())
            if n is not None and percent is not None and _disagrees(n, number(groups.get("of") or ""), percent):
                n = None  # another group's, or another event's
            count = EventCount(int(n) if n is not None and n == int(n) else None, percent)
            yield Mention("event_count", m.start(), m.end(), pattern.name, count)
