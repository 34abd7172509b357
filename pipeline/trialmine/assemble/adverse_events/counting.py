"""Which counts and which grade of a sentence belong to an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from trialmine.records.article import Block, Mention, Mentions, Sentence

_LIST_GAP = regex.compile(
    r"^\s*(?:\([^()%\d]{1,15}\)\s*)?(?:,|and|or|,\s*and|/|&|as\s+well\s+as|,\s*or)\s*(?:[\w-]+\s+)?$", regex.IGNORECASE
)
_CLAUSE = regex.compile(r";|\.\s|\bwhile\b|\bwhereas\b|\bbut\b", regex.IGNORECASE)
_BEHIND, _BEFORE = 80, 120  # how far the count of a general term may stand from it
_GRADE_BEHIND = 30
_BESIDE = 2  # characters between a grade and the event that it is of
_FEWEST_EXAMPLES = 2


def lists(text: str, events: Sequence[Mention], sentence: Sentence) -> Iterator[tuple[list[Mention], int]]:
    """Events named one after the other with nothing but commas between; each list with the start of the next."""
    group: list[Mention] = []
    for m in events:
        if group and not _LIST_GAP.match(text[group[-1].end : m.start]):
            yield group, m.start
            group = []
        group.append(m)
    if group:
        yield group, sentence.end


def counts_of_list(
    text: str, mentions: Mentions, group: Sequence[Mention], begin: int, stop: int, used: set[Mention]
) -> list[list[Mention]]:
    """The counts behind a list (up to `stop`), else the unused ones before it (from `begin`), for each event."""
    counts = [c for c in counts_in(mentions, group[-1].end, stop) if not _LEFT.match(text, c.end)]
    if counts and (
        _CLAUSE.search(text, group[-1].end, counts[0].start) or _are_ahead(text, mentions, group, begin, counts[0])
    ):
        counts = []
    counts = _of_one_clause(text, group[-1].end, counts)
    if _are_examples(text, group, counts):
        return [[] for _ in group]
    if not counts:
        if len(group) > 1 and (each := _each_before(mentions, group, begin)):
            return each
        before = counts_before(mentions, begin, group[0], group[-1])
        counts = [c for c in before if c not in used and not _CLAUSE.search(text[c.end : group[0].start])]
    used |= set(counts)
    return _shared_out(group, counts)


# "70 (88%) and 75 (94%) patients completed the trial": who went on and who left had no event
_LEFT = regex.compile(
    r"(?:[\s()\[\]%,]|\d[\d.·]*+|\b(?:and|vs|versus|of|the|in|both|all|groups?|arms?|respectively|patients|participants|subjects|people|women|men"
    r"|children|infants|pairs|eyes)\b){0,40}+"
    r"(?:completed|finished|remained|withdrew|dropped\sout|(?:was|were)\s(?:lost|followed|evaluable|analy[sz]ed|randomi[sz]ed))\b",
    regex.IGNORECASE,
)
# "12 (15%) vs 4 (5%) had nausea", and, elliptic, "9 (11%) vs 3 (4%) headache"
_HAD = regex.compile(
    r"[\s)\]]*(?:[^.;:,()\[\]]{0,60}?\b(?:had|experienced|developed|reported|suffered(?:\sfrom)?)\s(?:[\w-]+\s){0,3})?",
    regex.IGNORECASE,
)
_NEXT_ITEM = regex.compile(r"\s?(?:[(\[][^()\[\]]{1,60}[)\]])?\s?(?:,|;|and|[,;]\s?and)\s", regex.IGNORECASE)


def _are_ahead(text: str, mentions: Mentions, group: Sequence[Mention], begin: int, behind: Mention) -> bool:
    """Whether numbers stand ahead of what they count, so that those behind it begin the next: "12 had colds, and 9"."""
    before = counts_before(mentions, begin, group[0], group[-1])
    if not before or not _HAD.fullmatch(text, before[-1].end, group[0].start):
        return False
    return _NEXT_ITEM.fullmatch(text, group[-1].end, behind.start) is not None


def _of_one_clause(text: str, start: int, counts: Sequence[Mention]) -> list[Mention]:
    """The counts up to a semicolon that stands in no bracket; behind it something else is told."""
    for k in range(1, len(counts)):
        before = text[start : counts[k].start]
        if ";" in text[counts[k - 1].end : counts[k].start] and before.count("(") + before.count("[") <= before.count(
            ")"
        ) + before.count("]"):
            return list(counts[:k])
    return list(counts)


# "nausea (8%), vivid dreams (5%)": what stands before the second bracket is no group, so it is an event of its own
_NEXT_EVENT = regex.compile(
    r"[\s)\]%]*(?:(?:of\s)?(?:the\s)?(?:patients|participants|subjects|women|men|children|infants|cases))?\s?(?:,\s?and|,|;|and)\s"
    r"(?!(?:for|in|to|on|with|the|a|an|of|at|by|than|only|groups?|arms?|controls?|placebo|those|none|nobody|patients|participants)\b)"
    r"(?:grades?\s[^\s()]{1,6}\s)?(?-i:\p{Ll}{4,}(?:[\s-]\p{Ll}{3,}){0,3}?)\s?(?:[(\[]|\s(?:in|by|was|were|occurred)\s)[^()\[\]]{0,12}",
    regex.IGNORECASE,
)
_IS_GROUP = regex.compile(
    r"\b(?:groups?|arms?|cohorts?|controls?|placebo|recipients?|treated|receiving|dose|sham|saline|patients|participants|subjects"
    r"|women|men|boys|girls|adults|children|infants|years|weeks|months|days|cycles?|respectively)\b",
    regex.IGNORECASE,
)


# "tremor with tea (31% v. 5%), and sedation with water (12% v. 39%)": words ahead of a group are an event of their own
_NEXT_OF_GROUP = regex.compile(
    r"[^()\[\];]{0,80}[)\]]\s?(?:[,;]?\s?(?:and|but|while|whereas)|,|;)\s"
    r"(?!(?:for|in|to|on|with|the|a|an|of|at|by|than|only|those|none|nobody|and|but|while|whereas)\b)"
    r"(?P<noun>(?-i:\p{Ll}{3,})(?:[\s-](?-i:\p{Ll}{2,})){0,5}?)\s(?:with|in|on|among|after|for|under)\s[^()\[\];]{2,50}?\s?[(\[]\s?",
    regex.IGNORECASE,
)


def _begins_other(text: str, arms: Block, a: Mention, b: Mention) -> bool:
    """Whether another event, which nothing knows by its name, begins between two counts."""
    told = _NEXT_EVENT.fullmatch(text, a.end, b.start)
    if told and not _IS_GROUP.search(text, a.end, b.start) and not arms.within(a.end, b.start):
        return True
    other = _NEXT_OF_GROUP.fullmatch(text, a.end, b.start)
    return other is not None and not _IS_GROUP.search(other["noun"]) and not arms.within(*other.span("noun"))


def end_of_own(text: str, arms: Block, counts: Sequence[Mention], stop: int) -> int:
    """Where the counts of an event end: before another event that has its own, though nothing knows its name."""
    for a, b in pairwise(counts):
        if _begins_other(text, arms, a, b):
            return a.end
    return stop


# between numbers that are told in one order: "12 (8%) vs 5 (3%)", "4, 5 and 7 children"
_ORDERED = regex.compile(
    r"[\s)\]%]*(?:(?:of\s)?(?:the\s)?(?:patients|participants|subjects|women|men|children|infants|cases|events|people))?\s?"
    r"(?:,|,?\sand|,?\s?(?:versus|vs?\.?)|[;/])\s?(?:in\s)?[(\[]?\s?",
    regex.IGNORECASE,
)


def are_ordered(text: str, counts: Sequence[Mention]) -> bool:
    """Whether nothing but commas, "and" or "versus" parts the counts, as those of groups that are told in turn."""
    return all(_ORDERED.fullmatch(text, a.end, b.start) for a, b in pairwise(counts))


_CLOSED = regex.compile(r"\s?\)[^()]*$")


def _are_examples(text: str, group: Sequence[Mention], counts: Sequence[Mention]) -> bool:
    """ "adverse events (rash, nausea) were seen in 4, 5 and 7 patients": the counts are of all together."""
    if len(group) < _FEWEST_EXAMPLES or not counts:
        return False
    opened = text[max(0, group[0].start - 2) : group[0].start].endswith("(")
    return opened and _CLOSED.match(text, group[-1].end, counts[0].start) is not None


def _each_before(mentions: Mentions, group: Sequence[Mention], begin: int) -> list[list[Mention]]:
    """The one count right before each event, if all have one: "two deaths from A and one death from B"."""
    starts = [begin, *(event.end for event in group[:-1])]
    own = [counts_before(mentions, start, event, event) for start, event in zip(starts, group, strict=True)]
    return own if all(len(counts) == 1 for counts in own) else []


def _shared_out(group: Sequence[Mention], counts: Sequence[Mention]) -> list[list[Mention]]:
    """Counts behind a list of events: as many for each, in order; else all for the last, which stands beside them."""
    if counts and len(counts) % len(group) == 0:
        each = len(counts) // len(group)
        return [list(counts[i * each : (i + 1) * each]) for i in range(len(group))]
    return [[] for _ in group[:-1]] + [list(counts)]


def counts_in(mentions: Mentions, start: int, end: int) -> list[Mention]:
    """Counts in start:end; the "3/4" of a grade is none."""
    grades = mentions.within("grade", start, end)
    return [
        c
        for c in mentions.within("event_count", start, end)
        if not any(g.start < c.end and c.start < g.end for g in grades)
    ]


def counts_before(mentions: Mentions, begin: int, first: Mention, last: Mention) -> list[Mention]:
    """Counts before an event; "four serious adverse events" counts with the event's own words."""
    return [c for c in counts_in(mentions, begin, last.end) if c.start < first.start]


def has_own_count(mentions: Mentions, sentence: Sentence, event: Mention, known: Sequence[Mention]) -> bool:
    """Whether a general term has a number of its own; "adverse events were mild" says nothing that a row could hold."""
    stop = min([s.start for s in known if s.start > event.end] + [sentence.end])
    begin = max([s.end for s in known if s.end < event.start] + [sentence.start])
    before = counts_before(mentions, begin, event, event)
    after = counts_in(mentions, event.end, stop)
    return bool(after and after[0].start - event.end < _BEHIND) or bool(
        before and event.start - before[-1].end < _BEFORE
    )


def grade_of(mentions: Mentions, sentence: Sentence, event: Mention, counts: Sequence[Mention]) -> Mention | None:
    """The grade before the event, or the one between the event and its last count."""
    stop = counts[-1].end if counts and counts[-1].end > event.end else event.end + _GRADE_BEHIND
    before = mentions.within("grade", sentence.start, event.start)
    after = mentions.within("grade", event.end, min(stop, sentence.end))
    if before and event.start - before[-1].end <= _BESIDE:
        return before[-1]
    return after[0] if after else before[-1] if before else None
