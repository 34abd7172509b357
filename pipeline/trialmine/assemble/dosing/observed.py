"""Times at which people were watched or measured, which are no drug's."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Mention

# times at which something was measured, or for which patients were watched
_OBSERVED = regex.compile(
    r"\b(?:assess\w*|measur\w*|evaluat\w*|collect\w*|sampl\w*|determin\w*|obtained|recorded|examin\w*|biops\w*|follow(?:ed(?!\sby)|[\s-]?up)|surviv\w*|monitor\w*|observ\w*"
    r"|visits?|scores?|wash-?\s?out|blood\sdrawn|compared|aged?|stable|remission|tests?)\b[^.;]{0,50}$"
    r"|\b(?:assess|measur|evaluat|collect|monitor|visit)\w*(?:(?!\b(?:receiv|given|giv|administ|inject|infus|treat|took|taken)\w*)[^.;]){0,110}$",
    regex.IGNORECASE,
)
# "A or placebo, and measured blood counts every 4 weeks": how often people were seen
_SEEN_OFTEN = regex.compile(
    r"\b(?:(?:were|was|are|be)\s(?:then\s)?(?:seen|followed|examined|assessed|measured|evaluated|monitored|recorded|collected|obtained|drawn|checked|visited|reviewed|surveyed|interviewed|sampled)"
    r"|followed(?!\sby)(?:[\s-]up)?|and\s(?:assess|measur|evaluat|record|collect|monitor|examin)ed|measurements?|assessments?|evaluations?|inspections?|questionnaires?|visits?|diary|diaries|scores?)\b[^.;]{0,90}$",
    regex.IGNORECASE,
)
_WE_SAW = regex.compile(
    r"\b(?:measured|recorded|assessed|evaluated|determined|collected|monitored)\b", regex.IGNORECASE
)


def is_observed(text: str, drafts: Sequence[Draft], mention: Mention) -> bool:
    """Whether people were watched for this time; "to assess A 5 mg for a year" tells of A."""
    m = _OBSERVED.search(text, max(0, mention.start - 130), mention.start)
    return m is not None and not any(d.dose and m.start() < d.start < mention.start for d in drafts)


def is_of_visits(text: str, drafts: Sequence[Draft], mention: Mention) -> bool:
    """Whether the words behind the last drug say that people were seen so often."""
    # "we measured A and B at baseline and every year"
    start = min((d.sentence.start for d in drafts), default=mention.start)
    if not any(d.dose for d in drafts) and _WE_SAW.search(text, start, mention.start):
        return True
    last = max((d.end for d in drafts if d.end <= mention.start), default=0)
    return _SEEN_OFTEN.search(text, max(last, mention.start - 130), mention.start) is not None
