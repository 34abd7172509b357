"""Names that no list knows, told by the amount beside them: "velotinib 40 mg", "20 mg/kg of zorbadine".

Mention kind "intervention", frame "dosed". A word of everyday or medical English beside an amount names no drug; one
that was never seen in print does.
"""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.near import find_near
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.lexicon.words import word_list
from trialmine.records.article import Article, Mention

_LISTED = r"(?:\d[\d.]*(?:,\s|,?\s(?:or|and|to)\s)){0,5}"  # "2.5, 5 or "
_QUANTITY = r"\d[\d.,]*\s?(?:[-–]\s?\d[\d.,]*\s?)?(?:mg|mcg|[μµu]g|g|IU|ml|units?|million\s+IU)\b"
_AMOUNT = rf"{_QUANTITY}(?:\s?/\s?(?:kg|m2|m²|day|d|h|min|week)){{0,2}}"
_WORD = r"(?P<name>[\p{L}][\p{L}\d]{3,24}(?:-[\p{L}\d]{1,12})?)"
# a sponsor's code is letters and digits with a hyphen between; without one it is a group or a level as often
_CODE = r"\p{Lu}{1,6}-\d{2,7}\p{Lu}?|\d{2,3}-\p{Lu}{2,5}|\p{Lu}{2,4}\s\d{1,3}-\d{3,5}"
_DOSE_OF = r"(?:at\s+)?(?:(?:an?|the)\s+)?(?:(?:daily|total|single|oral|fixed|starting|initial|once-daily|weekly)\s+){0,2}(?:dose|doses)(?:\s+of\s+|:\s?|,\s)"
_LEAD = rf"\s+(?:(?:tablets?|capsules?)\s+)?(?:\((?:{_DOSE_OF})?|{_DOSE_OF})?"

NAME_FIRST = Pattern(
    "intervention.dosed_behind",
    rf"(?<![\w-]){_WORD}{_LEAD}(?={_LISTED}{_AMOUNT})",
    hits=("velotinib 40 mg daily", "zorbadine (20 mg/kg)", "zorbadine (a daily dose of 20 mg)"),
    misses=("week 12 followed",),
)
AMOUNT_FIRST = Pattern(
    "intervention.dosed_before",
    rf"(?<=\d\s?(?:mg|mcg|[μµu]g|IU|mg/kg|mg/m2|ug/kg|μg/kg)\s(?:of\s)?){_WORD}(?![\w-])",
    hits=("40 mg velotinib daily", "20 mg/kg of zorbadine"),
    misses=("40 patients",),
)
CODE_FIRST = Pattern(
    "intervention.dosed_code_behind",
    rf"(?<![\w-])(?-i:(?P<name>{_CODE})){_LEAD}(?={_LISTED}{_QUANTITY}(?!\s?/\s?(?:[md]?L|m3)\b))",
    hits=("XQ-9417 10 mg/kg weekly", "31-XQ (50 mg)", "XQA 94-1762 at doses of 2.5, 5 or 10 mg"),
    misses=("XQ-9417 12 mg/dL", "week-12 visits"),
)
AMOUNT_BEFORE_CODE = Pattern(
    "intervention.dosed_code_before",
    rf"(?<=\d\s?(?:mg|mcg|[μµu]g|IU|mg/kg|mg/m2|ug/kg|μg/kg)\s(?:of\s)?)(?-i:(?P<name>{_CODE}))(?![\w-])",
    hits=("40 mg XQ-9417 daily", "20 mg/kg of 31-XQ"),
    misses=("40 mg XQ daily",),
)
PATTERNS = (NAME_FIRST, AMOUNT_FIRST, CODE_FIRST, AMOUNT_BEFORE_CODE)
_NEAR = Search(r"\d\s?(?:mg|mcg|[μµu]g|g|IU|ml|units?|million\s+IU)")
_REACH = 100  # characters; a name and what may stand between it and its amount

_SEEN = 3  # a word counted so often in print is no new name
_CODE_NAME = regex.compile(_CODE)
_INTERVAL = regex.compile(r"[qQ]\d+[hdw]?")


def extract_dosed_names(article: Article) -> Iterator[Mention]:
    """Unknown words right before or behind an amount."""
    if article.language and not article.language.lower().startswith("en"):
        return  # every word of another language is a new one
    for pattern in PATTERNS:
        for m in find_near(pattern, _NEAR, article.text, before=_REACH, behind=_REACH):
            if _CODE_NAME.fullmatch(m["name"]) or _is_new(m["name"]):
                yield Mention("intervention", *m.span("name"), pattern.name, "dosed")


def _is_new(name: str) -> bool:
    if name.isupper() or _INTERVAL.fullmatch(name):
        return False
    known = word_list()
    return all(known.count(part.lower()) < _SEEN for part in name.split("-"))
