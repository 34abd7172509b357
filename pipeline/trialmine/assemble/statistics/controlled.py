"""Amounts that tell by how much a group differs from the control group."""

from __future__ import annotations

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Article

_SUBTRACTED = regex.compile(r"\b(?:placebo|sham|control)[\s-](?:subtracted|adjusted|corrected)\b", regex.IGNORECASE)
_EFFECT = regex.compile(
    r"\b(?:effect|benefit|improvement|advantage)\b[^.;]{0,60}\b(?:versus|vs\.?|over|compared\s(?:with|to)|relative\sto)\s(?:the\s)?(?:placebo|control|sham)\b[^.;]{0,12}$",
    regex.IGNORECASE,
)
# "65 kcal more than placebo", "a 65 kcal increase as compared to the controls"
_THAN_CONTROL = regex.compile(
    r"\s(?:\w+ly\s)?(?:(?:higher|lower|greater|less|more|fewer|longer|shorter)(?:\s[\w-]+){0,3}?\s(?:than|compared\s(?:with|to)|relative\sto)"
    r"|(?:increase|decrease|reduction|rise|improvement)\s(?:in\s[\w\s-]{2,40}?)?(?:as\s)?(?:compared\s(?:with|to)|relative\sto|versus|vs\.?|over))"
    r"\s(?:(?:that|those)\s(?:of|in|with)\s)?(?:the\s|a\s)?(?:placebo|controls?|sham|untreated|comparator|vehicle)\b",
    regex.IGNORECASE,
)


def exceeds_control(article: Article, a: Candidate) -> bool:
    """Whether the words behind an amount say that it is by how much it differs from the control group."""
    plain = a.value is not None and a.unit not in (None, "%") and a.numerator is None
    return plain and _THAN_CONTROL.match(article.text, a.number_end, a.sentence.end) is not None


def is_subtracted(article: Article, a: Candidate) -> bool:
    """ "the placebo-subtracted change": what the control group had is taken off; a share of people has none."""
    if a.numerator is not None or (a.unit == "%" and a.dispersion is None and a.ci is None):
        return False
    return _SUBTRACTED.search(article.text, a.sentence.start, a.at) is not None


def is_effect(article: Article, a: Candidate) -> bool:
    """ "the benefit over placebo was 22.5 m (95% CI 4 to 41)"."""
    return a.ci is not None and _EFFECT.search(article.text[a.sentence.start : a.at]) is not None
