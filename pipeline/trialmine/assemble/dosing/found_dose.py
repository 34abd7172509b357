"""Whose a dose is that the trial found: "the MTD of A with B was 5 mg" tells A's."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.records.article import Mention, Reference

_FOUND = ("maximum_tolerated", "recommended")
_REACH = 60  # characters from the words for the dose to the verb
_IS = regex.compile(
    r"\b(?:was|were|is|are|be)\s(?:(?:then|therefore|thus|found|considered|judged|estimated|determined|established|defined|declared|identified|set|selected|fixed|reached|to\sbe|as|at|an?|oral|daily|with)\s){0,4}$",
    regex.IGNORECASE,
)
# "the recommended dose was A 5 mg"
_IS_A = regex.compile(_IS.pattern.removesuffix("$") + r"(?:[\w-]+\s){0,3}\(?$", regex.IGNORECASE)
_OF = regex.compile(
    r"(?:\s\([^()]{1,24}\))?\s(?:of|for)\s(?:(?!combin|regimen|the\scombin)[a-z-]+\s){0,2}", regex.IGNORECASE
)
_WITH = regex.compile(
    r"(?:\s\([^()]{1,24}\))?\s(?:(?:tablets?|capsules?|infusions?)\s)?(?:when\s)?(?:given\s|used\s|administered\s|combined\s|taken\s|(?:in\s)?combination\s|concurrently\s|together\s){0,2}with\s",
    regex.IGNORECASE,
)
_OWN = regex.compile(r"(?:['’]s)?\s(?:\([^()]{1,24}\)\s)?", regex.IGNORECASE)


def found_doses(mentions: Sequence[Mention]) -> list[Mention]:
    """The words for a dose that a trial looked for."""
    return [m for m in mentions if m.value in _FOUND]


def is_told(text: str, word: Mention, dose: int) -> bool:
    """Whether an amount stands right behind the verb of what was found."""
    return word.value in _FOUND and _IS_A.search(text, max(word.end, dose - _REACH), dose) is not None


def owner(text: str, words: Sequence[Mention], references: Sequence[Reference], dose: int) -> Reference | None:
    """The drug whose dose a sentence says that it found, for an amount right behind the verb; both are the sentence's."""
    told = next((w for w in reversed(words) if w.end <= dose), None)
    verb = _IS.search(text, max(told.end, dose - _REACH), dose) if told else None
    if told is None or verb is None:
        return None
    behind = [r for r in references if told.end <= r.start and r.end <= verb.start()]
    if behind and _OF.fullmatch(text, told.end, behind[0].start):
        others = any(r.id != behind[0].id for r in behind)
        return behind[0] if not others or _WITH.match(text, behind[0].end) else None
    before = next((r for r in reversed(references) if r.end <= told.start), None)
    return before if before and not behind and _OWN.fullmatch(text, before.end, told.start) else None
