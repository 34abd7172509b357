"""Thousands set apart by a blank, as Lancet, BMJ and the SI write them."""

from __future__ import annotations

from trialmine.clean.repair import Repair
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern

# what numbers its things: the number behind it ends before the blank
_LABEL = (
    r"(?:days?|weeks?|months?|years?|hours?|visits?|cycles?|doses?|grades?|stages?|types?|groups?|levels?|phases?|arms?"
    r"|cohorts?|tables?|figures?|parts?|periods?|study|studies|trials?|steps?|lines?|aged?|ages|version|no\.|at)"
)


UNSURE = frozenset(("garbled", "points", "ones", "tokenized"))
"""Where numbers lost their points or dashes, "2 500" may be 2.500 or 2-500."""

BLANK = Repair(
    Pattern(
        "number.thousands_blank",
        rf"(?<![\p{{L}}\d.,/]|[\p{{L}}\d.][–-]|\b\p{{L}}\s|\b{_LABEL}\s|\b{_LABEL}\s\d{{1,3}}(?:,|,?\s(?:and|or|to))\s)"
        r"(?P<n>[1-9]\d{0,2}(?:\s\d{3})+)(?P<to>[–-][1-9]\d{0,2}(?:\s\d{3})+)?(?!\d|[.,]\d|\s\d|[\s-]?(?:mg|mcg|[uµμ]g|g|ml)\b)",
        hits=(
            "12 064 patients",
            "(95% CI 14 647 to 19 162)",
            "CI 3 402-4 276 EU",
            "cost £1 250 000 a year",
            "(n=6 030)",
        ),
        # "4 100 mg tablets" may be four of them
        misses=(
            "day 1 250 mg",
            "r 5 110",
            "COVID-19 120 mg",
            "0 064",
            "12 64",
            "weeks 4 and 8 100 mg",
            "doses of 5-10 100 mg",
            "4 100-mg tablets",
        ),
    ),
    lambda m: m[0].replace(" ", ""),
    "thousands set apart by a blank",
    0.95,
    hints=Hints(marks=r"\d \d\d\d"),
)
# nothing but thousands ends in a blank and three zeros, nor goes on from four digits behind a dash
ROUND = Repair(
    Pattern(
        "number.round_thousands_blank",
        r"(?<![\p{L}\d.,]|\d\s)[1-9]\d{0,2}(?:\s\d{3}){0,2}\s000(?!\d|[.,]\d|\s\d)"
        r"|(?<=(?<![\d.,])\d{4}[–-])[1-9]\d{1,2}\s\d{3}(?!\d|[.,]\d|\s\d)",
        hits=("vitamin D 50 000 IU", "heparin 3000-10 000 IU", "3000–12 500 IU", "1 000 mg daily", "2 500 000 units"),
        misses=("day 1 0001", "0 000", "1 250 mg", "2010-15 10 mg", "COVID19 000"),
    ),
    BLANK.after,
    BLANK.reason,
    0.95,
    hints=Hints(marks=r"\d \d\d\d"),
)
PATTERNS = (BLANK.pattern, ROUND.pattern)
