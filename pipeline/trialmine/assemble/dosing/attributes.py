"""What a sentence tells of how, how often and how long something was given."""

from __future__ import annotations

import regex

from trialmine.assemble.dosing.cycle import without_rival_cycles
from trialmine.assemble.dosing.draft import ATTRIBUTES
from trialmine.records.article import Block, Mention, Mentions, Sentence

_COURSE = regex.compile(r"(?:day|week|month)[\s-](?:(?:[a-z-]+\s){0,2}|treatment[\s-])course$", regex.IGNORECASE)
_INFUSED = regex.compile(r"\binfus", regex.IGNORECASE)
_BASELINE = regex.compile(
    r"\b(?:baseline|visits?|screening|admission|discharged?|(?:before|after|until|to|by|from|through|within)\s(?:the\s)?)[\s(,]*(?:and\s|or\s)?(?:on\s|at\s)?$",
    regex.IGNORECASE,
)
# "titrated weekly to 40 mg", "tapered by 5 mg every week": how often the dose changed
_STEPPED = regex.compile(
    r"\b(?:increas|decreas|reduc|taper|titrat|escalat|adjust)(?:ed|ing)\s(?:up\s|down\s)?(?:by\s[^,.;]{1,20}?\s)?$",
    regex.IGNORECASE,
)
_FROM = regex.compile(r"\bfrom\s$", regex.IGNORECASE)
_BY_VEIN = regex.compile(r"infus|intravenous|\bi\.?v\b", regex.IGNORECASE)
_OUTCOME_SECTIONS = ("results", "conclusions")


def attributes_of(text: str, mentions: Mentions, interventions: Block, sentence: Sentence) -> list[Mention]:
    """The sentence's attribute mentions; a time that is an infusion time is no duration."""
    found = [m for kind in ATTRIBUTES for m in mentions.within(kind, sentence.start, sentence.end)]
    # a "7-day course" is how long it was given, unless days within it are told
    if not any(m.kind == "schedule" and m.value.days for m in found):
        found = [m for m in found if m.kind != "schedule" or not _COURSE.search(m.value.text)]
    found = [m for m in found if not (m.kind == "frequency" and _STEPPED.search(text, max(0, m.start - 40), m.start))]
    found = without_rival_cycles(
        found, lambda start, end: bool(mentions.within("dose", start, end) or interventions.within(start, end))
    )
    found = [m for m in found if not _only_dated(text, m, sentence) and not _counts_levels(mentions, m, sentence)]
    infusion = [
        (m.start, m.end) for m in found if m.kind == "infusion_time" and _is_infusion(text, mentions, m, sentence)
    ]
    schedule = [(m.start, m.end) for m in found if m.kind == "schedule" and (m.value.on or m.value.cycle_length)]
    kept = []
    for m in found:
        blocked = infusion + schedule if m.kind == "duration" else []
        if any(s < m.end and m.start < e for s, e in blocked):
            continue
        if m.kind == "infusion_time" and (m.start, m.end) not in infusion:
            continue
        kept.append(m)
    return kept


def _only_dated(text: str, mention: Mention, sentence: Sentence) -> bool:
    """Whether days say when something was seen, not when a drug was given."""
    if mention.kind != "schedule" or not mention.value.days:
        return False
    before = text[max(sentence.start, mention.start - 40) : mention.start]
    # "from days 1 to 7" is a course, "from day 7" is none
    course = _FROM.search(before) is not None and len(mention.value.days) > 1
    return sentence.section in _OUTCOME_SECTIONS or (not course and _BASELINE.search(before) is not None)


def _counts_levels(mentions: Mentions, mention: Mention, sentence: Sentence) -> bool:
    """ "two doses of A (15 and 50 mg)": the number is that of the doses told behind it."""
    if mention.kind != "administrations":
        return False
    behind = mentions.within("dose", mention.end, min(sentence.end, mention.end + 60))
    return any(len(d.value.amounts) == mention.value for d in behind)


def _is_infusion(text: str, mentions: Mentions, mention: Mention, sentence: Sentence) -> bool:
    if mention.rule.endswith("n_infusion"):
        return True
    around = text[sentence.start : sentence.end]
    lead = text[mention.start : mention.start + 4].lower()
    # "given within 4.5 h" of something, "infused within 30 min"
    if lead == "with" and not _INFUSED.search(text, max(sentence.start, mention.start - 40), mention.start):
        return False
    # "10 ng/kg/min for 1 hour" is how long a rate was kept up
    before = mentions.within("dose", sentence.start, mention.start)
    if lead == "for " and before and before[-1].value.dose.unit.endswith(("/min", "/h")):
        return False
    over = lead == "over"
    return over or _BY_VEIN.search(around) is not None
