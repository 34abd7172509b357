"""Every number of the text that could be a result, with its unit, comparator and range."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.number import NUMBER_WORD, power_of_ten
from trialmine.normalise.result_unit import UNIT, result_unit
from trialmine.normalise.signed_number import (
    COMPARATOR_SIGN,
    COMPARATOR_WORD,
    DASH,
    DECIMAL,
    SIGNED,
    comparator,
    signed_number,
)
from trialmine.records.article import Article, Mention
from trialmine.records.vocabulary import Comparator

_POWER = r"(?:\s?[x×*]\s?10\s?\^?\s?\(?\d{1,2}\)?|\s?[x×*]\s?10[⁰¹²³⁴⁵⁶⁷⁸⁹]+)"
QUANTITY = Pattern(
    "quantity.number",
    rf"""
    (?<![\w·^])(?<!(?<!\bvs)\.)                             # "vs.15" has lost a blank
    (?<![A-Za-z)][-‐–−/])(?<!\d[.·,])(?<!\d\s?{DASH})(?<!\d:(?=[0-5]\d\b))(?<!\s·\s)  # no part of a name
    (?: (?P<comparator>{COMPARATOR_SIGN}|{COMPARATOR_WORD}) \s* (?:a\s|an\s)? )?
    (?P<number>{SIGNED}{_POWER}?)
    (?: \s?%?\s?{DASH}\s? (?P<high>{DECIMAL}) (?![\d.]*{DASH}) )?
    (?! [\d.,·]*\d | :[0-5]\d\b | (?:st|nd|rd|th)\b
        | (?<=(?<![\d.·])[5-9]\d(?:[.·]\d{{1,2}})?) \s?(?:%|per\s?cent)?\s?-?\s?           # a level, as of "95% CI"
          (?:CIs?\b|IC\b|CrI|CL\b|confiden|credible|[\w-]{{5,12}}\s(?:confiden|credible)|limits\sof) )
    (?: (?P<unit>{UNIT}) | (?P<hyphen>[-‐–‑]\s?(?:[A-Za-z]+)) | (?!\w) )
    """,
    hits=(
        "fell by 7.4%",
        "about 59 euro",
        "5.0 mmol/L",
        "a 3.7-fold rise",
        "of −0.81 IU/l",
        "by 19.0%–32.4%",
        "RR 0.58 CI 0.4 to 0.9",
    ),
    misses=("IL-21 and CD8+", "the 2nd visit", "v1.2.3 was", "B12 levels", "from 08:00"),
)
BETWEEN = Pattern(
    "quantity.between",
    rf"""
    \b(?: between | rang(?:ed|es|ing|e)\s(?:\w+\s)?(?:from|between) | var(?:ied|ies|ying)\s(?:from|between) ) \s
    (?P<low>{SIGNED}) (?:{UNIT})? \s (?:and|to) \s (?P<high>{SIGNED}) (?![\d.,·]*\d) (?P<unit>{UNIT})? (?![\w-])
    """,
    hits=("doses ranged from 40 to 150 mg", "ORs between 0.24 and 0.42"),
    misses=("fell from 4 to 3", "between 5 men and 6 women"),
)
IN_WORDS = Pattern(
    "quantity.words",
    rf"(?<![\w-]) (?P<number>{NUMBER_WORD}) (?![\w-]) (?=\s?(?P<unit>percent|per\s+cent|%))?",
    hits=("Ninety percent of the tests", "forty-two per cent", "seven women"),
    misses=("often", "the tenth", "a one-sided test"),
)
PATTERNS = (QUANTITY, BETWEEN, IN_WORDS)

# "day 14", "grade 3", "Study 2": the number is a name
_NAMED = regex.compile(
    r"(?:\b(?:phases?|stages?|grades?|codons?|exons?|stud(?:y|ies)|types?|tables?|fig(?:ure)?s?\.?|groups?|cohorts?|arms?|parts?|cycles?|days?|weeks?|"
    r"months?|years?|visits?|class|steps?|levels?|version|no\.?|number|cohort|stratum|q|protocol|experiment|trial|hours?|gy|t)"
    r"\s?[#:]?\s?|#)$", regex.IGNORECASE)  # fmt: skip


_PLURAL = regex.compile(
    r"\b(?:phases|stages|grades|studies|types|groups|cohorts|arms|parts|cycles|days|weeks|months|years|visits|steps|levels|hours)\s?$",
    regex.IGNORECASE,
)
_GRADED = regex.compile(r"\b(?:phases?|stages?|grades?|types?|groups?|cohorts?|arms?)\s?\d+$", regex.IGNORECASE)
_STEP = regex.compile(
    r"\s?(?:\([^()]{1,30}\))?(?:(?P<comma>\s?,\s(?:and\s|or\s)?)|\s(?:and|or|&|to)\s|/)", regex.IGNORECASE
)
# a number that is no name has a noun or a share behind it: "at week 4 and 12 patients", "at week 12, 34 (40%)"
_ENDS = regex.compile(
    r"\s?(?:[.,;)\]:]|$|\(\s?P\b|(?:and|or|to|in|of|after|were|was|respectively|for|but)\b)", regex.IGNORECASE
)

# "rose from 3 up to 7" ends at 7
_UP_FROM = regex.compile(r"\bfrom\s[^;]*\d[^;]*$", regex.IGNORECASE)
# "in the two groups: 44 (32%)", "in the tea group 69 (50%)": a count with its share, no group's number
_SHARE = regex.compile(r"\d+\s?\(\d[\d.]*\s?%")
_GROUPS_COUNT = regex.compile(
    r"\b(?:groups|arms)\s?:\s$|\bthe\s(?!same\b)(?:[\w-]+\s){1,3}(?:group|arm)\s$", regex.IGNORECASE
)
_TIMES = frozenset("x×*")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as stated: `value`, or `low` with `high` for a stated range."""

    value: float | None
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    comparator: Comparator = "="
    hyphen: str = ""


def extract_quantities(article: Article) -> Iterator[Mention]:
    """Numbers with units; ordinals, names ("day 14", "grade 3") and numbers inside words are left out."""
    ranges = list(_ranges(article))
    yield from ranges
    named: tuple[int, bool] | None = None
    for match in QUANTITY.find(article.text):
        quantity = _quantity(match)
        if any(r.start < match.end() and match.start() < r.end for r in ranges):
            continue
        if quantity is None:
            continue
        start = match.start("number")
        if _is_name(article.text, start, quantity) or (named and _goes_on(article.text, named, match, quantity)):
            plural = _PLURAL.search(article.text, max(0, start - 16), start) is not None
            named = (match.end(), plural or bool(named and named[1] and named[0] > start - 60))
        else:
            bounded = quantity.comparator != "=" or not (match["comparator"] or "").strip()[:1].isalpha()
            begin = match.start() if bounded else start
            yield Mention("quantity", begin, match.end(), QUANTITY.name, quantity)
    for match in IN_WORDS.find(article.text):
        value = signed_number(match["number"])
        if value is not None:
            yield Mention(
                "quantity",
                match.start(),
                max(match.end("unit"), match.end()),
                IN_WORDS.name,
                Quantity(value, "%" if match["unit"] else None, hyphen="" if match["unit"] else "#"),
            )


def _ranges(article: Article) -> Iterator[Mention]:
    for match in BETWEEN.find(article.text):
        low, high = signed_number(match["low"]), signed_number(match["high"])
        if low is not None and high is not None and low < high:
            unit = result_unit(match["unit"]) if match["unit"] else None
            yield Mention("quantity", match.start("low"), match.end(), BETWEEN.name, Quantity(None, unit, low, high))


def _quantity(match: regex.Match[str]) -> Quantity | None:
    number = match["number"]
    value = power_of_ten(number) if not _TIMES.isdisjoint(number) else signed_number(number)
    high = signed_number(match["high"]) if match["high"] else None
    unit = result_unit(match["unit"]) if match["unit"] else None
    hyphen = (match["hyphen"] or "").strip("-‐–‑ ").lower()
    if value is None:
        return None
    sign = comparator(match["comparator"])
    if sign == "<=" and _UP_FROM.search(match.string, max(0, match.start() - 60), match.start()):
        sign = "="
    if high is not None:
        # "5-3" is no range but a code or a date
        return Quantity(None, unit, value, high, sign, hyphen) if value < high else None
    return Quantity(value, unit, None, None, sign, hyphen)


def _goes_on(text: str, named: tuple[int, bool], match: regex.Match[str], quantity: Quantity) -> bool:
    """Whether a number goes on with the names before it: "in groups 1 and 2", "at weeks 3 (P = .02), 6 and 12".

    named: where the last name ends, and whether a plural begins the list.
    """
    value = quantity.value
    if quantity.unit is not None or quantity.hyphen or value is None or value != int(value) or not 0 < value <= 400:
        return False
    between = _STEP.fullmatch(text, named[0], match.start("number"))
    if between is None or (between["comma"] and not named[1]):
        return False
    graded = _GRADED.search(text, max(0, named[0] - 16), named[0]) is not None and not between["comma"]
    return graded or _ENDS.match(text, match.end()) is not None


def _is_name(text: str, start: int, quantity: Quantity) -> bool:
    value = quantity.value if quantity.value is not None else quantity.high
    if quantity.unit is not None or value is None or value != int(value) or value > 400:
        return False
    named = _NAMED.search(text, max(0, start - 16), start) is not None
    return named and not (_SHARE.match(text, start) and _GROUPS_COUNT.search(text, max(0, start - 60), start))
