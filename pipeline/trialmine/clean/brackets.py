"""Brackets of which one half was dropped, closed again around an abbreviation, a count or a P value."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialmine.clean.repair import Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern
from trialmine.records.document import Edit

_CONTENT = (
    r"(?:(?-i:(?![IVX]+\b)[A-Z][A-Za-z0-9-]{1,9})|n\s?=\s?\d{1,6}|p\s?[=<>≤≥]\s?0?\.\d{1,6}|"
    r"\d{1,5}(?:\.\d{1,3})?\s?(?:mg|mcg|[μµ]g|g|ml|mL|%)|\d{1,4}/\d{1,4}"
    r"|(?:group|arm|study)\s(?:\d|[A-D]|I{1,3})(?=[,;)]|\.\s))"
)
OPENED = Pattern(
    "bracket.close",
    rf"\((?P<c>{_CONTENT})(?=[\s,;:]|\.(?:\s|$))(?!:?\s(?:vs?\b|versus\b|\d|[=<>])|(?<=%)\s(?:of|to)\b)",
    hits=("lifestyle change (ILS with", "group (n=32 and"),
    misses=("change (ILS) with", "(some words", "(HR 0.90; 95% CI", "(68% vs 60%)", "(Group 1: 20 mg)"),
)
CLOSED = Pattern(
    "bracket.open",
    rf"(?<=\s)(?P<c>(?<!\d\s){_CONTENT}|(?<=\d\s)(?P<spread>\d+(?:\.\d+)?))(?=\))",
    hits=("estrogen n=382) in", "sodium EC-MPS) versus", "change was 23 9) and"),
    misses=("estrogen (n=382) in", "of words) in", "at first, II) water", "and 73 DOX) were"),
)
LIMITS = Repair(
    Pattern(
        "bracket.limits",
        r"(?<=\bCI\s?[=:]\s?)(?P<a>-?\d+(?:\.\d+)?),\s(?P<b>-?\d+(?:\.\d+)?)(?=[,;]|\.(?:\s|$)|\s[a-z])",
        hits=("95 % CI = -17.29, -0.71, LDL",),
        misses=("95% CI = [0.5, 10.5]", "95% CI 0.5, 10.5", "(95% CI = 0.5, 10.5)"),
    ),
    to(r"[\g<a>, \g<b>]"),
    "brackets of a confidence interval lost",
    0.8,
    hints=Hints(words="ci"),
)
# "83.5% 71/85": the count makes the percentage, so it stood in brackets behind it
COUNT = Pattern(
    "bracket.count",
    r"(?<![\d.])(?P<p>\d{1,3}(?:\.\d{1,2})?)\s?%\s(?P<c>(?P<n>\d{1,5})/(?P<of>\d{1,5}))(?![\d/)])",
    hits=("achieved 83.5% 71/85 and",),
    misses=("83.5% (71/85)", "71/85 (83.5%)"),
)
NAME = Pattern(
    "bracket.abbreviation",
    r"(?P<long>\b(?:[a-z]{3,}[\s-]){1,4})(?P<short>(?-i:[A-Z][A-Z0-9]{1,6}))(?=[\s,;.](?!\d))",
    hits=("follicle stimulating hormone FSH levels",),
    misses=("hormone (FSH) levels",),
)
PATTERNS = (OPENED, CLOSED, LIMITS.pattern, COUNT, NAME)
_CUT_NUMBER = re.compile(r"\d\.\s\d|[=<>–-]\s?0\s\d|\b\d\s\d{1,2}\s?[-–%]")
_SENTENCE_END = re.compile(r"[.?!]\s(?=[A-Z])")
_REACH = 250  # a bracket whose partner does not stand within so many characters has none


def halves(text: str) -> Iterator[Edit]:
    """Puts back the missing half. Only the bracket is supplied, its content stands in the text."""
    if "(" in text:
        for m in OPENED.find(text):
            if not _closes(_SENTENCE_END.split(text[m.end() : m.end() + _REACH], maxsplit=1)[0], "()"):
                last = m.end() - 1
                yield Edit(
                    last, m.end(), text[last], text[last] + ")", OPENED.name, 0.75, "half of the brackets is lost"
                )
    if ")" in text:
        no_points = _CUT_NUMBER.search(text) is not None
        for m in CLOSED.find(text):
            if m["spread"] and no_points:  # "80 1)" may be 80.1
                continue
            if not _closes(_SENTENCE_END.split(text[max(0, m.start() - _REACH) : m.start()])[-1][::-1], ")("):
                at = m.start() - 1
                yield Edit(at, m.start(), text[at], text[at] + "(", CLOSED.name, 0.75, "half of the brackets is lost")


def counts(text: str) -> Iterator[Edit]:
    """Brackets around the count behind the percentage that it makes."""
    for m in COUNT.find(text) if "%" in text else ():
        places = len(m["p"].partition(".")[2])
        if int(m["of"]) >= 5 and abs(100 * int(m["n"]) / int(m["of"]) - float(m["p"])) <= 0.5 * 10**-places + 1e-9:
            yield Edit(
                m.start("c"), m.end("c"), m["c"], f"({m['c']})", COUNT.name, 0.85,
                f"{m['c']} is {m['p']} %, so it stood in brackets",
            )  # fmt: skip


def names(text: str) -> Iterator[Edit]:
    """Brackets around an abbreviation, where it first stands, right behind the words whose initials it is."""
    seen: set[str] = set()
    for m in NAME.find(text):
        short = m["short"]
        if short in seen or f"({short}" in text or not text[m.start() : m.start("short")].islower():
            continue
        seen.add(short)
        if text.find(short) == m.start("short") and _abbreviates(short.lower(), m["long"].replace("-", " ").split()):
            yield Edit(
                m.start("short"), m.end("short"), short, f"({short})", NAME.name, 0.75,
                "abbreviation behind its words, without its brackets",
            )  # fmt: skip


def _abbreviates(short: str, words: list[str]) -> bool:
    """The initials of the last words, or the beginning of the last word."""
    initials = "".join(w[0] for w in words[-len(short) :])
    return initials == short or (len(short) >= 3 and words[-1].startswith(short))


def _closes(ahead: str, pair: str) -> bool:
    """Does `ahead` hold the partner of a bracket that stands before it? Brackets inside brackets are passed over."""
    depth = 1
    for c in ahead:
        if c in pair:
            depth += 1 if c == pair[0] else -1
            if depth == 0:
                return True
    return False
