"""How often a drug was given: counts per period, intervals, Latin abbreviations, single doses, as needed."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.extract.frequency_reading import READERS, WEEKDAY, read_latin, read_needed
from trialmine.extract.single_dose import ONCE, abbreviated
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.time_forms import COUNT, DASH, TIME_UNIT
from trialmine.records.article import Article, Mention

_TIMES = rf"(?:(?P<times>once|twice|thrice|{COUNT}(?:\s|-)?times?|{COUNT}\s?[x×](?=[\s/])|(?:{COUNT})(?:{DASH}|\sand\s){COUNT}\stimes))"
_DAILY = (
    r"(?P<adverb>daily|nightly|weekly|monthly|yearly|annually|hourly|quarterly|fortnightly|everyday|every\s?day|each\sday|every\snight"
    r"|annual(?=\s(?:\w+\s)?(?:infusions?|injections?|doses?|administrations?|vaccinations?)\b)|every\sevening|every\smorning|each\smorning|each\snight|each\sevening|every\sweek|each\sweek|every\smonth|each\smonth|every\syear|every\shour|at\sbedtime|before\s(?:bed(?:time)?|going\sto\sbed|sleep)|at\snight|per\snight|(?-i:[qQ]\.?[apAP]\.?[mM]\.?)|nocte|semi-?daily)"
)
_HOURS = r"(?:hours?|hrs?|h)\b"
_GIVEN = r"(?:\w+\s){0,2}(?:doses|injections|administrations|applications|boluses|tablets|capsules|infusions|intakes)\b"
_AT_TIME = r"(?:in\sthe|at|with|before|after|each|every)\s(?:the\s)?"
_DAYTIME = r"(?:mornings?|(?:after)?noons?|midday|evenings?|nights?|bedtime|breakfast|lunch|dinner|supper)"
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
        rf"""\b(?:every|each|on)\s(?P<days>{WEEKDAY}(?:\s?(?:,|/|-|,?\sand\s|&)\s?(?:and\s)?{WEEKDAY}){{1,5}})\b|\b(?:every|each)\s(?P<day>{WEEKDAY})\b""",
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


def extract_frequencies(article: Article) -> Iterator[Mention]:
    """Frequencies, the longest reading at each place."""
    found: list[Mention] = []
    for pattern in PATTERNS:
        read = READERS[pattern.name]
        for m in pattern.find(article.text):
            of_exercise = read is not read_needed and _is_of_exercise(article.text, m.start())
            named = read is read_latin and m["form"] in article.abbreviations
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
