"""Slashes, pluses, dashes and comparators that were dropped or swapped, put back where a cue settles them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.clean.compose import minimal
from trialmine.clean.repair import Repair, to
from trialmine.clean.view import Hints, view
from trialmine.lexicon.pattern import TIMEOUT, Pattern
from trialmine.normalise.number import WORD_VALUES, number
from trialmine.records.document import Edit

_AMOUNT = r"(?:[mk]?g|mcg|ug|[μµ]g|ng|pg|micrograms?|IU|[kM]?U|units?|m[lL]|[μµ]?mol|mmol|nmol|pmol)"
_WORD = "(?:" + "|".join(sorted((w for w in WORD_VALUES if w != "zero"), key=len, reverse=True)) + ")"
_N = rf"(?:\d{{1,3}}|{_WORD})"

UNIT_PAIR = Repair(
    Pattern(
        "slash.unit",
        rf"(?<=(?:\d|{_WORD})\s?)(?P<u>{_AMOUNT})\s(?P<per>kg|m2|dL|dl)\b(?!\s?[-/(]\s?1)(?P<time>\s(?:day|d|min|h|hour|week)(?![\w-]|\s?[-\d]|\s{_WORD}))?",
        hits=("ten mcg kg dose level", "240 mg m2", "7.9 mg dl", "5 mg kg day"),
        misses=("5 mg, 70 kg", "mg kg-1", "of 70 kg"),
    ),
    lambda m: f"{m['u']}/{m['per']}" + (f"/{m['time'].strip()}" if m["time"] else ""),
    "slash lost between two units of a known pair",
    0.95,
    hints=Hints(
        words="kg m dl",
        texts=("g kg", "U kg", "g m2", "U m2", "g dl", "g dL"),
    ),
)
UNIT_RATE = Repair(
    Pattern(
        "slash.rate",
        rf"(?<=(?:\d|{_WORD})\s?)(?P<u>{_AMOUNT})\s(?P<per>day|min|hour|hr|h|week|m[lL]|[lL])\b(?!-|\s?\d|\s{_WORD}\b|\s[-–]\s?\d)",
        hits=("50 mcg day dose", "1440 mg day for", "5 ng ml"),
        misses=("85 mg day 1", "5 mg days 1-5", "2 g hourly"),
    ),
    to(r"\g<u>/\g<per>"),
    "slash lost between two units of a known pair",
    0.85,
    hints=Hints(
        texts=(
            "g day",
            "g min",
            "g h",
            "g ml",
            "g mL",
            "g l",
            "g L",
            "g week",
            "l l",
            "l L",
            "U l",
            "U L",
            "U ml",
            "U mL",
            "U day",
            "l min",
        )
    ),
)
THREE_PLUS_THREE = Repair(
    Pattern(
        "plus.escalation",
        r"\b(?:3|three)\s(?:3|three)(?=\s(?:dose[-\s]escalation|dose[-\s]escalating|escalation)\b)",
        hits=("a 3 three dose escalation", "3 3 dose-escalation"),
        misses=("3 doses", "three dose escalation steps"),
    ),
    to("3+3"),
    "plus lost in the name of the escalation design",
    0.95,
    hints=Hints(words="escalation escalating"),
)
CYTOKINE = Repair(
    Pattern("hyphen.cytokine", r"\b(?-i:IL|r?IL)\s(?=\d{1,2}\b)", ("given IL 21 and",), ("IL-21", "pil 21")),
    lambda m: m[0][:-1] + "-",
    "hyphen lost in the name of an interleukin",
    0.9,
    hints=Hints(words="il ril"),
)

_ROMAN = {"1": "1", "one": "1", "i": "1", "2": "2", "two": "2", "ii": "2", "3": "3", "three": "3", "iii": "3"}
PHASES = Pattern(
    "slash.phase",
    r"\bphase\s(?P<a>one|two|I{1,2}|1|2)\s(?P<b>two|three|II|III|2|3)\b",
    hits=("This was a phase one 2, open label study",),
    misses=("phase 1/2", "phase one and phase two"),
)
_PHASE = regex.compile(r"\bphase\s(one|two|three|I{1,3}|[123])\b(?!\s(?:two|three|II|III|2|3)\b)", regex.IGNORECASE)


_PHASE_HINTS = Hints(
    words="phase", texts=tuple(f"hase {a} {b}" for a in ("one", "two", "1", "2", "I", "II") for b in "t23I")
)


def phases(text: str) -> Iterator[Edit]:
    """ "phase one 2" as 1/2, if the text names both phases on their own elsewhere."""
    if not _PHASE_HINTS.met(text):
        return
    named = {_ROMAN[p[1].lower()] for p in _PHASE.finditer(text, timeout=TIMEOUT)}
    for m in PHASES.find(text):
        a, b = _ROMAN[m["a"].lower()], _ROMAN[m["b"].lower()]
        if int(b) == int(a) + 1 and {a, b} <= named:
            yield minimal(
                text, m.start("a"), m.end("b"), f"{a}/{b}",
                rule=PHASES.name, confidence=0.9, reason="slash lost; the text names both phases elsewhere",
            )  # fmt: skip


DAYS = Pattern(
    "range.days",
    rf"\b(?P<cue>days?)\s(?P<list>{_N}\s{_N}(?:(?:,|,?\sand)\s{_N}\s{_N}){{0,3}})(?!\s?(?:\d|days?|±|\.\d|(?:{_AMOUNT}|[MG]Bq|Gy|%)(?!\w))|\s{_WORD}\b)",
    hits=("days one five and 15 19", "on days 1 14, then", "Days 6 14"),
    misses=("days 1-5", "day 1 to 5", "day 7 2 days", "day 0 5 mg"),
)
_PAIR = regex.compile(rf"({_N})\s({_N})", regex.IGNORECASE)
_DAILY = regex.compile(
    r"\b(?:daily|each day|every day|once a day|twice a day|per day|everyday|"
    r"b\.?i\.?d|q\.?d\b|t\.?i\.?d|consecutive)|/d(?:ay)?\b|\bday\s?-1\b",
    regex.IGNORECASE,
)
_LENGTH = regex.compile(r"\b(\d{1,2}|" + _WORD + r")[\s-]+(?:consecutive\s)?days?\b", regex.IGNORECASE)


def days(text: str) -> Iterator[Edit]:
    """Day ranges whose dash is gone, if a daily cue or a length in days in the same sentence proves a range."""
    if not view(text).shows("day_pair"):
        return
    for m in DAYS.find(text):
        pairs = [(int(number(a) or 0), int(number(b) or 0)) for a, b in _PAIR.findall(m["list"])]
        sentence = _sentence(text, m.start(), m.end())
        lengths = {int(number(n) or 0) for n in _LENGTH.findall(sentence)}
        daily = _DAILY.search(sentence) is not None
        if all(a < b and (daily or b - a + 1 in lengths) for a, b in pairs):
            reason = "range: given daily" if daily else "range: the sentence names its length in days"
            for pair in _PAIR.finditer(m["list"]):
                start, end = m.start("list") + pair.start(), m.start("list") + pair.end()
                after = f"{int(number(pair[1]) or 0)}-{int(number(pair[2]) or 0)}"
                yield minimal(text, start, end, after, rule=DAYS.name, confidence=0.85, reason=reason)


def _sentence(text: str, start: int, end: int) -> str:
    """The text around start:end up to the next full stops that are followed by a blank and a capital."""
    left = max((m.end() for m in regex.finditer(r"[.;]\s(?=[A-Z])", text[max(0, start - 400) : start])), default=0)
    right = regex.search(r"[.;]\s+(?=[A-Z])", text[end : end + 400])
    return text[max(0, start - 400) + left : end + (right.start() if right else 400)]


GRADES = Repair(
    Pattern(
        "range.grades",
        r"(?<=\bgrades?\s(?P<a>[1-4]))\s(?=(?P<b>[2-5])\b(?![.,]\d|\s?%|/))",
        hits=("grade 3 4 events",),
        misses=("grade 3 12%", "grades 3-4"),
    ),
    to(""),
    "grades side by side: the range and the list are the same",
    0.9,
)


def grades(text: str) -> Iterator[Edit]:
    """Neighbouring grades: "grade 3 4" is 3-4, which says the same as 3 or 4."""
    if "rade" not in text:
        return
    for m in GRADES.pattern.find(text):
        if int(m["b"]) == int(m["a"]) + 1:
            yield Edit(m.start(), m.end(), m[0], "-", GRADES.pattern.name, 0.9, GRADES.reason)


INTERVAL = Pattern(
    "range.interval",
    r"(?P<est>-?\d+\.\d+)\s?[%)]?[,;:]?\s[(\[]?(?P<level>9[059])\s?(?P<pct>%?)\s?(?P<ci>CI|C\.I\.|CL|confidence\s(?:interval|limits?)(?:\s[(\[]?C[IL][)\]]?)?)[,:=]?\s?[(\[]?"
    r"(?P<lo>-?\d+\.\d+)(?P<gap>\s|-|\sto\s|,\s)(?P<hi>\d+\.\d+)\b(?!\.\d)",
    hits=("HR 0.90; 95 CI 0.82 0.98, p",),
    misses=("95 CI 0 45 0 89", "95% CI, 056"),
)


def intervals(text: str) -> Iterator[Edit]:
    """Dash and percent sign of a confidence interval that holds its estimate."""
    if "C" not in text and "confidence" not in text:
        return
    for m in INTERVAL.find(text):
        if not float(m["lo"]) <= float(m["est"]) <= float(m["hi"]):
            continue
        if not m["pct"]:
            yield minimal(
                text, m.start("level"), m.end("level"), f"{m['level']}%",
                rule="percent.level", confidence=0.9, reason="level of a confidence interval",
            )  # fmt: skip
        if m["gap"] == " ":
            yield Edit(m.start("gap"), m.end("gap"), " ", "-", INTERVAL.name, 0.85, "the interval holds its estimate")


SHARE = Pattern(
    "percent.share",
    r"(?<![\d.,/-])(?P<p>\d{1,3}(?:\.\d{1,2})?)(?P<gap>(?:\s[(\[]?|[(\[])(?:n\s?=\s?)?)(?P<n>\d{1,5})\s?/\s?(?P<of>\d{1,5})(?![\d/])"
    r"|(?<![\d.,/-])(?P<n>\d{1,5})\s?(?:/|of|out\sof)\s?(?P<of>\d{1,5})(?:\s[a-z]+){0,3}\s?[(\[](?P<p>\d{1,3}(?:\.\d{1,2})?)(?=\s?[)\]])",
    hits=("ORR was 12 (n=24/196)", "83.5 71/85)", "7 of 8 patients (88)"),
    misses=("12% (24/196)", "on 3/4/2010"),
)


def shares(text: str) -> Iterator[Edit]:
    """A percent sign that n/N proves: 71/85 is 83.5 %."""
    if "/" not in text and " of " not in text:
        return
    for m in SHARE.find(text):
        of = int(m["of"])
        places = len(m["p"].partition(".")[2])
        if (
            of
            and int(m["n"]) <= of
            and of >= 5
            and abs(100 * int(m["n"]) / of - float(m["p"])) <= 0.5 * 10**-places + 1e-9
        ):
            yield minimal(
                text, m.start("p"), m.end("p"), m["p"] + "%",
                rule=SHARE.name, confidence=0.85, reason=f"{m['n']}/{m['of']} is {m['p']} %",
            )  # fmt: skip


ALWAYS = (UNIT_PAIR, THREE_PLUS_THREE)
SPUN = (UNIT_RATE, CYTOKINE)
PATTERNS = (*(r.pattern for r in (*ALWAYS, *SPUN, GRADES)), PHASES, DAYS, INTERVAL, SHARE)
