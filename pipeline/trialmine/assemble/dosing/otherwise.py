"""Items of a list that were plainly given otherwise than what is told behind a later one: once, or by a needle."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Mention

# "A 50 mg/m2 combined with B 100 mg/m2 twice daily", "A 5 mg ± B 6 mg daily"
_EACH_ITS_OWN = regex.compile(r"±|\bcombined\swith\b", regex.IGNORECASE)
# "A 300 mg at baseline plus B 50 mg TID": A has been timed
_TIMED_ONCE = regex.compile(
    r"[\s,(]{0,2}(?:(?:given|administered|orally|intravenously|IV|IM|SC|PO)\s)?(?:at\s(?:baseline|induction|(?:the\s)?(?:start|beginning|time)\b)|(?:at\s|in\s)?weeks?\s\d|(?:\w+\s){0,3}?(?:before|prior\sto|after)\s|pre-?operativ|intra-?operativ|initially)",
    regex.IGNORECASE,
)
# "A 2 mg/kg at birth and B 4 mg/kg daily for 6 weeks", "A 2 g 1 h before surgery or B 5 mg daily for a week"
_GIVEN_AT = regex.compile(
    r"[\s,(]{0,2}(?:(?:given|administered|orally|intravenously|intramuscularly|IV|IM|SC|PO)\s)?"
    r"(?:at\s(?:birth|delivery|induction|(?:the\s)?onset)\b|\d+\s?(?:-\s?\d+\s?)?(?:h|hours?|min|minutes)\s(?:before|prior\sto|after)\b)",
    regex.IGNORECASE,
)
# "A 250 mg before and after 7 days of B 200 mg three times daily"
_ROUND = regex.compile(
    r"\bbefore\sand\safter\b|\bafter\s(?:\d+|one|two|three|four)\s(?:days?|weeks?|months?)\sof\s$", regex.IGNORECASE
)
# "A 500 mg once daily in week 1, 500 mg twice daily in week 2 and 1 g thereafter until week 24"
_IN_WEEK = regex.compile(
    r"[^,;.]{0,24}\b(?:in|during|at)\s(?:the\s)?(?:first\s|second\s|third\s)?(?:week|month)\b", regex.IGNORECASE
)
_LOADS = regex.compile(r"[\s-]{0,2}(?:(?:oral|intravenous|bolus|initial)\s)?loading\b", regex.IGNORECASE)
_CHOICE = regex.compile(r"\b(?:or|versus|vs|compared\s(?:with|to))\b", regex.IGNORECASE)
_INJECTED = {"intravenous", "intramuscular", "subcutaneous"}
# "A 5 IU as a bolus plus an infusion of 40 IU over 4 h"
_INFUSION = regex.compile(r"\b(?:bolus|infusion|infused)\b", regex.IGNORECASE)


def given_otherwise(
    text: str, drafts: Sequence[Draft], mention: Mention, left: tuple[int, int], right: tuple[int, int]
) -> bool:
    """Whether what is told of the right one of two items is none of the left one's, by the words between them."""
    kind = mention.kind
    if kind == "infusion_time":
        return _INFUSION.search(text, left[1], right[0]) is not None or _is_listed_with(text, drafts, left, right)
    if kind == "schedule":
        return len(mention.value.days) > 1 and _are_weighed_otherwise(drafts, left, right)
    if kind not in ("frequency", "duration"):
        return False
    if kind == "frequency" and (
        _LOADS.match(text, left[1], right[0])
        or _EACH_ITS_OWN.search(text, left[1], right[0])
        or _TIMED_ONCE.match(text, left[1], right[0])
    ):
        return True
    if kind == "duration" and _IN_WEEK.match(text, left[1], right[0]):
        return True
    # weeks and years are how long a trial went on, days a course
    long = kind == "duration" and mention.value.unit != "d"
    apart = _GIVEN_AT.match(text, left[1], right[0]) or _ROUND.search(text, left[1], right[0])
    return apart is not None or (not long and _is_injected(text, drafts, left, right))


def _is_listed_with(text: str, drafts: Sequence[Draft], left: tuple[int, int], right: tuple[int, int]) -> bool:
    """ "A 85, B 200 and C 2600 mg/m2 as a 24-h infusion": parts of one regimen run each in their own time."""
    surface = all("/m2" in d.dose.unit for d in drafts if d.dose and d.span in (left, right))
    return surface and _CHOICE.search(text, left[1], right[0]) is None


def _are_weighed_otherwise(drafts: Sequence[Draft], left: tuple[int, int], right: tuple[int, int]) -> bool:
    """ "A 750 mg/m2, B 1.4 mg/m2 and C 100 mg on days 1-5": the tablets' days are not the infusions'."""
    units = [{d.dose.unit for d in drafts if d.dose and d.span == s} for s in (left, right)]
    return all("/m2" in u for u in units[0]) and all("/" not in u for u in units[1]) and all(units)


def _is_injected(text: str, drafts: Sequence[Draft], left: tuple[int, int], right: tuple[int, int]) -> bool:
    """ "A 2 g intravenously or B 1 g orally three times daily": what was swallowed was given otherwise."""
    if _CHOICE.search(text, left[1], right[0]) is None:
        return False
    routes = [{d.route for d in drafts if d.span == span} for span in (left, right)]
    return routes[1] == {"oral"} and bool(routes[0]) and routes[0] <= _INJECTED
