"""How long a drug was given: "for 12 weeks", "a 7-day course", "until progression"."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.time_forms import COUNT, DASH, TIME_UNIT, time_code
from trialmine.normalise.frequency import time_unit
from trialmine.normalise.number import number
from trialmine.records.article import Article, Mention
from trialmine.records.trial import Duration

_ADDITIONAL = r"(?:an?\s)?(?:additional|further|total(?:\sof)?|period\sof|total\speriod\sof|median\sof|maximum\sof|duration\sof|minimum\sof|mean\sof|course\sof|following|first|subsequent|consecutive|another|next|remaining|initial|final|last|entire|whole|full|complete|planned|the)"
_GIVING = (
    r"(?:treatment|therapy|course|administration|supplementation|regimen|dosing|medication|treatment\speriod|treatment\sphase|intervention|infusion|use"
    r"|double-blind|open-label|oral|daily|trial\sof|period|phase|maintenance|induction|vaccination|prophylaxis|exposure|intake|consumption)"
)

# "for a week before surgery" is how long a drug was given, "for a month before enrolment" is what came before the trial
_SURGERY = (
    r"\s(?:the\s|their\s|an?\s|undergoing\s|elective\s|planned\s|tumou?r\s){0,2}(?:surg|operati|procedure|resect|[a-z]+ectomy|[a-z]+plasty|transplant|deliver|colonoscop"
    r"|endoscop|coronary|PCI\b|angiograph|vaccin|radiotherap|conditioning|exercise)"
)

PATTERNS = (
    Pattern(
        "duration.for",
        rf"""
        (?P<lead>(?<!stable\s)(?:\b(?:for|over|during|lasting|through|throughout|x|on(?=\s(?:{COUNT})\s(?:consecutive|successive)\sdays))|×|(?<=\()(?:maximum|max\.?|up\sto)(?:\sof)?)\s?(?:up\sto\s|about\s|approximately\s|around\s|nearly\s|almost\s|roughly\s|between\s|only\s|a\s|~\s?)?(?:{_ADDITIONAL}\s){{0,3}})
        (?P<n>{COUNT})(?:\s\((?:\d{{1,3}}|[a-z]{{3,9}})\))?(?:[\s-]?(?:{TIME_UNIT})?(?:\s\([^()]{{1,24}}\)(?=\sor\s))?(?:{DASH}|\sand\s)(?P<max>{COUNT}))?[\s-]?(?:consecutive\s|successive\s|straight\s|full\s|additional\s|more\s|post-?operative\s|calendar\s)?(?P<unit>{TIME_UNIT}|nights\b)
        (?!\s(?:of\s)?(?:follow-?\s?up|wash-?\s?out|observation|surveillance)|\s?(?:[/-]\s?\d|(?:immediately\s)?(?:before|prior\sto)\b(?!{_SURGERY})|prior(?!\sto)|after\s(?:randomi|enrol|the\sstudy)|post|later|of\sage|old|apart))
        """,
        hits=(
            "for 12 weeks",
            "for up to 6 months",
            "over a period of 3 months",
            "for a 20-week period",
            "for 1 or 2 weeks",
            "for 7 (group A) or 14 days (group B)",
            "x 14 days",
            "5 mg/kg/day × 3 d",
            "for one year",
            "5 mg daily (maximum 1 week)",
            "5 mg on three consecutive days",
            "for 10 postoperative days",
            "for 5 nights",
            "for the entire 6 months",
            "for one week prior to tumour resection",
            "for eight (8) weeks",
        ),
        # a least time is asked of those who may take part as often
        misses=(
            "for at least 12 weeks",
            "for ever",
            "on 3 days",
            "within reach",
            "(5 weeks)",
            "for 4 weeks before randomisation",
        ),
    ),
    Pattern(
        "duration.for_a",
        rf"""
        \b(?:for|over|during|throughout|lasting)\s(?:up\sto\s|about\s|approximately\s|almost\s|only\s)?(?P<half>half\s)?(?:an?|(?<=\bfor\s)the\sfirst)\s(?:full\s|whole\s|further\s|single\s)?(?P<unit>day|week|fortnight|month|year)\b
        (?!\s?-|\s(?:of\s(?:follow|wash|observation|age)|follow|wash|(?:before|prior\sto)\b(?!{_SURGERY})|after\s(?:randomi|enrol|the\sstudy)|or\s(?:more|longer|less|so|until|two|till|up)\b|later|earlier|old|in\sadvance)|['’])
        """,
        hits=(
            "three times daily for a week",
            "for up to a year",
            "for half a year",
            "for a month or placebo",
            "for the first week",
        ),
        misses=(
            "for a month or longer",
            "for a week before enrolment",
            "for a year of follow-up",
            "for a week-long stay",
            "a month",
        ),
    ),
    Pattern(
        "duration.of_treatment",
        rf"""
        (?<![\w.:-])(?<!\b(?:every|each)\s)(?<!:\d\sto\s)(?P<n>{COUNT})(?:(?:{DASH}|[\s-]*or\s)(?P<max>{COUNT}))?[\s-]?(?P<unit>{TIME_UNIT})['’]?[\s-]
        (?:(?P<of>of\s)(?!(?:dose[\s-])?(?:escalation|titration|up-?titration)|age|complet|start|initiat|follow|wash|screening|admission|symptom|pregnan|gestation|surg|life|observ|rest|each|random|enrol|diagnos|birth|injury|onset|admission|base|therapy\sor|no\s|symptom|a\s|an\s)(?P<what_of>[\w-]+)
          | (?:(?!(?:after|before|between|following|prior|post|with|from|to|in|of|and|or|at|until|wash\w*|follow\w*|assessment|observation|survival|sleep|recovery|screening|baseline|run-in|lead-in)\b)[\w-]+\s){{0,2}}?
            (?P<what>{_GIVING})\b(?!\s?(?:visit|follow)))
        """,
        hits=(
            "12 weeks of treatment",
            "a 7-day course",
            "6-month treatment period",
            "4 weeks of oral zinc",
            "12 weeks' treatment",
        ),
        misses=(
            "randomized 1:1:1 to 9-fold treatment",
            "200 mg every 2 weeks open-label treatment",
            "12 weeks of follow-up",
            "after 16 weeks of dose escalation",
            "12 weeks after treatment",
            "8 years with therapy",
            "3 weeks between each period",
            "a 4-week dietary baseline phase",
        ),
    ),
    Pattern(
        "duration.period",
        rf"""
        \b(?:treatment|dosing|medication|therapy|intervention|supplementation)(?:\s(?:period|duration|phase|time)s?\s(?:was|were|of|lasted|lasting)|s?\slast(?:s|ed))\s(?:(?:of|for|about|approximately)\s)?(?:up\sto\s)?
        (?P<n>{COUNT})(?:{DASH}(?P<max>{COUNT}))?[\s-]?(?P<unit>{TIME_UNIT})
        | \bduration\sof\s(?:the\s)?(?:study\s)?(?:treatment|therapy|supplementation|administration|intervention)\s(?:\w+\s){{0,4}}?(?:was|of|is)\s(?:about\s|approximately\s|up\sto\s)?
          (?P<n2>{COUNT})[\s-]?(?P<unit2>{TIME_UNIT})
        | \b(?:treatment|dosing|medication|therapy|intervention|supplementation)(?:\s(?:period|phase|course)s?|s),?\s\(?(?:each|both)\s(?:of|lasting|for)\s(?P<n5>{COUNT})[\s-]?(?P<unit5>{TIME_UNIT})
        | (?<=\b(?:fractions?|fx)\s)(?:with)?in\s(?P<n6>{COUNT})[\s-]?(?P<unit6>weeks)\b
        | (?<!\b(?:over|during|in)\s)\b(?:an?|the|total|full|single|entire)\s(?:[a-z-]+\s){{0,2}}?course\s(?:of|lasting)\s(?:up\sto\s)?(?P<n4>{COUNT})[\s-]?(?P<unit4>{TIME_UNIT})
        | \b(?:treatment|dosing|medication|intervention|supplementation|feeding)\speriod\s?\((?:of\s)?(?P<n3>{COUNT})[\s-]?(?P<unit3>{TIME_UNIT})\)
        """,
        hits=(
            "Each treatment period was 7 days",
            "the duration of therapy was 6 weeks",
            "the planned duration of treatment in the trial was about 6 months",
            "during the feeding period (60 days)",
            "supplementation lasted for 8 weeks",
            "tablets completed a total course of 7 days",
            "in two treatment phases, each of three weeks",
            "60 Gy in 30 fractions within 6 weeks",
        ),
        misses=("the washout period was 7 days", "the observation period (60 days)"),
    ),
    Pattern(
        "duration.behind_frequency",
        rf"""
        (?:(?<=\b(?:[mµμu]?g|mcg|IU|mL|units|kg|m2)/)d(?:ay)?|\b(?:daily|weekly|(?:a|per)\sday|b\.?i\.?d\.?|t\.?i\.?d\.?|q\.?i\.?d\.?|q\.?d\.?|o\.?d\.?))[,\s]{{1,2}}\(?
        (?P<n>{COUNT})(?:{DASH}(?P<max>{COUNT}))?[\s-]?(?P<unit>days|weeks|months|years)\b
        (?!\s?(?:after|before|later|prior|pre|post|from|following|apart|of|off|on\b|per|a\b|out|to|and|or|until|of\sage|old))
        """,
        hits=("25 mg daily 24 weeks", "500 mg b.i.d., 7 days", "one tablet per day (3 months)", "500 mg/d, 8 weeks"),
        misses=("5 mg daily 2 weeks before surgery", "weekly, 4 weeks on and 2 weeks off"),
    ),
    Pattern(
        "duration.span",
        r"""
        \b(?:(?P<between>between)|during|from|for|in|over|at|throughout|\()\s?(?:the\s)?(?:study\s|treatment\s)?(?P<unit>weeks?|months?)\s
        (?P<low>\d{1,2})\s?(?:[-–—‐‑−]|to|through|until|till|(?(between)and|(?!)))\s?(?:(?:weeks?|months?)\s)?(?P<high>\d{1,3})(?!\d|\.\d|\s?[,/]\s?\d(?![\d.,]*\s?(?:mg|mcg|[µμ]g|g|ml|IU|units?)\b)|\sand\s\d(?![\d.,]*\s?(?:mg|mcg|[µμ]g|g|ml|IU|units?)\b))
        """,
        hits=(
            "during weeks 1-4.",
            "from week 0 to week 12",
            "for months 2 through 6",
            "between weeks 2 and 6",
            "for weeks 1-2, 50 mg",
        ),
        misses=("at weeks 2, 4 and 6", "from week 12", "seen at weeks 8 and 52", "during weeks 8 and 52"),
    ),
    Pattern(
        "duration.until_time",
        r"""\b(?:until|till|up\sto|through)\s(?:the\send\sof\s)?(?:study\s|treatment\s)?(?P<unit>week|month)\s(?P<n>\d{1,3})\b(?!\s?(?:[-–]|to\b|of\s(?:age|gest|pregn)))""",
        hits=("taken until week 12", "up to month 6"),
        misses=("until the week after", "until week 36 of gestation"),
    ),
    Pattern(
        "duration.until",
        r"""
        \b(?:until|till|(?<!\b(?:time|due|owing|secondary|prior|lead|leads|leading|led|related|attributed|attributable|resistan(?:t|ce)|progress(?:ed|ion)?|admission|respon(?:se|ded)|median|risk|days|weeks|months|years)\s)to)\s(?:(?:documented|objective|unacceptable|disease|tumou?r|radiographic|clinical)\s){0,2}
        (?:progression|progressive\sdisease|relapse|unacceptable\stoxicity|toxicity|delivery|discharge|the\send\sof\s(?:the\s)?(?:study|trial|surgery|operation|procedure)
           |end\sof\s(?:the\s)?(?:study|trial|surgery)|death|recovery|resolution|extubation|recurrence)\b
        | \b(?:until|till)\s(?:the\s|complete\s|full\s|clinical\s|hospital\s|wound\s|skin\s|symptom\s|sputum\s|liver\s|fever\s){0,2}
          (?:afebrile|remission|healing|healed|closure|cure|discharge|normali[sz]ation|birth|transplantation|weaning|conversion|resolution|recovery)\b
        """,
        hits=(
            "until disease progression",
            "till the end of the surgery",
            "until delivery",
            "from week 20 on to delivery",
            "until skin closure",
            "until afebrile",
        ),
        misses=("until then", "time to progression", "closed due to toxicity", "led to death"),
    ),
)
_FOR, _FOR_A, _OF, _PERIOD, _BEHIND, _SPAN, _UNTIL_TIME, _UNTIL = PATTERNS
# "tapered off over 7 days": how long it took to end
_TAPERED = regex.compile(r"\btaper(?:ed|ing)\s(?:\w+\s){0,2}$", regex.IGNORECASE)
# "raised to 15 mg daily over two weeks": how long it took to get there
_RAISED = regex.compile(
    r"\b(?:increas|rais|(?:up-?)?titrat|escalat)(?:ed|ing)\b(?:[^.;]|\.\d){0,50}?\bto\s(?:(?!\bfor\b)(?:[^.;]|\.\d)){0,50}$",
    regex.IGNORECASE,
)
# "or hormone withdrawal for 4 weeks": how long it was not given
# "pain that lasted for 3 days", "diarrhea persisting for a week"
_ENDURED = regex.compile(
    r"\bpersist\w*\s$|\b(?:(?:\w*pain|symptom|episode|attack|seizure|headache|migraine|fever|cough|rash|event|bleeding|vomiting|nausea|diarrho?ea|toxicit(?:y|ie)|\w+p(?:a)?enia|par(?:a)?esthesia|h(?:a)?ematuria|infection|illness|depression|insomnia)s?)\b[^.;,]{0,24}\blast(?:ed|ing|s)?\s$",
    regex.IGNORECASE,
)
_WITHHELD = regex.compile(
    r"\b(?:withdrawal|withdrawn|discontinu\w+|stopped|withheld|interrupt\w+|abstinence|abstain\w*|wash-?\s?out)\s(?:of\s\w+\s)?$",
    regex.IGNORECASE,
)
# "after a 6-week double-blind part they began A": how long the part before it was
_PART_BEFORE = regex.compile(
    r"\b(?:after|following)\s(?:(?:completion|completing|the\send)\s(?:of\s)?)?(?:the\s|an?\s)?(?:initial\s|first\s)?$",
    regex.IGNORECASE,
)
_BEHIND_AFTER = regex.compile(r"\bafter\s(?:the\s|an?\s)?(?:\w+\s)?$", regex.IGNORECASE)
_NEXT_DOSE = regex.compile(
    r"[^.;]{0,60}\bdos(?:e|es|age|ages|ing)\s(?:of\s\w+\s)?(?:\w+\s){0,3}(?:increas|rais|reduc|decreas|doubl|halv|titrat|uptitrat|escalat|adjust)",
    regex.IGNORECASE,
)
_AFTER = regex.compile(r"\s?(?:after|post|following)", regex.IGNORECASE)
# "for 16 h/day", "for 20 minutes daily": how long a day, not how long in all
_OF_DAY = regex.compile(
    r"\s?/\s?(?:d|day|night)\b|\s(?:(?:per|an?|each|every)\s(?:day|night|evening|morning|session|treatment)\b|daily\b|nightly\b)",
    regex.IGNORECASE,
)
_LONGEST = 12  # years; "over 65 years" is an age


def extract_durations(article: Article) -> Iterator[Mention]:
    """Lengths of time that may be a drug's; linking decides."""
    text = article.text
    taken: list[tuple[int, int]] = []
    for m in _FOR.find(text):
        value = _read(m, m["unit"])
        # "during the 6 h after recovery" is when something was watched, "for 48 h after surgery" how long a drug ran
        watched = (
            m["lead"][:1] in "dD" and value is not None and value.unit in ("h", "min") and _AFTER.match(text, m.end())
        )
        tapered = _TAPERED.search(text, max(0, m.start() - 24), m.start()) is not None or (
            m["lead"][:1] in "oO" and _RAISED.search(text, max(0, m.start() - 110), m.start()) is not None
        )
        withheld = any(p.search(text, max(0, m.start() - 60), m.start()) for p in (_WITHHELD, _ENDURED))
        of_day = value is not None and value.unit in ("min", "h") and _OF_DAY.match(text, m.end()) is not None
        if value is not None and not (watched or tapered or withheld or of_day):
            taken.append((m.start(), m.end()))
            yield Mention("duration", m.start(), m.end(), _FOR.name, value)
    for m in _OF.find(text):
        value = _read(m, m["unit"])
        # minutes and hours of treatment are infusion times or times after a dose
        if (
            value is not None
            and value.unit not in ("min", "h", "s")
            and not _ends_step(text, m)
            and not any(s < m.end() and m.start() < e for s, e in taken)
        ):
            end = m.start("of") if m["of"] else m.end()
            yield Mention("duration", m.start(), end, _OF.name, value)
    for m in _PERIOD.find(text):
        value = _length(m[0], *_told(m))
        if value is not None:
            yield Mention("duration", m.start(), m.end(), _PERIOD.name, value)
    for m in _FOR_A.find(text):
        if _WITHHELD.search(text, max(0, m.start() - 40), m.start()) is None:
            unit = "weeks" if m["unit"].lower() == "fortnight" else m["unit"]
            n = "2" if unit == "weeks" else "0.5" if m["half"] else "1"
            yield from _mention(m, _length(m[0], n, None, unit))
    yield from _dated(text)
    for m in _UNTIL.find(text):
        yield Mention("duration", m.start(), m.end(), _UNTIL.name, Duration(text=m[0]))


def _ends_step(text: str, m: regex.Match[str]) -> bool:
    """ "After 2 weeks of treatment the dose was doubled": how long the dose before it was given."""
    if m["what"] and m["what"].lower() in ("double-blind", "open-label"):
        return _PART_BEFORE.search(text, max(0, m.start() - 40), m.start()) is not None
    after = _BEHIND_AFTER.search(text, max(0, m.start() - 24), m.start())
    return after is not None and _NEXT_DOSE.match(text, m.end()) is not None


def _told(m: regex.Match[str]) -> tuple[str, str | None, str]:
    """The number, the upper number and the unit of the alternative that matched."""
    n, unit = (next(m[name + x] for x in ("", "2", "3", "4", "5", "6") if m["n" + x]) for name in ("n", "unit"))
    return n, m["max"], unit


def _mention(m: regex.Match[str], value: Duration | None) -> Iterator[Mention]:
    if value is not None:
        yield Mention("duration", m.start(), m.end(), _FOR_A.name, value)


def _dated(text: str) -> Iterator[Mention]:
    """Lengths behind a frequency, from one week to another, and up to a week."""
    for m in _BEHIND.find(text):
        value = _length(text[m.start("n") : m.end()], m["n"], m["max"], m["unit"])
        if value is not None:
            yield Mention("duration", m.start("n"), m.end(), _BEHIND.name, value)
    for m in _SPAN.find(text):
        low, high = int(m["low"]), int(m["high"])
        # weeks 5 to 8 are four weeks, week 0 to week 12 are twelve
        length = high - low + (1 if low else 0)
        value = _length(m[0], str(length), None, m["unit"]) if low < high else None
        if value is not None:
            yield Mention("duration", m.start(), m.end(), _SPAN.name, value)
    for m in _UNTIL_TIME.find(text):
        value = _length(m[0], m["n"], None, m["unit"])
        if value is not None:
            yield Mention("duration", m.start(), m.end(), _UNTIL_TIME.name, value)


def _read(m: regex.Match[str], unit: str | None) -> Duration | None:
    return _length(m[0].strip(), m["n"], m["max"], unit)


def _length(text: str, n: str, high_text: str | None, unit: str | None) -> Duration | None:
    code, low = time_unit(time_code(unit.lower().replace("night", "day")) if unit else None), number(n)
    high = number(high_text) if high_text else None
    # "15.6 months" is a follow-up or a median, never a plan
    if code is None or not low or ("." in n and code == "mo") or (code == "a" and low > _LONGEST):
        return None
    if high and high < low:
        low, high = high, low
    return Duration(value=low, value_max=high if high and high > low else None, unit=code, text=text)
