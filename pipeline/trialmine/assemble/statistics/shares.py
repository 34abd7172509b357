"""Percentages that are shares of people, whatever changed for them."""

from __future__ import annotations

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Article

_OF_PEOPLE = regex.compile(
    r"\s?%?(?:\s?[(\[][^()\[\]]{1,40}[)\]])?\sof\s(?:the\s|all\s|those\s|these\s|our\s)?(?:[\w-]+\s){0,2}?"
    r"(?:patients|participants|subjects|women|men|children|people|adults|infants|individuals|volunteers|adolescents|"
    r"recipients|responders|girls|boys|mothers|neonates|persons|users|smokers)\b",
    regex.IGNORECASE,
)
_CHANGE = r"(?:reduction|decrease|increase|improvement|decline|fall|drop|gain|rise|loss)s?"
_AMOUNT = r"\d[\d.]*\s?%"
# who changes by so much responds: "a ≥50% reduction in pain was reached by"
_RESPONSE = regex.compile(
    rf"(?:[≥>≧⩾]\s?|\bat\sleast\s(?:an?\s)?|\bmore\sthan\s(?:an?\s)?){_AMOUNT}\s(?:\w+\s){{0,2}}?{_CHANGE}\b"
    rf"|\b{_AMOUNT}\sor\s(?:more|greater|higher)\s(?:\w+\s)?{_CHANGE}\b"
    rf"|\b{_CHANGE}\s(?:in\s[^.;\d]{{2,40}}\s)?of\s(?:[≥>≧⩾]\s?|at\sleast\s|more\sthan\s){_AMOUNT}",
    regex.IGNORECASE,
)
_REACHED = regex.compile(
    r"\b(?:(?:achiev|reach|attain|experienc|occur|observ|report|record|obtain)\w*|(?:seen|found|noted|had|in|for|by|among)\b)",
    regex.IGNORECASE,
)
_OWN_AMOUNT = regex.compile(r"\b(?:mean|median|average)\b|\bof\s$", regex.IGNORECASE)


# "tea cut the risk of falls by 40% (3% vs 5%": the change is told, and the bracket has the shares behind it
_RISK_CHANGED = regex.compile(
    r"\b(?:risks?|odds|hazard|probability|incidence|rates?|mortality|likelihood|chance|occurrence|frequency)\b"
    rf"[^.;]{{0,90}}\bby\s(?:an?\s)?(?:\w+\s){{0,2}}{_AMOUNT}[^.;()]{{0,90}}\([^()%;]{{0,30}}(?:{_AMOUNT}[^()%;]{{1,60}})?$"
    rf"|\b{_AMOUNT}\s(?:\w+\s){{0,2}}{_CHANGE}\sin\s(?:the\s)?(?:\w+\s){{0,2}}(?:risk|odds|hazard|incidence|rate|mortality)\b"
    rf"[^.;()]{{0,90}}\([^()%;]{{0,30}}(?:{_AMOUNT}[^()%;]{{1,60}})?$",
    regex.IGNORECASE,
)
_SET_AGAINST = regex.compile(
    rf"[^();%]{{0,60}}\b(?:vs?\b\.?|versus|compared\s(?:with|to)|and)\s[^();%]{{0,30}}?{_AMOUNT}", regex.IGNORECASE
)
_SECOND = regex.compile(
    rf"{_AMOUNT}[^();%]{{0,60}}\b(?:vs?\b\.?|versus|compared\s(?:with|to)|and)\s[^();%]{{0,30}}$", regex.IGNORECASE
)


def in_bracket_of_risk(text: str, a: Candidate) -> bool:
    """Whether two shares are set against each other in the bracket behind how much a risk changed."""
    start = max(a.sentence.start, a.at - _REACH)
    paired = _SET_AGAINST.match(text, a.number_end, a.sentence.end) or _SECOND.search(text, start, a.at)
    return paired is not None and _RISK_CHANGED.search(text, start, a.at) is not None


_REACH = 300


def is_share_of_people(article: Article, a: Candidate) -> bool:
    """Whether a percentage counts people: "43% of the women", or those for whom something fell by half."""
    if a.unit == "%" and a.numerator is not None and a.dispersion is None:
        return True
    if a.unit != "%" or a.value is None or a.value < 0 or a.dispersion is not None or article.text[a.at] == "+":
        return False
    if _OF_PEOPLE.match(article.text, a.number_end, a.sentence.end) or in_bracket_of_risk(article.text, a):
        return True
    response = _RESPONSE.search(article.text, a.sentence.start, a.at)
    if response is None:
        return False
    since = (article.text, response.end(), a.at)
    return _REACHED.search(*since) is not None and _OWN_AMOUNT.search(*since) is None
