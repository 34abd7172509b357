"""What each piece holds times how many were taken: "two capsules daily, each containing 400 mg A and 50 mg B"."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.dose_number import dose_number
from trialmine.records.article import Mention

_PIECE = r"(?:tablets?|capsules?|caps|pills?|caplets?|softgels?|sachets?|sticks?|lozenges?)"
_COUNTED = rf"(?<![\d.,])(?P<n>two|three|four|five|six|eight|ten|twelve|\d{{1,2}})\s(?:(?:of\s)?[^\W\d][\w-]*\s){{0,3}}?(?P<piece>{_PIECE})\b(?!\s(?:formulations?|forms?|types?|strengths?|groups?|preparations?)\b)"
_HOLDS = r"(?:contain(?:s|ed|ing)?|provid(?:es|ed|ing)|deliver(?:s|ed|ing)|suppl(?:ies|ied|ying)|with|consist(?:s|ed|ing)\sof)"

PATTERNS = (
    Pattern(
        "dose.each_contains",
        rf"""
        {_COUNTED}(?P<gap>[^.;:]{{0,60}}?)[\s,(](?:with\s)?(?:each|every|one|1)\s(?:of\swhich\s|(?:\w+\s)?{_PIECE}\s)?
        {_HOLDS}\s(?:(?:about|approximately|either|a\stotal\sof)\s)?$
        """,
        hits=(
            "two capsules daily, each containing ",
            "4 zorbadine tablets per day (each tablet provided ",
            "six pills of zorbadine, each of which contains ",
        ),
        misses=(
            "two capsules daily containing ",
            "two capsules daily. Each was ",
            "three tablet formulations, each containing ",
        ),
    ),
    Pattern(
        "dose.of_each",
        rf"{_COUNTED}(?P<gap>[^.;:()]{{0,40}}?)(?:\s?\(|\s)(?:of\s)?$",
        hits=("two zorbadine tablets (", "2 capsules of "),
        misses=("two groups (",),
    ),
)
_EACH, _OF_EACH = PATTERNS
_EACH_BEHIND = regex.compile(
    r"\s(?:of\s(?:[\w-]+\s){1,3})?each\b(?!\s(?:day|morning|evening|night|week))", regex.IGNORECASE
)
# what else the piece holds
_NEXT = regex.compile(
    r"(?:(?!\b(?:or|placebo|versus|vs|for|daily|then|group|control\w*|received)\b)[^.;\d]){0,60}?(?:,|\band\b|\bplus\b|\+|&|[(\[])\s?(?:and\s)?",
    regex.IGNORECASE,
)
_A_DAY = regex.compile(r"\b(?:per|a)\sday\b|/\s?d(?:ay)?\b", regex.IGNORECASE)
_HELD = ("mg", "ug", "g", "[iU]", "[CFU]", "mmol", "kcal")
_REACH = 130  # characters from a count to the first thing that each piece holds


def with_contents(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """The doses of a text in order; what pieces hold multiplied by how many were taken, in place of their number."""
    found = sorted(mentions, key=lambda m: m.start)
    if " each " not in text and "each)" not in text and "(each" not in text:
        yield from found
        return
    counts: list[tuple[int, int]] = []
    out: list[Mention] = []
    last: tuple[float, bool, tuple[int, int]] | None = None
    for m in found:
        if last and not (_is_held(m) and _NEXT.fullmatch(text, out[-1].end, m.start)):
            last = None
        last = last or (_count(text, m) if _is_held(m) else None)
        if last:
            counts.append(last[2])
        out.append(_times(m, *last) if last else m)
    yield from (m for m in out if m.value.pieces or not any(s < m.end and m.start < e for s, e in counts))


def _is_held(m: Mention) -> bool:
    return m.value.dose.unit in _HELD and m.value.dose.value is not None


def _count(text: str, m: Mention) -> tuple[float, bool, tuple[int, int]] | None:
    """How many of the pieces that hold an amount were taken, whether by the day, and where that stands."""
    low = max(0, m.start - _REACH)
    found = _EACH.compiled.search(text, low, m.start)
    if found is None and _EACH_BEHIND.match(text, m.end):
        found = _OF_EACH.compiled.search(text, low, m.start)
    number = dose_number(found["n"], "") if found else None
    if found is None or not number:
        return None
    return number, _A_DAY.search(found["gap"]) is not None, (found.start("n"), found.end("piece"))


def _times(m: Mention, times: float, daily: bool, pieces: tuple[int, int]) -> Mention:
    dose = m.value.dose
    value = round((dose.value or 0) * times, 6)
    told = dose.model_copy(update={"value": value, "unit": f"{dose.unit}/d" if daily else dose.unit})
    amounts = tuple(replace(a, value=value) for a in m.value.amounts)
    return replace(m, value=replace(m.value, dose=told, amounts=amounts, pieces=pieces))
