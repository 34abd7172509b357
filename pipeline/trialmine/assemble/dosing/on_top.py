"""What all had beside the drugs that they were assigned to: it takes nothing that is told of these."""

from __future__ import annotations

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Mention

# "A or placebo, with standard B 2 g every 4 h"
_ON_TOP = regex.compile(
    r"\)?\s?,\s(?:(?:all|both|each)\s)?(?:(?:together|along|in\saddition)\s)?(?:with|plus|on\stop\sof|in\saddition\sto|added\sto)\s(?!(?:an?\s)?(?:matching|matched|identical|corresponding|placebo))"
    r"|\)?,?\s?\b(?:with|plus|on|added\sto|in\saddition\sto)\s(?:standard|background|usual|routine|concomitant|concurrent|stable|conventional|open-label)\b",
    regex.IGNORECASE,
)
_ASSIGNED_TO = regex.compile(r"\b(?:or|versus|vs)\b", regex.IGNORECASE)


def begins_on_top(gap: str) -> bool:
    """Whether the words between two items begin what was given beside all that stands before."""
    return _ON_TOP.match(gap.lstrip()) is not None


def is_on_top_of(text: str, draft: Draft, mention: Mention) -> bool:
    """Whether a row's drug was given beside the alternatives that a mention is told of."""
    if not draft.sentence.start <= mention.start < mention.end <= draft.start:
        return False
    begun = _ON_TOP.search(text, mention.end, draft.start)
    return begun is not None and _ASSIGNED_TO.search(text, draft.sentence.start, begun.start()) is not None
