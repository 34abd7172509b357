"""What a sentence is about, for the doses of the next one that names no drug."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.assemble.dosing.draft import Draft

EITHER = "either"
"""The topic of a sentence that sets drugs with doses against each other."""
_SET_AGAINST = regex.compile(r"\b(?:versus|vs|or|compared\swith)\b", regex.IGNORECASE)


def topic_of(text: str, drafts: Sequence[Draft]) -> str:
    """The drug of a sentence's last dose; of "A 5 mg or B 6 mg" neither."""
    dosed = sorted((d for d in drafts if d.dose), key=lambda d: d.start)
    if not dosed:
        return drafts[-1].intervention
    parted = any(
        a.intervention != b.intervention and _SET_AGAINST.search(text, a.end, b.start) for a, b in pairwise(dosed)
    )
    return EITHER if parted else dosed[-1].intervention
