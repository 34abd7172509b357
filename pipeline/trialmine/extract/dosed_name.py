"""Names that no list knows, told by the amount beside them: "velotinib 40 mg", "20 mg/kg of zorbadine".

Mention kind "intervention", frame "dosed". A word of everyday or medical English beside an amount names no drug; one
that was never seen in print does.
"""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.near import find_near
from trialmine.lexicon.no_names import NO_SUBSTANCE, RAYS
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
# capitals that a text never spells out, as those who write of one drug call it all along
_CAPITALS = rf"(?-i:(?P<name>(?!(?:{NO_SUBSTANCE})(?![\p{{L}}\d]))\p{{Lu}}{{2,5}}))(?![\w-])"
_WEIGHT = r"(?:mg|mcg|[µμ]g|IU)(?:\s?/\s?(?:kg|m2|m²|day|d|h|min|week)){0,2}"
_AT_DOSE = r"(?:at|in)\s(?:an?\s|the\s)?(?:[\w-]+\s){0,2}(?:dose|rate)s?\sof\s"
SHORT_FIRST = Pattern(
    "intervention.dosed_short_behind",
    rf"""
    (?<![\w-])(?<!\b(?:group|arm|cohort|level|regimen)s?\s){_CAPITALS}
    (?:\s(?:was|were|is|will\sbe)\s(?:given|administered|injected|infused|started|used)\s{_AT_DOSE}|\s(?:tablets?\s|capsules?\s)?(?:\((?:{_DOSE_OF})?|{_AT_DOSE})?)
    (?:(?={_LISTED}\d[\d.,]*\s?{_WEIGHT}(?!\w|\s?/)) | (?<=\()(?=\d[\d.]*\s?g[);,]))
    """,
    hits=("MZR was given at a dose of 150 mg daily", "MZR (2 mg/kg)", "either MZR (1 g) or", "MZR 5, 10 or 20 mg"),
    misses=("IV 5 mg", "In MIRAGE a dose of 5 mg was used", "LDL 90 mg/dL", "group MZR 5 mg", "SD 5 mg", "BMI 25"),
)
SHORT_BEHIND = Pattern(
    "intervention.dosed_short_before",
    rf"(?:(?<=\d\s?{_WEIGHT}\s(?:of\s)?)|(?<=\d\s?m[lL]\sof\s(?:\d[\d.]*\s?(?:%|[nµμ]?M)\s)?)){_CAPITALS}(?!\s(?:groups?|arms?|levels?|dos(?:e|es|ing)|equivalents?)\b)",
    hits=("0.3 mg/kg MZR was given", "20 mg of MZR", "40 mL of 20 nM MZR"),
    misses=("5 mg BD", "5 mg IV", "40 patients", "75 g OGTT", "2 mg/kg FFM", "400 mg MZR-like"),
)
# rays that no list names: "RT was delivered at 64 Gy", "50 Gy of radiation"
_RAYS = rf"(?P<name>radiation|(?-i:{RAYS}))(?![\w-])"
_BETWEEN_RAYS = r"(?:(?!\b(?:and|or|then|prior|previous\w*|exclud\w*)\b)[^.;\d])"
RAYS_FIRST = Pattern(
    "intervention.dosed_rays_behind",
    rf"(?<![\w-])(?<!\b(?:prior|previous|earlier|past|no|effective)\s){_RAYS}{_BETWEEN_RAYS}{{0,60}}?(?=(?:\d[\d.]*\s?[x×]\s?)?\d[\d.]*\s?(?:[-–]\s?\d[\d.]*\s?)?c?Gy\b)",
    hits=("RT was delivered at 64 Gy", "followed by radiation with 2 x 8 Gy", "a radiation dose of 60-66 Gy"),
    misses=("prior radiation of 50 Gy", "radiotherapy", "an effective radiation dose of 4 mGy"),
)
RAYS_BEHIND = Pattern(
    "intervention.dosed_rays_before",
    rf"(?<=\d\s?c?Gy\b(?:\s?/\s?\d+\s?f|\sin\s\d+\sfractions|\sof|\sby|\susing|\swith)?\s){_RAYS}",
    hits=("50 Gy of radiation", "64 Gy in 32 fractions RT", "64 Gy/32f RT"),
    misses=("5 mg of radiation",),
)
PATTERNS = (
    RAYS_FIRST,
    RAYS_BEHIND,
    NAME_FIRST,
    AMOUNT_FIRST,
    CODE_FIRST,
    AMOUNT_BEFORE_CODE,
    SHORT_FIRST,
    SHORT_BEHIND,
)
_RAYS_PATTERNS = (RAYS_FIRST, RAYS_BEHIND)
_SHORT = (SHORT_FIRST, SHORT_BEHIND)
_NEAR = Search(r"\d\s?(?:mg|mcg|[μµu]g|g|IU|ml|units?|million\s+IU|c?Gy)")
_REACH = 100  # characters; a name and what may stand between it and its amount

_LONGEST_NAME = 60  # characters
_SEEN = 3  # a word counted so often in print is no new name
_CODE_NAME = regex.compile(_CODE)
_INTERVAL = regex.compile(r"[qQ]\d+[hdw]?")


def extract_dosed_names(article: Article) -> Iterator[Mention]:
    """Unknown words right before or behind an amount."""
    if article.language and not article.language.lower().startswith("en"):
        return  # every word of another language is a new one
    for pattern in PATTERNS:
        for m in find_near(pattern, _NEAR, article.text, before=_REACH, behind=_REACH):
            if pattern in _SHORT:
                known = m["name"] in article.abbreviations or _is_said_of_another(article, *m.span("name"))
            elif pattern in _RAYS_PATTERNS:
                known = False
            else:
                known = not (_CODE_NAME.fullmatch(m["name"]) or _is_new(m["name"]))
            if not known:
                yield Mention("intervention", *m.span("name"), pattern.name, "dosed")


# "on less than 20 mg ABC" tells who took part
_BOUND = regex.compile(r"(?:[<>≤≥]|\b(?:less|more|lower|higher)\sthan)\s?\d[\d.,]*\s?\S+\s(?:of\s)?$", regex.IGNORECASE)


def _is_said_of_another(article: Article, start: int, end: int) -> bool:
    """Whether capitals stand for the class of the drug behind them, "400 mg of the NSAID etodolac", or behind a bound."""
    if _BOUND.search(article.text, max(0, start - 40), start):
        return True
    named = (
        article.entities_in(end, end + _LONGEST_NAME, label="CHEMICAL") if article.text[end : end + 1] == " " else ()
    )
    return any(e.start == end + 1 for e in named)


def _is_new(name: str) -> bool:
    if name.isupper() or _INTERVAL.fullmatch(name):
        return False
    known = word_list()
    return all(known.count(part.lower()) < _SEEN for part in name.split("-"))
