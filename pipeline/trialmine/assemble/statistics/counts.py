"""Counts of people or events that a sentence tells of two groups: "in 12 patients of the tea group, in 20 of others".

Most bare counts of an abstract say how many took part; those told of two groups with what befell them are results.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import regex

from trialmine.records.article import Article

if TYPE_CHECKING:
    from trialmine.assemble.statistics.candidates import Candidate

_WHOSE = (
    r"(?:in|of|for|with|on|receiving|given|from|among)\s"
    r"(?:(?:the|those|patients|women|treated|taking|receiving|on|given|in|of)\s){0,4}"
)
_COUNTED = (
    r"(?:patients?|pts|women|men|children|infants|subjects|participants|people|cases|deaths|events|relapses|recurrences|responders|failures"
    r"|[\w-]+\s(?:cancers|fractures|infections|events|deaths|cases|episodes))"
)
# a count, whom or what it counts, and whose it is
_TOLD_OF = regex.compile(
    rf"\s(?:(?:[\w-]+\s)?{_COUNTED}\s(?:(?:were|was|had|have|been)\s)*(?:\w+\s)?)?{_WHOSE}[\w/+®-]+(?:\s[\w/+®-]+){{0,3}}?"
    r"(?:\s(?:groups?|arms?)|[,.;)]|\s(?:and|compared|versus|vs|but|while|whereas)\b)",
    regex.IGNORECASE,
)
_OUT_OF = regex.compile(
    rf"\s(?:[\w-]+\s)?{_COUNTED}\s(?:in|of|from)\s(?:the\s)?[\w/+®-]+(?:\s[\w/+®-]+){{0,3}}?\s(?:groups?|arms?)\s?[(\[]n\s?(?:=\s?)?",
    regex.IGNORECASE,
)
_CLOSED = regex.compile(r"\s?[)\]]")
_BEFELL = regex.compile(
    r"\b(?:occur(?:red|rence|rences)?|observed|developed|died|deaths?|experienced|respon(?:se|ses|ded|ders)|relapse[sd]?|recur(?:red|rences?)|detected|"
    r"achieved|fail(?:ed|ures?)|progress(?:ed|ion)|events?|cured|healed|recovered|seen|noted|required|needed|suffered|reported|diagnosed)\b",
    regex.IGNORECASE,
)
_TOOK_PART = regex.compile(
    r"\b(?:random\w*|assign\w*|allocat\w*|enrol\w*|recruit\w*|includ\w*|eligib\w*|analy[sz]ed|evaluable|complet\w*|withdr\w+|consent\w*|"
    r"screened|baseline|lost|dropp?ed|discontinu\w*|aged|sites?|centers|centres)\b",
    regex.IGNORECASE,
)


def paired_counts(article: Article, atoms: Sequence[Candidate]) -> set[int]:
    """Places of the bare counts of which a sentence of the results tells two or more, each of a group of its own."""
    text, out = article.text, set[int]()
    for sentence, members in groupby(atoms, key=lambda a: a.sentence):
        if sentence.section not in ("results", None) or _TOOK_PART.search(text, sentence.start, sentence.end):
            continue
        told = [
            a for a in members if (_is_count(a) or a.denominator) and _TOLD_OF.match(text, a.number_end, sentence.end)
        ]
        if len(told) > 1 and _BEFELL.search(text, sentence.start, sentence.end):
            out |= {a.at for a in told}
    return out


def give_sizes(text: str, atoms: list[Candidate]) -> None:
    """ "297 patients of the tea group (n = 1,075)": the group's size is what the count is out of."""
    sizes = []
    for a, b in pairwise(atoms):
        size = (
            b.value
            if _is_count(a) and a.sentence == b.sentence and _OUT_OF.fullmatch(text, a.number_end, b.at)
            else None
        )
        if size and a.value is not None and a.value <= size == int(size) and _CLOSED.match(text, b.number_end):
            a.numerator, a.denominator, a.value, a.end = int(a.value), int(size), None, b.end
            sizes.append(b)
    atoms[:] = [a for a in atoms if not any(a is b for b in sizes)]


def _is_count(a: Candidate) -> bool:
    whole = a.value is not None and a.value >= 0 and a.value == int(a.value)
    bare = a.unit is None and not a.hyphen and a.numerator is None and a.dispersion is None and a.ci is None
    return whole and bare and a.label is None
