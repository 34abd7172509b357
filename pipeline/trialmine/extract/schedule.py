"""Parts of a dosing schedule: days of a cycle, cycle length, number of cycles, weeks on and off."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

from trialmine.lexicon.near import find_near
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.lexicon.time_forms import COUNT, DASH, TIME_UNIT, time_code
from trialmine.normalise.frequency import time_unit
from trialmine.normalise.number import number
from trialmine.records.article import Article, Mention
from trialmine.records.trial import Schedule, Span

_DAY = r"(?:d\.?\s?|days?\s?)?(?:\d{1,2}|one|five)"
_DAY_STEP = r"(?:\s?[-–—‐‑−]\s?|\s?(?:to|through|until)\s|\s?,\s?(?:and\s|or\s)?(?:on\s)?|\s?(?:and|&)\s(?:on\s)?|\s?\+\s?|\s?/\s?)"

PATTERNS = (
    Pattern(
        "schedule.days",
        rf"""
        (?<![\w)\]-])(?<!(?:beginning|starting|started|commencing|after|until|before|between|by|at)\s(?:on\s)?)(?<!\bfrom\s(?=days?\s?\d{{1,2}}(?!\s?(?:[-–—‐‑−]|to\b|through\b|until\b)\s?(?:days?\s|d)?\d)))(?:days?\s?|(?<!vitamin\s)(?<!vit\.?\s)(?<!cyclin\s)(?<!groups?\s)(?<!arms?\s)(?<!cohorts?\s)d\.?\s?(?=\d))(?P<days>{_DAY}(?:(?!\s?[-–]\s?(?:day|week|month|hour|h\b)){_DAY_STEP}{_DAY}(?!\d|[-‐](?-i:\p{{Lu}}{{2}}))){{0,12}})
        (?!\d|\.\d|%|\s?[-–]\s?\d|\s?(?:[mkµμun]?g|mcg|mL|ml|[kMm]?I?U|units?|[cm]?Gy|m?mol|million|patients|cycles?)\b)
        """,
        hits=(
            "days 1, 8 and 15",
            "on days 1-5 and on days 15-19.",
            "on day 1",
            "d1-14",
            "days 1-5 and 15-19",
            "days 1+8",
            "days 1 through 21",
            "D1, D8",
            "from day 2-15",
            "from days 1 to 7",
            "on day 1, 5-FU 400 mg",
            "day 1, 50 µg/m2",
        ),
        misses=(
            "a day",
            "25-(OH)D3 rose",
            "28-day cycle",
            "per day",
            "vitamin D3",
            "beginning on day 1",
            "between day 3 and 30 of life",
            "from day 5 on",
            "group D5 received",
        ),
    ),
    Pattern(
        "schedule.days_before",
        r"""\bdays?\s(?P<days>[-–−]\s?\d{1,2}(?:\s?(?:to|through|until|,|and|or|&)\s(?:(?:and\s)?day\s)?[-–−+]?\s?\d{1,2}){1,6})(?!\d|\.\d)""",
        hits=("on days -5 to -3", "days −4 and −3"),
        # one day before is when people were looked at as often
        misses=("days 1-3", "5-day", "on day -1"),
    ),
    Pattern(
        "schedule.ordinal_days",
        rf"""\b(?:on|from)\s(?:the\s)?(?P<days>(?:\d{{1,2}}(?:st|nd|rd|th){_DAY_STEP}){{0,6}}\d{{1,2}}(?:st|nd|rd|th))\sdays?\b""",
        hits=("on the 1st and 8th days",),
        misses=("on the first day",),
    ),
    Pattern(
        "schedule.cycle_length",
        rf"""
        \b(?:(?:of|in|per|for|with)\s)?(?:(?:an?|each|every|repeated|the)\s)?(?<![-\d.])
        (?: (?P<n>{COUNT})[\s-]?(?P<unit>{TIME_UNIT}|weekly|monthly)\s?[-\s]\s?(?:(?!(?:each|every|per)\s)\w+\s)?(?:cycles?|courses?)\b
          | (?:cycles?|courses|course(?!\s(?:of|lasting)\s))(?:\swere|\swas|\sis)?(?:\srepeated|\sgiven|\sadministered|\slasting|\slength\sof|\sduration\sof)?\s(?:every|of|q|lasting|at)\s?(?P<n2>{COUNT})[\s-]?(?P<unit2>{TIME_UNIT})
          | (?<!\bfor\s)(?P<n3>{COUNT})\s(?P<unit3>{TIME_UNIT})\s(?:per|each|in\seach|in\sone|in\sa)\s(?:cycle|course)\b
          | \bq\.?\s?(?P<n5>14|21|28|35|42)(?![\w.]|\s?(?:d|h|w|m))
          | (?:repeated|recycled|repeat(?:ing)?|cycled)\s(?:every|each|at)\s(?P<n4>{COUNT})[\s-]?(?P<unit4>{TIME_UNIT}|weekly)
        )
        """,
        hits=(
            "of a 28-day cycle",
            "in 3-week cycles",
            "cycles of 21 days",
            "12 weeks per cycle",
            "repeated every 3 weeks",
        ),
        misses=("six cycles", "3 weeks", "for 14 days each cycle"),
    ),
    Pattern(
        "schedule.cycles",
        rf"""
        (?<![\w.:-])(?<!\bdays?\s)(?:(?P<up>up\sto|a\smaximum\sof|maximum\sof|maximally)\s)?(?P<n>{COUNT})(?:{DASH}(?P<max>{COUNT}))?[\s-]
        (?:(?:additional|further|more|consecutive|planned|adjuvant|preoperative|neoadjuvant|induction|consolidation|repeated|identical|\w+ly)\s)?
        (?:(?!(?:weeks?|days?|months?|years?|hours?|of|in|and|every|each|the)\b)[A-Za-z][\w/-]*\s){{0,1}}(?:{COUNT}[\s-](?:week|day|month)(?:ly)?\s)?(?P<what>cycles?|courses?)\b
        """,
        hits=("for six cycles", "4-6 cycles of chemotherapy", "up to 8 cycles", "four 3-week cycles"),
        misses=(
            "the cycle",
            "28-day cycle length",
            "on day 1 of 3-week cycles",
            "on days 1 and 8 of each cycle",
            "randomised 1:1 to 21-day cycles",
            "a 5-year course",
        ),
    ),
    Pattern(
        "schedule.most_cycles",
        rf"""\bcycles?\b[^.;]{{1,140}}?\b(?P<limit>maximum)\sof\s(?P<most>{COUNT})(?=[.,;)]|\s(?:in|for|cycles)\b)""",
        hits=("Cycles were given every 3 weeks in arm A, up to a maximum of 6.",),
        misses=("cycles at a maximum of 6 mg", "a maximum of 6"),
    ),
    Pattern(
        "schedule.times_cycles",
        r"""(?:(?<!\d\s?)(?<!\p{L})(?<!Gy\s?)[x×]\s?(?P<n>\d{1,2})\b(?!\s?(?:10|\^|mg|/|days?|weeks?|d\b|wks?|doses|injections|infusions|(?:times\s)?(?:daily|per\sday|a\sday)\b))(?:\s(?:cycles|courses))?)""",
        hits=("every 21 days x 6", "AC × 4"),
        misses=(
            "3 x 10^6",
            "3 Gy x 10",
            "x 7 days",
            "weekly x 9 doses",
            "a 2 × 3 factorial design",
            "an index 15 or more",
        ),
    ),
    Pattern(
        "schedule.on_off",
        rf"""
        (?<![\w-])(?P<on>{COUNT})[\s-]?(?P<on_unit>{TIME_UNIT})?\s?
        (?: on(?:[\s-]treatment|[\s-]drug|[\s-]therapy)?[\s,;/-]{{1,2}}(?:and\s|followed\sby\s|then\s)?(?:an?\s)?(?P<off>{COUNT})[\s-]?(?P<off_unit>{TIME_UNIT})?\s?off
          | (?:of\s\w+\s)?[,(]?\s?(?:(?:and\s)?(?:then\s)?followed\sby|then|and|with)\s(?:an?\s|by\s)?(?P<off2>{COUNT})[\s-]?(?P<off_unit2>{TIME_UNIT})\s?[-\s]?
            (?:off\b|of\srest|rest\b|break|without|treatment[\s-]free|drug[\s-]free|of\sno\s|(?:period\s)?(?:of\s)?rest|off[\s-]treatment|of\soff|pause)
        )
        """,
        hits=(
            "4 weeks on, 2 weeks off",
            "28 days followed by a 7-day rest",
            "2 weeks on/1 week off",
            "2 weeks followed by 10 weeks of no drug",
        ),
        # a washout parts two periods or ends a trial, and comes once
        misses=("4 weeks and 8 weeks", "6 weeks followed by a 2-week washout"),
    ),
    Pattern(
        "schedule.on_of",
        rf"""\b(?:for\s|[x×]\s?)?(?P<on>{COUNT})\s?(?:(?P<on_unit>weeks?|days?)\s)?(?:out\s)?of\s(?:every\s|each\s|an?\s)?(?P<of>{COUNT})[\s-]?(?P<unit>weeks?|days?)(?:\s(?:cycles?|course))?\b""",
        hits=("for 3 of 4 weeks", "3 weeks out of every 4 weeks", "6 weeks of an 8-week cycle"),
        misses=("3 of 4 patients",),
    ),
)
# what every statement of a cycle's length holds; few texts have it
_CYCLE = Search(r"cycle|course|\bq\.?\s?(?:14|21|28|35|42)|repeat(?:ed|ing)?\s(?:every|each|at)")
_BEFORE_CYCLE, _BEHIND_CYCLE = 120, 200  # characters that such a statement may have before and behind that
_DAYS, _BEFORE, _ORDINAL, _LENGTH, _CYCLES, _MOST, _TIMES, _ON_OFF, _ON_OF = PATTERNS
_MAX_DAY = 90
_VITAMIN = regex.compile(r"[dD][23](?:\s?(?:,|/|and|or)\s?[dD][23])*")
_AMOUNT_REACH = 120  # characters; further away, a "D2" is no day of the amount
_AMOUNT = regex.compile(
    r"\d\s?(?:mg|g|gm|mcg|[µμu]g|ml|mmol|IU|MU|U|units?|Gy|cGy|million|MIU)\b|\bAUC|\b(?:on|days?|cycles?|weekly)\b[^.]*$",
    regex.I,
)


# cycles that were counted in the end: "a median of 4 cycles", "in 6 of 95 cycles"
_COUNTED = regex.compile(
    r"\b(?:(?:median|mean|average)\s(?:number\s)?(?:of\s)?|(?:in|of)\s\d+\sof\s(?:the\s)?)$", regex.IGNORECASE
)
_MOST_CYCLES = 36  # of one person; more are those of all


def extract_schedules(article: Article) -> Iterator[Mention]:
    """Schedule parts; the assembling stage puts the parts of one regimen together."""
    for pattern, read in _READERS:
        for m in _found(pattern, article.text):
            value = read(m) if pattern is not _DAYS or _is_day(m) else None
            if value is not None:
                start = m.start("limit") if pattern is _MOST else m.start()
                yield Mention("schedule", start, m.end(), pattern.name, value)


def _found(pattern: Pattern, text: str) -> Iterator[regex.Match[str]]:
    if pattern is _LENGTH:
        return find_near(pattern, _CYCLE, text, before=_BEFORE_CYCLE, behind=_BEHIND_CYCLE)
    return pattern.find(text)


def _is_day(m: regex.Match[str]) -> bool:
    """Whether days are meant: a bare D has an amount before it, for it stands for vitamins and operations too.

    A cell that a person has typed is a schedule from its first letter on.
    """
    if m[0][:2].lower() == "da" or m.start() == 0:
        return True
    # in a text about vitamin D, "D2" and "D3" are vitamins
    if _VITAMIN.fullmatch(m[0].strip()) and "vitamin d" in m.string.lower():
        return False
    return _AMOUNT.search(m.string, max(0, m.start() - _AMOUNT_REACH), m.start()) is not None


def days_in(text: str) -> tuple[int, ...]:
    """The days that a list with ranges names.

    >>> days_in("1-5 and 15-19")
    (1, 2, 3, 4, 5, 15, 16, 17, 18, 19)
    >>> days_in("1, 8, and 15"), days_in("1 to d3")
    ((1, 8, 15), (1, 2, 3))
    """
    days: list[int] = []
    parts = regex.findall(r"(\d{1,2}|\bone\b|\bfive\b)|([-–—‐‑−]|\bto\b|\bthrough\b|\buntil\b)", text, regex.IGNORECASE)
    open_range = False
    for word, dash in parts:
        if dash:
            open_range = bool(days)
            continue
        day = int(number(word) or 0)
        days += range(days[-1] + 1, day + 1) if open_range and day > days[-1] else [day]
        open_range = False
    return tuple(sorted({d for d in days if d <= _MAX_DAY}))


def _span(value: str | None, unit: str | None) -> Span | None:
    n = number(value) if value else None
    code = time_unit(time_code(unit.lower().replace("ly", "")) if unit else None)
    return Span(value=n, unit=code) if n and code else None


def _read_days(m: regex.Match[str]) -> Schedule | None:
    days = days_in(m["days"])
    return Schedule(days=days, text=m[0]) if days else None


def _read_days_before(m: regex.Match[str]) -> Schedule | None:
    """Days counted back from an infusion or transplant: "days -5 to -3" is (-5, -4, -3)."""
    parts = regex.findall(r"([-–−]?)\s?(\d{1,2})|(to|through|until)", m["days"], regex.IGNORECASE)
    days: list[int] = []
    open_range = False
    for sign, digits, until in parts:
        if until:
            open_range = True
            continue
        day = -int(digits) if sign else int(digits)
        days += range(days[-1] + 1, day + 1) if open_range and days and day > days[-1] else [day]
        open_range = False
    return Schedule(days=tuple(sorted(set(days))), text=m[0]) if days and max(days) <= _MAX_DAY else None


def _read_length(m: regex.Match[str]) -> Schedule | None:
    # "q21" counts days
    length = _span(m["n5"], "days") or next(
        (s for i in ("", "2", "3", "4") if (s := _span(m[f"n{i}"], m[f"unit{i}"]))), None
    )
    # "repeated every 8 hours" is a frequency, "20-min cycle ergometry" an exercise
    return Schedule(cycle_length=length, text=m[0]) if length and length.unit in ("d", "wk", "mo") else None


def _read_cycles(m: regex.Match[str]) -> Schedule | None:
    low, high = number(m["n"]), number(m["max"]) if m["max"] else None
    # "1 cycle", "cycle 2 course" say when, not how many
    if low is None or low != int(low) or (low == 1 and m["what"].endswith("e")):
        return None
    if low > _MOST_CYCLES:
        return None
    if m["up"]:
        return Schedule(cycles_max=int(low), text=m[0])
    if _COUNTED.search(m.string, max(0, m.start() - 40), m.start()):
        return None
    return Schedule(cycles=int(low), cycles_max=int(high) if high else None, text=m[0])


def _read_most(m: regex.Match[str]) -> Schedule | None:
    n = number(m["most"])
    return Schedule(cycles_max=int(n), text=m[0]) if n and n == int(n) else None


def _read_times(m: regex.Match[str]) -> Schedule | None:
    return Schedule(cycles=int(m["n"]), text=m[0]) if int(m["n"]) > 1 else None


def _read_on_off(m: regex.Match[str]) -> Schedule | None:
    off_unit = m["off_unit"] or m["off_unit2"]
    on = _span(m["on"], m["on_unit"] or off_unit)
    off = _span(m["off"] or m["off2"], off_unit or m["on_unit"])
    if on is None or off is None:
        return None
    length = Span(value=on.value + off.value, unit=on.unit) if on.unit == off.unit else None
    return Schedule(on=on, off=off, cycle_length=length, text=m[0])


def _read_on_of(m: regex.Match[str]) -> Schedule | None:
    # "day 15 of a 28-day cycle" is a day; "for 3 of 4 weeks" and "3 weeks of 4" are spans
    if not m["on_unit"] and not m[0].lower().startswith("for"):
        return None
    on, length = _span(m["on"], m["on_unit"] or m["unit"]), _span(m["of"], m["unit"])
    return Schedule(on=on, cycle_length=length, text=m[0]) if on and length and on.value <= length.value else None


_READERS: tuple[tuple[Pattern, Callable[[regex.Match[str]], Schedule | None]], ...] = (
    (_DAYS, _read_days),
    (_BEFORE, _read_days_before),
    (_ORDINAL, _read_days),
    (_LENGTH, _read_length),
    (_CYCLES, _read_cycles),
    (_MOST, _read_most),
    (_TIMES, _read_times),
    (_ON_OFF, _read_on_off),
    (_ON_OF, _read_on_of),
)
