"""How long one infusion ran, and how many administrations were given."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.time_forms import COUNT, DASH, time_code
from trialmine.normalise.frequency import time_unit
from trialmine.normalise.number import number
from trialmine.records.article import Article, Mention
from trialmine.records.trial import Span

_SHORT = r"(?:minutes?|mins?|min|hours?|hrs?|hr|h|seconds?|secs?)(?![A-Za-z])"
_DOSE = r"\d\s?(?:[mnµμu]|mc)?[gLU](?:/kg|/m2)?"
_GIVEN = r"doses|dose\s(?:(?:primary|priming|vaccine|vaccination|immuni[sz]ation|prime-boost)\s)?(?:regimen|schedule|series|course)|injections?|infusions?|administrations?|applications?|instillations?|vaccinations?|fractions|pulses|immuni[sz]ations?|boluses|treatments"

_TIME_PATTERNS = (
    Pattern(
        "infusion_time.over",
        rf"""\b(?:over|in|during|within|for)\s(?:an?\s|the\s)?(?:period\sof\s|approximately\s|about\s)?(?P<n>{COUNT})(?:{DASH}{COUNT})?[\s-]?(?P<unit>{_SHORT})(?:\sinfusion|\speriod)?(?:(?<={_DOSE}\sover\s[\w.\s-]{{1,16}})|(?!\s?(?:after|before|prior|post|later|of\s(?:surg|follow))))""",
        hits=("given over 30 min", "infused over 2 hours", "over a 1-hour period", "6 mg/kg over 5 min after a pause"),
        misses=("over 12 weeks", "30 min", "pain fell over 2 h after it"),
    ),
    Pattern(
        "infusion_time.n_infusion",
        rf"""(?<![\w.-])(?P<n>{COUNT})[\s-]?(?P<unit>{_SHORT})[\s-](?:(?:continuous|intravenous|i\.?v\.?|slow|constant)\s){{0,2}}(?:infusions?|drip)\b""",
        hits=("as a 90-min infusion", "46-h continuous infusion"),
        misses=("90-min walk",),
    ),
)
ADMINISTRATION_PATTERNS = (
    Pattern(
        "administrations.count",
        rf"""
        (?<![\w.,/-])(?<!\b(?:after|following)\s(?:an?\s)?(?:initial\s)?)(?<!\b(?:one\sof|divided\s(?:in|into)|split\s(?:in|into)|the\sother)\s)(?<!(?:(?:/|\bper\s|\ba\s)(?:day|d|24\s?h)|\bdaily)[\s,(]{{1,3}}(?:given\s|taken\s|administered\s)?(?:in|as)\s)(?:for\s|a\stotal\sof\s|total\sof\s|up\sto\s|received\s|series\sof\s)?(?P<n>{COUNT})[\s-]
        (?:(?:(?:once-)?(?:weekly|monthly|daily)|total|consecutive|intra-?\w+|sub-?\w+|peri-?\w+|single|intravenous|i\.?v\.?|separate|scheduled|repeated|further|additional|oral|equal|successive|bi-?weekly|vaccine|maintenance|loading|booster|i\.?m\.?|s\.?c\.?)\s){{0,2}}
        (?:\d[\d.]*[\s-]?(?:mg|mcg|g|mL|ug|[µμ]g)(?:/kg)?\s)?(?P<what>{_GIVEN})\b(?!\s(?:groups?|sites?|points?|levels?|per(?!\s(?:group|arm|patient|subject|participant|person)\b)|a\sday|daily|each|cohorts?|arms?|response)|\s?/)
        """,
        hits=(
            "for 6 injections",
            "a total of four doses",
            "three weekly infusions",
            "two 400 mg doses",
            "for 6 doses per group",
            "a two-dose primary series",
            "six once-weekly infusions",
        ),
        misses=(
            "two dose groups",
            "both doses",
            "three doses per day",
            "divided into 2 daily doses",
            "50 mg/kg per day in 3 doses",
            "3 doses/day",
            "one of six treatments",
            "over 31 injection sites",
            "every 8 weeks after six monthly doses",
        ),
    ),
    Pattern(
        "administrations.weekly_times",
        rf"""\bweekly\s?(?:[x×*]|for)\s?(?P<n>{COUNT})(?:\s(?P<what>{_GIVEN}|times)\b|(?=\s?(?:[.;,(\[)\]]|$|in\b|or\b|and\b|then\b)))""",
        hits=("5 mg weekly x 6.", "weekly × 4 doses", "weekly for six times"),
        misses=("weekly x 6 weeks", "weekly for 6 months"),
    ),
    Pattern(
        "administrations.times",
        rf"""
        \b(?:given|administered|injected|infused|applied|instilled|vaccinated|immuni[sz]ed)\s(?:[a-z]+\s){{0,2}}
        (?P<what>(?P<n>{COUNT})\stimes(?=\s?(?:[.,;)]|$)|\s(?:on\sa|in\stotal|with\san\sinterval|at\s(?!the\b)[\w-]+\sintervals)\b)|on\s(?P<n>{COUNT})\s(?:separate\s|different\s|consecutive\s)?occasions\b)
        """,
        hits=("it was given three times at weekly intervals", "vaccinated on two occasions", "applied four times."),
        misses=(
            "given three times a day",
            "given three times daily",
            "injected two times more",
            "seen on two occasions",
        ),
    ),
    Pattern(
        "administrations.fractions",
        r"""(?:(?<=\d\s?c?Gy\s?)(?:[x×*]\s?(?P<n>\d{1,2})(?!\s?[x×*.\d-])(?:\s(?P<what>fractions|fx?|fr)\b)?|/\s?(?P<n>\d{1,2})\s?(?P<what>fractions|fx?|frs?)\b)|(?<![\w.-])(?P<n>\d{1,2})\s?[x×*]\s?(?=\d(?:\.\d{1,2})?\s?Gy\b))""",
        hits=("3 Gy x 10", "60 Gy/30 f", "in 5 x 4 Gy"),
        misses=("3 mg x 10", "50 Gy/25 patients"),
    ),
)
DATED = Pattern(
    "administrations.dated",
    r"""
    (?:\b(?:at|on|in)\s|(?<=\s\())(?:(?:weeks?|months?)\s(?P<dates>\d{1,3}(?:(?:\s?,\s?\d{1,3})*,?\s?(?:and|&)\s(?:at\s)?(?:weeks?\s|months?\s)?\d{1,3}|(?:/\d{1,2}){2,6}))\b(?!\s?(?:weeks|months|days|hours|[%/-]|\.\d))
      | (?P<dates>\d{1,3}(?:\s?,\s?\d{1,3})*,?\s?(?:and|&)\s\d{1,3})[\s-](?:weeks|months)\b(?!\s(?:after|post|later|before|of(?!\sage\b)|follow)))
    """,
    hits=(
        "injected at weeks 0, 2 and 6",
        "vaccinated at 0, 1, and 6 months",
        "400 mg (weeks 0, 2 and 4)",
        "at 2, 4 and 6 months of age",
        "300 mg at weeks 0/4/8",
    ),
    misses=("at 12 and 24 months after surgery", "at week 12", "at 6 months"),
)
_OVER, _N_INFUSION = _TIME_PATTERNS
_COUNT = ADMINISTRATION_PATTERNS[0]
_NUMBER = regex.compile(r"\d+")
# what was given at these times, with nothing in between that was looked at
_GIVEN_AT = regex.compile(
    r"\b(?:receiv\w*|given|administered|inject\w*|infus\w*|vaccinat\w*|immuni[sz]\w*|dos(?:e|es|ed)|booster\w*)\b"
    r"(?:(?!\b(?:assess|measur|evaluat|collect|sampl|determin|obtain|record|examin|follow|monitor|observ|visit|score|tested|seen|respon|compar|titer|titre|antibod)\w*)[^;])*$",
    regex.IGNORECASE,
)
_GOES_ON = regex.compile(r",?\s?(?:(?:and|then)\b|thereafter|followed|or\b|every\b)", regex.IGNORECASE)
PATTERNS = (*_TIME_PATTERNS, *ADMINISTRATION_PATTERNS, DATED)
_MAX_COUNT = 60


def extract_infusion_times(article: Article) -> Iterator[Mention]:
    """Infusion times in minutes or hours."""
    for pattern in (_OVER, _N_INFUSION):
        for m in pattern.find(article.text):
            n, unit = number(m["n"]), time_unit(time_code(m["unit"]))
            if n and unit:
                yield Mention("infusion_time", m.start(), m.end(), pattern.name, Span(value=n, unit=unit))


def extract_administrations(article: Article) -> Iterator[Mention]:
    """Numbers of administrations."""
    for pattern in ADMINISTRATION_PATTERNS:
        for m in pattern.find(article.text):
            n = number(m["n"])
            if n and 1 < n < _MAX_COUNT and n == int(n):
                start = m.start() if pattern is _COUNT else m.start("n")
                yield Mention("administrations", start, m.end(), pattern.name, int(n))
    yield from _dated(article)


def _dated(article: Article) -> Iterator[Mention]:
    """What was given at listed weeks or months was given as often as these are."""
    for m in DATED.find(article.text):
        sentence = article.sentence_at(m.start())
        if sentence is None or sentence.section in ("results", "conclusions"):
            continue
        if _GOES_ON.match(article.text, m.end()) or not _GIVEN_AT.search(article.text, sentence.start, m.start()):
            continue
        yield Mention("administrations", m.start(), m.end(), DATED.name, len(_NUMBER.findall(m["dates"])))
