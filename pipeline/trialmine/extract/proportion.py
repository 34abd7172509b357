"""Fractions of participants: "7/8", "7 of 8", "seven out of the 19 patients"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.number import NUMBER_WORD, number
from trialmine.records.article import Article, Mention

_COUNT = r"\d{1,3}(?:,\d{3})+|\d{1,6}"
_NOUNS = (
    r"(?:patients?|participants?|subjects?|women|men|children|infants?|eyes?|cases?|adults?|individuals?|people|"
    r"persons?|volunteers?|babies|neonates?|tumou?rs?|lesions?|episodes?|samples?|girls|boys|students|mothers|"
    r"pregnancies|cycles)"
)
FRACTION = Pattern(
    "proportion.fraction",
    rf"""
    (?<![\w./·,-]) (?:n\s?=\s?)? (?P<numerator>{_COUNT}|\b{NUMBER_WORD}\b)
    (?: \s?/\s? | \s+ (?:{_NOUNS}\s+)? (?:out\s+)? of \s+ (?:(?:the|all|a\s+total\s+of)\s+)? )
    (?P<denominator>{_COUNT}|\b{NUMBER_WORD}\b)
    (?! [\w/·%] | [.]\d | \s?(?:mg|mm\s?Hg|years?|months?|weeks?|days?|hours?|min|mL|g|kg|h)\b )
    """,
    hits=("responses in 71/85", "a response in 7 of 8 patients", "seven of the 19 women", "12 patients out of 40"),
    misses=("120/80 mm Hg", "5 of 7 days", "on 7/8/1999", "IL-2/4"),
)
PATTERNS = (FRACTION,)


@dataclass(frozen=True, slots=True)
class Fraction:
    """A count of participants out of a number of participants."""

    numerator: int
    denominator: int


def extract_fractions(article: Article) -> Iterator[Mention]:
    """Every n of N with n not above N."""
    for match in FRACTION.find(article.text):
        numerator, denominator = number(match["numerator"]), number(match["denominator"])
        if numerator is not None and denominator and numerator <= denominator:
            yield Mention(
                "fraction", match.start(), match.end(), FRACTION.name, Fraction(int(numerator), int(denominator))
            )
