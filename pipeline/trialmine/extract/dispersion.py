"""Spread behind a value: "± 4.3", "(SD 3.2)", "[range, 1 to 81]", "(IQR 4–9)"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, cast

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.signed_number import DASH, DECIMAL, SIGNED, signed_number
from trialmine.records.article import Article, Mention
from trialmine.records.trial import Dispersion

Kind = Literal["sd", "se", "iqr", "range"]
_SD = r"(?:(?-i:SDs?|S\.D\.?|s\.d\.|sd)|standard\s+deviations?)"
_SE = r"(?:(?-i:SEMs?|SEs?|S\.E\.M?\.?|s\.e\.m?\.?)|standard\s+errors?(?:\s+of\s+(?:the\s+)?mean)?)"
_IQR = r"(?:(?-i:IQRs?|Q1|IR)|inter-?\s?quartile(?:\s+(?:range|interval))?s?|quartiles|25th)"
_UNIT = r"(?:\s?%|\s[a-zµμ]{1,7}(?:/[a-z0-9]{1,6}){0,2})?"
PLUS_MINUS = Pattern(
    "dispersion.plus_minus",
    rf"""
    (?:±|\+\s?/\s?{DASH}|\+{DASH}|\+\\-|(?<=\d[.·]\d{{1,3}}\s)\+(?=\s\d{{1,3}}[.·]\d)) \s? (?P<value>{DECIMAL})
    (?P<kind>\s?%?\s*[(\[]\s*(?:{_SD}|{_SE})\s*[)\]])?""",
    hits=("604±199 um", "76% +/- 29 (SD) and", "2.5 ± 1.2", "207.71 + 13.54"),
    misses=("mean ± SD of four", "3 + 4 / 5"),
)
NAMED = Pattern(
    "dispersion.named",
    rf"""
    [(\[,;]\s* (?:(?P<sd>{_SD})|(?P<se>{_SE})|(?P<iqr>{_IQR})) \s*(?:[)\]]\s*)?[\s,:=±]*
    (?P<value>(?>{DECIMAL})) (?!\s?%?\s*(?:{DASH}|to\b|,|;)\s*(?!9\d\s?%)\d)   # no range, but "; 95% CI" may follow
    (?!\s?[a-z%/]{{0,6}}\s?[(\[]\s?\d)                                       # "mean [SD] 12.4 [3.6]"
    """,
    hits=(
        "a mean of 5 (SD 3.2)",
        "rose by 1.2 kg (SE 0.3; 95% CI 0.8 to 1.6)",
        "4.1 [SE: 0.4]",
        "41 (standard deviation, 12)",
    ),
    misses=("the SD card 7", "(IQR 4–9)", "(mean [SD] 12.4 [3.6] min)"),
)
INTERVAL = Pattern(
    "dispersion.interval",
    rf"""
    (?: (?P<iqr>{_IQR})
        | (?P<range>(?<!inter-?\s?quartile\s)\branges?\b|\branging\b|min(?:imum)?\s?{DASH}\s?max(?:imum)?) )
    (?:\s*[(\[]\s*IQR\s*[)\]])? (?:\s+(?:of|was|from|percentile|between)\b){{0,2}} [\s,:;=([]*
    (?P<low>{SIGNED}) {_UNIT}
    \s* (?:{DASH}|to|,|;|and\s75th\spercentile(?:\sof)?|and) \s* (?P<high>(?:{DASH}\s?)?{SIGNED})
    """,
    hits=("4 cycles (range 1-81)", "6 days [interquartile range, 4 to 9]", "a range of 2 to 5", "7 (IQR 4–9)"),
    misses=("in the range of normal", "the range finder"),
)
BRACKETED = Pattern(
    "dispersion.bracketed",
    # "27 of 64 (42%)" and "27 (42%)" are shares
    rf"""
    (?<=[\d%]\s?) (?<!\d\s?(?:of\s|/\s?)\d{{1,6}}\s?) [(\[] (?P<value>{DECIMAL})
    (?:(?<=%\s?[(\[][\d.·]{{1,6}})\s?%)? [)\]]""",
    hits=("mean (SEM) changes were 23 (9) and 18 (9)",),
    misses=("23 (n = 9)", "23 (9 of 20)", "27 of 64 (42%)", "27 (42%)"),
)
PATTERNS = (PLUS_MINUS, NAMED, INTERVAL, BRACKETED)
# "mean ± SEM", "mean (SD)": what an unnamed spread means from here on
_HEADER = regex.compile(
    rf"(?:(?P<sign>±\s*|[+]\s?/?\s?-\s*)|[(\[,/]\s*(?:[+]/?-\s*)?|\b(?=standard\s))(?:(?P<sd>{_SD})|(?P<se>{_SE})|(?P<iqr>{_IQR}))\b(?P<given>\s?[=:,]?\s?\d)?",
    regex.IGNORECASE,
)


def declared_spread(text: str, start: int, end: int, *, given: bool = False) -> Kind | None:
    """The kind of spread that text[start:end] declares last, as in "mean (SEM)".

    given: whether a spread that is itself given, "(SE 5.9)", declares too.
    """
    found = None
    for match in _HEADER.finditer(text, start, end):
        # "mean ± SEM 47 ± 1" declares, "(SE 5.9)" is one
        if match["given"] and not given and not match["sign"]:
            continue
        found = next(k for k in ("sd", "se", "iqr") if match[k])
    return cast("Kind | None", found)


def extract_dispersions(article: Article) -> Iterator[Mention]:
    """Every spread with its kind; an undeclared "±" is a standard deviation."""
    text = article.text
    for match in PLUS_MINUS.find(text):
        own = declared_spread(text, match.start(), match.end()) if match["kind"] else None
        kind = own or declared_spread(text, max(0, match.start() - 400), match.start())
        value = Dispersion(kind="se" if kind == "se" else "sd", value=signed_number(match["value"]))
        yield Mention("dispersion", match.start(), match.end(), PLUS_MINUS.name, value)
    for match in NAMED.find(text):
        named = cast("Kind", next(k for k in ("sd", "se", "iqr") if match[k]))
        yield Mention(
            "dispersion",
            match.start(),
            match.end(),
            NAMED.name,
            Dispersion(kind=named, value=signed_number(match["value"])),
        )
    for match in BRACKETED.find(text):
        header = declared_spread(text, max(0, match.start() - 250), match.start(), given=True)
        if header in ("sd", "se") and not regex.search(
            r"[(\[]\s*(?:%|n\b)", text[max(0, match.start() - 250) : match.start()]
        ):
            yield Mention(
                "dispersion",
                match.start(),
                match.end(),
                BRACKETED.name,
                Dispersion(kind=header, value=signed_number(match["value"])),
            )
    for match in INTERVAL.find(text):
        low, high = signed_number(match["low"]), signed_number(match["high"])
        spread = Dispersion(kind="iqr" if match["iqr"] else "range", low=low, high=high)
        yield Mention("dispersion", match.start(), match.end(), INTERVAL.name, spread)
