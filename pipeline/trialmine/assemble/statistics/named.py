"""Measures that the words right before or behind a number name: effect sizes, slopes, times as great, rates."""

from __future__ import annotations

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.ratios import said_ratio
from trialmine.records.article import Article
from trialmine.records.vocabulary import Measure

# numbers of a list that stand before this one, with their P
_EARLIER = r"(?:[^.;\p{L}]|(?<=\d)\.(?=\d)|\b(?:and|[pP]|n|mL|mm|kg|Hg|g|L)\b){0,60}"
# effect sizes, kappa and slopes ("Cohen's d was 0.4") have no measure of their own
_STANDARDISED = regex.compile(
    r"(?:\b(?:effect\ssizes?|(?-i:ESs?)|Cohen['’]?s?\sd|Hedges['’]?s?\sg|kappa|beta)(?:\s(?:coefficients?|values?|statistics?))?"
    r"\s?[(\[]?\s?(?:of|was|were|is|=|:|,)?|(?:(?<![\w/])(?-i:d|g|β|κ)|\b(?-i:b|B))\s?[=:])\s?$",
    regex.IGNORECASE,
)
_DIFFERENCES_WERE = regex.compile(
    r"\b(?:mean|adjusted|treatment|(?-i:LSM?)|squares?|[\w]+-placebo)\s(?:\([^()]{1,15}\)\s)?differences?\s(?:\([^()]{1,20}\)\s)?"
    r"(?:(?:from|versus|vs\.?|over|to)\s(?:[^.;]|(?<=\d)\.(?=\d)){2,100}?\s)?(?:was|were|of)\s" + _EARLIER + "$",
    regex.IGNORECASE,
)
# average treatment effects, and net reductions: what the control group had is taken off
_EFFECT_WAS = regex.compile(
    r"(?:\b(?:average\streatment\seffects?(?:\s\((?-i:ATE)\))?|(?-i:ATEs?)|differences?\sin\smeans)\s?(?:of|was|were|is|=|:)?\s?"
    r"|\bnet\s(?:reduction|decrease|increase|change)s?\s(?:in|of)\s(?:[^.;]|(?<=\d)\.(?=\d)){2,100}?\s(?:was|were|of|at|by)\s"
    + _EARLIER
    + ")$",
    regex.IGNORECASE,
)
# how well a test tells the ill, and shares of people that responded
_OF_A_TEST = r"(?:sensitivit(?:y|ies)|specificit(?:y|ies)|(?-i:PPVs?|NPVs?)|predictive\svalues?|diagnostic\saccuracy)"
_SHARE_BEFORE = regex.compile(
    rf"\b{_OF_A_TEST}\b(?:[^.;]|(?<=\d)\.(?=\d)){{0,90}}$"
    r"|\brespon(?:ses?|ders?)(?:\srates?)?\s(?:was|were)\s" + _EARLIER + "$",
    regex.IGNORECASE,
)
_SHARE_BEHIND = regex.compile(rf"\s{_OF_A_TEST}\b", regex.IGNORECASE)
_ABSOLUTE_BEHIND = regex.compile(
    r"\s?absolute\s(?:risk\s)?(?:reduction|increase|decrease|difference|improvement|benefit)\b", regex.IGNORECASE
)
# "failures per 1000 hours" or an annualised rate, said before the numbers
_RATE_BEFORE = regex.compile(
    r"\b(?:rates?|incidence)\b[^.;()\d]{0,30}\bper\s(?:1[0, ]*\s?)?(?:[\w-]+[\s-]){0,2}?"
    r"(?:years?|months?|days?|hours?)\b"
    r"(?:[^.;]|(?<=\d)\.(?=\d)){0,90}$"
    r"|\bannuali[sz]ed\s(?:\w+\s){0,2}rates?\b[^.;\d]{0,50}(?:\d[\d.]*\s(?:vs\.?|versus|and)\s)?$",
    regex.IGNORECASE,
)
# "the annualised rate of attacks was 0.4 (95% CI …) with tea versus 0.9": limits or a group may stand between
_ANNUAL_RATE_WAS = regex.compile(
    r"\bannuali[sz]ed\s(?:\w+\s){0,2}rates?\s(?:of\s[^.;\d()]{2,60}?\s)?(?:was|were)\s(?:[^.;]|(?<=\d)\.(?=\d)){0,120}$",
    regex.IGNORECASE,
)


def named_measure(article: Article, a: Candidate) -> Measure | None:
    """The measure that the words beside a plain number name, if they do."""
    if a.value is None or a.numerator is not None:
        return None
    text, start = article.text, a.sentence.start
    near = text[max(start, a.at - 160) : a.at + (text[a.at] == "=")]
    if a.unit is None and _STANDARDISED.search(near):
        return "other"
    if ratio := said_ratio(text, a):
        return ratio
    if a.unit == "%":
        return _named_share(text, a, near)
    if _DIFFERENCES_WERE.search(near) or _EFFECT_WAS.search(near):
        return "mean_difference"
    timed = a.unit is None or a.unit.startswith("/")
    annual = a.label is None and _ANNUAL_RATE_WAS.search(near)
    plain = a.ci is None and a.dispersion is None and _RATE_BEFORE.search(near)
    return "rate" if timed and (annual or plain) else None


# by how much fewer of those who were vaccinated fell ill
_EFFICACY = regex.compile(
    r"\b(?:vaccine|protective|prophylactic|preventive)(?:['’]s)?\s(?:efficac(?:y|ies)|effectiveness|efficiency)\b"
    r"|\b(?:efficacy|effectiveness)\sof\s(?:the\s|an?\s|one\s|two\s|three\s)?(?:[\w-]+\s){0,4}?(?:vaccin\w+|doses?|microbicide|ring|gel)\b"
    r"|\b(?:efficacy|effectiveness)\s(?:against|in\spreventing|for\sthe\sprevention)\b|(?-i:\bVE\b)",
    regex.IGNORECASE,
)
_EFFICACY_IS = regex.compile(
    r"(?:[^.;]|(?<=\d)\.(?=\d)){0,90}?(?:\b(?:was|were|of|is|reached|at)\s|[=:,(]\s?)[^.;%]{0,24}", regex.IGNORECASE
)
_GROUP_BEHIND = regex.compile(
    r"\s?%?[)\]]?\s(?:in|of|with|for|among)\s(?:the\s)?(?:[\w-]+\s){0,3}(?:groups?|arms?|recipients|participants|patients)\b",
    regex.IGNORECASE,
)


def is_efficacy(text: str, a: Candidate) -> bool:
    """ "vaccine efficacy was 84.7% (95% CI": no share of anybody, but what both groups together tell."""
    if a.unit != "%" or a.value is None or a.numerator is not None or a.dispersion is not None:
        return False
    since = max(a.sentence.start, a.at - _FAR)
    told = list(_EFFICACY.finditer(text, since, a.at))
    if not told or _GROUP_BEHIND.match(text, a.number_end):
        return False
    return a.ci is not None or _EFFICACY_IS.fullmatch(text, told[-1].end(), a.at) is not None


_FAR = 200  # characters from the name of an efficacy to one of its amounts


def _named_share(text: str, a: Candidate, near: str) -> Measure | None:
    if a.dispersion is not None:
        return None
    if _ABSOLUTE_BEHIND.match(text, a.number_end):
        return "risk_difference"
    if is_efficacy(text, a):
        return "other"
    return "proportion" if _SHARE_BEFORE.search(near) or _SHARE_BEHIND.match(text, a.number_end) else None


_RATIO_OF_MEANS = regex.compile(r"\b(?:geometric\smeans?\sratios?|(?-i:GMRs?))\b", regex.IGNORECASE)
# "the geometric mean ratio of 10 mg to 5 mg was": the amounts are no ratios
_RATIO_OF_MEANS_IS = regex.compile(
    rf"{_RATIO_OF_MEANS.pattern}(?:[^.;]|(?<=\d)\.(?=\d)){{0,70}}\s(?:was|were)\s$", regex.IGNORECASE
)


def is_ratio_of_means(a: Candidate, before: str) -> bool:
    """Whether the words before a number in its sentence call it a ratio of geometric means."""
    if a.label == "ratio" and _RATIO_OF_MEANS.search(before[-60:]):
        return True
    return a.unit is None and _RATIO_OF_MEANS_IS.search(before[-110:]) is not None
