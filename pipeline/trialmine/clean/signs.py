"""Slashes, pluses, dashes and comparators that were dropped or swapped, put back where a cue settles them."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.clean.compose import minimal
from trialmine.clean.repair import Match, Repair, to
from trialmine.clean.view import Hints, view
from trialmine.lexicon.pattern import Pattern
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
        tokens="kg m2 dl dL kg, m2, dl, dL, kg. m2. dl. dL. kg) m2) dl) dL) kg; m2; dl; dL;",
        texts=("g kg", "U kg", "g m2", "U m2", "g dl", "g dL"),
    ),
)
UNIT_RATE = Repair(
    Pattern(
        "slash.unit",
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
    hints=("escalat",),
)
CYTOKINE = Repair(
    Pattern("hyphen.cytokine", r"\b(?-i:IL|r?IL)\s(?=\d{1,2}\b)", ("given IL 21 and",), ("IL-21", "pil 21")),
    lambda m: m[0][:-1] + "-",
    "hyphen lost in the name of an interleukin",
    0.9,
    hints=("IL ",),
)

_HEADINGS = (
    "Background", "Objective", "Purpose", "Aim", "Introduction", "Patients", "Method", "Result", "Finding", "Conclusion",
    "Interpretation", "Discussion",
)  # fmt: skip
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
    named = {_ROMAN[p[1].lower()] for p in _PHASE.finditer(text)}
    for m in PHASES.find(text):
        a, b = _ROMAN[m["a"].lower()], _ROMAN[m["b"].lower()]
        if int(b) == int(a) + 1 and {a, b} <= named:
            yield minimal(
                text, m.start("a"), m.end("b"), f"{a}/{b}",
                rule=PHASES.name, confidence=0.9, reason="slash lost; the text names both phases elsewhere",
            )  # fmt: skip


DAYS = Pattern(
    "range.days",
    rf"\b(?P<cue>days?)\s(?P<list>{_N}\s{_N}(?:(?:,|,?\sand)\s{_N}\s{_N}){{0,3}})(?!\s?(?:\d|days?|±|\.\d)|\s{_WORD}\b)",
    hits=("days one five and 15 19", "on days 1 14, then", "Days 6 14"),
    misses=("days 1-5", "day 1 to 5", "day 7 2 days"),
)
_PAIR = regex.compile(rf"({_N})\s({_N})", regex.IGNORECASE)
_DAILY = regex.compile(
    r"\b(?:daily|each day|every day|once a day|twice a day|per day|everyday|b\.?i\.?d|q\.?d\b|t\.?i\.?d|consecutive)|/d(?:ay)?\b|\bday\s?-1\b",
    regex.IGNORECASE,
)
_LENGTH = regex.compile(r"\b(\d{1,2}|" + _WORD + r")[\s-]+(?:consecutive\s)?days?\b", regex.IGNORECASE)


def days(text: str) -> Iterator[Edit]:
    """Day ranges whose dash is gone, if a daily cue or a length in days in the same sentence proves a range."""
    if view(text).vocabulary.isdisjoint(("day", "days")):
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


N_EQUALS = Repair(
    Pattern(
        "swap.equals",
        r"(?<=\b(?-i:[nN])\s)5(?=\s\d{2,5}\b)|(?<=\b(?-i:P)\s)5(?=\s\.\d)",
        hits=("n 5 82", "P 5 .03"),
        misses=("n = 5 82", "in 5 82"),
    ),
    to("="),
    "equals sign printed as 5",
    0.85,
    hints=Hints(tokens="5", texts=("n 5 ", "N 5 ", "P 5 ")),
)
LESS_O = Repair(
    Pattern(
        "swap.less",
        r"(?<=\s)o(?=\d{2,3}(?:/\d{2,3})?\s?(?:mm|mg|%|years))|(?<=\bP\s)o(?=\s?0?\.\d)",
        hits=("BP o130/85 mm Hg", "P o 0.05"),
        misses=("o13 protein", "no 130 mm"),
    ),
    to("<"),
    "less-than sign printed as o",
    0.85,
    hints=Hints(words="o"),
)
AT_MOST_V = Repair(
    Pattern(
        "swap.at_most",
        r"(?<=\s)(?-i:V)(?=\d{1,2}\s(?:years|yrs|months|days)\b)",
        ("who were V18 years",),
        ("V18 rode",),
    ),
    to("≤"),
    "at-most sign printed as V",
    0.8,
    hints=Hints(words="v"),
)
MICRO_A = Repair(
    Pattern("swap.micro", r"(?<=\d\s?)(?-i:A)(?=mol/)", ("<3 Amol/L",), ("Amol/L", "3 mmol/L")),
    to("μ"),
    "micro sign printed as A",
    0.85,
    hints=("Amol",),
)
MICRO_HALF = Repair(
    Pattern(
        "swap.micro",
        r"(?<=(?<![\d.,])\d{1,4})1/2g(?=/|\b)",
        hits=("with 11/2g/kg/week", "2001/2g/kg oral"),
        misses=("2 1/2g/kg", "i.v. 1/2 to 1 h"),
    ),
    to(" μg"),
    "micro sign folded to 1/2 in an ASCII record",
    0.8,
    hints=("1/2g",),
    # a text with other signs was not folded; another half may be a half
    veto=lambda text, m: not text.isascii() or any(h in text.replace("1/2g", "") for h in ("1/2", "½")),
)
MILLI_Q = Repair(
    Pattern("ocr.milligram", r"(?<=\d\s?)mq\b", ("750 mq q. i. d.",), ("mq learning",)),
    to("mg"),
    "g read as q",
    0.9,
    hints=("mq",),
)
FRENCH_DAY = Repair(
    Pattern(
        "sup.square_metre",
        r"(?<=\d\s?mg\s?/\s?)m(?:\s?/\s?J\b|(?-i:J)(?P<a>\d{1,2})\sto\sJ(?P<b>\d{1,2})\b)",
        hits=("100 mg / m / J", "3 mg / mJ1 to J5"),
        misses=("100 mg/ml", "100 mg/m2/J"),
    ),
    lambda m: f"m2, day {m['a']} to day {m['b']}" if m["a"] else "m2/day",
    "French record: J is jour, day",
    0.8,
    hints=("J",),
)
_COUNT = (
    r"(?:/\s?[lL]\b|/\s?m[lL]\b|/\s?kg\b|CFU|cfu|colony|cells?\b|viable|viral|virus|VP\b|vp\b|PFU|pfu|copies|IU\b|organisms|"
    r"bacteria|platelets|CD34|TCID|vector|leu[ck]ocytes|T\scells|parasites)"
)
POWER = Repair(
    Pattern(
        "sup.power",
        rf"(?<=\d\s?[x×*]\s?10)(?P<n>\d{{1,2}})(?=\s?{_COUNT})",
        hits=("450 × 109 CFU", "2 x 106 cells", "10 x 106 IU"),
        misses=("1 x 105 mg tablet", "5 x 10 cells"),
    ),
    to(r"^\g<n>"),
    "flattened exponent before a unit of counts",
    0.9,
    hints=Hints(texts=("x 10", "× 10", "x10", "×10", "X 10", "* 10", "*10")),
)
POWER_BARE = Repair(
    Pattern(
        "sup.power",
        r"(?<=(?<![\d.,/-])10)(?P<n>[4-9]|1[0-4])(?=\s(?:viral\sparticles|vector\sgenomes|colony[-\s]forming|plaque[-\s]forming|CFU|PFU|TCID50|EID50)\b)",
        hits=("107 viral particles",),
        misses=("107 patients", "10 CFU"),
    ),
    to(r"^\g<n>"),
    "flattened exponent before a unit of counts",
    0.85,
    hints=Hints(words="viral genomes forming cfu pfu tcid eid"),
)
TILDE_DAYS = Repair(
    Pattern("range.tilde", r"\bd(?P<a>\d{1,2})~d?(?P<b>\d{1,2})\b", ("d1~28",), ("1~28",)),
    to(r"days \g<a>-\g<b>"),
    "tilde between days",
    hints=("~",),
)
HYPHEN_STATUS = Repair(
    Pattern(
        "hyphen.status", r"(?<=[A-Z]\d)(?P<w>positive|negative)\b", ("HER2positive",), ("HER2-positive", "6positive")
    ),
    to(r"-\g<w>"),
    "hyphen lost",
    0.95,
    hints=Hints(words="positive negative", texts=tuple(f"{d}{w}" for d in range(10) for w in ("positive", "negative"))),
)
N_BARE = Repair(
    Pattern("swap.count", r"(?<=[(\s]n)\s(?=\d{1,5}(?![\d.]))", ("group (n 38) and",), ("n = 38", "an 8")),
    to(" = "),
    "equals sign lost; n and a number have no other sign between them",
    0.85,
    hints=("n ", "N "),
)
GLUED_DOSE = Repair(
    Pattern(
        "glue.dose",
        r"(?<=\b(?-i:[A-Z][a-z]{2,}))(?P<n>\d+(?:\.\d+)?)(?P<u>mg|mcg|g|ml)(?![\w])",
        hits=("Dex10mg; L-asp",),
        misses=("10mg", "CA125 mg"),
    ),
    to(r" \g<n> \g<u>"),
    "drug and dose run together",
    0.85,
)
GLUED_UNIT = Repair(
    Pattern("glue.unit", r"(?<=\d)\s?(?-i:u)/(?P<per>m2|kg|day|d|ml|L)\b", ("6000u/m2",), ("6000 U/m2", "mu/m2")),
    to(r" U/\g<per>"),
    "units written small and run together",
    0.9,
    hints=("u/",),
)


def _heading(m: Match) -> str:
    return f"\n{m['h']}: "


GLUED_HEADING = Repair(
    Pattern(
        "glue.heading",
        r"(?<=[a-z)\d]{2}[.!?])(?P<h>(?-i:Background|Objectives?|Purpose|Aims?|Introduction|Patients\sand\sMethods|Methods?|"
        r"Results?|Findings|Conclusions?|Interpretation|Discussion)):?(?=(?-i:[A-Z][a-z]|\d))",
        hits=("were assessed.ResultsEighteen patients",),
        misses=("assessed. Results: Eighteen", "Results of", "vs.Methodsx"),
    ),
    _heading,
    "heading run together with its text",
    0.95,
    hints=Hints(cue="point_letter", texts=tuple(f".{h}" for h in _HEADINGS)),
)

ALWAYS = (
    UNIT_PAIR, THREE_PLUS_THREE, N_EQUALS, LESS_O, AT_MOST_V, MICRO_A, MICRO_HALF, MILLI_Q, FRENCH_DAY, POWER, POWER_BARE,
    TILDE_DAYS, HYPHEN_STATUS, GLUED_DOSE, GLUED_UNIT, GLUED_HEADING,
)  # fmt: skip
SPUN = (UNIT_RATE, CYTOKINE, N_BARE)
PATTERNS = (
    *(r.pattern for r in (*ALWAYS, *SPUN, GRADES)), PHASES, DAYS, INTERVAL, SHARE,
)  # fmt: skip
