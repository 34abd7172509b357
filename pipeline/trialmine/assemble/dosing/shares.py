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
# "8% in oxygen", "2% in a mixture of oxygen and air" are breathed, "2% (study group)" is what a group was given
_GAS = r"(?:oxygen|air|O2|N2O|nitrous)\b"
_SHARE_BEHIND = regex.compile(
    rf"\s?(?:of|in(?!\s(?:an?\s|the\s)?(?:[\d.]+\s?%\s)?(?:an?\s)?(?:(?:gas\s)?(?:mixtures?|blend)\s(?:of\s)?(?:[\d.]+\s?%\s)?)?{_GAS}|\s(?:the\s)?(?:group|arm)\s\w{{1,8}}\b)|for|with|vs|rece|had|were"
    r"|[(;:](?!\s?[A-Z])(?!\s?[^()]{0,24}\b(?:groups?|arms?|eyes?|sides?)\s?\)))"
)
_VAPOUR = r"\b(?:(?:sevo|iso|des|en)flurane|halothane|xenon)\b"
# a percent of what is breathed: "sevoflurane 1.5-2.5%", "isoflurane increased to 2%", "1-2% desflurane"
_BREATHED = regex.compile(
    rf"{_VAPOUR}\s?,?[(\[]?(?:(?:at|of|an?|the|up|to|by|from|with|between|was|set|about|approximately|end-tidal|end-expiratory|inspired|inspiratory|expired|exhaled|dial|concentrations?|increased|titrated|started|starting|adjusted|maintained|kept|gradually|incrementally|stepwise|slowly)\s){{0,7}}$",
    regex.IGNORECASE,
)
_OF_VAPOUR = regex.compile(rf"\s?(?:(?:of|inspired|end-tidal|inhaled)\s){{0,2}}{_VAPOUR}", regex.IGNORECASE)


def is_breathed(text: str, dose: Mention) -> bool:
    """Whether a percent stands beside the name of a vapour that is breathed."""
    before = _BREATHED.search(text, max(0, dose.start - 90), dose.start)
    return before is not None or _OF_VAPOUR.match(text, dose.end) is not None


def is_share(text: str, dose: Mention) -> bool:
    """ "13.9% of patients" and "four (13%)" are shares, "2% lidocaine" a strength."""
    if _COUNT_BEFORE.search(text, max(0, dose.start - 12), dose.start) or _COUNT_BEHIND.match(text, dose.end):
        return True
    if dose.value.form in ("range", "up_to") and is_breathed(text, dose):
        return False
    return len(dose.value.amounts) > 1 or _SHARE_BEHIND.match(text, dose.end) is not None
