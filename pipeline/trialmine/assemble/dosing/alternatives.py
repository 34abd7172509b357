"""Alternatives: amounts before the drug they are of ("low (5 mg) or high (20 mg) dose A"), drugs against drugs."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Mention, Sentence

_WAYS = r"oral|intra\w+|sub\w+|transdermal|inhaled|topical|nasal"
# series of doses told in turn: single ascending doses (5-90 mg) and multiple oral doses (20 mg daily) of A
_SERIES = rf"(?:single|multiple|repeat(?:ed)?|ascending|rising|escalating)(?:[\s-](?:ascending|rising|escalating|{_WAYS})){{0,2}}"
_LEVEL = rf"(?:(?:very\s)?(?:low|lower|high|higher|medium|middle|moderate|intermediate|standard|conventional|single|double|half|full|reduced)|{_WAYS}|{_SERIES})(?:[\s-]doses?)?"
_WAY = regex.compile(rf"\b{_LEVEL}\s?[(\[]\s?$", regex.IGNORECASE)
_NEXT_WAY = regex.compile(
    rf"[^()\[\]]{{0,14}}[)\]](?:,\s|,?\s(?:or|and|versus|vs\.?|than|to|with)\s)(?:an?\s|the\s)?{_LEVEL}\s?[(\[]\s?",
    regex.IGNORECASE,
)
_DOSE_OF = regex.compile(r"[^()\[\]]{0,14}[)\]]\s(?:doses?\s)?(?:of\s)?", regex.IGNORECASE)
_REACH = 40  # characters
_VERSUS = regex.compile(r"\b(?:versus|vs|compared\s(?:with|to))\b", regex.IGNORECASE)
_SHAM = regex.compile(r"\b(?:placebo|sham|vehicle)\b", regex.IGNORECASE)

# what may stand between two alternatives, and behind the last of them
_OR = regex.compile(
    r"[)\]]?(?:\s?[(\[][^()\[\]]{1,30}[)\]])?(?:\s(?:once|twice|three\stimes|daily|weekly|a\sday|per\sday|orally)){0,4},?\s(?:or|versus|vs\.?)\s(?:to\s|with\s)?(?:oral\s|matching\s|either\s)?",
    regex.IGNORECASE,
)
_SUM = regex.compile(r"\bcombination\sof\s$", regex.IGNORECASE)
_PLUS = regex.compile(
    r"(?:\s(?:once|twice|three\stimes|daily|weekly|a\sday|per\sday)){0,4}\s(?:and|plus|with)\s(?:[a-z-]+\s){0,4}",
    regex.IGNORECASE,
)


def told_of_each(text: str, draft: Draft, drafts: Sequence[Draft], lengths: Sequence[Mention]) -> Mention | None:
    """The length behind the last alternative that scope gave all of them: "A 5 mg versus B 6 mg for a year"."""
    stated = draft.stated.get("duration", [])
    long = next((m for m in lengths if (m.start, m.end) in stated and draft.end <= m.start < draft.sentence.end), None)
    if long is None or any(draft.end <= m.start < long.start for m in lengths):
        return None
    spans = sorted({d.span for d in drafts if draft.start <= d.start and d.end <= long.start})
    joint = _PLUS if _SUM.search(text, max(0, draft.start - 20), draft.start) else _OR
    joined = len(spans) > 1 and all(joint.fullmatch(text, a[1], b[0]) for a, b in pairwise(spans))
    return long if joined else None


def last_alternative(
    text: str, dose: Mention, doses: Sequence[Mention], sentence: Sentence
) -> tuple[Mention, int] | None:
    """The last dose of the alternatives that a dose belongs to, and where their drug is to begin; None if it is none."""
    run = [dose]
    while (m := _NEXT_WAY.match(text, run[-1].end, sentence.end)) is not None:
        following = next((d for d in doses if d.start == m.end()), None)
        if following is None:
            return None
        run.append(following)
    before = any(_NEXT_WAY.fullmatch(text, d.end, dose.start) for d in doses if d.end < dose.start)
    told = all(_WAY.search(text, max(sentence.start, d.start - _REACH), d.start) for d in run)
    end = _DOSE_OF.match(text, run[-1].end, sentence.end)
    return (run[-1], end.end()) if end and told and (before or len(run) > 1) else None


def is_set_against(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """ "once-weekly A versus B": B may be given otherwise, unless it is A's placebo."""
    return _VERSUS.search(text, left[1], right[0]) is not None and _SHAM.search(text, left[1], right[1]) is None
