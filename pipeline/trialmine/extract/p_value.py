"""P values: "P<.001", "p = 0·05", "P-values of 0.03 and 0.2", "P for trend less than 0.05"."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.number import number
from trialmine.normalise.signed_number import COMPARATOR_SIGN, COMPARATOR_WORD, DECIMAL, comparator, signed_number
from trialmine.records.article import Article, Mention
from trialmine.records.trial import PValue

_POWER = r"10\s*(?:\^|\*\*|exp)?\s*(?:\(\s?[-−–]\s?\d{1,3}\s?\)|[-−–]\s?\d{1,3})(?![\d.·])"
_TIMES = r"\s*[x×*✕⨯∙·⋅•.]\s*"
_VALUE = rf"(?:(?:[1-9](?:[.·]\d+)?{_TIMES})?{_POWER}|{DECIMAL}(?:{_TIMES}{_POWER}|e[-−–]\d{{1,3}})?)"
_UNIT_BEHIND = r"\s?(?:%|(?:k?g|m[gmL]|c?m|m?L|h|min)\b)"
_OF_WHAT = (
    r"(?:interaction|trend|het(?:erogeneity)?|adj(?:usted)?|corr(?:ected)?|unadj(?:usted)?|groups?|time|treatment|overall|between|within"
    r"|baseline|diff(?:erence)?|non-?inferiority|superiority|log-?rank|linear|lifestyle|anova|ancova|ANOVA|ANCOVA|GEE)"
)
_LOWERED = (
    rf"(?-i:(?:(?<=P)(?:[A-Z][a-z]{{2,}}|[a-z]{{4,12}}(?=\s?[*×]))|_?{_OF_WHAT})(?:\s?[*×:]\s?[A-Za-z]{{2,12}})?)"
)
P_VALUE = Pattern(
    "p_value.stated",
    rf"""
    (?: (?<![\w.'’-])(?<!(?<!\d)/) | (?<=(?<![\w.])2) )              # "2p" is of two sides
    (?-i:[Pp]['’]?s?)                                  # a lone p; "Ps" and "P's" are plurals
    (?: {_LOWERED} (?= \s*[=<>≤≥]\s*0?[.·]\d ) )?                      # "PWater", "Pgroup*time"
    (?: [\s=-]* (?:\(\s*)? values?
        | [\s_-]* [(\[]?(?:trend|interaction|heterogeneity|log[\s-]?rank|adj(?:usted)?)[)\]]? )?
    (?: \s? [(\[]? (?:(?:one|two|1|2)[\s-](?:sided|tailed)|exact|nominal) [)\]]? )?
    \s*\)?
    (?: \s* for \s (?:all|both|each|trend|interaction|heterogeneity|non-?inferiority|superiority
        |difference|comparison)s?
        (?:\s+comparisons?)? )?                                       # "P for trend = .02"
    (?: \s (?:for|of) \s (?:[\w-]+\s){{0,3}}[\w-]+ (?=\s?[=<>≤≥]\s?0?[.·]\d) )?  # "P for sex-by-time = .02"
    \s* (?: (?:is|was|were|are|of|being|all|both) \s+ )?
    [\s,:]* (?: =\s* (?=[<>≤≥]) )? (?P<comparator> {COMPARATOR_SIGN} | {COMPARATOR_WORD}
        | (?<=[:f]\s?|values?\s?|was\s|were\s|P\s|,\s)(?=\s?0?[.·]\d|\s?0\b) )
    (?: \s+ (?:or\s+equal\s+to|to) )? \s*
    (?P<values> {_VALUE}
        (?: \s*(?:,\s*(?:and\s)?|and\s|&\s?|or\s) \s* {COMPARATOR_SIGN}?\s? (?=0?[.·]\d) {_VALUE}
            (?![\d.·]*(?:{_UNIT_BEHIND}|\s?[A-Za-z/]{{0,8}},?\s?[(\[]?\s?p\s?[=<>≤≥])) ){{0,11}} )
    """,
    hits=("longer (P<.001)", "p = 0·05", "a P-value less than 0.05", "p-values: 0.34, 0.23, and 0.32",
          "P for trend = .02",
          "P values of 0.002, 0.0001 and 0.4", "(log-rank P = . 0489)", "(PWater < 0.001)",
          "P for tea-by-time interaction = 0.04", "(P = <0.01)", "p [adjusted] = 0.6", "Pgroup*time < 0.01",
          "pANOVA = 0.2", "(P = value = 0.03)", "P (two-sided) = 0.03", "p=0.008/p=0.11", "(2p = 0.006)"),
    misses=("PaCO2 = 40 mm", "Pressure = 0.3", "P = NS", "type p53 mutations", "the 12 pupils", "group P 3"),
)  # fmt: skip
PATTERNS = (P_VALUE,)

_LISTED = rf"{_VALUE}(?:\s*(?:,\s*(?:and\s)?|and\s)\s*(?=0?[.·]\d){_VALUE}(?!\s?%))*"
# "P values of .04, .2 in group A, .3, .01 in group B": the list goes on behind what it is of
_GOES_ON = regex.compile(
    rf"\s(?:in|for|with|at|on)\s[^.;,()=<>]{{2,40}}?,?\s(?:and\s)?(?=0?[.·]\d)(?P<values>(?>{_LISTED}))"
    r"(?=\s?(?:[,;.)\]]|$|(?:in|for|with|at|on|and|respectively)\b))"
)
_VALUES = regex.compile(r"values\b", regex.IGNORECASE)
_TORN = regex.compile(r"\s\d")
_SCIENTIFIC = regex.compile(
    rf"(?:(?P<mantissa>\d+(?:[.·]\d+)?|[.·]\d+)(?:{_TIMES}(?=10)|(?=e)))?(?:10|e)\D+(?P<exponent>\d{{1,3}})\D*",
    regex.IGNORECASE,
)
_ITEM = regex.compile(rf"(?:(?P<comparator>{COMPARATOR_SIGN})\s?)?(?P<value>{_VALUE})", regex.IGNORECASE)


def _items(match: regex.Match[str]) -> Iterator[regex.Match[str]]:
    """The values of a list, with what goes on behind the group that they are of."""
    several = _VALUES.search(match.group()) is not None
    part: regex.Match[str] | None = match
    while part is not None:
        yield from _ITEM.finditer(match.string, part.start("values"), part.end("values"))
        part = _GOES_ON.match(match.string, part.end()) if several else None


def _value(written: str) -> float | None:
    power = _SCIENTIFIC.fullmatch(written)
    if power is None:
        return signed_number(written)
    mantissa = number(power["mantissa"]) if power["mantissa"] else 1.0
    return None if mantissa is None else float(f"{mantissa:g}e-{power['exponent']}")


def extract_p_values(article: Article) -> Iterator[Mention]:
    """Every P with its modifier; a list of P values gives one mention each."""
    for match in P_VALUE.find(article.text):
        first = comparator(match["comparator"])
        for item in _items(match):
            value = _value(item["value"])
            if _TORN.match(article.text, item.end()) and value == int(value or 0):
                continue  # "p 0 03" has lost its point: no P is 0
            start = match.start() if item.start() == match.start("values") else item.start()
            if value is not None:
                sign = comparator(item["comparator"]) if item["comparator"] else first
                text = article.text[start : item.end()]
                yield Mention(
                    "p_value", start, item.end(), P_VALUE.name, PValue(comparator=sign, value=value, text=text)
                )
