"""Amounts that a comparative stands with: by how much one group had more, or changed more, than another."""

from __future__ import annotations

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.records.article import Article

# "a higher level (0.2 mm, 95% CI 0.1 to 0.4": one amount with its interval says by how much
_BY_HOW_MUCH = regex.compile(
    r"\b(?:lower|higher|greater|longer|shorter|less|more|fewer|smaller|larger)\b[^.;()\d]{0,50}[(\[]\s?$",
    regex.IGNORECASE,
)
# as in "4.2 mm Hg lower (95% CI 1.1 to 7.3) with tea"
_MORE_THAN_OTHERS = regex.compile(
    r"(?:\s(?:mm\s?Hg|[a-zµ%/]{1,12}))?\s(?:lower|higher|greater|longer|shorter|less|more|fewer|smaller|larger)\s?[(\[]",
    regex.IGNORECASE,
)
# "HDL increased significantly more with tea than with water (7.7% vs 5.7%": by how much it did in each group
_CHANGED_MORE = regex.compile(
    r"\b(?:increased|decreased|reduced|improved|declined|fell|rose|dropped|lowered)\s(?:[^.;()\d]{0,40}\s)?(?:more|less)\b"
    r"(?!\s(?:often|frequently|commonly|likely|than\s\d))[^.;()\d]{0,70}[(\[]\s?(?:\d[\d.]*\s?%?\s(?:vs\.?|versus|and|compared\s(?:with|to))\s)?$",
    regex.IGNORECASE,
)

# as in "2.1 kg lower in the tea group"
_IN_ONE_GROUP = regex.compile(
    r"(?:\s(?:mm\s?Hg|[a-zµ/]{1,12}))?\s(?:lower|higher|greater|longer|shorter|less|more|fewer|smaller|larger)"
    r"\s(?:in|with|for|among)\sthe\s(?:[\w-]+\s){1,3}?(?:group|arm)\b(?![^.;]{0,40}\sthan\sat\s)",
    regex.IGNORECASE,
)


def tells_by_how_much(article: Article, a: Candidate, before: str) -> bool:
    """Whether a comparative beside a number says that it is a difference."""
    text, end = article.text, a.sentence.end
    if a.unit is not None and a.dispersion is None and _IN_ONE_GROUP.match(text, a.number_end, end):
        return True
    behind = a.ci is not None and _MORE_THAN_OTHERS.match(text, a.number_end, end)
    return bool(behind or (a.ci is not None and _BY_HOW_MUCH.search(before)))


def changed_more(before: str) -> bool:
    """Whether the words before a percentage say that what was measured changed more in one group."""
    return _CHANGED_MORE.search(before[-150:]) is not None
