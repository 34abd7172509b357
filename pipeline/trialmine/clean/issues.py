"""Damage that is seen and cannot be settled: the raw reading stays, and this says what it may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from trialmine.clean.repair import Match
from trialmine.clean.signs import DAYS, PHASES
from trialmine.clean.view import ALWAYS as ALWAYS_MET
from trialmine.clean.view import Hints
from trialmine.lexicon.lone_whole import LONE_WHOLE_AMOUNT, LONE_ZERO_AMOUNT
from trialmine.lexicon.pattern import Pattern
from trialmine.records.document import CleanIssue

Detector = Callable[[str], Iterable[CleanIssue]]
_UNIT = (
    r"(?:[mk]?g|mcg|ug|[μµ]g|ml|mL|IU|mmol|%|hours?|hrs?|h|days?|weeks?|months?|years?|mm|cm|points?|cycles?)(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Detection:
    """Reports the matches of one pattern; the pattern's name is the issue's code behind its family."""

    pattern: Pattern
    code: str
    message: Callable[[Match], str]
    hints: Hints = ALWAYS_MET

    def __call__(self, text: str) -> Iterator[CleanIssue]:
        """Issues for every match in `text`."""
        if not self.hints.met(text):
            return
        for m in self.pattern.find(text):
            yield CleanIssue(self.code, self.message(m), m.start(), m.end())


def _readings(*forms: str) -> Callable[[Match], str]:
    return lambda m: f"{m[0]!r} may mean " + " or ".join(m.expand(f) for f in forms)


def _says(text: str) -> Callable[[Match], str]:
    return lambda m: f"{m[0]!r}: {text}"


RANGE = Detection(
    Pattern(
        "issue.range",
        rf"(?<![\d.,/-]|\d\s)(?P<a>(?!0\s)\d{{1,4}}(?:\.\d+)?)\s(?P<b>\d{{1,4}}(?:\.\d+)?)(?=[\s-]?{_UNIT})",
        hits=("4 6 weeks after", "60 100 mg", "9 1 days apart", "1 4 cycles"),
        misses=("4-6 weeks", "in 2010, 60 mg", "code 12.5"),
    ),
    "ambiguous_number",
    _readings(r"\g<a>-\g<b>", r"\g<a> ± \g<b>", r"\g<a>.\g<b>", r"\g<a>\g<b>", r"\g<a> and \g<b>"),
)
NEIGHBOURS = Detection(
    Pattern(
        "issue.neighbours",
        r"(?<![\d.,]|[\p{L}\d]\s?[/–-]|\d\s|\b(?:group|grade|phase|days?|weeks?|type|factor|stage|study|table|IL|vitamin)\s)"
        r"(?P<a>\d{1,3}(?:\.\d+)?)\s(?P<b>\d{1,3}(?:\.\d+)?)(?!\d|\s\d|[\s-]?(?:patients|women|men|children|subjects))",
        hits=("group [21 8 vs. -3.7", "OR: 38 9; 95", "by 19 0–32.4%", "(31.2%/14 1/6.6%)", "[-31, -0 7]"),
        misses=("21.8 vs. 3", "3/14 20", "COX-2 20", "in group 1 20 ml", "by 2010 20", "12 345 678"),
    ),
    "ambiguous_number",
    _readings(r"\g<a>.\g<b>", r"\g<a>-\g<b>", r"\g<a> ± \g<b>", r"\g<a> (\g<b>)"),
    Hints(marks=r"\d \d"),
)
DAY_LIST = Detection(
    Pattern(DAYS.name + ".open", DAYS.regex, DAYS.hits, DAYS.misses),
    "ambiguous_days",
    _says("a range of days, or single days; no cue settles it"),
    Hints(cue="day_pair"),
)
DAY_SPREAD = Detection(
    Pattern(
        "issue.day_spread",
        r"\bday\s(?P<a>\d{1,3})\s(?P<b>\d{1,2})(?=\sdays?\b)",
        ("Day 7 2 days",),
        ("day 7 and 2 days",),
    ),
    "ambiguous_number",
    _readings(r"day \g<a> ± \g<b>"),
    Hints(marks=r"\d \d", words="day"),
)
PHASE = Detection(
    Pattern(PHASES.name + ".open", PHASES.regex, PHASES.hits, PHASES.misses),
    "ambiguous_phase",
    _readings(r"phase \g<a>/\g<b>", r"\g<a> to \g<b>", r"\g<a> and \g<b>"),
    Hints(
        words="phase",
        texts=(
            "hase one t",
            "hase two t",
            "hase one 2",
            "hase 1 2",
            "hase I I",
            "hase 1 t",
            "hase 2 3",
            "hase two 3",
            "hase II I",
        ),
    ),
)
P_SIGN = Detection(
    Pattern(
        "issue.p_sign",
        r"\b(?-i:[Pp])\s(?P<p>0?\s?[.\s]\d{1,5})\b",
        ("P 0 05", "p 0.001 for"),
        ("p = 0.05", "p < 0.001"),
    ),
    "comparator_lost",
    _readings(r"P < \g<p>", r"P = \g<p>", r"P > \g<p>"),
)
INTERVAL = Detection(
    Pattern(
        "issue.interval",
        r"\bCI,?:?\s(?P<a>-?\d[\d.]*\s\d[\d.\s]*\d)(?=[^\d]|$)",
        hits=("95 CI 0 45 0 89",),
        misses=("95% CI 0.45-0.89", "95% CI 0.45 to 0.89"),
    ),
    "ambiguous_interval",
    _says("signs of the interval are gone"),
    Hints(marks=r"\d \d", words="ci"),
)
LOST_SIGN = Detection(
    Pattern(
        "issue.sign",
        r"\b(?:at\sdoses|clearance|life\sexpectancy|bilirubin|creatinine|hemoglobin|haemoglobin|platelets?|aged?)\s(?P<n>(?:\d+(?:\.\d+)?|six|three|eighteen|twelve)\s"
        r"(?:mg|ml|mL|months?|weeks?|years?|g))(?:/\w+)?",
        hits=("at doses 3 mg bid", "life expectancy six months", "creatinine clearance 45 ml/min"),
        misses=("life expectancy of 6 months", "creatinine clearance ≥ 45 ml/min"),
    ),
    "comparator_lost",
    _readings(r"≥ \g<n>", r"≤ \g<n>", r"> \g<n>"),
)
LEADING_ZERO = Detection(
    Pattern(
        "issue.leading_zero",
        r"(?<![\d.,/-])0\d{2,4}(?:\s?(?:L|l|%|mg|mmol))\b|(?<![\d.,])01\s?%",
        hits=("0011 L", "valerate 01% cream"),
        misses=("0.11 L", "1001 L"),
    ),
    "decimal_lost",
    _says("a decimal point is gone, perhaps a sign too"),
    ALWAYS_MET,
)
LONE_ZERO = Detection(
    Pattern(
        "issue.lone_zero",
        LONE_ZERO_AMOUNT,
        hits=("velotinib 0 5 mg", "(0 75 mcg/kg)"),
        misses=("0.5 mg", "day 0 5 mg", "10 5 mg", "0 to 5 mg"),
    ),
    "decimal_lost",
    lambda m: f"{m[0]!r}: a decimal point may be gone, so the amount is not read",
    Hints(marks=r"0 \d"),
)
LONE_WHOLE = Detection(
    Pattern(
        "issue.lone_whole",
        LONE_WHOLE_AMOUNT,
        hits=("velotinib 2 5 mg daily", "a dose of 12 5 mg", "(7 5 mg)"),
        misses=(
            "on day 2 5 mg",
            "2 5-mg tablets",
            "grade 2 5 mg",
            "vitamin B 12 5 mg",
            "2, 5 mg",
            "2 2.5 mg",
            "5 10 20 mg",
        ),
    ),
    "decimal_lost",
    lambda m: f"{m[0]!r}: a decimal point may be gone, so the amount is not read",
    Hints(marks=r"\d \d"),
)
EATEN = Detection(
    Pattern(
        "issue.eaten",
        r"\b(?:HR|OR|RR),?\s?=?\s?0\d(?![\d.])|\bCI,?\s0\d{2}(?!\d)|\bP=?0\d{2,4}\b|\bP=0?[1-9]\d?\b(?!\.|\s?[x×*∙·⋅•^-]|e[-−]\d)",
        hits=("HR, 09; 95 CI, 056; P0001", "P=04"),
        misses=("HR 0.9", "CI 0.56", "P=0.04"),
    ),
    "digits_lost",
    _says("digits are gone; no number of this text that may have held a point can be trusted"),
    Hints(words="hr or rr ci p", marks=r"0(?<![\d.]0)\d{1,4}(?!\d)"),
)
P_OVER_ONE = Detection(
    Pattern(
        "issue.p_over_one",
        r"\bP\s?[<=>]\s?(?:[2-9]\b|[1-9]\d+)(?!\.\d|\s?[-×x^*∙·⋅•]|e[-−]\d|\s?(?:days|h)\b)",
        ("P <400 copies",),
        ("P < 1", "P = 0.4"),
    ),
    "text_lost",
    _says("a P over 1 is impossible; text was swallowed before the number"),
    Hints(cue="p_over_one", marks=r"[<=>]\s?(?:[2-9]|1\d)"),
)
SWALLOWED = Detection(
    Pattern(
        "issue.swallowed",
        r"[;,(]\s?(?-i:p)\s(?=(?-i:Interpretation|Conclusions?|Funding|Findings|Results)\b)",
        ("0.33; p Interpretation",),
        ("p = 0.3; Funding",),
    ),
    "text_lost",
    _says("the P value was swallowed"),
    Hints(words="interpretation conclusion conclusions funding findings results", cue="p_heading"),
)
DAMAGED_UNIT = Detection(
    Pattern(
        "issue.damaged_unit",
        r"\b\d+\s(?:me|rng|nig|m9)\s(?=(?:once|twice|three|daily|a\sday|b\.?i\.?d|per|p\.?o))",
        ("60 me twice a day",),
        ("60 mg twice", "for me twice"),
    ),
    "digits_lost",
    _says("the unit is damaged, so digits of the number may be gone too"),
    Hints(words="me rng nig"),
)
BAD_DIGIT = Detection(
    Pattern("issue.bad_digit", r"(?<=\s)[!|l]\.\d+", ("EC50 were !.44",), ("Wow!. 44",)),
    "digits_lost",
    _says("the digit before the point cannot be read"),
    Hints(marks=r"[\s!|]\.\d"),
)
MISSING_NUMBER = Detection(
    Pattern(
        "issue.missing_number",
        r"\bevery\s(?:weeks|days|hours|months)\b|\(level\s\d,\spatients\)",
        ("given every weeks",),
        ("every 3 weeks", "every week"),
    ),
    "digits_lost",
    _says("the number is missing"),
    Hints(words="every level", texts=("every weeks", "every days", "every hours", "every months", "(level")),
)
CONTROL = Detection(
    Pattern(
        "issue.control",
        r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]\s?\d[\d.,]*",
        ("treating \x013000 children",),
        ("treating 3000",),
    ),
    "comparator_lost",
    lambda m: f"a control character stands before {m[0][1:].strip()}: =, > or ~",
    Hints(characters="".join(chr(c) for c in (*range(9), 11, 12, *range(14, 32), 127))),
)
QUESTION = Detection(
    Pattern("issue.question_mark", r"(?<=[\s(\[])\?\d[\d.]*\s?%?", ("margin set at ?12%",), ("was it 12? 13",)),
    "comparator_lost",
    lambda m: f"{m[0]!r} may mean -{m[0][1:]} or ±{m[0][1:]}",
    Hints(marks=r"\?\d"),
)
GRAM_DOSE = Detection(
    Pattern(
        "issue.gram_dose",
        r"\(\d{2,3}\sg\)|\b[1-9]\d{2,}\s?g(?:/kg|/day|\sdaily|\sonce|\stwice)\b",
        ("tiotropium (18 g)",),
        ("(18 mg)", "5 g daily"),
    ),
    "implausible_dose",
    _says("an implausible dose: the micro sign may be gone"),
    Hints(
        texts=(" g)", "g/kg", "g/day", "g daily", "g once", "g twice"),
    ),
)
HALF_GRAM = Detection(
    Pattern("issue.half_gram", r"\b\d+\s1/2g/", ("2 1/2g/kg",), ("21/2g/kg",)),
    "ambiguous_number",
    lambda m: f"{m[0]!r} may mean a micro sign or a half",
    Hints(marks=r"1/2"),
)
GLUED_CELLS = Detection(
    Pattern("issue.table_cells", r"\d\.\d+±\d\.\d{2,}\.\d+", ("1.44±0.0101.43±0.010",), ("1.44±0.010",)),
    "table_cells",
    _says("cells of a table ran together"),
    Hints(characters="±"),
)
GLUED_COUNTS = Detection(
    Pattern("issue.table_counts", r"\bn\d{9,}\b", ("n165175178177",), ("n = 165",)),
    "table_cells",
    _says("cells of a table ran together"),
)
PERCENT = Detection(
    Pattern(
        "issue.percent",
        r"\bremaining\s\d{1,2}\s(?=for\b)",
        ("the remaining 38 for systemic",),
        ("the remaining 38% for",),
    ),
    "percent_lost",
    _says("a percentage or a count"),
    Hints(words="remaining"),
)
POLARITY = Detection(
    Pattern(
        "issue.polarity",
        r"\b(?:mutation|receptor|antibody|marker)\sdamaging\b",
        ("mutation damaging patients",),
        ("a damaging mutation",),
    ),
    "ambiguous_polarity",
    _says('a spun "negative", or a word of its own'),
    Hints(words="damaging"),
)
STRAY_DRUG = Detection(
    Pattern(
        "issue.stray_drug",
        r"(?<=\b(?:at|in|of|for|by|with)\s)(?-i:[A-Z][a-z]{3,}(?:nib|mab|mib|bine|ubicin|axel|platin|stat))\s(?=the\b)",
        hits=("At Sunitinib the interim analysis",),
        misses=("treated with sunitinib; the",),
    ),
    "stray_drug",
    _says("a drug name where the sentence has no room for one; perhaps an advert"),
)
LEFT_PLUS = Detection(
    Pattern("issue.plus", r"\b\d+\sand\s\d+-f\s(?=months)", ("41 and 30-f months",), ("41 and 30+ months",)),
    "ambiguous_number",
    _says("a plus read as -f; the other number may have lost its own"),
    Hints(words="f"),
)
CITATION = Detection(
    Pattern("issue.citation", r"\b(?:citations?|refs?\.?|references?)\s\(\d{2,}\)", ("citations (25)",), ("(n = 25)",)),
    "ambiguous_number",
    _says("a count, a percentage or a range of citations"),
    Hints(words="citation citations ref refs reference references"),
)
TRUNCATED = Detection(
    Pattern("issue.truncated", r"ABSTRACT\sTRUNCATED", ("(ABSTRACT TRUNCATED AT 250 WORDS)",), ("truncated",)),
    "truncated",
    _says("the abstract was cut; missing results are not unreported ones"),
    Hints(words="truncated"),
)

# numbers side by side
SIDE_BY_SIDE: tuple[Detection, ...] = (DAY_SPREAD, INTERVAL, LONE_ZERO, LONE_WHOLE)
ALWAYS: tuple[tuple[Detection, ...], ...] = (
    (EATEN, P_OVER_ONE, BAD_DIGIT, QUESTION, HALF_GRAM),
    (CONTROL, GLUED_CELLS),
    (PHASE, SWALLOWED, DAMAGED_UNIT, MISSING_NUMBER, LEFT_PLUS),
)
# what is doubtful only where signs were lost
GARBLED: tuple[Detection, ...] = (
    GRAM_DOSE,
    GLUED_COUNTS,
    LEADING_ZERO,
    RANGE,
    NEIGHBOURS,
    P_SIGN,
    LOST_SIGN,
    PERCENT,
    POLARITY,
    STRAY_DRUG,
    CITATION,
)
PATTERNS = tuple(
    d.pattern for d in (*SIDE_BY_SIDE, *(d for group in ALWAYS for d in group), DAY_LIST, *GARBLED, TRUNCATED)
)
