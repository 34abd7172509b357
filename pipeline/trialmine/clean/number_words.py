"""Numbers of several words: "twenty five mg", "two point five months", "one hundred and fifty mg".

Whole numbers before percentages and times are left: the grammars read them as they stand.
"""

from __future__ import annotations

import regex

from trialmine.clean.numbers import NUMERAL
from trialmine.clean.repair import Match, Repair
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.number import WORD_VALUES, number

_SMALL = "(?:" + "|".join(sorted(WORD_VALUES, key=len, reverse=True)) + ")"
_DOSE = r"(?:mg|mcg|ug|[μµ]g|g|ng|ml|IU|units?|mmol|Gy|cc|milligrams?|micrograms?|grams?|millilit(?:er|re)s?)(?![a-z])"
_UNIT = rf"(?:{_DOSE}|(?:kg|cm|mm|%|per\s?cent|percent|days?|weeks?|months?|years?|hours?|minutes?|points?)(?![a-z]))"
_WHOLE = regex.compile(rf"(?:{NUMERAL}\sthousand(?:\s(?:and\s)?{NUMERAL})?|{NUMERAL})", regex.IGNORECASE)
_DIGITS = 10


def _value(m: Match) -> str | None:
    words = " ".join(m["n"].lower().replace("-", " ").split())
    if words.endswith(" and a half"):
        whole = _read(words.removesuffix(" and a half"))
        return None if whole is None else f"{whole}.5"
    whole_part, point, decimals = f" {words}".partition(" point ")
    whole = _read(whole_part.strip() or "zero")
    if whole is None or not point:
        return None if whole is None else str(whole)
    digits = [WORD_VALUES.get(word, _DIGITS) for word in decimals.split()]
    if any(d >= _DIGITS for d in digits):
        return f"{whole}.{int(digits[0])}" if len(digits) == 1 else None
    return f"{whole}.{''.join(str(int(d)) for d in digits)}"


def _read(words: str) -> int | None:
    if words == "zero" or words.isdecimal():
        return 0 if words == "zero" else int(words)
    value = number(words) if _WHOLE.fullmatch(words) else None
    return None if value is None else int(value)


PHRASE = Repair(
    Pattern(
        "numword.phrase",
        rf"""
        \b(?<!\d[\s.]|{_SMALL}[\s-]|hundred\s|point\s)(?:
          (?P<n>{_SMALL}(?:[\s-](?:and\s)?(?:{_SMALL}|hundred|thousand)){{1,6}})(?=[\s-]{_DOSE})
        | (?P<n>(?:{_SMALL}(?:[\s-](?:and\s)?(?:{_SMALL}|hundred|thousand)){{0,4}}\s)?point(?:[\s-]{_SMALL}){{1,4}}
            |{_SMALL}\sand\sa\shalf|(?<![\d.,])\d{{1,3}}\spoint(?:[\s-]{_SMALL}){{1,4}})(?=[\s-]{_UNIT}|%))
        """,
        hits=(
            "twenty five mg of tea",
            "zero point one two five mg",
            "one hundred and fifty mg",
            "one and a half mg",
            "point five mg",
        ),
        misses=("a turning point", "five mg", "1.5 mg", "twenty five patients", "two hundred"),
    ),
    _value,
    "number of several words beside its unit",
    0.95,
    hints=Hints(words="point hundred thousand half " + " ".join(w for w, v in WORD_VALUES.items() if v >= 2 * _DIGITS)),
)
PATTERNS = (PHRASE.pattern,)
