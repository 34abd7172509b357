"""ASCII forms of signs and exponents, as MEDLINE and registries write them."""

from __future__ import annotations

import regex

from trialmine.clean.repair import Match, Repair, to
from trialmine.clean.view import COMPARED, Hints
from trialmine.lexicon.pattern import Pattern

GREATER = Repair(
    Pattern(
        "medline.at_least",
        r">\s?(?:or\s?=|/\s?=)(?:\s?to)?|(?<!<)=\s?/\s?>",
        hits=("age > or =65", "score >/= 5", "> or = to 3"),
        misses=("a > b or c = d",),
    ),
    to("≥"),
    "at least, in ASCII",
    hints=Hints(characters=">", marks=COMPARED),
)
LESS = Repair(
    Pattern(
        "medline.at_most",
        r"<\s?(?:or\s?=|/\s?=)(?:\s?to)?|=\s?/\s?<",
        hits=("age < or =65", "score </= 5"),
        misses=("a < b or c = d", "</i>"),
    ),
    to("≤"),
    "at most, in ASCII",
    hints=Hints(characters="<", marks=COMPARED),
)
PLUS_MINUS = Repair(
    Pattern(
        "medline.plus_minus",
        r"\+\s?/\s?-(?=\s?\d)|(?<=\d\s?)\+-(?=\s?\d)",
        hits=("5 +/- 2", "5 +- 1"),
        misses=("+ or -", "docetaxel +/- cisplatin"),
    ),
    to("±"),
    "plus-minus, in ASCII",
    hints=Hints(marks=r"\+\s?/|\+-"),
)
PLUS_MINUS_WORDS = Repair(
    Pattern(
        "medline.plus_minus_words",
        r"(?<=\d[\w%/]{0,8}\s)plus(?:\s|/|\sor\s)minus(?=\s\d)",
        hits=("95.00 plus minus 34.54",),
        misses=("drug A plus minus sign",),
    ),
    to("±"),
    "plus-minus, in words",
    hints=Hints(words="minus"),
)
MICRO = Repair(
    Pattern(
        "medline.micro",
        r"(?<=\d\s?|/\s?|\d[-\s]to[-\s])(?:mu\s?(?P<g>g)|micro\s(?P<g>g)|(?:mu|micro)\s?(?P<u>mol|l))(?![a-z])",
        hits=("1 mug/ml", "50 mu g", "1000 micro g/kg", "1200/microL"),
        misses=("a mug of tea", "5 micrograms", "50 microg/ml", "10 mu opioid", "2 micro m"),
    ),
    lambda m: "μ" + (m["g"] or m["u"]),
    "micro, in ASCII",
    hints=Hints(words="mu mug mul mumol micro microl micromol"),
)
SQUARE = Repair(
    Pattern(
        "medline.square_metre",
        r"(?<=(?:g|U|units?|l|Gy|mol|mCi|MBq)\s?/\s?m)(?:\s?\(\s?2\s?\)|\s?\^\s?2|\*\*2|q\b|\s2(?=\s(?:/|[a-z]|\()|[,;.)]|$)|\ssq\b)|(?<=kg\s?/\s?m)\s?\(\s?2\s?\)",
        hits=("1,000 mg/m(2)", "1.3 mg/mq", "75 mg/m^2", "kg/m(2)"),
        misses=("5 mg/m2", "3 mg/ml"),
    ),
    lambda m: "2 " if m[0].endswith(")") and m.string[m.end() : m.end() + 1].isalnum() else "2",
    "square metre, in ASCII",
    hints=Hints(
        words="m mq",
        marks=r"\(\s?2|[\^*]\s?2|/\s?2|/\s\s|/\s?$",
        texts=("m(2", "m (2", "m( 2", "m^2", "m ^", "m**2", "/mq", "m 2", "m sq"),
    ),
)
POWER = Repair(
    Pattern(
        "medline.power",
        r"(?<![\d.,])10(?:\(\s?(?P<a>-?\d{1,2})\s?\)|\*\*?(?P<b>\d{1,2})|\^\s(?P<c>\d{1,2}))(?=\s?/|\s[a-z]|[,;.)]|$)",
        hits=("4.5 x 10(9)/L", "10**6 cells", "10^ 6 cells"),
        misses=("10 (5) and 3", "110(9) mg", "item 10(a)"),
    ),
    lambda m: f"10^{m['a'] or m['b'] or m['c']}",
    "power of ten, in ASCII",
    hints=Hints(marks=r"10[(*^]"),
)

_AMOUNT = (
    r"(?:[mk]?g|micrograms?|milligrams?|grams?|mcg|ug|[μµ]g|ng|pg|fg|m[lL]|d[lL]|[μµ][lL]|[lL]|m?mol|[μµu]mol|nmol|pmol|"
    r"I\.?U\.?|k?U|MU|mU|units?|k?cal|kJ|mm|cm|beats|breaths|cells|Gy|MBq|mCi|W|J)"
)
_PER = r"(?:kg|m|cm|hour|hr|h|min|day|d|week|wk|m[lL]|d[lL]|[lL]|g|mg|s|mmol|mol|person|year)"
_EXPONENT = r"(?:\s?-\s?(?P<e>[123])|\s?\(\s?-\s?(?P<e>[123])\s?\))(?!\d|\.\d|\s?%|\sto\b)"
_FACTOR = regex.compile(rf"[\s.·*×]{{0,2}}(?P<u>{_PER})(?:\s?-\s?([123])|\s?\(\s?-\s?([123])\s?\))")


_UNIT_WORDS = "m cm kg h hr hour min d day l ml dl g mg s mmol mol week wk person year"


def _quotients(m: Match) -> str:
    factors = [(f["u"], f[2] or f[3]) for f in _FACTOR.finditer(m["factors"])]
    return m["u"] + "".join(f"/{u}{e if e != '1' else ''}" for u, e in factors)


NEGATIVE_EXPONENT = Repair(
    Pattern(
        "medline.negative_exponent",
        rf"(?<=(?:\d|[\s(/])\s?)(?P<u>{_AMOUNT})(?P<factors>(?:[\s.·*]{{0,2}}{_PER}{_EXPONENT}){{1,3}})",
        hits=("80 mg m-2", "0.8 micrograms kg-1 h-1", "5 mg.kg-1.h-1", "2 mL kg(-1)"),
        misses=("5 mg day 1", "2 g 1-3 times", "3 mg on days 1-5", "50 mg day -1 to 3"),
    ),
    _quotients,
    "unit with negative exponents",
    hints=Hints(marks=r"-\s?[123](?![\d.%])", words=_UNIT_WORDS),
)
# a well-formed exponent is read as it stands; what is lost here is the blank behind it
GLUED_EXPONENT = Repair(
    Pattern(
        "glue.exponent",
        r"(?<=\d\s?[mkµμu]?g\s?[.·]?m\s?-\s?2)(?=(?P<next>[a-z]{4}))",
        hits=("100 mg m-2cisplatin",),
        misses=("80 mg m-2 daily", "5 mg m-2d"),
    ),
    to(" "),
    "unit and drug run together",
    hints=Hints(marks=r"-\s?2", words="m"),
)
AREA_OF_BODY = Repair(
    Pattern(
        "medline.body_surface",
        r"(?<=\d\s?mg\s?/\s?)m(?=\sof\sbody[-\s]surface)",
        hits=("175 mg/m of body-surface area",),
        misses=("175 mg/m2 of body-surface area",),
    ),
    to("m2"),
    "the text names the body surface",
    0.9,
    hints=Hints(words="surface", texts=("m of body",)),
)
COMPARISONS = (GREATER, LESS)
SIGNS = (SQUARE, POWER, GLUED_EXPONENT)
GARBLED = (
    PLUS_MINUS,
    NEGATIVE_EXPONENT,
)
WORDS = (PLUS_MINUS_WORDS, MICRO, AREA_OF_BODY)
PATTERNS = tuple(r.pattern for r in (*COMPARISONS, *SIGNS, *GARBLED, *WORDS))
