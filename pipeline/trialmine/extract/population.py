"""Who took part: numbers of participants, age, sex, and eligibility criteria.

Mention kinds: "participants" (value `Participants`), "age" (value `Age`), "sex" ("female", "male", "all"),
"criterion" (value `CriterionReading`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from trialmine.lexicon.near import find_near
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.normalise.number import NUMBER, NUMBER_WORD, is_rest_of_number, number
from trialmine.records.article import Article, Mention
from trialmine.records.trial import Age

PERSON = (
    r"(?:patients?|subjects?|participants?|volunteers?|women|men|females?|males?|children|infants?|newborns?"
    r"|neonates|babies|adults?|adolescents?"
    r"|people|persons?|individuals?|students?|girls?|boys?|mothers?|parturients?|outpatients?|inpatients?|cases"
    r"|eyes|pairs|couples|dyads"
    r"|residents|veterans|smokers|nurses|physicians|households|families|teachers|workers|athletes|recipients"
    r"|survivors|players|recruits|soldiers|primiparas?"
    r"|screenees|ducklings|birds|chickens|hens|piglets|lambs|sheep|rats|mice|dogs|cats|rabbits|pigs|horses|calves"
    r"|cows|animals|teeth|knees|hips|limbs)"
)
_MODIFIERS = (
    rf"(?:(?!(?:and|or|to|in|for|with|were|was|of|at|on)\s+\d|(?:out\s)?of\s+(?:the\s+)?{NUMBER_WORD}\b)"
    r"(?:[\p{L}≥≤<>]|\d{1,3}-y(?:ea)?r?s?-old\b)[\p{L}\p{N}'’‐‑/,.+-]*(?<![\p{L}\d]{3}\.)\s+(?:\([^()]{1,30}\)\s+)?){0,9}?"
)

COUNT = Pattern(
    "population.count",
    rf"""
    \b(?<![\d.,:/–-])(?<!\bweek\s)(?<!\bday\s)
    (?P<n>\b{NUMBER})(?!\s*(?:%|[-–]\s*\d|\.\d|(?:mg|mcg|ug|[μµ]g|g|kg|ml|IU|units?|U|mmol|min|h|hours?|days?|weeks?|months?|years?|y|yr)\b
      |[-‐](?:day|week|month|year|hour|min)|\s(?:[\p{{L}}-]+\s)?(?:sessions?|cycles|courses|visits|doses|injections)\b))
    [\s-]+(?P<modifiers>{_MODIFIERS})(?P<noun>{PERSON})\b(?!['’-])
    """,
    hits=(
        "Sixty healthy adult patients were studied",
        "a total of 421 subjects",
        "1,265 women with cancer",
        "We gave it to 20 male volunteers",
        "402 rural 85-year-old people",
    ),
    misses=(
        "after 16 weekly sessions the patients slept",
        "70-year-old men",
        "for 12 weeks patients",
        "in 4.5% patients",
        "50 IU/kg was given. Patients came",
    ),
)
N_EQUALS = Pattern(
    "population.n_equals",
    rf"""
    {PERSON}\b(?:[^.()\n]{{0,90}}[(\[]|\s?\([^()\n=]{{3,60}};)\s*(?:total\s+)?[nN]\s*=\s*(?P<n>\d[\d,]*)\b
    """,
    hits=(
        "overweight women (n = 382) were",
        "Patients with asthma (N=1,024)",
        "Newborns (weight <1500 g; n = 88) were",
    ),
    misses=("patients (n/N)", "the dose (n = 3)"),
)
TOTAL = Pattern(
    "population.total",
    rf"""
    (?: \b(?:randomi[sz](?:e|es|ed|ing)|enrol(?:l?ed|l|ling)?|recruit(?:ed|ing)?|included?|including|involv(?:ed
      |ing)|stud(?:ied|ying)|assigned|allocated)\s+
          (?:a\s+total\s+of\s+)?(?P<n>\b{NUMBER})\b(?=\s+(?:to\b|{PERSON}|(?:[\p{{L}}-]+\s+){{1,4}}{PERSON}))
      | \bsample(?:\s+size)?\s+(?:of|was|is|will\s+be|consist(?:s|ed)\s+of|compris(?:es|ed))\s+(?P<n>\b{NUMBER})\b
      | \bof\s+(?:the\s+|these\s+)?(?P<n>\b{NUMBER})\s+(?:[\p{{L}}-]+\s+){{0,2}}(?:randomi[sz]ed|enrolled|recruited
          |included)\b
      | \b(?P<n>\b{NUMBER})\s+(?:were\s+)?(?:enrolled|randomi[sz]ed)\b(?!\s+(?:control|trial|stud|clinical))
      | (?<!\bleast\s|\bthan\s|[<>≥≤]\s?)\b(?P<n>\b{NUMBER})\s+were\s+(?:randomi[sz]ed|randomly
          |enrolled|recruited|included)\b
    )
    """,
    hits=(
        "we randomized 266 to drug",
        "enrolled 132 patients",
        "a sample of 40",
        "Of 80 randomized patients",
        "90 were randomized",
    ),
    misses=("included three groups", "randomized 2:1"),
)
_YEARS = r"(?P<unit>years?|yrs?|yr|y|months?|mo|weeks?|wks?|days?)"
_LOW_UNIT = r"(?P<low_unit>years?|yrs?|y|months?|mo|weeks?|wks?|days?)?"
_UNTIL = r"(?:[-–—]|to|and|through|until)\s*(?:<|(?:under|below|less\s+than)\s+)?"
_BOUND = r"\d{1,3}(?:\.\d+)?(?!\d)"
AGE_RANGE = Pattern(
    "population.age_range",
    rf"""
    (?=[\d(]|\b[a-z])                                  # quick to refuse where nothing can start
    (?: (?<!\b(?:mean|median|average)\s)\b(?:aged?|ages)\b[^.;()\d]{{0,40}}?
        (?:\(?\s*)(?P<low>{_BOUND})\s*{_LOW_UNIT}(?:\s+of\s+age)?\s*{_UNTIL}(?P<high>{_BOUND})[\s-]*(?:{_YEARS})?\b(?!\s*%)
      | (?<![\d.])(?P<low>{_BOUND})\s*{_LOW_UNIT}\s*{_UNTIL}
        (?P<high>{_BOUND})[\s-]*{_YEARS}[\s-]*(?:of\s+age|old|aged)\b
      | (?:{PERSON}\b[^.;]{{0,30}}\(|\(aged?\s)\s*(?:aged?\s+)?(?P<low>{_BOUND})\s*{_LOW_UNIT}\s*{_UNTIL}
        (?P<high>{_BOUND})\s*{_YEARS}
    )
    """,
    hits=(
        "aged 18 to 65 years",
        "patients 21-70 years old",
        "between the ages of 6 and 11 years",
        "children (5-12 years)",
        "aged 6 months to 10 years",
        "were 3 months to <5 years of age",
    ),
    misses=("for 6 to 12 weeks", "a range of 5 to 10 mg"),
)
AGE_BOUND = Pattern(
    "population.age_bound",
    rf"""
    (?: \b(?:aged?|ages)\b\s*(?:(?:of|was|were|is|at\s+least|over|above|from)\s+)?(?P<sign>≥|>=|>|≤|<=|<|at\s+least
      |over|above|under|below|older\s+than|younger\s+than|less\s+than|greater\s+than
      |up\s+to)\s*(?P<bound>{_BOUND})\s*(?:{_YEARS})?
      | (?P<sign>≥|>|≤|<|at\s+least|over|above|under|below|older\s+than
          |younger\s+than)\s*(?P<bound>{_BOUND})\s*{_YEARS}\s*(?:old|of\s+age)
      | {PERSON}\s+(?:who\s+(?:are|were)\s+)?
        (?P<sign>under|below|over|above|older\s+than|younger\s+than)\s*(?P<bound>{_BOUND})\s*{_YEARS}
      | (?<![-–\d.]\s?)\b(?P<bound>{_BOUND})\s*{_YEARS}\s*(?:of\s+age\s*)?(?:old\s*)?(?P<sign>(?:and|or)\s+(?:older
          |over|above|younger|under|more))
      | \bage[sd]?\s*:?\s*(?P<bound>{_BOUND})\s+(?:{_YEARS})\s*(?P<sign>or\s+more|or\s+over|and\s+over|or\s+older
          |and\s+above)
    )
    """,
    hits=(
        "aged ≥ 18 years",
        "older than 65 years of age",
        "50 years or older",
        "age over 18",
        "children younger than 5 years",
    ),
    misses=("for over 12 weeks", "18 years of follow-up"),
)
# "age 18 years" in a list of criteria: the sign is lost, the number is the limit
AGE_CRITERION = Pattern(
    "population.age_criterion",
    rf"(?:^|[.;:,]\s+)age[d]?\s+(?P<bound>{_BOUND})\s+(?:many\s+)?{_YEARS}(?=\s*(?:[.;,]|$))",
    hits=("renal cancer. age 18 years. measurable disease",),
    misses=("the mean age 18 years was", "at age 18 years they"),
)
AGE_AVERAGE = Pattern(
    "population.age_average",
    rf"""
    \b(?P<which>mean|median|average)\s+(?:patient\s+|maternal\s+)?age\b[^.;\d]{{0,30}}?(?P<value>{_BOUND})
    (?:\s*(?:±|\+/-)\s*{_BOUND})?\s*(?:{_YEARS})?
    """,
    hits=("mean age 51 years", "a median age of 63.5 years", "mean age was 26.73 ± 3.05 years"),
    misses=("mean weight 51 kg",),
)
SEX = Pattern(
    "population.sex",
    rf"""
    (?P<both>\b(?:either|both)\s+(?:sex(?:es)?|genders?)\b|\b(?:fe)?males?\s*(?:/|:)\s*(?:fe)?males?\b
        | (?:\(\s*|,\s*|;\s*|\bof\s+(?:whom|which)\s+)(?:{NUMBER})\s*%?\s*(?:\(\d+%\)\s*)?(?:were\s+)?
          (?:females?|males?|women|men|girls|boys)\b(?=\s*[,;)])   # a share of the whole
        | \b\d+(?:\.\d+)?\s*%\s*[)\]]?(?:\s+of\s+(?!(?:the\s+)?\d)[^.;,()]{{1,40}})?\s+(?:(?:were|was|being)\s+)?
          (?:females?|males?|women|men|girls|boys)\b)
    | (?P<female>\b(?:wom[ae]n|girls|females?|pregnant|postmenopausal|post-menopausal|premenopausal|primiparous
        |nulliparous|parturients?|mothers)\b)
    | (?P<male>\b(?:m[ae]n|boys|males?)\b)
    """,
    hits=(
        "in postmenopausal women",
        "men with prostate cancer",
        "patients of either sex",
        "adults (ten female)",
        "52% were women",
        "40 subjects (52.6%) were male",
        "61% of the patients were women",
    ),
    misses=("the amendment", "a human"),
)
PATTERNS = (COUNT, N_EQUALS, TOTAL, AGE_RANGE, AGE_BOUND, AGE_CRITERION, AGE_AVERAGE, SEX)

# places and groups of people are counted, not those in them
_PLACES = regex.compile(
    r"(?:\s+(?!with\b|and\b|or\b|from\b|in\b|of\b)[\p{L}-]+){0,3}?\s+(?:pre-?)?(?:schools?|clinics?|hospitals?|practices|cent(?:er|re)s|sites|villages|wards"
    r"|clusters?|departments|pharmacies|communities|classes|classrooms|facilities)\b",
    regex.I,
)
_GROUP_OF_TRIALS = regex.compile(r"(?<![\w-])[A-Z]{3,6}[ -]$")
_YEAR = regex.compile(r"19[5-9]\d|20[0-3]\d")
_DATED = regex.compile(
    r"(?:\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|e|y|ust|ember|ober)?\.?,?|\b(?:since|until|in|by|during)|\d,)\s$",
    regex.I,
)
_MONTHS, _QUARTER = 12, 3  # of a year
_UNITS = {"y": "a", "m": "mo", "w": "wk", "d": "d"}
_TO = Search(r"(?:[-–—]|\bto|and|through|until)\s*\d")
_SEX = Search(r"wom[ae]n|men|man|girl|boy|male|sex|gender|pregnan|menopaus|parous|parturient|mother")
_N_IS = Search(r"n\s*=")
_AGE = Search(
    r"\bage|\bold|y(?:ea)?r|\dy|\by\b|older|over|above|m(?:o|onths?)\b|w(?:ee)?k"
    r"|day"
)
_UP = regex.compile(r"≤|<|under|below|younger|less|up\s+to", regex.I)


@dataclass(frozen=True, slots=True)
class Participants:
    """A number of people and the words around it."""

    n: int
    noun: str
    modifiers: str = ""


def extract_population(article: Article) -> Iterator[Mention]:
    """Numbers of participants, ages and sex, wherever they are stated."""
    yield from _participants(article)
    yield from _ages(article)
    for m in find_near(SEX, _SEX, article.text, before=45, behind=30):
        value = {"both": "all", "female": "female", "male": "male"}[m.lastgroup or ""]
        yield Mention("sex", m.start(), m.end(), SEX.name, value)


def _participants(article: Article) -> Iterator[Mention]:
    text = article.text
    found = (
        (COUNT, COUNT.find(text)),
        (N_EQUALS, find_near(N_EQUALS, _N_IS, text, before=150, behind=20)),
        (TOTAL, TOTAL.find(text)),
    )
    for pattern, matches in found:
        for m in matches:
            n = number(m["n"])
            if n is None or n != int(n) or n < 2 or "." in m["n"] or _is_no_count(text, m.start("n"), m["n"]):
                continue
            if is_rest_of_number(text, m.start("n")) or (pattern is TOTAL and _PLACES.match(text, m.end("n"))):
                continue
            groups = m.groupdict()
            value = Participants(int(n), (groups.get("noun") or "").lower(), (groups.get("modifiers") or "").strip())
            end = m.end() if pattern is COUNT else m.end("n")
            yield Mention("participants", m.start("n"), end, pattern.name, value)


def _is_no_count(text: str, start: int, digits: str) -> bool:
    """Whether it names a trial or a year: "EORTC 10001 randomized phase II trial", "by May 2012 were enrolled"."""
    if len(digits) < 4 or not digits.isdecimal():
        return False
    before = text[max(0, start - 12) : start]
    return bool(_GROUP_OF_TRIALS.search(before) or (_YEAR.fullmatch(digits) and _DATED.search(before)))


def _ages(article: Article) -> Iterator[Mention]:
    for m in find_near(AGE_RANGE, _TO, article.text, before=90, behind=50):
        low, high, unit = float(m["low"]), float(m["high"]), _unit(m["unit"])
        if m["low_unit"] and _unit(m["low_unit"]) != unit:
            yield Mention(
                "age", m.start(), m.end(), AGE_RANGE.name, _in_one_unit(low, _unit(m["low_unit"]), high, unit)
            )
        elif low < high <= 120:
            yield Mention("age", m.start(), m.end(), AGE_RANGE.name, Age(minimum=low, maximum=high, unit=unit))
    for pattern in (AGE_BOUND, AGE_CRITERION):
        for m in find_near(pattern, _AGE, article.text, before=60, behind=60):
            bound = float(m["bound"])
            sign = m.groupdict().get("sign") or ""
            age = (
                Age(maximum=bound, unit=_unit(m["unit"]))
                if _UP.search(sign)
                else Age(minimum=bound, unit=_unit(m["unit"]))
            )
            yield Mention("age", m.start(), m.end(), pattern.name, age)
    for m in AGE_AVERAGE.find(article.text):
        field = "median" if m["which"].lower() == "median" else "mean"
        age = Age(**{field: float(m["value"])}, unit=_unit(m["unit"]))
        yield Mention("age", m.start(), m.end(), AGE_AVERAGE.name, age)


def _in_one_unit(low: float, low_unit: str, high: float, unit: str) -> Age:
    """ "6 months to 10 years" is from 0.5 years, "2 months to 5 years" until 60 months; else the upper limit."""
    if (low_unit, unit) != ("mo", "a"):
        return Age(maximum=high, unit=unit)
    if low % _QUARTER == 0:
        return Age(minimum=low / _MONTHS, maximum=high, unit="a")
    return Age(minimum=low, maximum=high * _MONTHS, unit="mo")


def _unit(text: str | None) -> str:
    return _UNITS[text[0].lower()] if text else "a"
