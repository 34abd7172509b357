"""The second of two outcomes told alike: "for type 16 it was 0.9 and for type 18 0.7"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.result import Result
from trialmine.records.article import Block

_NAMED = regex.compile(
    r"(?r)(?:[,;]|\band)\s(?:(?:(?-i:a?HR|a?OR|a?RR|IRR|MD)|(?:hazards?|odds|risks?|rate)\sratio|relative\srisk|difference)\s)?"
    r"(?P<led>for|in|of)\s(?:the\s)?(?P<name>\p{L}[\p{L}\d\s/+-]{0,40}?)(?:,\s|\s(?:(?:it\s)?(?:was|were|=)\s)?)$",
    regex.IGNORECASE,
)
_LED = regex.compile(r"\b(?:for|in|of)(?=\s)", regex.IGNORECASE)
# what is no outcome: people, groups and times
_OTHER = regex.compile(
    r"\b(?:groups?|arms?|patients|participants|subjects|women|men|boys|girls|children|adults|infants|controls?|placebo|those|weeks?|days?|months?|years?"
    r"|hours?|baseline|cohorts?|sham|usual|vehicle|intervention|treated|treatment|untreated)\b",
    regex.IGNORECASE,
)


_NOUN = r"(?!\w*(?:ed|ly|er|est)\b|(?:more|less|most|was|were|had|than|also|even|both|only)\b)(?-i:\p{Ll}{4,})"
# "tremor with tea (31% v. 5%), and sedation with water (12%": the verb is not said again
_AND_WITH = regex.compile(
    rf"(?r)[)\]]\s?,?\s?and\s(?P<name>{_NOUN}(?:[\s-]{_NOUN})?)\s(?:with|in|on|among|after)\s(?P<whose>[^()\[\];]{{2,40}})\s?[(\[]\s?$",
    regex.IGNORECASE,
)
_REACH = 90


def of_others(text: str, results: Sequence[Result], endpoints: Block, arms: Block) -> set[int]:
    """Places of the results to which the words right before their list give another outcome than was chosen."""
    found: set[int] = set()
    last: Candidate | None = None
    for r in results:
        if r.number is None:
            continue
        a, before = r.number, last
        last = a
        follows = before is not None and before.at in found and _JOINT.fullmatch(text, before.number_end, a.at)
        if follows or (r.endpoint and _is_of_other(text, a, r.endpoint, endpoints, arms)):
            found.add(a.at)
    return found


_JOINT = regex.compile(r"[\s)\]%]*(?:,|/|and|vs?\.?|versus)\s?[(\[]?", regex.IGNORECASE)


def _is_of_other(text: str, a: Candidate, chosen: str, endpoints: Block, arms: Block) -> bool:
    since = max(a.sentence.start, a.at - _REACH)
    own = _NAMED.search(text, since, a.at)
    with_arm = None if own else _AND_WITH.search(text, since, a.at)
    told = own or with_arm
    if told is None or _OTHER.search(told["name"]):
        return False
    span = told.span("name")
    if any(r.start < span[1] for r in endpoints.within(*span)) or arms.within(*span):
        return False
    if with_arm is not None:
        return bool(arms.within(*with_arm.span("whose")))
    earlier = [r for r in endpoints.within(a.sentence.start, span[0]) if r.id == chosen]
    leads = (_LED.findall(text, max(a.sentence.start, r.start - 10), r.end) for r in earlier)
    return any(told["led"].lower() in (word.lower() for word in found) for found in leads)
