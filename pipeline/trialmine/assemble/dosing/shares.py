"""Percentages that are shares of people or of what was found, and no strengths of what was given."""

from __future__ import annotations

import regex

from trialmine.records.article import Mention

_COUNT_BEFORE = regex.compile(
    r"(?<![\w.])(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\s\($", regex.IGNORECASE
)
# "aspirin (84%)" is who had it, "dextrose (50%)" a strength
_COUNT_BEHIND = regex.compile(
    r"(?<=\(\s?[2-9]\d(?:\.\d+)?\s?%)(?<!(?:ose|ol|gen|xide|tion|eam|gel|ment)\s?\(\s?[\d.]{2,5}\s?%)\s?\)|\s?[(\[]\s?(?:n\s?=|\d+/\d)|[^.;]{0,40}[\s(]P\s?[<=>]",
    regex.IGNORECASE,
)
# "8% in oxygen" is a part of what is breathed, "2% (study group)" what a group was given
_SHARE_BEHIND = regex.compile(
    r"\s?(?:of|in(?!\s(?:[\d.]+\s?%\s)?(?:an?\s)?(?:oxygen|air|O2|N2O|nitrous)\b|\s(?:the\s)?(?:group|arm)\s\w{1,8}\b)|for|with|vs|rece|had|were"
    r"|[(;:](?!\s?[A-Z])(?!\s?[^()]{0,24}\b(?:groups?|arms?|eyes?|sides?)\s?\)))"
)
# a range of percent of what is breathed, as in "sevoflurane 1.5-2.5%"
_BREATHED = regex.compile(
    r"\b(?:(?:sevo|iso|des|en)flurane|halothane|xenon)\s?\(?(?:(?:at|of|an?|end-tidal|concentrations?)\s){0,5}$",
    regex.IGNORECASE,
)


def is_share(text: str, dose: Mention) -> bool:
    """ "13.9% of patients" and "four (13%)" are shares, "2% lidocaine" a strength."""
    if _COUNT_BEFORE.search(text, max(0, dose.start - 12), dose.start) or _COUNT_BEHIND.match(text, dose.end):
        return True
    if dose.value.form == "range" and _BREATHED.search(text, max(0, dose.start - 40), dose.start):
        return False
    return len(dose.value.amounts) > 1 or _SHARE_BEHIND.match(text, dose.end) is not None
