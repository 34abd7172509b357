"""A single dose that is given again and again, as "a single dose of A (5 mg) or placebo every 6 months"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Mention

# what may stand between a dose and how often it came; another step or clause may not
_BETWEEN = regex.compile(
    r"\)?(?:\((?!\d+\))[^()]{1,40}\)"
    r"|(?!\b(?:then|follow\w*|before|after|thereafter|plus|and|with|once|until|while|versus|vs|if)\b)"
    r"(?!\bor\s(?!(?:an?\s|matching\s|identical\s)*(?:placebo|vehicle|sham|saline)\b))[^.;,()])*+,?\s?",
    regex.IGNORECASE,
)
_FARTHEST = 80


def repeat_single(text: str, drafts: Sequence[Draft], attributes: Sequence[Mention]) -> None:
    """Give a dose that was told to be single the interval that stands behind it."""
    intervals = [m for m in attributes if m.kind == "frequency" and m.value.period and m.value.code != "ONCE"]
    for draft in drafts:
        if draft.frequency is None or "single" not in draft.frequency.text.lower():
            continue
        end = max([draft.end, *(e for _, e in draft.stated.get("frequency", ()))])
        told = next((m for m in intervals if end <= m.start <= end + _FARTHEST), None)
        if told is None or any(d.dose and end <= d.start < told.start for d in drafts):
            continue
        if _BETWEEN.fullmatch(text, end, told.start):
            draft.drop("frequency")
            draft.fill("frequency", told.value, (told.start, told.end))
