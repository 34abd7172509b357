"""Counts of people or events that a sentence tells of two groups: "in 12 patients of the tea group, in 20 of others".

Most bare counts of an abstract say how many took part; those told of two groups with what befell them are results.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import regex

from trialmine.records.article import Article, Sentence

if TYPE_CHECKING:
    from trialmine.assemble.statistics.candidates import Candidate

_WHOSE = (
    r"(?:in|of|for|with|on|receiving|given|from|among)\s"
    r"(?:(?:the|those|patients|women|treated|taking|receiving|on|given|in|of)\s){0,4}"
)
_COUNTED = (
    r"(?:patients?|pts|women|men|children|infants|subjects|participants|people|cases?|deaths?|events?|relapses?|recurrences?|responders?|failures?"
    r"|cancers?|fractures?|infections?|episodes?|complications?|strokes?|infarctions?|metastas[ei]s|tumou?rs?|progressions?|hospitali[sz]ations?"
    r"|(?-i:[A-Z]{2,5}s)|exacerbations?|seizures?|falls|births|pregnancies)"
)
# a count, whom or what it counts, and whose it is
_TOLD_OF = regex.compile(
    rf"(?:\s\(\d[\d.]*\s?%\))?\s(?:(?:[\w-]+\s){{0,2}}?{_COUNTED}\s(?:(?:were|was|had|have|been)\s)*(?:\w+\s)?)?{_WHOSE}[\w/+®-]+(?:\s[\w/+®-]+){{0,3}}?"
    r"(?:\s(?:groups?|arms?)|\s?[,.;:()]|\s(?:and|compared|versus|vs|but|while|whereas|had|died|developed)\b)",
    regex.IGNORECASE,
)
_OUT_OF = regex.compile(
    rf"\s(?:[\w-]+\s)?{_COUNTED}\s(?:in|of|from)\s(?:the\s)?[\w/+®-]+(?:\s[\w/+®-]+){{0,3}}?\s(?:groups?|arms?)\s?[(\[]n\s?(?:=\s?)?",
    regex.IGNORECASE,
)
_OPENED = regex.compile(r"[^.;()]{0,60}[(\[:,]\s?(?:n\s?=\s?)?", regex.IGNORECASE)
_AROUND = 90  # characters on either side of counts that say what they count
_CLOSED = regex.compile(r"\s?[)\]]")
_BEFELL = regex.compile(
    r"\b(?:occur(?:red|rence|rences)?|observed|developed|died|deaths?|experienced|respon(?:se|ses|ded|ders)|relapse[sd]?|recur(?:red|rences?)|detected|"
    r"achieved|fail(?:ed|ures?)|progress(?:ed|ion)|events?|cured|healed|recovered|seen|noted|found|scored|registered|required|needed|suffered|reported|"
    r"diagnosed|cancers?|recurrences?|fractures?|infections?|strokes?|metastas[ei]s|complications?|\d+\s(?-i:[A-Z]{2,5}s))\b",
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
        if sentence.section not in ("results", "other", None):
            continue
        own = list(members)
        told = [a for a in own if (_is_count(a) or a.denominator) and _TOLD_OF.match(text, a.number_end, sentence.end)]
        for run in (*_runs(told), _summed(text, own)):
            if len(run) > 1 and _tells_what_befell(text, run, sentence):
                out |= {a.at for a in run}
    return out


def _runs(told: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """Counts that stand close together, as those of one outcome do."""
    run: list[Candidate] = []
    for a in told:
        if run and a.at - run[-1].number_end > _AROUND:
            yield run
            run = []
        run.append(a)
    yield run


def _tells_what_befell(text: str, run: Sequence[Candidate], sentence: Sentence) -> bool:
    """Whether the words around counts say what befell people, and not how many took part."""
    low = max(sentence.start, run[0].at - _AROUND)
    high = min(sentence.end, run[-1].number_end + _AROUND)
    return bool(_BEFELL.search(text, low, high)) and not _TOOK_PART.search(text, low, high)


def _summed(text: str, atoms: Sequence[Candidate]) -> list[Candidate]:
    """ "136 women (74 tea, 62 water) fell ill": two counts in a bracket that come to the number before it."""
    for whole, a, b in zip(atoms, atoms[1:], atoms[2:], strict=False):
        if not (_is_count(whole) and _is_count(a) and _is_count(b)) or (a.value or 0) + (b.value or 0) != whole.value:
            continue
        opened = _OPENED.fullmatch(text, whole.number_end, a.at)
        if opened and ")" not in text[a.number_end : b.at]:
            return [whole, a, b] if whole.sentence.section in ("results", "other") else [a, b]
    return []


_CASES = r"(?:cases|events|deaths|episodes|patients|children|women|men|infants|subjects|participants)\b"
_VERSUS_CASES = regex.compile(rf"\s(?:v|vs\.?|versus|compared\swith)\s\d{{1,5}}\s{_CASES}", regex.IGNORECASE)
_CASES_BEHIND = regex.compile(rf"\s{_CASES}", regex.IGNORECASE)
_VERSUS_BEFORE = regex.compile(r"(?<![\d.])\d{1,5}\s(?:v|vs\.?|versus|compared\swith)\s$", regex.IGNORECASE)


def counts_cases(text: str, a: Candidate) -> bool:
    """ "less croup (13 vs 27 cases": both are counts."""
    if not _is_count(a):
        return False
    if _VERSUS_CASES.match(text, a.number_end):
        return True
    before = _VERSUS_BEFORE.search(text, max(a.sentence.start, a.at - 20), a.at)
    return before is not None and _CASES_BEHIND.match(text, a.number_end) is not None


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


_OUT_OF_ALL = regex.compile(r"\s?[)\]]\s(?:out\s)?of\s(?:the\s)?", regex.IGNORECASE)
_MISPRINT = 3  # points that a share may be off


def give_wholes(text: str, atoms: list[Candidate]) -> None:
    """ "88 (28.0%) of 314 patients": what the count is out of stands behind its share, and the sum proves it."""
    wholes = []
    for a, b in pairwise(atoms):
        if a.numerator is None or a.denominator or a.value is None or not _is_count(b) or not b.value:
            continue
        if _OUT_OF_ALL.fullmatch(text, a.end, b.at) and abs(100 * a.numerator / b.value - a.value) <= _MISPRINT:
            a.denominator, a.end = int(b.value), b.end
            wholes.append(b)
    atoms[:] = [a for a in atoms if not any(a is b for b in wholes)]


def _is_count(a: Candidate) -> bool:
    whole = a.value is not None and a.value >= 0 and a.value == int(a.value)
    bare = a.unit is None and a.hyphen in ("", "#") and a.numerator is None and a.dispersion is None and a.ci is None
    return whole and bare and a.label is None
