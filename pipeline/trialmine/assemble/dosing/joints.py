"""What stands between the items of a list, and between an attribute and the item that it is told of."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.records.article import Mention

_FILL = (
    r"of|a|an|the|dose|doses|dosing|dosages?|amounts?|infusions?|injections?|injected|treatment|therapy|with|either|administration|oral|low|high|bolus|use|single|fixed|subcutaneous"
    r"|intravenous|inj|study|drug|at|continuous|tablets?|capsules?|regimen|application|instillation|supplementation|repeated|multiple|daily|weekly|course|courses|iv"
    r"|(?:long|short|rapid)[\s-]acting|(?:extended|sustained|modified|immediate|delayed|controlled|slow)[\s-]release|generic|recombinant|human|liposomal|pegylated|delivering|containing|providing"
)
# an attribute that stands right before its drug: "weekly paclitaxel", "single doses of X"
FORWARD = regex.compile(rf"[\s\-–(]*(?:(?:{_FILL})\b[\s\-–(]*){{0,5}}", regex.IGNORECASE)
LISTED = regex.compile(
    r"[\s,()\[\]®™/+&±-]*(?:\([^()]{0,60}\)[\s,]*)?(?:(?:and|or|plus|versus|vs\.?|with|compared\s(?:with|to)|combined\swith|in\scombination\swith|either|an?|the|matching|identical"
    r"|arm|group|each|matched|corresponding|followed\sby|then|of|oral|intravenous|low|lower|high|higher|medium|intermediate|standard|dose|doses|increasing|escalating|fixed|n\s?=\s?\d+|both|to|as|receive|received|(?:long|short|rapid)[\s-]acting|(?:extended|sustained|immediate|modified|slow|controlled)[\s-]release|patients|subjects|participants|women|men|children|eyes|(?-i:[A-Z0-9][A-Za-z0-9]{0,5})|\d{1,3})\b[\s,.()\[\]®™/+&:=-]*){0,10}",
    regex.IGNORECASE,
)
# "2 g of ginger supplements or placebo": a few words of any kind around the conjunction
LOOSELY_LISTED = regex.compile(
    r"[^.;:(]{0,24}\b(?:or|and|plus|versus|vs\.?|compared\s(?:with|to))\b[^.;:(]{0,20}", regex.IGNORECASE
)
# "oral A-B": written as one
AS_ONE = regex.compile(r"[-–/+]|\s[/+]\s")
# "A 1.4 mg/m2 (maximum 2 mg)", "A 60 mg (increased to 80 mg)": both are one item
CEILING = regex.compile(
    r"\s?[(\[,]\s?(?:an?\s|the\s|up\sto\s(?:a\s)?)?(?:max\w*|capped|cap|not\sexceeding|(?:increas|escalat|reduc|rais|titrat)\w+\sto)\b[^;,()]{0,20}"
    r"|(?:\sof\sbody[\s-]weight)?\s?[(,]\s?up\sto\s",
    regex.IGNORECASE,
)
# ", mycophenolate 1 g daily and C": the list goes on
GOES_ON = regex.compile(r",?\s(?:and|plus)\s|,\s", regex.IGNORECASE)
# "A 5 mg on days 1 and 8 with B": what stands between the two was told of A
NEXT_ITEM = regex.compile(r"\s*(?:with|and|plus|combined)\b", regex.IGNORECASE)
TOLD_BEHIND = regex.compile(
    r"[\s,(]*(?:(?:on|at|for|over|was|were|is|given|administered|taken|infused|injected|delivered|started|bolus|infusions?|injections?|continuous|slow|tablets?|capsules?|as|by|an?)\s{1,3}){0,4}",
    regex.IGNORECASE,
)
SIZE = regex.compile(r"[;,]\s?n\s?=\s?\d+", regex.IGNORECASE)
# "A (5 mg, Maker, Country) and B": the rest of the bracket that A's amount opens
REST = regex.compile(r"^[^()]{0,90}\)(?=\s)")
# "A 5 mg daily and received B 40 mg subcutaneously"
NEXT_CLAUSE = regex.compile(
    r"(?:\b(?:and|then|also|who|which|while)|,\s(?:the\s)?(?:group|arm))\s(?:\w+\s){0,2}?(?:received|took|takes?|given|administered|treated|injected|underwent|started|had)\b",
    regex.IGNORECASE,
)
# "once-daily therapy with A 5 mg and B 6 mg", "treated weekly with A and B": told of the whole list behind it
_LEADS_LIST = regex.compile(
    r"\s(?:[\w-]+\s){0,3}?(?:therapy|treatments?|regimens?|combinations?|chemotherapy|polychemotherapy|cycles|courses)\s(?:\([^()]{1,24}\)\s)?(?:with|of|consisting\sof|comprising|containing|including)\s(?:[a-z-]+\s){0,2}",
    regex.IGNORECASE,
)
_TREATED = regex.compile(r"\b(?:treated|treatment|therapy|chemotherapy)\s$", regex.IGNORECASE)
_WITH = regex.compile(r"\swith\s(?:[a-z-]+\s){0,2}", regex.IGNORECASE)
NEXT_ARM = regex.compile(r"\b(?:or|and)\s(?:to\s)?(?:the\s)?(?:arm|group)\b", regex.IGNORECASE)
# "A 50 mg/m2 followed 16 hours later by B 200 mg/m2 every 3 weeks": what is given one behind the other on a day
_LONGEST_STEP = 120  # characters
_ENDS = regex.compile(r";|\.\s|\b(?:or|versus|vs)\b", regex.IGNORECASE)
_ON_ONE_DAY = regex.compile(
    r"\b(?:immediately|directly|\w+[\s-](?:h|hours?|min(?:ute)?s?)(?:\s(?:later|after(?:wards)?|interval|thereafter|rest))?),?\sby\b|\bfollowed\s(?:immediately|directly)\b",
    regex.IGNORECASE,
)
# ", and all received B": beside what they were assigned to
ALL_HAD = regex.compile(
    r"[^.;]{0,30}\b(?:and|while)\s(?:all|both|every|each)\b[^.;]{0,30}\b(?:received|took|had|(?:was|were)\s(?:\w+\s)?given)\b",
    regex.IGNORECASE,
)
# ", given every 2 weeks", "; all were administered for 6 weeks": of everything before
GIVEN_SO = regex.compile(
    r"[,;]\s(?:and\s)?(?:(?:all|both|each|which|they|these)\s(?:were\s|was\s)?)?(?:given|administered|repeated|taken|delivered)\s(?:\w+\s){0,2}$"
    r"|[\s,;(](?:both|each|all)\s(?:given\s|taken\s)?$",
    regex.IGNORECASE,
)
# "5 mg weekly, then 10 mg": a step of one drug
NEXT_STEP = regex.compile(
    r"[\s,(]{0,8}(?:and\s)?(?:then|thereafter|increas\w+|titrat\w+|escalat\w+|rais\w+|reduc\w+|subsequently|uptitrat\w+)\b[^.;:]{0,50}",
    regex.IGNORECASE,
)


def is_ceiling(text: str, spans: Sequence[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether an item is the most that anybody got of the item before it."""
    i = spans.index(span)
    return i > 0 and CEILING.fullmatch(text, spans[i - 1][1], span[0]) is not None


def leads_list(text: str, mention: Mention, start: int) -> bool:
    """Whether a timing is told of a treatment that the list beginning at `start` makes up."""
    if _LEADS_LIST.fullmatch(text, mention.end, start):
        return True
    treated = _TREATED.search(text, max(0, mention.start - 20), mention.start)
    return treated is not None and _WITH.fullmatch(text, mention.end, start) is not None


def are_of_one_day(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two items are told as given one behind the other on the same day."""
    gap = text[left[1] : right[0]]
    return len(gap) <= _LONGEST_STEP and not _ENDS.search(gap) and _ON_ONE_DAY.search(gap) is not None
