"""What a product holds, where the dose of its drug is told too: tablets that contain 5 mg, 50 mg capsules that were bought."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.amounts import PIECES
from trialmine.assemble.dosing.brackets import opened_at
from trialmine.assemble.dosing.draft import Draft

_FORM = r"(?:tablets?|capsules?|pills?|caplets?|soft-?gels?|sachets?|packets?|granules|lozenges?|vials?|ampou?les?|ampuls?|syringes?|bottles?|bags?|packs?|kits?|patch(?:es)?|suppositor(?:y|ies)|inhalers?)"
_HELD = r"\d[\d.,·]*\s?(?:mg|g|mcg|[µμu]g|IU|units?|m[lL]|[µμu][lL]|mmol)\s(?:of\s)?"
# "identical tablets that contained 50 mg of A or placebo", "each capsule contains 2 mg of A, 3 mg of B and"
_CONTAINED = regex.compile(
    rf"\b{_FORM}\b[^.;]{{0,40}}\bcontain(?:s|ed|ing)?\s(?:either\s)?(?:{_HELD}(?:[\w-]+\s){{0,3}}?[\w-]+(?:\s?\([^()]{{1,20}}\))?(?:,|,?\sand|\sin|\swith|\splus|\s\+)\s){{0,8}}$",
    regex.IGNORECASE,
)
# how strong the capsules are that a bracket behind the drug tells of
_CONTAINED_BY_NAME = regex.compile(
    rf"\b{_FORM}\s(?:each\s)?(?:that\s|which\s)?contain(?:s|ed|ing)?\s(?:[\w-]+\s){{1,4}}[(\[]\s?$", regex.IGNORECASE
)
_PREPARED = regex.compile(
    r"\b(?:prepared|manufactured|made|produced|used|supplied|provided|available)\b", regex.IGNORECASE
)
_REACH = 90  # characters from a form to the first that it holds
_LIST_REACH = 220  # to the last
# "women received a daily tablet containing 30 mg": that is what they had
_GIVEN = regex.compile(
    r"\b(?:received|took|given|assigned\sto|allocated\sto|ingested|consumed)\s"
    r"(?:(?!identical|matching|either)[\w-]+\s){0,5}$",
    regex.IGNORECASE,
)
_FORM_BEHIND = regex.compile(rf"[\s-]?(?:(?:film-?coated|oral|hard|soft|gelatine?)\s)?{_FORM}\b", regex.IGNORECASE)
# "5 mg of A per tablet", "3 mg in each vial", "5 mg/2 mL"
IN_EACH = regex.compile(
    rf"(?:\s(?:of\s)?(?:[\w-]+\s){{0,4}}?(?:per|in\s(?:each|every|one|a))\s(?:single\s|\w+-coated\s)?|/\s?){_FORM}\b|\s?/\s?\d[\d.·]*\s?m[lL]\b",
    regex.IGNORECASE,
)
# "the amount of A in one tablet was 5 mg"
_AMOUNT_IN = regex.compile(
    rf"\b(?:amounts?|contents?|quantity)\s(?:of\s[^.;]{{1,40}}\s)?(?:in|per|of)\s(?:each|every|one|an?)\s{_FORM}\s(?:was|is)\s$",
    regex.IGNORECASE,
)
_SUPPLIED = regex.compile(
    r"\b(?:was|were|is|are)\s(?:\w+\s)?(?:provided|purchased|supplied|procured|obtained|bought|manufactured|produced|formulated|sourced|donated|available|marketed|packaged|packed)\b",
    regex.IGNORECASE,
)
# a maker in a bracket: "(A 5 mg tablets, B Pharma GmbH, Town, Country)", "(A® 50 mg, B, Town, Country)"
_MAKER = regex.compile(
    r"[®™]|\b(?:Inc|Ltd|Limited|GmbH|Corp|Corporation|Company|AG|S\.?A|Pharma\w*|Laborator\w+|Lab|Labs|Batch|Lot|manufactured|USA|UK|Germany|France|Italy|India|China|Japan|Switzerland)\b|\bCo\."
)
_TIMED = ("frequency", "schedule", "administrations", "duration")


def without_contents(drafts: Sequence[Draft], text: str) -> list[Draft]:
    """The drafts without what a product holds, where a dose of the drug is told too."""
    contents = [d for d in drafts if d.dose_span and (_is_held(d, text) or _is_strength(d, text))]
    others = [d for d in drafts if d.dose and not any(d is c for c in contents)]
    # a tablet a day says nothing without what it holds
    dosed = {d.intervention for d in others if d.dose and d.dose.unit not in PIECES}
    return [d for d in drafts if not (d.intervention in dosed and any(d is c for c in contents))]


def _is_held(draft: Draft, text: str) -> bool:
    """Whether an amount is what a tablet or vial contains, and nobody was told to take such a one."""
    start, end = draft.dose_span or (0, 0)
    if IN_EACH.match(text, end) or _AMOUNT_IN.search(text, max(0, start - _REACH), start):
        return True
    named = _CONTAINED_BY_NAME.search(text, max(draft.sentence.start, start - _REACH), start)
    if named is not None and _PREPARED.search(text, end, draft.sentence.end):
        return True
    held = _CONTAINED.search(text, max(0, start - _LIST_REACH), start)
    return held is not None and not _GIVEN.search(text, max(draft.sentence.start, held.start() - 60), held.start())


def _is_strength(draft: Draft, text: str) -> bool:
    """Whether an amount names a product that was bought or made: in a bracket with its maker, or told of its supply."""
    start, end = draft.dose_span or (0, 0)
    formed = _FORM_BEHIND.match(text, end) is not None
    opened = opened_at(text, start)
    if opened >= draft.sentence.start:
        shut = text.find(")", end)
        inside = text[opened : shut if shut > 0 else end]
        told = any(opened <= s < shut for kind in _TIMED for s, _ in draft.stated.get(kind, ()))
        return _MAKER.search(inside) is not None and not told and (formed or "®" in text[opened:start])
    supplied = _SUPPLIED.search(text, draft.sentence.start, draft.sentence.end)
    return formed and supplied is not None and not any(draft.has(kind) for kind in _TIMED)
