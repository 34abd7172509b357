"""Ratios that words behind a number name, or words far before it: "2.5 times more", "hazard ratios … were"."""

from __future__ import annotations

from typing import cast

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.lexicon.search import Search
from trialmine.records.vocabulary import Measure

_RISKS: tuple[tuple[regex.Pattern[str], Measure], ...] = (
    (regex.compile(r"\bhazards?\b(?:[^.;()\d]|(?<=\d)\.(?=\d)){0,90}$", regex.IGNORECASE), "hazard_ratio"),
    (regex.compile(r"\bodds\b(?:[^.;()\d]|(?<=\d)\.(?=\d)){0,90}$", regex.IGNORECASE), "odds_ratio"),
)
# "2.5 times more", "1.3- and 1.4-fold": a ratio, and of what the words behind it may say
_TIMES = Search(
    r"[\d.·]+(?:\s?-?\s?(?:,|,?\s?(?:and|or|to|vs\.?|versus)|/|[-–])\s?[\d.·]+){0,4}"
    r"(?:\s?[-‐–‑]?\s?fold\b|\stimes\s(?:\w+ly\s)?(?:greater|higher|lower|less|more|fewer|larger|smaller|longer|shorter|faster|slower"
    r"|increased?|decreased?|reduced|reduction|as|the|that|those)\b)(?:[^.;,()\d]{0,30}?\b(?P<risk>hazard|odds|risk|rate)s?\b)?",
)


def said_ratio(text: str, a: Candidate) -> Measure | None:
    """The ratio that a number without unit is, where the words around it say so."""
    if a.unit is not None or a.value is None:
        return None
    if a.label == "risk_difference" and _is_adjusted_ratio(text, a):
        return "risk_ratio"
    times = _TIMES.first(text, a.at, min(a.sentence.end, a.number_end + _BEHIND))
    if times and times.start() < a.number_end:
        return _ratio_of(times, text[max(a.sentence.start, a.at - _BEFORE) : a.at])
    return _ratio_said_before(text, a)


_BEHIND, _BEFORE = 80, 160  # characters
_ADJUSTED = regex.compile(r"(?-i:\bARRs?)[\s:=,]{0,3}$")


def _is_adjusted_ratio(text: str, a: Candidate) -> bool:
    """ "ARR 0.83 (95% CI 0.66 to 1.06)": no reduction, which is a percentage, but an adjusted ratio."""
    positive = a.unit is None and a.ci is not None and a.ci.low > 0 and (a.value or 0) <= _LARGEST_RATIO
    return positive and _ADJUSTED.search(text, a.sentence.start, a.at) is not None


_LARGEST_RATIO = 20
_RATIO_SAID = regex.compile(
    r"\b(?:(?P<hazard>hazards?\sratios?|(?-i:a?HRs?))|(?P<odds>odds\sratios?|(?-i:a?ORs?))|(?P<risk>risk\sratios?|relative\srisks?|(?-i:a?RRs?))"
    r"|(?P<rate>rate\sratios?|(?-i:a?[IM]RRs?))"
    r"|(?P<other>means?|medians?|averages?|differences?|(?-i:GM[TCR]s?|SMD|MD|LS|NN[TH]s?)|numbers?\sneeded|coefficients?|sensitivity|AUC|rates?))\b",
    regex.IGNORECASE,
)
_FAR_AHEAD = 200


def _ratio_said_before(text: str, a: Candidate) -> Measure | None:
    """ "hazard ratios (tea versus water) for death and relapse were 1.3 (95% CI 1.1 to 1.5) and": named far ahead."""
    if a.label is not None or a.ci is None or not a.value or not 0 < a.ci.low <= a.value <= a.ci.high or a.dispersion:
        return None
    said = list(_RATIO_SAID.finditer(text, max(a.sentence.start, a.at - _FAR_AHEAD), a.at))
    last = said[-1].lastgroup if said else _of_pair_before(text, a)
    return None if last == "other" else cast("Measure", f"{last}_ratio")


# "(hazard ratio 0.83 [0.74-0.93]) … 74% with tea and 76% with water (0.94 [0.86-1.02]": not named again
_BEHIND_SHARES = regex.compile(
    r"\d\s?%[^%;()\[\]]{0,60}\s?[(\[]\s?$|%[)\]][^%;()\[\]\d]{0,60}(?:of\s\d+)?[^%;()\[\]\d]{0,60}\s?[(\[]\s?$"
)
_SHARES = 2


def _of_pair_before(text: str, a: Candidate) -> str:
    """What the ratio is called that the text named last, where two shares stand before a bracket that opens with it."""
    before = text[a.sentence.start : a.at]
    if a.unit is not None or before.count("%") < _SHARES or not _BEHIND_SHARES.search(before):
        return "other"
    said = [m.lastgroup or "other" for m in _RATIO_SAID.finditer(text, 0, a.sentence.start)]
    named = [name for name in said if name != "other"]
    return named[-1] if named else "other"


def _ratio_of(times: regex.Match[str], near: str) -> Measure:
    """Which ratio the words behind "2.5 times" or, of hazards and odds, those before it name."""
    if times["risk"]:
        return cast("Measure", f"{times['risk'].lower()}_ratio")
    return next((measure for risk, measure in _RISKS if risk.search(near)), "ratio")
