"""The role of each dose of a sentence: from its cue, or from its place in a sequence of doses of one drug."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.found_dose import is_told
from trialmine.records.article import Mention

_FARTHEST_CUE = 60
_STEP_UP = regex.compile(r"\b(?:increas\w+|titrat\w+|escalat\w+|rais\w+)\b[^.;]{0,60}$", regex.IGNORECASE)
_NEXT = regex.compile(r"\b(?:then|followed\sby|thereafter|and\ssubsequently)\b", regex.IGNORECASE)
_DOWN = regex.compile(
    r"\b(?:taper\w*|reduc\w+|decreas\w+|lower\w+|halv\w+|step\w*[\s-]down|wean\w*)\b", regex.IGNORECASE
)
_AFTER = regex.compile(r"\b(?:after|following|preceded\sby)\s(?:[\w-]+\s){0,5}$", regex.IGNORECASE)
_AMOUNT = regex.compile(r"\d\s?(?:mg|[µμu]g|mcg|g|IU|U|mL)\b", regex.IGNORECASE)
_DATED = regex.compile(
    r"\b(?:at|on|in)\s(?:weeks?|days?|months?|baseline)\b|\b(?:initially|once|single|loading|bolus)\b", regex.IGNORECASE
)
_BESIDE = regex.compile(
    r"[\s-]{0,2}(?:(?:once|twice|three\stimes|daily|weekly|oral|intravenous|per\sday|a\sday|every\s\d+\s\w+)[\s-]){0,3}",
    regex.IGNORECASE,
)
_PLUS = regex.compile(r"(?:[^.;()]{0,40}\s)?(?:and|plus|with)\s(?:[\w-]+\s){0,4}(?:at\s)?", regex.IGNORECASE)
_PARTED = regex.compile(r"[)\];/]|\b(?:or|versus)\b", regex.IGNORECASE)
_BEFORE_IT = regex.compile(
    r"\b(?:after|following|preceded\sby|without)\s(?:an?\s|the\s)?(?:initial\s)?$", regex.IGNORECASE
)
_SHUT = regex.compile(r"[^()\[\].;]{0,40}[)\]]")
_KEPT_UP = regex.compile(r"maintained\s(?:with|by)", regex.IGNORECASE)


def assign_roles(drafts: Sequence[Draft], cues: Sequence[Mention], text: str) -> None:
    """Fill the roles of a sentence's drafts."""
    dosed = sorted((d for d in drafts if d.dose_span), key=lambda d: d.place)
    for cue in cues:
        for draft in _meant(dosed, cue, text):
            if not _is_chemotherapy_bolus(draft, cue, text):
                draft.role = draft.role or cue.value
    tapered = _tapered(dosed, text)
    for a, b in pairwise(dosed):
        if a.intervention == b.intervention:
            _sequence(a, b, text, tapered=a.intervention in tapered)
            _load_once(a, b)


def _is_chemotherapy_bolus(draft: Draft, cue: Mention, text: str) -> bool:
    """Whether the bolus is how an amount by body surface was given, no loading dose."""
    surface = draft.dose is not None and "/m2" in draft.dose.unit
    return surface and regex.search(r"bolus", text[cue.start : cue.end], regex.IGNORECASE) is not None


def _end(draft: Draft, cue: Mention) -> int:
    """Where the dose ends before the cue, its drug included ("1 g A bolus")."""
    return draft.end if draft.end <= cue.start else draft.place[1]


def _meant(dosed: Sequence[Draft], cue: Mention, text: str) -> list[Draft]:
    # "(after a loading dose), plus B 5 mg": the cue of a bracket is no other drug's
    shut = _SHUT.match(text, cue.end)
    after = [d for d in dosed if d.place[0] >= cue.start - 1 and not (shut and d.place[0] >= shut.end())]
    before = [d for d in dosed if d.place[1] <= cue.start]
    # "the MTD of A with B 5 mg was 6 mg" is not B's
    told = next((d for d in after if is_told(text, cue, d.place[0])), None)
    if told is not None:
        return [d for d in dosed if d.place == told.place] + _added(told, after, text)
    # "anesthesia was maintained with A 1% in B 60%" holds for the whole list
    if _KEPT_UP.match(text, cue.start):
        return after
    near = after[0] if after and after[0].place[0] - cue.end < _FARTHEST_CUE else None
    # it led into what stands before it: "5 mg daily (after a loading dose)"
    if shut and near is None and _BEFORE_IT.search(text, max(0, cue.start - 24), cue.start):
        return []
    # "9 mg/day initially", "300 mg loading dose" stand right behind their dose
    # "20 mg/kg (maximum 1 g)": the number behind it is the cue's own
    own = near is not None and near.place[0] - cue.end <= 1
    if (before and near is not None and _closes(text, before[-1], cue, near)) or (
        before and not own and cue.start - _end(before[-1], cue) <= (2 if near else _FARTHEST_CUE // 2)
    ):
        near = before[-1]
    return [d for d in dosed if near is not None and d.place == near.place]


def _added(told: Draft, after: Sequence[Draft], text: str) -> list[Draft]:
    """The doses of other drugs that are listed with one: "the recommended dose was 5 mg A plus 6 mg B"."""
    run = [told]
    for d in after:
        if d.place[0] > run[-1].place[1] and _PLUS.fullmatch(text, run[-1].place[1], d.place[0]):
            run.append(d)
    return run[1:]


def _closes(text: str, before: Draft, cue: Mention, ahead: Draft) -> bool:
    """ "(60-mg loading dose and 10-mg daily maintenance dose) or B (300-mg …": the cue ends what stands before it."""
    return (
        _BESIDE.fullmatch(text, before.place[1], cue.start) is not None
        and _PARTED.search(text, cue.end, ahead.place[0]) is not None
    )


def _tapered(dosed: Sequence[Draft], text: str) -> set[str]:
    """Drugs told in three or more steps down that no date sets apart: "21 mg, 14 mg, then 7 mg" loads nobody."""
    falls = [
        b.intervention
        for a, b in pairwise(dosed)
        if a.intervention == b.intervention and _falls(a, b) and _DATED.search(text, a.place[1], b.place[0]) is None
    ]
    return {drug for drug in falls if falls.count(drug) > 1}


def _sequence(a: Draft, b: Draft, text: str, *, tapered: bool) -> None:
    between = text[a.place[1] : b.place[0]]
    if _is_rate(b) and not _is_rate(a):
        a.role, b.role = "loading", "maintenance"
    elif a.role == "loading" and b.role is None:
        if not _is_told_behind(a, b, text):
            b.role = "maintenance"
    elif _STEP_UP.search(between) and a.role is None:
        a.role = "starting"
    elif (
        _NEXT.search(between)
        and _falls(a, b)
        and not (tapered or _DOWN.search(between))
        and b.role is None
        and a.role in (None, "maintenance")
    ):
        # of three steps down the first two lead in
        a.role, b.role = "loading", "maintenance"


def _load_once(a: Draft, b: Draft) -> None:
    """ "600 mg loading, 75 mg once daily maintenance dose": how often is told of what comes behind it alone."""
    told = a.stated.get("frequency", [])
    if (a.role, b.role) == ("loading", "maintenance") and told and all(start >= b.place[1] for start, _ in told):
        a.drop("frequency")


def _is_told_behind(loading: Draft, following: Draft, text: str) -> bool:
    """ "A 200 mg after a 400 mg loading dose or 300 mg", "A 5 mg (10 mg loading dose)": it led into A."""
    start = loading.place[0]
    if _AFTER.search(text, max(loading.sentence.start, start - 40), start):
        return True
    opened = text.rfind("(", loading.sentence.start, start)
    closed = text.find(")", start, following.place[0])
    bracketed = opened >= 0 and ")" not in text[opened:start] and closed >= 0
    return bracketed and _AMOUNT.search(text, max(loading.sentence.start, opened - 40), opened) is not None


def _falls(a: Draft, b: Draft) -> bool:
    if a.dose is None or b.dose is None or a.dose.value is None or b.dose.value is None:
        return False
    return a.dose.unit == b.dose.unit and a.dose.value > b.dose.value


def _is_rate(draft: Draft) -> bool:
    return draft.dose is not None and draft.dose.unit.endswith(("/h", "/min"))
