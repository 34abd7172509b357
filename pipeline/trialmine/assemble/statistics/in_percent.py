"""What is itself measured in percent: haemoglobin A1c, ejection fractions, predicted volumes."""

from __future__ import annotations

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Article

_IN_PERCENT = regex.compile(
    r"\b(?:HbA\(?1c?\)?|A1C|glycated|glycosylated|ha?ematocrit|ejection\sfraction|LVEF|saturation|SpO2|SaO2|body\sfat|FMD|flow-mediated\s(?:vaso)?dilat\w+|packed\scell\svolume|"
    r"FEV\(?1\)?|predicted|fractional\sshortening)\b",
    regex.IGNORECASE,
)
# "HbA1c < 7.0% was reached by 40%": people again; "in those with HDL < 40 LVEF fell" bounds something else
_SHARE_OF_PEOPLE = regex.compile(
    r"(?<!\bP\s?)[<>≤≥]|\b(?:patients|participants|subjects|proportions?|percentages?|rates?|achiev|reach|attain|target|below|goal)",
    regex.IGNORECASE,
)
_PEOPLE = regex.compile(r"\b(?:proportions?|percentages?|rates?|achiev|reach|attain)", regex.IGNORECASE)


def measured_in_percent(article: Article, a: Candidate) -> bool:
    """Whether what the number is of is itself a percentage, as haemoglobin A1c is, and no share of people."""
    if a.unit != "%" or a.numerator is not None:
        return False
    named = _IN_PERCENT.search(article.text, a.sentence.start, a.at)
    if named is None or _PEOPLE.search(article.text, a.sentence.start, named.start()):
        return False
    return _SHARE_OF_PEOPLE.search(article.text, named.start(), a.number_end + 40) is None


_OF_PERCENT = regex.compile(
    r"(?:\bpercent(?:age)?|\bper\scent|%)\s(?:\w+\s)?(?:change|increase|decrease|reduction|improvement)",
    regex.IGNORECASE,
)


def states_points(article: Article, a: Candidate) -> bool:
    """Whether a change in percent is one of points: of what is itself a percentage, when nothing calls it relative."""
    if a.unit != "%" or _OF_PERCENT.search(article.text, a.sentence.start, a.at):
        return False
    return (
        measured_in_percent(article, a)
        or _IN_PERCENT.search(article.text, max(a.sentence.start, a.at - 120), a.at) is not None
    )
