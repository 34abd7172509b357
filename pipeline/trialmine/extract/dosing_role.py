"""Cues that give a dose its role: loading, maintenance, starting, maximum, MTD, recommended, reduced, escalation."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.occurrences import occurrences
from trialmine.lexicon.pattern import Pattern
from trialmine.records.article import Article, Mention
from trialmine.records.vocabulary import DosingRole

# the dose that was tolerated is told where it was found, not where it lies above all that were tried
_FOUND = r"(?![^.;]{0,60}\b(?:not|never|had|was\snot)\s(?:yet\s)?(?:been\s|be\s)?(?:reached|determined|established|identified|defined|found|attained)\b)"

PATTERNS = (
    Pattern("dosing_role.loading", r"""\bloading(?:[\s-]doses?)?\b|\bbolus(?=[^.;]{0,60}(?:infusion|maintenance))|\bbolus\sof\b|\binitial\s(?:bolus|loading)\b""",
            hits=("a loading dose of 300 mg", "a bolus of 1 mg/kg followed by infusion"), misses=("downloading", "a single bolus")),
    Pattern("dosing_role.maintenance", r"""\bmaintenance\b|\bmaintained\s(?:with|at|on|by)\b|\bthen\smaintained\b""",
            hits=("maintenance dose of 75 mg", "anesthesia was maintained with"), misses=("maintain",)),
    Pattern("dosing_role.starting", r"""\b(?:starting|initial)\s(?:dose|dosage|daily\sdose)s?\b|\b(?:started|beginning|began|begun|initiated|commenced|starting)\s(?:on|at|with|from)\b(?!\s(?:the\s)?(?:day|week|month|cycle|first|visit))|\binitially\b""",
            hits=("starting dose 5 mg", "initiated at 10 mg", "the first cohort began at 2 mg"), misses=("the start",)),
    Pattern("dosing_role.maximum", r"""\bmaxim(?:um|al)\s(?:daily\s|permitted\s|allowed\s|total\s)?(?:dose|dosage)\b|\bmax\.?\s(?:dose)?\b|\b(?:titrated|increased|escalated|uptitrated|up-titrated)\sup\sto\b|\bup\sto\s(?:a\s)?maximum\b|(?<=(?:/kg|kilogram|weight|/m2)\s?[,(]\s?)up\sto(?=\s\d)|\bmaximum(?:\sof)?(?=\s\d)(?!(?:\sof)?\s\d+[\s-](?:hours?|days?|weeks?|months?|years?|cycles?|courses?|doses?|injections?|infusions?)\b)""",
            hits=("a maximum dose of 40 mg", "8 mg/kg, up to 800 mg", "titrated up to 4 mg", "maximum 2 mg"), misses=("up to 12 weeks", "a maximum of 6 weeks", "maximum 4 cycles")),
    Pattern("dosing_role.maximum_tolerated", rf"""(?:\bmaxim(?:um|al)(?:ly)?[\s-]tolera(?:ted|ble)\s(?:dos(?:e|age)s?|levels?)\b|\b(?-i:MTDs?)\b){_FOUND}""",
            hits=("the MTD was 30 mg", "the maximally tolerated dose of it"), misses=("maximum dose", "the MTD of it was not reached at 30 mg", "before an MTD had been reached")),
    Pattern("dosing_role.recommended", r"""\brecommended\s(?:phase\s(?:2|II|3|III)\s)?(?:starting\s)?dos(?:e|ing|age)s?\b|(?<!\b(?:group|arm|cohort)s?\s)\b(?-i:RP[23]D|RPIID|RPTD|RP2Ds|RDE|RD(?=\s(?:was|is|were|of|for|at)\b|\s?[:=]\s?\d))\b|\brecommended\sfor\s(?:phase|further)\b
            |\b(?:(?:is|are|was|were|be|as)\s(?:an?\s|the\s)?(?:most\s|clinically\s)?|the\s(?:most\s|clinically\s)?)(?:optimal|optimum|appropriate|adequate|preferred)\s(?:\w+\s){0,2}(?:dos(?:e|age)s?\b|for\b)""",
            hits=("recommended phase II dose", "RP2D was 5 mg", "2 mg is a clinically optimal dose", "the RD was 5 mg"), misses=("recommended diet", "5 mg (group RD, n = 9)", "RD and RX groups")),
    Pattern("dosing_role.reduced", r"""\b(?:reduced|decreased|lowered)\sto\b|\breduced\sdose\b|\bdose\sreduction\sto\b""",
            hits=("reduced to 5 mg",), misses=("reduced pain",)),
    Pattern("dosing_role.escalation_level", r"""\bescalat(?:ed|ing|ion)\b|\bdose\s(?:levels?|cohorts?)\b|\b(?:increased|titrated)\sto\b|\btitration\b|\bascending\sdoses?\b""",
            hits=("escalating doses of", "dose level 2", "increased to 20 mg"), misses=("elevated",)),
)  # fmt: skip

_ROLES: dict[str, DosingRole] = {
    "dosing_role.loading": "loading",
    "dosing_role.maintenance": "maintenance",
    "dosing_role.starting": "starting",
    "dosing_role.maximum": "maximum",
    "dosing_role.maximum_tolerated": "maximum_tolerated",
    "dosing_role.recommended": "recommended",
    "dosing_role.reduced": "reduced",
    "dosing_role.escalation_level": "escalation_level",
}
# "600 mg LD", where a text has said what LD is
_SHORT: dict[str, DosingRole] = {"loading dose": "loading", "maintenance dose": "maintenance"}
_WORD_BEFORE, _WORD_BEHIND = regex.compile(r"(?<![\w-])"), regex.compile(r"(?![\w-])")


def extract_dosing_roles(article: Article) -> Iterator[Mention]:
    """Role cues; linking gives each to the dose behind it."""
    for pattern in PATTERNS:
        for m in pattern.find(article.text):
            yield Mention("dosing_role", m.start(), m.end(), pattern.name, _ROLES[pattern.name])
    for short, long in article.abbreviations.items():
        role = _SHORT.get(" ".join(long.lower().split()).removesuffix("s"))
        if role is not None:
            for start, end in occurrences(article.text, short, before=_WORD_BEFORE, behind=_WORD_BEHIND):
                if article.text[start - 1 : start] != "(":
                    yield Mention("dosing_role", start, end, f"dosing_role.{role}", role)
