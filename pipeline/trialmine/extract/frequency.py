"""How often a drug was given: counts per period, intervals, Latin abbreviations, single doses, as needed."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

from trialmine.extract.single_dose import ONCE, abbreviated
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.time_forms import COUNT, DASH, TIME_UNIT, time_code
from trialmine.normalise import frequency as normal
from trialmine.normalise.number import number
from trialmine.records.article import Article, Mention
from trialmine.records.trial import Frequency

_TIMES = rf"(?:(?P<times>once|twice|thrice|{COUNT}(?:\s|-)?times?|{COUNT}\s?[x×](?=[\s/])|(?:{COUNT})(?:{DASH}|\sand\s){COUNT}\stimes))"
_DAILY = (
    r"(?P<adverb>daily|nightly|weekly|monthly|yearly|annually|hourly|quarterly|fortnightly|everyday|every\s?day|each\sday|every\snight"
    r"|annual(?=\s(?:\w+\s)?(?:infusions?|injections?|doses?|administrations?|vaccinations?)\b)|every\sevening|every\smorning|each\smorning|each\snight|each\sevening|every\sweek|each\sweek|every\smonth|each\smonth|every\syear|every\shour|at\sbedtime|before\s(?:bed(?:time)?|going\sto\sbed|sleep)|at\snight|per\snight|(?-i:[qQ]\.?[apAP]\.?[mM]\.?)|nocte|semi-?daily)"
)
_HOURS = r"(?:hours?|hrs?|h)\b"
_GIVEN = r"(?:\w+\s){0,2}(?:doses|injections|administrations|applications|boluses|tablets|capsules|infusions|intakes)\b"
_AT_TIME = r"(?:in\sthe|at|with|before|after|each|every)\s(?:the\s)?"
_DAYTIME = r"(?:mornings?|(?:after)?noons?|midday|evenings?|nights?|bedtime|breakfast|lunch|dinner|supper)"
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)"
# "daily" as a property of life, not of a drug
_NOT_OF_LIFE = (
    r"(?!\s(?:living|life|lives|activit|practice|function|pain|diar|symptom|record|step|weight|training|variab|intake\sof\senergy|energy|visit|assess"
    r"|monitor|measure|questionnaire|call|session|follow(?!ed\b|ing\b)|rat(?:e|ing)s?\b|average|mean\b|seizure|headache|consumption|reminder|text|contact|interview|class(?:es)?\b|lessons?|lectures?|meetings?|counsel|coaching|homework|newsletter|e-?mails?|sms|workshops?|(?:[\w-]+\s){1,2}(?:classes|sessions|lessons|meetings|visits|calls|lectures)\b))"
)

PATTERNS = (
    Pattern(
        "frequency.times_per_period",
        rf"""
        (?<![\w])(?:{_TIMES}|[x×]\s?(?P<by>[2-6])(?=\s?/\s?d(?:ay)?\b|\sper\sday\b|\sdaily\b))(?:\s(?:orally|intravenously|subcutaneously|intramuscularly|topically|po|p\.o\.|i\.?v\.?|s\.?c\.?|i\.?m\.?))?[\s/-]{{1,2}}?
        (?: (?:a|per|each|every|in\sa|an)?[\s/-]? (?P<unit>day|week|wk|month|year|hour|d\b|24\s?h(?:ours?)?|night) (?![\w])
          | (?P<adverb>daily|weekly|monthly|yearly|nightly|annually|everyday|every\s?day|each\s?day|every\sweek|everyweek) \b
          | (?P<first>on(?=\s(?:the\s(?:first|same)\sday\b|day\s\d)))
          | (?:every|in(?:\severy)?(?=\s(?:{COUNT})[\s-])|(?:during|over|within|per)(?=\s24))\s(?P<every>{COUNT}|other)?(?:{DASH}(?P<every_max>{COUNT}))?[\s-]?(?P<every_unit>{TIME_UNIT})
          | (?P<fortnight>(?:a|per|every|each|in\sa)\sfortnight) \b
        )
        """,
        hits=(
            "twice daily",
            "three times a week",
            "2-3 times per day",
            "once every 4 weeks",
            "3 × per day",
            "once-weekly",
            "400 mg twice on day 1",
            "once in 2 weeks",
            "4 times in 24 hours",
            "once a fortnight",
            "500 mg x2/day",
            "500 mg × 3 daily",
        ),
        misses=("twice the dose", "two times higher", "at one time"),
    ),
    Pattern(
        "frequency.interval",
        rf"""
        \b(?:every|each|q\.?|at|in|(?:at|with)\san(?=\sinterval)|with(?=\sintervals|\s(?:{COUNT})[\s-]\w+\sintervals?\b))\s?
        (?: (?P<other>other|second|alternate|2nd|third|3rd|fourth)[\s-](?P<other_unit>day|week|month|night|morning|evening)s?
          | (?:intervals?\sof\s(?:about\s)?)?(?P<n>{COUNT})(?:{DASH}(?P<max>{COUNT}))?[\s-]?(?P<unit>{TIME_UNIT}|hourly|weekly|daily|monthly)(?P<interval>[\s-]intervals?)?
        )\b(?!\s?-?\s?(?:(?:chemo\w+|treatment|study|dosing|therapy)\s)?(?:cycles?|courses?|period|blocks?|phases?|sessions?)\b)
        """,
        hits=(
            "every 3 weeks",
            "q3w",
            "every other day",
            "at 3-weekly intervals",
            "q 8 h",
            "every 4-6 hours",
            "at intervals of 4 weeks",
            "with an interval of 2 weeks",
            "with 8-hour intervals",
        ),
        misses=(
            "every patient",
            "at random",
            "with 6 months of treatment",
            "on day 2 of each 21-day chemotherapy cycle",
        ),
    ),
    Pattern(
        "frequency.n_weekly",
        rf"""(?<![\w−⁻–-])(?<!\bdays?\s(?:\d{{1,2}}(?:,\s|,?\sand\s)){{1,6}})(?<!\bAUCs?[\s=:(]{{0,3}}(?:of\s)?)(?P<n>{COUNT})[\s-]?(?P<unit>hourly|weekly|monthly|daily|hr?ly|hry|wkly)\b(?!\s(?:[\w-]+\s){{0,3}}(?:doses|injections|infusions|treatments|courses|visits|sessions|fractions|classes|meetings|lectures|calls|applications)\b)""",
        hits=("given 8-hourly", "three-weekly docetaxel", "6-hrly"),
        misses=(
            "6 weekly doses",
            "weekly",
            "on days 1, 2, and 3 weekly",
            "AUC 2 weekly",
            "AUC of 2 weekly",
            "seven weekly group support sessions",
        ),
    ),
    Pattern(
        "frequency.adverb",
        rf"""\b(?!(?<=multiple[\s-])daily\s(?:\w+\s)?injections?\b)(?!(?<=\b(?:total|mean|average|median|cumulative)\s)daily\s(?:[\w-]+\s){{0,2}}?(?:doses?|dosages?|intakes?|amounts?|consumption|requirements?)\b){_DAILY}\b{_NOT_OF_LIFE}""",
        hits=("10 mg daily", "weekly paclitaxel", "every night", "5 mg at night", "20 mg QAM"),
        misses=(
            "activities of daily living",
            "the total daily dose was recorded",
            "daily life",
            "multiple daily injections",
            "weekly cooking classes",
        ),
    ),
    Pattern(
        "frequency.per_period",
        r"""(?:\bper\s|(?<![\d.]\s?)/)(?P<unit>week|wk|month)\b|\b(?:per|every|each)\sfortnight\b|(?<![\w.,/-])(?P<n>[1-7])\s?/\s?(?P<n_unit>week|wk)\b|(?<=\b(?:mg|mcg|m2|m²|m\(2\)|mg/kg)|\bAUC\s?\d)\s?/\s?(?P<weeks>[2-8])\s?(?:weeks?|wks?)\b|(?<=\b(?:mg|mcg|[µμu]?g|IU|m[lL]|kg|units?))\s?/\s?(?P<hours>4|6|8|12|48|72)\s?h(?:ours?|rs?)?\b""",
        hits=("40 000 IU per week", "10 mg/wk", "40 mg, 3/week", "every fortnight", "500 mg/8 h", "175 mg/m2/3 weeks"),
        misses=("per protocol", "per day", "300 mg/24 h", "mg/8"),
    ),
    Pattern(
        "frequency.latin",
        r"""
        (?:(?<![\w./-])|(?<=\b(?:mg|g|mcg|IU|mL|ml|units?|tablets?|capsules?)/))   # "850 mg/bid"
        (?<!\b(?:groups?|arms?|cohorts?)\s)                    # "group BD" is a name
        (?P<form> q\.?\s?o\.?d\.? | [bt]\.?\s?i\.?\s?d\.? | q\.?\s?i\.?\s?d\.? | q\.\s?d\. | (?-i:QD|Qd|qd|OD|Od|od) | o\.d\. | (?-i:s\.i\.d\.|SID)
          | b\.?d\.?s\.? | b\.?d\.? | t\.?d\.?s\.? | q\.?d\.?s\.? | q\.?h\.?s\.? | (?-i:h\.s\.) | (?-i:[bt]iw|[BT]IW|[bt]\.i\.w\.)
          | (?-i:QW|qw|qwk|QOW|qow|EOW|eow|QM|qm|EOD|eod) | p\.?r\.?n\.? | pro\sre\snata
          | stat(?<=\d\s?(?:mg|g|mcg|[µμ]g|IU|units?|mL)\b[^.;,]{0,25}\sstat)\b )
        (?![\w/])
        """,
        hits=("500 mg b.i.d.", "1 g tds", "20 mg QD", "10 mg bid", "850 mg/bid", "prn", "75 mg i/m stat"),
        misses=("STAT 3", "60 stat tests", "bids were placed", "ODD numbers", "4 mg (Group BD)", "the B-BD arm"),
    ),
    ONCE,
    Pattern(
        "frequency.divided",
        rf"""
        \b(?:(?:daily|each\sday|every\sday),?\s(?:given\s|taken\s|administered\s|and\s)?)?
        (?: (?:in|divided\sinto|divided\sin|as)\s(?P<n>{COUNT})(?:(?:{DASH}|\s(?:or|to)\s)(?P<most>{COUNT}))?(?:\sequal(?:ly)?)?\s(?:daily\s|equally\s)?(?:divided|split|equal)\s?(?:daily\s)?doses
            | (?:(?<=(?:/|\bper\s|\ba\s)(?:day|d|24\s?h)[\s,(]{{1,3}}(?:given\s|taken\s|administered\s)?)|(?<=\b(?:daily|(?:each|every)\sday),?\s(?:given\s|taken\s|administered\s)?))
              (?:in|as)\s(?P<n3>{COUNT})\s(?:single\s|oral\s)?(?:doses|intakes|administrations)
            | (?:divided|split)\s(?:equally\s)?(?:in|into|between|over)\s(?P<n2>{COUNT})\s(?:daily\s|separate\s|single\s|oral\s){{0,2}}(?:doses|portions|intakes|administrations) )\b
        """,
        hits=(
            "600 mg/day in two divided doses",
            "600 mg in 2-3 divided doses",
            "divided into three equal doses",
            "split into 2 daily doses",
            "200 mg daily in two divided doses",
            "600 mg was given each day divided in three doses",
            "50 mg/kg per day, in 3 doses",
        ),
        misses=("in two doses", "divided into two dose groups", "given over a day in two clinics"),
    ),
    Pattern(
        "frequency.as_needed",
        r"""\b(?:as|when|if)\s(?:needed|required|necessary|desired)\b|\bon[\s-]demand\b|\bon\san?\sas[\s-]needed\sbasis\b|\bas-needed\b""",
        hits=("taken as needed", "on-demand treatment", "injected as desired"),
        misses=("needed", "demand"),
    ),
    Pattern(
        "frequency.biweekly",
        r"""\b(?P<form>bi-?weekly|bi-?monthly|twice-?monthly|semi-?weekly|(?:bi|semi)-?annual(?:ly)?|half-?yearly|every\shalf[\s-](?:a\s)?year|tri-?weekly|on\salternate\s(?P<alt>days|weeks)|alternate[\s-](?P<alt2>days?|weeks?))\b""",
        hits=("biweekly for six injections", "on alternate days"),
        misses=("weekly",),
    ),
    Pattern(
        "frequency.morning_and_evening",
        rf"""
        (?:\b(?:(?:in\sthe|each|every)\s)?mornings?\s(?:and|\+|&)\s(?:(?:in\sthe|at|each|every)\s)?(?:evenings?|nights?|bedtime)\b
        | \b{_AT_TIME}{_DAYTIME}(?P<more>,\s(?:{_AT_TIME})?{_DAYTIME})?,?\s(?:and|\+|&)\s(?:{_AT_TIME})?{_DAYTIME}\b(?!\s(?:clinic|dose|session|visit|sample))
        )(?!,?\srespectively)
        """,
        hits=(
            "in the morning and evening",
            "each morning and at bedtime",
            "with breakfast, lunch, and dinner",
            "both in the morning and in the afternoon",
        ),
        misses=(
            "in the morning",
            "morning and afternoon clinics",
            "before and after lunch",
            "between dinner and breakfast",
            "in the morning and evening, respectively",
        ),
    ),
    Pattern(
        "frequency.apart",
        rf"""(?<![\w.-])(?P<n>{COUNT})\s(?P<unit>{TIME_UNIT})\sapart\b
        # how long to wait at least; days may be what washes out
        |\bminim(?:um|al)\s(?:dos(?:e|ing)\s|time\s)?intervals?\s(?:of\s|was\s|being\s)(?P<n>{COUNT})\s(?P<unit>{_HOURS})(?=\sbetween\s{_GIVEN})
        |(?<![\w.-])(?P<n>{COUNT})[\s-](?P<unit>{_HOURS})\sminim(?:um|al)\s(?:dosing\s|time\s)?intervals?\b
        |\bminim(?:um|al)\sdos(?:e|ing)\sintervals?\s(?:of\s|was\s|being\s)(?P<n>{COUNT})\s(?P<unit>{_HOURS})\b
        |\bat\sleast\s(?P<n>{COUNT})\s(?P<unit>{_HOURS})\sbetween\s{_GIVEN}""",
        hits=(
            "three injections 2 weeks apart",
            "two doses one week apart",
            "with a minimum interval of 6 h between injections",
            "4 h minimum interval between doses",
            "a minimum dosing interval of 8 hours",
            "at least 6 hours between consecutive doses",
        ),
        misses=("visits weeks apart", "set 2 apart", "at least 7 days between doses", "at least 2 h between meals"),
    ),
    Pattern(
        "frequency.weekdays",
        rf"""\b(?:every|each|on)\s(?P<days>{_WEEKDAY}(?:\s?(?:,|/|-|,?\sand\s|&)\s?(?:and\s)?{_WEEKDAY}){{1,5}})\b|\b(?:every|each)\s(?P<day>{_WEEKDAY})\b""",
        hits=("every Monday, Wednesday, and Friday", "on Tuesdays and Fridays", "every Monday"),
        misses=("on Monday", "every day"),
    ),
    Pattern(
        "frequency.days_per_week",
        rf"""(?<![\w-])(?P<n>{COUNT})(?:{DASH}(?P<max>{COUNT}))?\s(?:consecutive\s)?(?:(?:days|d(?=\s?/)|nights|fractions|doses|injections|tablets\stwice|times)\s?(?:/|per|a|each|every|in\sa)\s?(?P<unit>week|wk|day|month|year)\b|days\s(?:out\s)?of\s(?P<seven>7|seven)\b(?!\s(?:patients|participants|subjects))|(?:doses|injections|applications|intakes)\s(?P<daily>daily)\b|(?<=\d{DASH}\d\s)(?P<each_day>daily)\s(?:doses|injections|applications|inhalations)\b)""",
        hits=(
            "5 days per week",
            "5 d/wk",
            "five days out of seven",
            "three doses a day",
            "100 mg 3 doses daily",
            "2-3 daily injections",
        ),
        misses=("five days", "two tablets daily", "three daily injections"),
    ),
)
(
    _TIMES_PER,
    _INTERVAL,
    _N_WEEKLY,
    _ADVERB,
    _PER,
    _LATIN,
    _ONCE,
    _DIVIDED,
    _NEEDED,
    _BIWEEKLY,
    _TWO_TIMES,
    _APART,
    _WEEKDAYS,
    _DAYS_PER,
) = PATTERNS

# "150 minutes per week", "three sessions a week" are programmes
_OF_EXERCISE = regex.compile(
    r"(?<![\w·⋅/])(?:minutes?|mins?|hours?|(?:migraine|headache|drinking|bad|seizure|symptom)\sdays|sessions?|steps|kcal|visits?|meals?|cigarettes?|drinks?)[\s-]{0,2}$"
    r"|\b(?:exercis(?:es?|ed|ing)|training|trained|work-?outs?|walking|jogging|swimming|yoga)\b(?:(?!\b(?:and|or|plus|with|but|then|while)\b)[^.;:,\d]){0,30}(?:\d{1,2}[\s-])?$",
    regex.IGNORECASE,
)
_EXERCISE_REACH = 44  # characters before a frequency
# "over 2 hours every 3 weeks" is an infusion
_INFUSED = regex.compile(
    r"\b(?:over|in|within|as\san?|by)\s(?:(?:about|approximately|at\sleast)\s)?[\w.]+(?:\s?(?:[-–]|to|or)\s?[\w.]+)?[\s-](?:minutes?|mins?|hours?)[\s-]{0,2}$",
    regex.IGNORECASE,
)
# "titrated to 40 mg if needed": the step was taken where it had to be, the dose was not
_STEPPED = regex.compile(
    r"\b(?:(?:up-?)?titrat|increas|escalat|adjust|reduc|doubl|rais|lower)\w*\b[^.;,]{0,50}$", regex.IGNORECASE
)
_ADVERB_UNIT = {
    "daily": "d", "nightly": "d", "everyday": "d", "weekly": "wk", "wkly": "wk", "hrly": "h", "hry": "h", "hly": "h", "monthly": "mo", "yearly": "a", "annual": "a", "annually": "a", "hourly": "h",
}  # fmt: skip
_ORDINAL = {"other": 2, "second": 2, "alternate": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4}
_TIMES_VALUE = {"once": 1.0, "twice": 2.0, "thrice": 3.0}


def extract_frequencies(article: Article) -> Iterator[Mention]:
    """Frequencies, the longest reading at each place."""
    found: list[Mention] = []
    for pattern, read in _READERS:
        for m in pattern.find(article.text):
            of_exercise = pattern is not _NEEDED and _is_of_exercise(article.text, m.start())
            named = pattern is _LATIN and m["form"] in article.abbreviations
            value = None if of_exercise or named else read(m)
            if value is not None:
                found.append(Mention("frequency", m.start(), m.end(), pattern.name, value))
    found += abbreviated(article)
    found.sort(key=lambda f: (f.start, -f.end))
    kept: list[Mention] = []
    for mention in found:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    yield from _with_need(article.text, kept)


def _is_of_exercise(text: str, start: int) -> bool:
    if _OF_EXERCISE.search(text, max(0, start - _EXERCISE_REACH), start) is None:
        return False
    return _INFUSED.search(text, max(0, start - 50), start) is None


_UNTIL_NEEDED = regex.compile(
    r"[\s,(-]{0,3}(?:(?:orally|only|and|or|was|were|is|are|be|could|can|may|also|given|allowed|permitted|used|taken|administered|prescribed|provided|offered|available|added|for|as|rescue|sleep|pain|insomnia|agitation|nausea|analgesia|medication)\s){0,6}",
    regex.IGNORECASE,
)


def _with_need(text: str, found: list[Mention]) -> Iterator[Mention]:
    """ "every 10 min as needed" is one frequency."""
    waiting: Mention | None = None
    for mention in found:
        if waiting is not None and mention.value.code == "PRN" and waiting.value.code not in ("PRN", "ONCE"):
            gap = text[waiting.end : mention.start]
            if _UNTIL_NEEDED.fullmatch(gap):
                whole = text[waiting.start : mention.end]
                value = waiting.value.model_copy(update={"as_needed": True, "text": whole})
                waiting = Mention("frequency", waiting.start, mention.end, waiting.rule, value)
                continue
        if waiting is not None:
            yield waiting
        waiting = mention
    if waiting is not None:
        yield waiting


def _count(text: str) -> tuple[float | None, float | None]:
    word = text.lower().strip()
    if word in _TIMES_VALUE:
        return _TIMES_VALUE[word], None
    parts = [number(p) for p in regex.findall(rf"(?:{COUNT})", word, regex.IGNORECASE)]
    return (parts[0] if parts else None), (parts[1] if len(parts) > 1 else None)


def _adverb_unit(text: str) -> str | None:
    word = text.lower()
    return (
        _ADVERB_UNIT.get(word)
        or time_code(regex.sub(r"^(?:every|each)\s?", "", word))
        or ("d" if regex.search(r"night|morning|evening|bed|sleep|nocte|[ap]\.?m", word) else None)
    )


def _read_times(m: regex.Match[str]) -> Frequency | None:
    count, count_max = _count(m["times"] or m["by"])
    if count is None:
        return None
    if m["every_unit"]:
        unit = time_code(m["every_unit"])
        period = 2.0 if m["every"] == "other" else (number(m["every"]) if m["every"] else 1.0)
        high = number(m["every_max"]) if m["every_max"] else None
        return normal.per_period(count, period or 1.0, unit, m[0], period_max=high) if unit else None
    if m["fortnight"]:
        return normal.per_period(count, 2.0, "wk", m[0])
    if m["first"]:
        return normal.per_period(count, 1.0, "d", m[0]) if count > 1 else None
    unit = (
        _adverb_unit(m["adverb"]) if m["adverb"] else ("d" if m["unit"][:2] in ("24", "ni") else time_code(m["unit"]))
    )
    return normal.per_period(count, 1.0, unit, m[0], count_max=count_max) if unit else None


def _read_interval(m: regex.Match[str]) -> Frequency | None:
    start = m[0].lower()
    if m["other"]:
        return normal.per_period(1.0, float(_ORDINAL[m["other"].lower()]), time_code(m["other_unit"]) or "d", m[0])
    unit = time_code(m["unit"]) or _adverb_unit(m["unit"])
    # "at 3 weeks", "in 4 weeks" are times; only intervals make them frequencies
    if start.startswith(("at", "in")) and not (m["interval"] or "interval" in start):
        return None
    period = number(m["n"])
    if unit is None or period is None:
        return None
    return normal.per_period(1.0, period, unit, m[0], period_max=number(m["max"]) if m["max"] else None)


def _read_apart(m: regex.Match[str]) -> Frequency | None:
    unit, period = time_code(m["unit"]), number(m["n"])
    return normal.per_period(1.0, period, unit, m[0]) if unit and period else None


def _read_n_weekly(m: regex.Match[str]) -> Frequency | None:
    unit, period = _adverb_unit(m["unit"]), number(m["n"])
    if unit is None or period is None or (unit == "d" and period > 1):
        return None
    return normal.per_period(1.0, period, unit, m[0])


def _read_adverb(m: regex.Match[str]) -> Frequency | None:
    word = m["adverb"].lower()
    if word == "quarterly":
        return normal.per_period(1.0, 3.0, "mo", m[0])
    if word == "fortnightly":
        return normal.per_period(1.0, 2.0, "wk", m[0])
    if word.startswith("semi"):
        return normal.per_period(2.0, 1.0, "d", m[0])
    unit = _adverb_unit(word)
    return normal.per_period(1.0, 1.0, unit, m[0]) if unit else None


def _read_per(m: regex.Match[str]) -> Frequency | None:
    if m["n"]:
        return normal.per_period(float(m["n"]), 1.0, "wk", m[0])
    if m["weeks"]:
        return normal.per_period(1.0, float(m["weeks"]), "wk", m[0])
    if m["hours"]:
        return normal.per_period(1.0, float(m["hours"]), "h", m[0])
    unit = time_code(m["unit"]) if m["unit"] else None
    return normal.per_period(1.0, 1.0, unit, m[0]) if unit else normal.per_period(1.0, 2.0, "wk", m[0])


def _read_latin(m: regex.Match[str]) -> Frequency | None:
    return normal.latin("prn" if m["form"].lower().startswith("pro") else m["form"], m[0])


def _read_once(m: regex.Match[str]) -> Frequency | None:
    return normal.once(m[0])


def _read_divided(m: regex.Match[str]) -> Frequency | None:
    count = number(m["n"] or m["n2"] or m["n3"])
    most = number(m["most"]) if m["most"] else None
    return normal.per_period(count, 1.0, "d", m[0], count_max=most) if count else None


def _read_needed(m: regex.Match[str]) -> Frequency | None:
    if _STEPPED.search(m.string, max(0, m.start() - 60), m.start()):
        return None
    return Frequency(code="PRN", as_needed=True, text=m[0])


def _read_biweekly(m: regex.Match[str]) -> Frequency | None:
    word = m[0].lower().replace("-", "").replace(" ", "")
    if m["alt"] or m["alt2"]:
        return normal.per_period(1.0, 2.0, time_code(m["alt"] or m["alt2"]) or "d", m[0])
    count, period, unit = {
        "biweekly": (1.0, 2.0, "wk"), "bimonthly": (1.0, 2.0, "mo"), "twicemonthly": (2.0, 1.0, "mo"), "semiweekly": (2.0, 1.0, "wk"),
        "triweekly": (1.0, 3.0, "wk"),
    }.get(word, (2.0, 1.0, "a"))  # fmt: skip
    return normal.per_period(count, period, unit, m[0])


def _read_two_times(m: regex.Match[str]) -> Frequency | None:
    return normal.per_period(3.0 if m["more"] else 2.0, 1.0, "d", m[0])


def _read_weekdays(m: regex.Match[str]) -> Frequency | None:
    return normal.per_period(
        float(len(regex.findall(_WEEKDAY, m["days"] or m["day"], regex.IGNORECASE))), 1.0, "wk", m[0]
    )


def _read_days_per(m: regex.Match[str]) -> Frequency | None:
    count, unit = number(m["n"]), "d" if m["daily"] or m["each_day"] else "wk" if m["seven"] else time_code(m["unit"])
    high = number(m["max"]) if m["max"] else None
    return normal.per_period(count, 1.0, unit, m[0], count_max=high) if count and unit else None


_READERS: tuple[tuple[Pattern, Callable[[regex.Match[str]], Frequency | None]], ...] = (
    (_TIMES_PER, _read_times),
    (_INTERVAL, _read_interval),
    (_N_WEEKLY, _read_n_weekly),
    (_ADVERB, _read_adverb),
    (_PER, _read_per),
    (_LATIN, _read_latin),
    (_ONCE, _read_once),
    (_DIVIDED, _read_divided),
    (_NEEDED, _read_needed),
    (_BIWEEKLY, _read_biweekly),
    (_TWO_TIMES, _read_two_times),
    (_APART, _read_apart),
    (_WEEKDAYS, _read_weekdays),
    (_DAYS_PER, _read_days_per),
)
