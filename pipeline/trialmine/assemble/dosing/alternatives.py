"""Alternatives: amounts before the drug they are of ("low (5 mg) or high (20 mg) dose A"), drugs against drugs."""

# ruff: noqa: E501 (the alternatives of a pattern read better in one line)
from __future__ import annotations

from collections.abc import Sequence

import regex

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
