"""Strength times count: "two 5 mg tablets", "2 x 150 mg", "160/4.5 ug, two inhalations"."""

from __future__ import annotations

import regex

from trialmine.normalise.dose_number import dose_number

_MULTIPLIER = regex.compile(
    r"(?<![\w.])(?P<n>\d{1,2}|one|two|three|four|five|six|eight|ten|twelve)(?P<times>\s?[x×*])?[\s-]{0,2}$",
    regex.IGNORECASE,
)
# "160/4.5 ug, two inhalations"; behind a bracket tablets often only count out the dose: "10 mg (two tablets)"
_COUNT_BEHIND = regex.compile(
    r"(?P<gap>\s?[,;]?\s?\(?)(?:given\s|taken\s|as\s){0,2}(?P<n>\d{1,2}|one|two|three|four|five|six|eight)\s"
    r"(?:(?P<breath>inhalations?|puffs?|actuations?|sprays?)|(?:tablets?|capsules?|pills?|caplets?|softgels?|sachets?))\b(?!\sof\b)",
    regex.IGNORECASE,
)
_UNIT_FORM = regex.compile(
    r"[\s-]{0,2}(?:[^\W\d][\w-]*\s){0,4}?(?:tablets?|capsules?|pills?|caplets?|softgels?|puffs?|vials?|patches|lozenges?|inhalations?|sprays?"
    r"|sachets?)\b",
    regex.IGNORECASE,
)


_DAILY = regex.compile(
    r"(?!\s?(?:at\s|in\sthe\s|once\b|every\s))(?:[^.;()]|\([^()]*\)){0,120}?\b(?:daily|(?:a|per|each|every)\sday)\b|\sfor\s\d{1,2}\s(?:days|weeks)\b",
    regex.IGNORECASE,
)


def times_daily(text: str, span: tuple[int, int], code: str) -> tuple[float, int] | None:
    """How often a day an amount was given ("3 x 500 mg daily"), and where these words begin."""
    m = _MULTIPLIER.search(text, max(0, span[0] - 10), span[0])
    n = dose_number(m["n"], "") if m and m["times"] else None
    if m is None or not n or _UNIT_FORM.match(text, span[1]):
        return None
    return (n, m.start()) if code.endswith("/d") or ("/" not in code and _DAILY.match(text, span[1])) else None


def counted_before(text: str, values: list[float], start: int, end: int) -> tuple[list[float], int]:
    """The amount at start:end times the count before it, and where the count begins ("two 5 mg tablets")."""
    m = _MULTIPLIER.search(text, max(0, start - 10), start)
    n = dose_number(m["n"], "") if m else None
    if m and n and (m["times"] or _UNIT_FORM.match(text, end)):
        return [round(values[0] * n, 6)], m.start()
    return values, start


def counted_behind(text: str, values: list[float], end: int) -> tuple[list[float], int]:
    """The strengths that end at `end` times the count behind them, and where it ends ("5 mg, two tablets")."""
    m = _COUNT_BEHIND.match(text, end)
    n = dose_number(m["n"], "") if m else None
    if m is None or not n:
        return values, end
    in_brackets, listed = "(" in m["gap"], m["gap"].strip() != ""
    if (in_brackets and len(values) == 1) or (m["breath"] is None and (in_brackets or not listed)):
        return values, end
    return [round(v * n, 6) for v in values], m.end()
