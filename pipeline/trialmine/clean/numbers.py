"""Numbers spelled as words beside units, and decimals that were cut or lost their point."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.clean.repair import Match, Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import TIMEOUT, Pattern
from trialmine.normalise.number import WORD_VALUES, number
from trialmine.records.document import Edit

# "twenty five", "one hundred", "one hundred and twenty": never two numbers side by side ("one five")
_ONES = "(?:one|two|three|four|five|six|seven|eight|nine)"
_TENS = "(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_BELOW = f"(?:{_TENS}(?:[-\\s]{_ONES})?|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|ten|{_ONES})"
NUMERAL = rf"(?:{_ONES}\shundred(?:\s(?:and\s)?{_BELOW})?|{_BELOW})"
_SMALL = "(?:" + "|".join(sorted((w for w in WORD_VALUES if w != "zero"), key=len, reverse=True)) + ")"
UNIT = (
    r"(?:[mk]g|mcg|ug|[μµ]g|ng|g|m[lL]|[lL]|dl|IU|units?|U|mmol|mol|m2|cm|mm|kg|%|percent|Gy|cc|h|hrs?|hours?|min(?:utes?)?|"
    r"days?|weeks?|months?|years?|points?|patients|mmHg)\b"
)
_TIME = (
    r"(?:hours?|minutes?|days?|weeks?|months?|years?|mg|mcg|ug|[μµ]g|g|ml|IU|units|Gy|mmol|cc|kg|percent|tablets?|"
    r"cycles?)\b"
)


_NUMBER_WORDS = " ".join(WORD_VALUES)
CUT = r"\d\.\s+\d"  # in the text without its letters


def _digits(m: Match) -> str | None:
    value = number(m["n"])
    return None if value is None or value != int(value) else m[0].replace(m["n"], str(int(value)))


_WORDS_REASON = "number spelled out beside its unit"
BEFORE_UNIT = Repair(
    Pattern(
        "numword.unit",
        rf"(?<!\d\s|{_SMALL}[\s-]|hundred\s|-)\b(?P<n>{NUMERAL})(?=[\s-]{_TIME})",
        hits=("for six months", "ten mcg dose", "one hundred mg", "a seven week course"),
        misses=("one patient", "often mg"),
    ),
    _digits,
    _WORDS_REASON,
    0.9,
)
BEHIND_CUE = Repair(
    Pattern(
        "numword.cue",
        rf"\b(?:day|grade|phase|cycle|week|level|cohort|month|type|line)s?\s(?P<n>{NUMERAL})\b(?!\s\d|\s(?:{_SMALL})\b)",
        hits=("transient grade three", "on day one", "phase two"),
        misses=("three grades", "phase one 2"),
    ),
    _digits,
    _WORDS_REASON,
    0.9,
)
BEHIND_DASH = Repair(
    Pattern("numword.range", rf"(?<=\d[-–])(?P<n>{_SMALL})(?=\s)", ("7-twelve hours",), ("7-12", "twelve-week")),
    _digits,
    _WORDS_REASON,
    0.95,
)
MIXED = Repair(
    Pattern(
        "numword.decimal",
        rf"(?<=(?<![\d.])\d{{1,3}})\.(?P<n>{_SMALL})\b(?![-\s](?:patients|subjects|hundred)\b)",
        hits=("16.two months", "-12.five mg"),
        misses=("n = 16. two arms", "1.2"),
    ),
    _digits,
    "decimals spelled out",
    hints=Hints(cue="point_number"),
)
MIXED_WORDS = Repair(
    Pattern(
        "numword.decimal_words",
        rf"\b(?P<a>{_SMALL})\.(?P<b>(?-i:{_SMALL}))\b",
        hits=("18 (eight.six )",),
        misses=("of eight. Six", "eight.Sixty"),
    ),
    lambda m: f"{int(WORD_VALUES[m['a'].lower()])}.{int(WORD_VALUES[m['b'].lower()])}",
    "decimal number spelled out",
    hints=Hints(cue="point_number"),
)
CUT_WORD = Repair(
    Pattern(
        "numword.decimal_cut",
        rf"(?<![\d.])(?P<a>\d{{1,3}})\.\s(?P<b>(?-i:{_SMALL}))(?=\s{_TIME})",
        hits=("a median of 5. six months",),
        misses=("in 2010. six months", "at week 5. Six months"),
    ),
    lambda m: f"{m['a']}.{int(WORD_VALUES[m['b']])}",
    "decimals cut off and spelled out; a sentence would start with a capital",
    0.85,
    hints=Hints(marks=r"\d\.\s", words=_NUMBER_WORDS),
)
VERSION = Repair(
    Pattern(
        "numword.version",
        rf"(?<=\bversion\s)(?:(?P<a>\d)\.\s|(?P<a>{_SMALL})\.\s?)(?P<b>\d)\b",
        hits=("version one. 0", "version 1. 1"),
        misses=("version one. In", "version 1.0"),
    ),
    lambda m: f"{int(number(m['a']) or 0)}.{m['b']}",
    "version number",
    hints=Hints(words="version"),
)

ZERO = Repair(
    Pattern(
        "decimal.cut",
        r"(?<![\d.,/])0\.\s{1,3}(?=\d)",
        hits=("0. 2 mg", "P < 0. 0001", "0.\n\n75"),
        misses=("10. 2 patients", "0.2", "to 0. Then"),
    ),
    to("0."),
    "blank behind a decimal point; nothing ends in a bare 0",
    0.98,
    hints=Hints(marks=CUT),
)
COLUMN = Repair(
    Pattern("decimal.column", r"(?<![\d.])0\n(?=\.\d)", hits=("0\n.075",), misses=("10\n.5",)),
    to("0"),
    "line broken inside a number",
    hints=Hints(marks=r"0\n\."),
)
CUED = Repair(
    Pattern(
        "decimal.cut_by_unit",
        r"(?<=[,/=<>≤≥±]\s?)(?P<a>\d{1,2})\.\s(?P<b>\d{1,3})(?=\s?(?:[mk]?g|mcg|ug|[μµ]g|ml|IU|mmol|%)(?![a-z]))",
        hits=("zolmitriptan, 2. 5 mg", "bisoprolol/6. 25 mg"),
        misses=("days 1 to 5. 10 mg", "2017. 16 mg"),
    ),
    to(r"\g<a>.\g<b>"),
    "blank behind a decimal point, between a sign and a unit",
    0.9,
    hints=Hints(marks=CUT),
)
SENTENCE_CUT = Repair(
    Pattern(
        "decimal.cut_by_sentence",
        r"(?<=[a-z,(=]\s)(?P<a>\d)\.\s?\n\s{0,2}(?P<b>\d{1,2})(?=\s?(?:[mk]?g|mcg|ug|[μµ]g|ml|IU|mmol|%)(?![a-z]))",
        hits=("0.75 or 1.\n\n5 mg bid",),
        misses=("\n1.\n5 mg",),
    ),
    to(r"\g<a>.\g<b>"),
    "sentence cut at a decimal point",
    0.9,
    hints=Hints(marks=CUT),
)
P_VALUE = Repair(
    Pattern(
        "decimal.lost_in_p",
        r"0\s(?=\d{2,5}\b)(?<=\bp\s?[=<>≤≥]\s?0\s)",
        hits=("p=0 003", "P < 0 05"),
        misses=("P 0 05", "p = 0.05"),
    ),
    to("0."),
    "P value without its point",
    0.95,
    hints=Hints(marks=r"[=<>≤≥]\s?0\s\d"),
)
P_GAP = Repair(
    Pattern(
        "decimal.gap_in_p",
        r"(?<=\bp\s?[=<>≤≥]\s?\.)\s(?=\d{2,5}\b)",
        hits=("P = . 0489", "p<. 05"),
        misses=("P = .05", "p. 12"),
    ),
    to(""),
    "blank behind the point of a P value",
    hints=Hints(marks=r"[=<>≤≥]\s?\.\s\d"),
)
CONFIDENCE_LEVEL = Repair(
    Pattern(
        "decimal.lost_in_level",
        r"\b(?P<a>9\d)(?P<b>\d)(?=%\s?(?:CI|confidence))",
        hits=("975% CI",),
        misses=("95% CI", "975 patients"),
    ),
    to(r"\g<a>.\g<b>"),
    "a confidence level over 100 is impossible",
    0.95,
    hints=Hints(marks=r"9\d\d%"),
)
SIDED_LEVEL = Repair(
    Pattern(
        "decimal.lost_in_sided_level",
        r"(?<=(?:one|two)-?\s?sided\s)(?P<a>9\d)(?P<b>\d)\b",
        hits=("one-sided 975",),
        misses=("one-sided 95",),
    ),
    to(r"\g<a>.\g<b>"),
    "a confidence level over 100 is impossible",
    0.95,
    hints=Hints(marks=r"9\d\d", words="sided onesided twosided"),
)
STANDARD_ERROR = Repair(
    Pattern(
        "decimal.lost_in_error",
        r"(?<![\d.,])(?P<a>\d)(?P<b>\d{3})(?P<mid>\s\w{1,5}\s[\[(]S[ED]\s)0(?P<c>\d{3})(?!\d)",
        hits=("1134 L [SE 0008]",),
        misses=("1134 L [SE 8]",),
    ),
    to(r"\g<a>.\g<b>\g<mid>0.\g<c>"),
    "the leading zeros of the error prove three lost decimals",
    0.9,
    hints=Hints(words="se sd", marks=r"[\[(]\s0\d"),
)
# a decimal cut in one place makes its like believable; years, list numbers and counts of people stay apart
FAMILY = Repair(
    Pattern(
        "decimal.cut_as_elsewhere",
        r"(?<![\d.]|\b(?:days?|weeks?|months?|grades?|groups?|phase|version|cycles?)\s|\bto\s|\bdays?\s[\d,\s]{1,15}and\s|^|\n)(?P<a>-?\d{1,3})\.\s"
        r"(?P<b>\d{1,4})(?![\d.]|\s?(?:patients|subjects|women|men|participants|children|adults|volunteers|of\sthe)\b)",
        hits=("was 370. 6 and", "(2. 3 hours", "of 16. 9;"),
        misses=("days 1 to 5. 10 mg", "2017. 1161 patients", "n = 20. 12 patients", "week 4. 12 mg"),
    ),
    to(r"\g<a>.\g<b>"),
    "blank behind a decimal point, as elsewhere in this text",
    0.85,
    hints=Hints(marks=r"\.\s\d"),
)
FAMILY_PERCENT = Repair(
    Pattern(
        "decimal.cut_percent",
        r"(?<![\d.])(?P<a>\d{1,2})\.\s(?P<b>\d{1,2})(?=\s?%)",
        hits=("to 53. 6% and",),
        misses=("in 2017. 16%",),
    ),
    to(r"\g<a>.\g<b>"),
    "blank behind a decimal point, before a percent sign",
    0.85,
    hints=Hints(marks=r"\.\s\d"),
)
_ZERO_STRENGTH = regex.compile(r"(?<![\d.,/:-])0(\d{1,2})\s?(%|mg|g|ml|L)(?!\w)")
_ZERO_HINTS = Hints(marks=r"0(?<![\d.,/:-]0)[1-9]\d?(?!\d)")


def named_strength(text: str) -> Iterator[Edit]:
    """A strength that lost its point ("01%"), if the text writes it whole elsewhere ("0.1%")."""
    if not _ZERO_HINTS.met(text):
        return
    for m in _ZERO_STRENGTH.finditer(text, timeout=TIMEOUT):
        if regex.search(rf"(?<![\d.,])0\.{m[1]}\s?{m[2]}(?!\w)", text, timeout=TIMEOUT):
            yield Edit(
                m.start(),
                m.start() + 1,
                "0",
                "0.",
                "decimal.lost",
                0.9,
                "the strength stands whole elsewhere in this text",
            )


# OCR that puts a blank behind every 1
ONES = Repair(
    Pattern(
        "digits.space_after_one",
        r"(?<![\d.,]|\d\s)1\s(?=\d(?![\d]))",
        hits=("a 1 2-day course", "[-1 8.5"),
        misses=("11 2", "1 24"),
    ),
    to("1"),
    "blank behind a 1, as elsewhere in this text",
    0.7,
    hints=Hints(marks=r"1\s\d"),
    veto=lambda text, m: text[: m.start()]
    .rstrip()
    .lower()
    .endswith(("group", "groups", "day", "days", "phase", "grade", "week")),
)
FAMILY_AND = Repair(
    Pattern(
        "decimal.cut_partner",
        r"(?<=\d\.\d{1,4}\s?%?\s(?:to|and|or)\s|\d\.\d{1,3}[-–±])(?P<a>\d{1,3})\.\s(?P<b>\d{1,4})(?!\d|\.\d|\s[a-z]{4})",
        hits=("1.3 to 32. 4).", "0.5-10. 5)"),
        misses=("5 to 6. 10 mg",),
    ),
    to(r"\g<a>.\g<b>"),
    "blank behind a decimal point; its partner is a decimal",
    0.85,
    hints=Hints(marks=r"\.\s\d"),
)
LOST_POINT = Repair(
    Pattern(
        "decimal.lost",
        r"(?<![\d.,/]|\d\s)0\s(?=\d{2,4}(?![\d.]|,\d|\s\d))",
        hits=("HR 0 90;", "−0 96,"),
        misses=("0.90", "10 20", "0 10 20 mg"),
    ),
    to("0."),
    "lost decimal point, as elsewhere in this text",
    0.8,
    hints=Hints(marks=r"0\s\d"),
)
_SPLIT = regex.compile(
    r"(?<![\d.,]|\d\s)(\d{1,3})\s(\d{1,2})\s?(mg|mcg|[μµu]g|g|ml|mL|%|IU|hours|weeks|days|months)(?![\w.]|\s\d)"
)


def twin(text: str) -> Iterator[Edit]:
    """A number cut by a blank, read as the one whole number with this unit that the text has elsewhere.

    >>> [(e.before, e.after) for e in twin("given 15 mg or 40 mg; after 1 5 mg he")]
    [(' ', '')]
    """
    for m in _SPLIT.finditer(text, timeout=TIMEOUT):
        forms = {
            after: regex.search(rf"(?<![\d.,])(?<!\d\s){regex.escape(whole)}\s?{m[3]}(?!\w)", text, timeout=TIMEOUT)
            for after, whole in (("", m[1] + m[2]), (".", f"{m[1]}.{m[2]}"))
        }
        found = [after for after, other in forms.items() if other]
        if len(found) == 1:
            yield Edit(
                m.end(1),
                m.end(1) + 1,
                " ",
                found[0],
                "digits.twin",
                0.8,
                "the whole number stands elsewhere in this text",
            )


# OCR puts a blank behind a 1; two numbers cannot stand side by side inside brackets
OCR_DECIMAL = Repair(
    Pattern(
        "digits.space_in_decimal",
        r"(?<=\d\.\d{0,3}1)\s(?=\d{1,2}[),;\]%])",
        hits=("(0.05, 0.1 7)", "1.04-1.1 1,"),
        misses=("0.1 and", "0.1 7 days"),
    ),
    to(""),
    "blank inside a number",
    0.8,
)
OCR_PERCENT = Repair(
    Pattern(
        "digits.space_in_percent",
        r"(?<=(?<![\d.,]\s?)\(1)\s(?=\d(?:\.\d+)?\s?%)",
        hits=("(1 6%)",),
        misses=("1 6%", "(11 6%)"),
    ),
    to(""),
    "blank inside a number",
    0.75,
    hints=Hints(marks=r"\(1\s\d"),
)
# the range would fall otherwise: 5-1 beside 1, 0-50 beside 1
OCR_RANGE = Repair(
    Pattern(
        "digits.space_in_range",
        r"(?<![\d.,]|\d\s)1\s(?P<a>\d)-1\s(?P<b>\d)(?![\d.])|(?<=\()1\s(?P<c>0)-(?P<d>\d{2})(?=\s?m)|(?<=days?\s)(?P<e>\d)\s-(?P<f>\d{1,2})\b",
        hits=("1 5-1 9", "(1 0-50 mcg", "days 1 -5"),
        misses=("11 5-1 9", "1-5"),
    ),
    lambda m: m[0].replace(" ", ""),
    "blank inside a number; the range would fall otherwise",
    0.85,
    hints=Hints(marks=r"1\s\d-|-1\s\d|\d\s-\d|1\s0-"),
)

ALWAYS = (
    MIXED,
    MIXED_WORDS,
    CUT_WORD,
    VERSION,
    ZERO,
    COLUMN,
    CUED,
    SENTENCE_CUT,
    P_VALUE,
    P_GAP,
    CONFIDENCE_LEVEL,
    SIDED_LEVEL,
    STANDARD_ERROR,
    OCR_RANGE,
)
# "mg m-two": the two of a square metre
EXPONENT = Repair(
    Pattern("numword.exponent", r"(?<=\b[mc]?g\s?m\s?[-−–])two\b", ("250 mg m-two day",), ("mg m-2", "from two")),
    to("2"),
    "exponent of a unit spelled out",
    0.95,
    hints=Hints(words="two"),
)
SPUN = (EXPONENT, BEFORE_UNIT, BEHIND_CUE, BEHIND_DASH)
GARBLED = (FAMILY, FAMILY_AND, FAMILY_PERCENT)
OCR = (OCR_DECIMAL, OCR_PERCENT)
PATTERNS = tuple(r.pattern for r in (*ALWAYS, *SPUN, *GARBLED, *OCR, LOST_POINT, ONES))
