"""Amounts that stand beside others of one sentence: counts of strengths, volumes of solutions, a day that two share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from trialmine.assemble.dosing.amounts import WEIGHED
from trialmine.assemble.dosing.draft import Draft

_UNIT_FORMS = ("{inhalation}", "{puff}", "{tablet}", "{capsule}", "{actuation}", "{spray}", "{pill}", "{patch}")


def without_descriptions(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Leave out percentages and volumes that only describe a dose of the same drug close by."""
    for d in drafts:
        unit = d.dose.unit if d.dose else ""
        near = [o for o in drafts if o is not d and o.intervention == d.intervention and o.dose and _close(o, d)]
        if unit == "%" and any(o.dose.unit != "%" for o in near if o.dose):
            continue
        # "500 mg X with 5 mL": the volume is what it was dissolved in
        if unit == "mL" and any(o.dose and o.dose.unit.startswith((*WEIGHED, "U")) for o in near):
            continue
        # "2 g daily (two capsules)": the count only says in how many pieces
        if unit.removesuffix("/d") in _UNIT_FORMS and any(o.dose and o.dose.unit.startswith(WEIGHED) for o in near):
            continue
        yield d


_IN_TURN = regex.compile(r"\b(?:then|followed|thereafter|subsequent\w*|increas\w+|reduc\w+|to)\b", regex.IGNORECASE)


_SLASH_DAY = regex.compile(r"[/·.⋅]\s?(?:d(?:ay|ie)?|24\s?h\w*)\b|\bd\s?[-−⁻]\s?[1¹]", regex.IGNORECASE)


def share_daily(text: str, drafts: Sequence[Draft]) -> None:
    """ "5 mg of A and 15 mg of B per day": the day belongs to both."""
    dosed = sorted((d for d in drafts if d.dose), key=lambda d: d.start)
    for left, right in reversed(list(pairwise(dosed))):
        if (
            left.dose is None
            or right.dose is None
            or left.frequency
            or left.schedule
            or right.dose.unit != f"{left.dose.unit}/d"
            # "45 Gy, 1.8 Gy per day": the whole has no day
            or left.dose.unit.endswith("Gy")
            # "5 mg and at least 60 mg/day": that day is the second's own
            or _SLASH_DAY.search(right.dose.text)
        ):
            continue
        gap = text[left.end : right.start]
        if left.end <= right.start and regex.fullmatch(r"[^.;:()]{0,40}", gap) and not _IN_TURN.search(gap):
            left.dose = left.dose.model_copy(update={"unit": right.dose.unit})


_BREATHS = ("{inhalation}", "{puff}", "{actuation}", "{spray}")
# "three tablets of A/B (120/960 mg)" come to that together; puffs are told one by one
_IN_BRACKET = regex.compile(r"[(\[]\s?$")
_OF_STRENGTH = regex.compile(
    r"(?:(?!\b(?:or|and|plus|with|then|followed|versus|vs|daily|twice|once)\b)[^,;.:]){0,40}", regex.IGNORECASE
)


def counted(text: str, drafts: Sequence[Draft]) -> Iterator[Draft]:
    """ "2 inhalations of A/B 6/200 ug": the count multiplies the strengths behind it and is no dose of its own."""
    dropped: set[int] = set()
    used: set[tuple[tuple[int, int], int]] = set()
    for count in drafts:
        if (
            count.dose is None
            or count.dose.value is None
            or count.dose_span is None
            or count.dose.unit not in _UNIT_FORMS
        ):
            continue
        for d in drafts:
            if (
                d.dose is None
                or d.dose.value is None
                or d.dose_span is None
                or d.dose.unit not in ("ug", "mg", "g", "[iU]")
            ):
                continue
            gap = text[count.dose_span[1] : max(d.dose_span[0], count.dose_span[1])]
            if gap and _OF_STRENGTH.fullmatch(gap):
                dropped.add(id(count))
                # the two drugs of a combination come with one count
                if (count.dose_span, id(d)) in used:
                    continue
                used.add((count.dose_span, id(d)))
                if count.dose.unit in _BREATHS or not _IN_BRACKET.search(gap):
                    d.dose = d.dose.model_copy(update={"value": round(d.dose.value * count.dose.value, 6)})
                d.spans.append(count.dose_span)
    yield from (d for d in drafts if id(d) not in dropped)


def _close(a: Draft, b: Draft) -> bool:
    return bool(a.dose_span and b.dose_span and abs(a.dose_span[0] - b.dose_span[0]) < 100)
