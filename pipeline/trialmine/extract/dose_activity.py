"""Amounts of units of activity: what counts millions ("3 MU", "9 MIU"), also where the M was written small."""

from __future__ import annotations

import regex

from trialmine.normalise.unit import without_multiple

# of these nobody gives thousandths of a unit, so that "3 mU" of them are millions
_GIVEN_BY_MILLIONS = regex.compile(
    r"\b(?:(?:peg\w*[\s-])?interferons?|(?:peg-?)?ifns?|interleukin|aldesleukin|il-?2|(?:benzathine\s|benzyl)?penicillin|streptokinase|urokinase|colisti\w+"
    r"|polymyxin|nystatin)\b",
    regex.IGNORECASE,
)
_THOUSANDTHS = regex.compile(r"m(?=(?:U|\[iU\])(?:/(?:m2|kg|d))?$)")
_REACH = 80  # characters to the name


def activity(text: str, start: int, code: str) -> tuple[str, float]:
    """The UCUM code of an amount in single units, and the factor that its number takes.

    Args:
        text: the clean text.
        start: where the amount begins.
        code: its UCUM code as written.
    """
    if _THOUSANDTHS.match(code):
        around = (
            text[max(0, start - _REACH) : start].rpartition(". ")[2] + text[start : start + _REACH].partition(". ")[0]
        )
        if _GIVEN_BY_MILLIONS.search(around):
            return code[1:], 1e6
    return without_multiple(code)
