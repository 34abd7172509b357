"""Whether the doses of a list are arms of the trial, a row each, or the steps and choices of one row."""

from __future__ import annotations

import regex

from trialmine.lexicon.search import Search
from trialmine.records.article import Mention, Sentence
from trialmine.records.trial import Dose

_MOST = 6
_PAIR = 2
_OUTCOME_SECTIONS = ("results", "conclusions")
# the list stands beside a group that gets none of it, or chance parts people over it
_CONTROL_BEHIND = regex.compile(
    r"[^.;]{0,120}?\b(?:or|versus|vs\.?|(?:were|was)\scompared\s(?:with|to)|compared\s(?:with|to))\s(?:\w+[\s-]){0,2}placebo\b",
    regex.IGNORECASE,
)
_CONTROL_BEFORE = regex.compile(
    r"\bplacebo,?(?:\s?\([^()]{1,20}\))?\s?(?:,|or|and|versus|vs\.?)\s[^.;]{0,40}$", regex.IGNORECASE
)
_PARTED_BY_CHANCE = regex.compile(
    r"\b(?:randomi[sz]ed|randomly\s(?:\w+\s)?(?:assigned|allocated|divided)|assigned|allocated)\b[^.;]{0,60}\bto\b[^.;]{0,60}$",
    regex.IGNORECASE,
)
_ONE_PERSON = regex.compile(
    r"\b(?:flexib\w*|titrat\w*|escalat\w*|ascending|adjust\w*|based\son|according\sto|depending|cohorts?|in\sturn|increas\w*|both|each|3\s?\+\s?3)\b",
    regex.IGNORECASE,
)
# as many in each group: 5, 10 or 20 mg daily (n = 12 each)
_SIZED_ALIKE = regex.compile(
    r"[^.;()]{0,60}[(\[]\s?n\s?=\s?\d+\s?(?:(?:patients|subjects|animals|in|for)\s){0,2}(?:each|per\s(?:dose|arm|group))\b",
    regex.IGNORECASE,
)
# "125 mg or 250 mg, based on body weight": one of them for each person
_BY_PERSON = regex.compile(
    r"[^.;]{0,30}\b(?:based\son|according\sto|depending\son|adjusted\s(?:for|to))\s(?:\w+\s){0,2}(?:weight|age|size|BMI|function|tolera\w+|response)\b",
    regex.IGNORECASE,
)
# "tapered from 20 to 5 mg"
_TAPERED = regex.compile(r"\b(?:taper|reduc|decreas|lower)(?:ed|ing)\s(?:\w+\s){0,2}from\s$", regex.IGNORECASE)
_IN_TURN = regex.compile(r"\bcross-?over\b", regex.IGNORECASE)
# a trial that raises doses from cohort to cohort, and parts nobody by chance
_RAISED = Search(
    r"\b(?:phase\s(?:I|1)[ab]?\b(?!\s?[-/]?\s?(?:III|3))|dose[\s-](?:escalati(?:on|ng)|finding)|maxim(?:um|al|ally)[\s-]tolera(?:ted|ble)\sdoses?|MTD|dose[\s-]limiting\stoxicit)"
)
_CHANCE = Search(
    r"\brandomi[sz]\w+\b(?!\s(?:[\w-]+\s){0,3}(?:trials?|stud(?:y|ies))\b[^.;]{0,30}\b(?:required|warranted|needed|planned|ongoing|underway|justified|will)\b)"
    r"|\brandomly\b|\bplacebo\b|\bcross-?over\b"
)
_INTO_GROUPS = regex.compile(r"\b(?:divided|assigned|allocated|split)\s(?:in)?to\b[^.;]*\bgroups\b", regex.IGNORECASE)
_AT_WILL = regex.compile(r"\b(?:flexib\w*|adjust\w*)\b[^.;]{0,60}$", regex.IGNORECASE)


def split_levels(text: str, dose: Mention, sentence: Sentence, arms: int, *, cohorts: bool) -> list[Dose]:
    """One dose, or one for each of the listed amounts.

    Args:
        text: of the article.
        dose: the mention with its levels.
        sentence: that of the dose.
        arms: how many arms get the drug.
        cohorts: whether the trial raised its doses from cohort to cohort.
    """
    reading = dose.value
    levels = reading.dose.levels
    if not levels:
        return [reading.dose]
    if len(levels) == 2 and levels[0] > levels[1] and _TAPERED.search(text, sentence.start, dose.start):
        return [Dose(value=v, unit=reading.dose.unit, text=reading.dose.text) for v in levels]
    if _AT_WILL.search(text, sentence.start, dose.start) or _BY_PERSON.match(text, dose.end, sentence.end):
        return [reading.dose]
    grouped = _INTO_GROUPS.search(text, sentence.start, dose.start) is not None
    if not reading.parted and not grouped and reading.form != "combination" and cohorts:
        return [reading.dose]
    if reading.parted or (arms >= len(levels) and len(levels) <= _MOST) or _are_groups(text, dose, sentence):
        return [Dose(value=v, unit=reading.dose.unit, text=reading.dose.text) for v in levels]
    return [reading.dose]


def are_cohorts(text: str) -> bool:
    """Whether the doses of a text are those of cohorts that were raised in turn."""
    return _RAISED.is_in(text) and not _CHANCE.is_in(text)


def _are_groups(text: str, dose: Mention, sentence: Sentence) -> bool:
    if len(dose.value.dose.levels) > _MOST:
        return False
    if _SIZED_ALIKE.match(text, dose.end, sentence.end):
        return True
    if _ONE_PERSON.search(text, sentence.start, sentence.end) or _IN_TURN.search(text):
        return False
    # the steps of one person's dose are seldom listed by three and more without a word for them
    if len(dose.value.dose.levels) > _PAIR and sentence.section not in _OUTCOME_SECTIONS:
        return True
    return (
        _CONTROL_BEHIND.match(text, dose.end, sentence.end) is not None
        or _CONTROL_BEFORE.search(text, sentence.start, dose.start) is not None
        or _PARTED_BY_CHANCE.search(text, sentence.start, dose.start) is not None
    )
