"""More places that mean an arm: words for its role, the amount that sets it apart, short forms before a sign."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

import regex

from trialmine.lexicon.occurrences import lowered, occurrences
from trialmine.records.article import Article, Block, Reference

_GROUP = r"(?:groups?|arms?|patients|subjects|participants|women|men|children|recipients|dogs|animals)"
_ROLES = {
    "control": ("placebo_comparator", "active_comparator", "sham_comparator", "no_intervention"),
    "treated": ("experimental",),
}
_ROLE_WORDS = {
    "control": regex.compile(rf"\b(?:controls?(?:\s{_GROUP})?|comparators?\s{_GROUP})\b", regex.IGNORECASE),
    "treated": regex.compile(
        rf"\b(?:intervention|experimental|treatment|treated|active|study|test|supplemented|case)\s{_GROUP}\b",
        regex.IGNORECASE,
    ),
}
# "both treatment groups", "between the treatment groups" mean every arm
_EVERY = regex.compile(
    r"\b(?:both|all|two|three|four|each|between|among|across)\s(?:the\s)?(?:\w+\s)?$", regex.IGNORECASE
)
# "7 ± 4 mg" is no 4-mg group
_AMOUNT = regex.compile(
    r"(?<!±\s?|\+/-\s?|\d[.,]?)(?P<n>\d[\d.,]*)[\s-]?(?P<unit>mg|µg|μg|mcg|ug|g|mL|ml|IU|U|%)(?![\w])"
)
_SHORT = regex.compile(r"(?<![\w-])(?P<form>[A-Z][A-Za-z]{1,5})(?=\s?[=:]\s?[-−–]?\d)")
_NAME = r"(?:[A-Z][A-Za-z]{0,2}\d{0,3}|[IVX]+|\d)"
_PLURAL = regex.compile(
    rf"\b(?:groups|arms)\s(?P<names>{_NAME}\s?(?:,\s?{_NAME}\s?)*(?:,?\s?(?:and|versus|vs\.?)\s){_NAME})\b"
)
_ONE_NAME = regex.compile(rf"\b{_NAME}\b")
_LETTERED = regex.compile(r"(?:group|arm)\s\S+$", regex.IGNORECASE)
_WORD = regex.compile(r"[A-Za-z][A-Za-z-]+")


def arm_mentions(article: Article, arms: Block) -> Block:
    """The arms with all places that mean one of them; those that the block knows come first."""
    if len(arms.rows) < 2:
        return arms
    taken = [(r.start, r.end) for r in arms.references]
    more: list[Reference] = []
    found = (
        of(article.text, arms.rows)
        for of in (_by_role, _by_amount, _by_short, _in_plural, _by_part, _by_combination, _set_against)
    )
    for r in chain.from_iterable(found):
        if not any(s < r.end and r.start < e for s, e in taken):
            more.append(r)
            taken.append((r.start, r.end))
    return Block(arms.rows, tuple(sorted((*arms.references, *more), key=lambda r: (r.start, r.end))))


def _by_role(text: str, rows: Sequence[Any]) -> Iterator[Reference]:
    for name, roles in _ROLES.items():
        having = [row for row in rows if row.role in roles]
        if len(having) != 1:
            continue
        for m in _ROLE_WORDS[name].finditer(text):
            if not _EVERY.search(text, max(0, m.start() - 24), m.start()):
                yield Reference(m.start(), m.end(), having[0].id)


def _by_amount(text: str, rows: Sequence[Any]) -> Iterator[Reference]:
    """ "the 500-mg group" where one arm alone has that amount in its label."""
    own = {row.id: {(m["n"], m["unit"].lower()) for m in _AMOUNT.finditer(row.label)} for row in rows}
    seen = Counter(amount for amounts in own.values() for amount in amounts)
    owner = {amount: i for i, amounts in own.items() for amount in amounts if seen[amount] == 1}
    for m in _AMOUNT.finditer(text) if owner else ():
        row_id = owner.get((m["n"], m["unit"].lower()))
        if row_id:
            yield Reference(m.start(), m.end(), row_id)


def _by_short(text: str, rows: Sequence[Any]) -> Iterator[Reference]:
    """ "(Ket = 12, Mid = 14)": the beginning or the initials of one arm's label alone."""
    words = {row.id: [w.lower() for w in _WORD.findall(row.label)] for row in rows}
    for m in _SHORT.finditer(text):
        form = m["form"].lower()
        fits = [
            i for i, own in words.items()
            if any(w.startswith(form) and len(form) > 2 for w in own) or "".join(w[0] for w in own).startswith(form)
        ]  # fmt: skip
        if len(fits) == 1:
            yield Reference(m.start("form"), m.end("form"), fits[0])


def _in_plural(text: str, rows: Sequence[Any]) -> Iterator[Reference]:
    """ "groups A and B": the arm whose label ends in the letter or number."""
    ends = {row.label.split()[-1]: row.id for row in rows if _LETTERED.match(row.label)}
    for m in _PLURAL.finditer(text) if ends else ():
        for name in _ONE_NAME.finditer(text, *m.span("names")):
            if name.group() in ends:
                yield Reference(name.start(), name.end(), ends[name.group()])


_STEM = regex.compile(r"(?:\s(?:alone|only|monotherapy|group|arm))+$", regex.IGNORECASE)
_WITH_MORE = regex.compile(
    r"(?:\s?(?:/|\+|[-–](?=\p{L}))\s?|\s(?:plus|and(?!\s(?:\d|with\b|in\b|for\b|of\b|on\b))|with|combined|combination|in\scombination|together|followed)\b)",
    regex.IGNORECASE,
)
_BESIDES = regex.compile(
    r"(?:[/+–-]\s?|(?<=\p{L}\s)and\s|\b(?:plus|with\sor\swithout|without|add(?:ing|ed|ition\sof)|combination\sof|combined\swith|combination\swith|no)\s(?:the\s)?)$",
    regex.IGNORECASE,
)


def _by_part(text: str, rows: Sequence[Any]) -> Iterator[Reference]:
    """ "with tea" where some had tea alone and others tea and milk: those who had it alone."""
    given = {row.id: set(getattr(row, "interventions", ())) for row in rows}
    for row in rows:
        own = given[row.id]
        alone = len(own) == 1 and sum(other == own for other in given.values()) == 1
        stem = _STEM.sub("", row.label)
        if not alone or not any(own < other for other in given.values()) or not _WORD.fullmatch(stem):
            continue
        for start, end in occurrences(lowered(text), stem.lower(), before=_NO_WORD_BEFORE, behind=_NO_WORD_BEHIND):
            before = text[max(0, start - 24) : start]
            if not _WITH_MORE.match(text, end) and not _BESIDES.search(before):
                yield Reference(start, end, row.id)


_NO_WORD_BEFORE, _NO_WORD_BEHIND = regex.compile(r"(?<![\p{L}\d.-])"), regex.compile(r"(?![\p{L}\d])")


_COMBINATION = regex.compile(
    r"\b(?:combination(?:\s(?:therapy|treatment|group|arm|regimen))?|combined\s(?:therapy|treatment|group))\b(?!\s(?:of|with|tablet|pill)\b)",
    regex.IGNORECASE,
)


def _by_combination(text: str, rows: Sequence[Any]) -> Iterator[Reference]:
    """ "combination therapy" where one arm alone got what others got apart."""
    given = {row.id: set(getattr(row, "interventions", ())) for row in rows}
    whole = [i for i, own in given.items() if sum(other < own for other in given.values()) > 1]
    for m in _COMBINATION.finditer(text) if len(whole) == 1 else ():
        yield Reference(m.start(), m.end(), whole[0])


_TWO_NAMES = regex.compile(
    rf"\b(?P<first>{_NAME})\s(?:vs?\b\.?|versus)\s(?P<second>{_NAME})\b|\bbetween\s(?P<first>{_NAME})\sand\s(?P<second>{_NAME})\b"
)


def _set_against(text: str, rows: Sequence[Any]) -> Iterator[Reference]:
    """ "P = .03 for A vs B": the arms whose labels end in the letters or numbers."""
    ends = {row.label.split()[-1]: row.id for row in rows if _LETTERED.match(row.label)}
    for m in _TWO_NAMES.finditer(text) if ends else ():
        if m["first"] in ends and m["second"] in ends:
            yield Reference(*m.span("first"), ends[m["first"]])
            yield Reference(*m.span("second"), ends[m["second"]])
