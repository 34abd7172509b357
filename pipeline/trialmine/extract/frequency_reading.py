"""What the words of a frequency say: count, period and code; `frequency.py` finds the words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import regex

from trialmine.extract.single_dose import ONCE
from trialmine.lexicon.time_forms import COUNT, time_code
from trialmine.normalise import frequency as normal
from trialmine.normalise.number import number
from trialmine.records.trial import Frequency

WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?)"
# "titrated to 40 mg if needed": the step was taken where it had to be, the dose was not
_STEPPED = regex.compile(
    r"\b(?:(?:up-?)?titrat|increas|escalat|adjust|reduc|doubl|rais|lower)\w*\b[^.;,]{0,50}$", regex.IGNORECASE
)
_ADVERB_UNIT = {
    "daily": "d", "nightly": "d", "everyday": "d", "weekly": "wk", "wkly": "wk", "hrly": "h", "hry": "h", "hly": "h",
    "hourly": "h", "monthly": "mo", "yearly": "a", "annual": "a", "annually": "a",
}  # fmt: skip
_ORDINAL = {"other": 2, "second": 2, "alternate": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4}
_TIMES_VALUE = {"once": 1.0, "twice": 2.0, "thrice": 3.0}


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


def read_latin(m: regex.Match[str]) -> Frequency | None:
    """An abbreviation by its code."""
    return normal.latin("prn" if m["form"].lower().startswith("pro") else m["form"], m[0])


def _read_once(m: regex.Match[str]) -> Frequency | None:
    return normal.once(m[0])


def _read_divided(m: regex.Match[str]) -> Frequency | None:
    count = number(m["n"] or m["n2"] or m["n3"])
    most = number(m["most"]) if m["most"] else None
    return normal.per_period(count, 1.0, "d", m[0], count_max=most) if count else None


def read_needed(m: regex.Match[str]) -> Frequency | None:
    """As needed, unless a step of the dose is what was needed."""
    if _STEPPED.search(m.string, max(0, m.start() - 60), m.start()):
        return None
    return Frequency(code="PRN", as_needed=True, text=m[0])


def _read_biweekly(m: regex.Match[str]) -> Frequency | None:
    word = m[0].lower().replace("-", "").replace(" ", "")
    if m["alt"] or m["alt2"]:
        return normal.per_period(1.0, 2.0, time_code(m["alt"] or m["alt2"]) or "d", m[0])
    count, period, unit = {
        "biweekly": (1.0, 2.0, "wk"), "bimonthly": (1.0, 2.0, "mo"), "twicemonthly": (2.0, 1.0, "mo"),
        "semiweekly": (2.0, 1.0, "wk"), "triweekly": (1.0, 3.0, "wk"),
    }.get(word, (2.0, 1.0, "a"))  # fmt: skip
    return normal.per_period(count, period, unit, m[0])


def _read_two_times(m: regex.Match[str]) -> Frequency | None:
    return normal.per_period(3.0 if m["more"] else 2.0, 1.0, "d", m[0])


def _read_weekdays(m: regex.Match[str]) -> Frequency | None:
    return normal.per_period(
        float(len(regex.findall(WEEKDAY, m["days"] or m["day"], regex.IGNORECASE))), 1.0, "wk", m[0]
    )


def _read_days_per(m: regex.Match[str]) -> Frequency | None:
    count, unit = number(m["n"]), "d" if m["daily"] or m["each_day"] else "wk" if m["seven"] else time_code(m["unit"])
    high = number(m["max"]) if m["max"] else None
    return normal.per_period(count, 1.0, unit, m[0], count_max=high) if count and unit else None


READERS: Mapping[str, Callable[[regex.Match[str]], Frequency | None]] = {
    "frequency.times_per_period": _read_times,
    "frequency.interval": _read_interval,
    "frequency.n_weekly": _read_n_weekly,
    "frequency.adverb": _read_adverb,
    "frequency.per_period": _read_per,
    "frequency.latin": read_latin,
    ONCE.name: _read_once,
    "frequency.divided": _read_divided,
    "frequency.as_needed": read_needed,
    "frequency.biweekly": _read_biweekly,
    "frequency.morning_and_evening": _read_two_times,
    "frequency.apart": _read_apart,
    "frequency.weekdays": _read_weekdays,
    "frequency.days_per_week": _read_days_per,
}
"""By the name of the pattern that found the words; None is no frequency after all."""
