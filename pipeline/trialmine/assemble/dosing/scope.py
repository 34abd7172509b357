"""Which rows of a sentence an attribute (frequency, route, duration …) holds for.

An attribute behind a dose belongs to it, and to the doses before it that are listed with it and have none of
their own ("A 5 mg or B 10 mg twice daily"). An attribute right before a drug or dose belongs to that one, and to
the ones listed after it ("once-daily placebo or A 5 mg").
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import regex

from trialmine.assemble.dosing.alternatives import is_set_against
from trialmine.assemble.dosing.brackets import (
    are_bracketed,
    closes_with,
    is_bracketed_off,
    lies_past,
    list_closed_before,
    opened_at,
)
from trialmine.assemble.dosing.cycle import (
    PLAINLY_DAILY,
    counts_cycles,
    has_told,
    is_interval,
    is_of_days,
    is_of_next_step,
    is_of_one_drug,
    tells_interval,
    wording,
)
from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.filling import take
from trialmine.assemble.dosing.headed import headed
from trialmine.assemble.dosing.joints import (
    ALL_HAD,
    AS_ONE,
    CEILING,
    FORWARD,
    GIVEN_SO,
    GOES_ON,
    LISTED,
    LOOSELY_LISTED,
    NEXT_ARM,
    NEXT_CLAUSE,
    NEXT_ITEM,
    NEXT_STEP,
    REST,
    SIZE,
    TOLD_BEHIND,
    are_of_one_day,
    is_ceiling,
    leads_list,
)
from trialmine.assemble.dosing.observed import is_observed, is_of_visits
from trialmine.assemble.dosing.on_top import begins_on_top
from trialmine.assemble.dosing.otherwise import given_otherwise
from trialmine.records.article import Mention

_BREAK = regex.compile(r";|\.\s|\b(?:whereas|while|followed\sby|then|thereafter|but|after\swhich)\b", regex.IGNORECASE)
# "A, and to B 5 mg daily", "on A with or without B 5 mg daily"
_ELSEWHERE = regex.compile(r"\b(?:and|or)\sto\b|\bwith\sor\swithout\b", regex.IGNORECASE)
_ALTERNATIVE = regex.compile(r"\b(?:or|versus|vs)\b|,|^\s?/", regex.IGNORECASE)
_THEN_WHO = regex.compile(r"\s*,\s", regex.IGNORECASE)
# what is left of "on days 1 and 8" without the days
_ON_DAYS = regex.compile(r"\s(?:on|from)\s{2,}", regex.IGNORECASE)
_FARTHEST = 250  # characters from an item to what may still be told of it
# "A daily and B weekly were given on days 1-21"
_WERE_GIVEN = regex.compile(
    r"\b(?:was|were|is|are|be|been)\s(?:\w+\s){0,2}?(?:given|administered|taken|delivered|infused|injected|repeated)\b"
    r"|\b(?:both|all|each)\b",
    regex.IGNORECASE,
)
# what is told of one item of a list and seldom of all of them
_OWN = ("route", "infusion_time", "condition")
_TIMINGS = ("frequency", "schedule", "duration")
_OF_ONE = ("route", "infusion_time")
_DAILY_TOTAL = regex.compile(r"/(?:h|min|d|wk)$")
_ASIDE_REACH = 24  # characters from an item to the bracket that tells more of it
_ENDS_ITEM = regex.compile(r",?\s(?:or|versus|vs)\b", regex.IGNORECASE)
_WITH = regex.compile(r"\s(?:with|plus|and)\b", regex.IGNORECASE)
_NEXT = 12  # characters to what is told right behind an item
_Target = tuple[Mention, tuple[tuple[int, int], str] | None]


class Scope:
    """The drafts and attribute mentions of one sentence."""

    def __init__(self, text: str, drafts: Sequence[Draft], attributes: Sequence[Mention]) -> None:
        self._text = text
        self._drafts = sorted(drafts, key=lambda d: (d.start, d.end))
        self._spans = sorted({(d.start, d.end) for d in self._drafts})
        self._attributes = sorted(attributes, key=lambda m: (m.start, -m.end))

    def assign(self) -> None:
        """Give every attribute to the drafts that it holds for; local ones first, then what is shared."""
        heads = headed(self._text, self._drafts, self._attributes)
        targets = self._without_others(
            [(m, (heads[m], "inside") if m in heads else self._target(m)) for m in self._attributes]
        )
        for mention, target in targets:
            if target is not None:
                for span in (*self._run(target[0]), *self._bracketed_too(target[0], mention)):
                    self._fill(span, mention)
        self._carry_on()
        for mention, target in targets:
            if target is not None:
                self._spread(mention, *target)

    def _without_others(self, targets: list[_Target]) -> list[_Target]:
        """ "Light thrice weekly with A 5 mg daily": what stands before is no frequency of A, which has its own."""
        told = [(m, t) for m, t in targets if t and m.kind == "frequency" and t[1] == "backward"]
        own = {t[0] for m, t in told if m.start - t[0][1] < _NEXT}
        return [(m, self._before(m) if t and self._is_withs(m, t) and t[0] in own else t) for m, t in targets]

    def _before(self, mention: Mention) -> tuple[tuple[int, int], str] | None:
        before = [s for s in self._spans if s[1] <= mention.start and not self._parted(s[1], mention.start)]
        told = bool(before) and TOLD_BEHIND.fullmatch(self._masked(before[-1][1], mention.start, mention)) is not None
        return (before[-1], "backward") if told else None

    def _is_withs(self, mention: Mention, target: tuple[tuple[int, int], str]) -> bool:
        if mention.kind != "frequency" or not target[1].startswith("forward"):
            return False
        return target[1] == "forward_all" or _WITH.match(self._text, mention.end, target[0][0]) is not None

    def _run(self, span: tuple[int, int]) -> list[tuple[int, int]]:
        """The item with those that are written as one with it, "oral A-B": what is told of one holds for both."""
        i = self._spans.index(span)
        first = last = i
        while first and AS_ONE.fullmatch(self._text, self._spans[first - 1][1], self._spans[first][0]):
            first -= 1
        while last + 1 < len(self._spans) and AS_ONE.fullmatch(
            self._text, self._spans[last][1], self._spans[last + 1][0]
        ):
            last += 1
        return [span, *(s for s in self._spans[first : last + 1] if s != span)]

    def _fill(self, span: tuple[int, int], mention: Mention) -> None:
        for draft in self._drafts:
            if (draft.start, draft.end) == span:
                take(draft, mention)

    def _carry_on(self) -> None:
        """ "5 mg once weekly, then 10 mg": the next step of one drug keeps the frequency of the step before."""
        dosed = [d for d in self._drafts if d.dose]
        for a, b in pairwise(dosed):
            if a.frequency is None or b.has("frequency") or b.has("schedule") or a.intervention != b.intervention:
                continue
            gap = self._masked(a.end, b.start, None)
            if a.dose and b.dose and a.dose.unit == b.dose.unit and NEXT_STEP.fullmatch(gap):
                b.take("frequency", a)

    def _target(self, mention: Mention) -> tuple[tuple[int, int], str] | None:
        timed = mention.kind == "duration" or (mention.kind == "schedule" and mention.value.days)
        if (timed and is_observed(self._text, self._drafts, mention)) or (
            mention.kind == "frequency" and self._tells_visits(mention)
        ):
            return None
        inside = [s for s in self._spans if s[0] < mention.end and mention.start < s[1]]
        if inside:
            return inside[-1], self._inside_direction(inside[-1], mention)
        before = [s for s in self._spans if s[1] <= mention.start]
        after = [s for s in self._spans if s[0] >= mention.end]
        if after and self._is_forward(mention, before[-1] if before else None, after[0]):
            return after[0], "forward"
        before = self._past_bracket(before, mention)
        if before and (self._is_aside(before[-1], mention) or not self._parted(before[-1][1], mention.start)):
            return before[-1], "backward"
        if after and not _BREAK.search(self._text[mention.end : after[0][0]]) and not self._ends_item(mention):
            return None if self._is_of_a_name_before(mention, after[0]) else (after[0], "forward_all")
        return (before[-1], "backward") if before else None

    def _is_aside(self, span: tuple[int, int], mention: Mention) -> bool:
        """ "A 5 mg alone (all day; 14 days on), B": told in a bracket right behind an item and before the next."""
        opened = opened_at(self._text, mention.start)
        return opened >= span[1] and opened - span[1] < _ASIDE_REACH

    def _past_bracket(self, before: list[tuple[int, int]], mention: Mention) -> list[tuple[int, int]]:
        """Without a last dose in brackets, where what is told behind it goes on of the same drug's dose before it."""
        if len(before) < 2 or mention.kind == "route":
            return before
        drugs = [{d.intervention for d in self._drafts if (d.start, d.end) == span} for span in before[-2:]]
        past = drugs[0] == drugs[1] and lies_past(self._text, before[-2], before[-1], mention.start)
        return before[:-1] if past else before

    def _bracketed_too(self, span: tuple[int, int], mention: Mention) -> list[tuple[int, int]]:
        """The dose in the bracket behind an item, where nothing of its own is told in its stead."""
        inner = next((s for s in self._spans if span[1] < s[0] and s[1] <= mention.start), None)
        if inner is None or self._past_bracket([span, inner], mention) != [span]:
            return []
        shut = self._text.find(")", inner[1])
        own = any(m.kind == mention.kind and inner[1] <= m.start < shut for m in self._attributes)
        return [] if own else [inner]

    def _is_of_a_name_before(self, mention: Mention, ahead: tuple[int, int]) -> bool:
        """ "once-weekly A with 2-4 daily injections of B": B has a frequency of its own, so the first is A's."""
        own = (m for m in self._attributes if m is not mention and mention.end <= m.start and m.end <= ahead[0])
        return mention.kind == "frequency" and any(m.kind == "frequency" for m in own)

    def _ends_item(self, mention: Mention) -> bool:
        """ "light three times weekly, or A 5 mg": told of what stands before, though that is none of ours."""
        return mention.kind == "frequency" and _ENDS_ITEM.match(self._text, mention.end) is not None

    def _tells_visits(self, mention: Mention) -> bool:
        ahead = min((s[0] for s in self._spans if s[0] >= mention.end), default=None)
        if ahead is not None and FORWARD.fullmatch(self._text, mention.end, ahead):
            return False
        return is_of_visits(self._text, self._drafts, mention)

    def _inside_direction(self, span: tuple[int, int], mention: Mention) -> str:
        # "tramadol 50 mg orally" holds alone, "oral tramadol 50 mg" too
        return "inside" if mention.start > span[0] else "forward"

    def _is_forward(self, mention: Mention, before: tuple[int, int] | None, after: tuple[int, int]) -> bool:
        gap = self._masked(mention.end, after[0], mention)
        if not FORWARD.fullmatch(gap):
            return False
        if before is None:
            return True
        behind = self._masked(before[1], mention.start, mention)
        if NEXT_ITEM.match(gap) and TOLD_BEHIND.fullmatch(behind):
            return False
        # "A 5 mg, intravenous B 6 mg"
        listed = mention.kind == "route" and behind.strip() in ("", ",") and not gap.strip()
        return not regex.fullmatch(r"[\s,(]*", behind) or listed

    def _parted(self, start: int, end: int) -> bool:
        gap = self._text[start:end]
        # "day 1; q21" goes on, "5 mg was given; all were seen every week" does not
        return len(gap) > _FARTHEST or (len(gap) > 4 and bool(regex.search(r";", gap)) and len(self._spans) > 1)

    def _spread(self, mention: Mention, span: tuple[int, int], direction: str) -> None:
        index = self._spans.index(span)
        if wording(mention) == "stat":
            return
        if direction == "backward":
            led = " ".join(self._masked(max(span[1], mention.start - 60), mention.start, mention).split())
            if GIVEN_SO.search(f" {led} "):
                self._spread_to_all(mention, index)
            else:
                self._spread_into(mention, span)
                self._spread_back(mention, index)
        elif direction in ("forward", "forward_all"):
            self._spread_ahead(mention, index, direction)
            if self._opens(mention):
                for i, ahead in enumerate(self._spans[index + 1 :], index + 1):
                    self._lend(ahead, mention, i, index)

    def _opens(self, mention: Mention) -> bool:
        """ "Every day for a week, group 1 had A and group 2 B": what the sentence begins with holds for all of it."""
        start = min(d.sentence.start for d in self._drafts)
        before = self._masked(start, mention.start, mention)
        return (
            mention.kind in ("frequency", "duration")
            and not before.strip()
            and _THEN_WHO.match(self._masked(mention.end, self._spans[0][0], mention)) is not None
        )

    def _spread_to_all(self, mention: Mention, index: int) -> None:
        for i, left in enumerate(self._spans[:index]):
            if mention.start - left[1] <= _FARTHEST:
                self._lend(left, mention, i + 1, index)

    def _spread_back(self, mention: Mention, index: int) -> None:
        bracket = opened_at(self._text, mention.start)
        if mention.kind == "frequency" and is_interval(mention.value) and closes_with(self._text, bracket, mention.end):
            self._spread_inside(mention, index, bracket)
        for i in range(index, 0, -1):
            left, right = self._spans[i - 1], self._spans[i]
            if AS_ONE.fullmatch(self._text, left[1], right[0]) and self._has(left, mention.kind, mention):
                continue
            one_day = tells_interval(mention) and are_of_one_day(self._text, left, right)
            if (not one_day and given_otherwise(self._text, self._drafts, mention, left, right)) or (
                mention.kind == "frequency" and self._says_its_own(left, self._spans[index], mention, bracket)
            ):
                return
            if mention.kind == "frequency" and self._is_bare(left) and _ELSEWHERE.search(self._text, left[1], right[0]):
                return
            in_bracket = is_of_one_drug(mention) and left[1] <= bracket < self._spans[index][1]
            if in_bracket or (
                mention.kind == "duration"
                and (self._is_in_later_bracket(left, bracket) or is_of_next_step(self._drafts, left, mention))
            ):
                return
            off = mention.kind in _OF_ONE and is_bracketed_off(self._text, left, self._spans[index], mention.start)
            if (
                off
                or not (one_day or self._listed(left, right))
                or (mention.kind in _OWN and self._closed(left, right))
            ):
                return
            if self._is_infused(left, right) and is_of_days(mention):
                return
            if not self._lend(left, mention, i, index):
                return

    def _spread_inside(self, mention: Mention, index: int, bracket: int) -> None:
        """ "FOLFIRI (A 180, B 400, C 400 then 2400 mg/m2 over 46 h, every 2 weeks)": the interval is the regimen's."""
        for i, left in enumerate(self._spans[:index]):
            if left[0] > bracket:
                self._lend(left, mention, i + 1, index)

    def _spread_into(self, mention: Mention, span: tuple[int, int]) -> None:
        """ "FEC (A 5 mg; B 6 mg; C 7 mg) every 3 weeks": what stands behind a bracket of several drugs is of each."""
        opened = list_closed_before(self._text, span[1], mention.start)
        shut = self._text.find(")", span[1])
        if opened >= 0 and TOLD_BEHIND.fullmatch(self._masked(shut + 1, mention.start, mention)):
            index = self._spans.index(span)
            for i, left in enumerate(self._spans[:index]):
                if left[0] > opened:
                    self._lend(left, mention, i + 1, index)

    def _lend(self, left: tuple[int, int], mention: Mention, following: int, index: int) -> bool:
        """Give an item what is told behind a later one, unless it has that, or a frequency in place of days."""
        if self._has(left, mention.kind, mention):
            return False
        if is_of_one_drug(mention) and self._is_timed(left, self._spans[following][0]):
            last = self._spans[index]
            given = _WERE_GIVEN.search(self._text, last[1], mention.start) is not None
            if not (given and self._is_timed(last, mention.start)):
                return False
        if is_of_one_drug(mention) and self._is_timed(left, self._spans[following][0], "duration"):
            return False
        self._fill(left, mention)
        return True

    def _is_infused(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        """Whether an item says how long its infusion ran."""
        return any(m.kind == "infusion_time" and left[0] <= m.start and m.end <= right[0] for m in self._attributes)

    def _is_timed(self, span: tuple[int, int], stop: int, kind: str = "frequency") -> bool:
        """Whether an item has a frequency, or a length, that is told before `stop`."""
        drafts = [d for d in self._drafts if (d.start, d.end) == span]
        return any(end <= stop for d in drafts for _, end in d.stated.get(kind, []))

    def _says_its_own(self, left: tuple[int, int], last: tuple[int, int], mention: Mention, bracket: int) -> bool:
        """Whether the item before tells its own timing or none, as in "A (5 mg) or B (10 mg twice daily)"."""
        # "A 40 mg/day or placebo once daily" tells how the total was given, "or placebo daily" nothing new
        tells_how = self._is_bare(last) and wording(mention).lower() not in PLAINLY_DAILY
        if not tells_how and all(
            d.dose is not None and _DAILY_TOTAL.search(d.dose.unit) for d in self._drafts if (d.start, d.end) == left
        ):
            return True
        if self._is_bare(left) and not self._is_bare(last) and self._goes_on(mention):
            return True
        if is_ceiling(self._text, self._spans, left):
            return False
        return is_bracketed_off(self._text, left, last, mention.start) or self._is_in_later_bracket(left, bracket)

    def _goes_on(self, mention: Mention) -> bool:
        """ "A, B 1 g twice daily and C": whether the list goes on right behind."""
        ahead = min((s[0] for s in self._spans if s[0] >= mention.end), default=None)
        return ahead is not None and GOES_ON.fullmatch(self._text, mention.end, ahead) is not None

    def _is_bare(self, span: tuple[int, int]) -> bool:
        """Whether an item has no dose."""
        return all(d.dose is None for d in self._drafts if (d.start, d.end) == span)

    def _is_in_later_bracket(self, left: tuple[int, int], bracket: int) -> bool:
        """Whether the mention stands in a bracket that opens after the item's own was closed."""
        return regex.search(r"[)\]]", self._text[left[1] - 1 : max(bracket, 0)]) is not None

    def _spread_ahead(self, mention: Mention, index: int, direction: str) -> None:
        gaps = [self._text[a[1] : b[0]] for a, b in pairwise(self._spans[index:])]
        led = mention.kind == "frequency" and leads_list(self._text, mention, self._spans[index][0])
        if (
            direction == "forward"
            and not (led or any(_ALTERNATIVE.search(g) for g in gaps))
            and "doses" not in wording(mention)
        ):
            return
        for left, right in pairwise(self._spans[index:]):
            if AS_ONE.fullmatch(self._text, left[1], right[0]) and self._has(right, mention.kind, mention):
                continue
            if not self._listed(left, right) or self._has(right, mention.kind, mention):
                return
            if mention.kind == "frequency" and (
                is_set_against(self._text, left, right) or ALL_HAD.match(self._text, left[1], right[0])
            ):
                return
            if mention.kind == "frequency" and self._timed_between(left, right):
                return
            if mention.kind == "schedule" and counts_cycles(self._attributes, left[1], right[0]):
                return
            self._fill(right, mention)

    def _timed_between(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        """ "daily A or four cycles of B": what is told before the next item is of that one."""
        return any(left[1] <= m.start < right[0] and m.kind in ("frequency", "schedule") for m in self._attributes)

    def _closed(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        """Whether the item before has said its own how and when, or an arm ends there."""
        start, end = left[1], right[0]
        often = [
            {d.frequency.code for d in self._drafts if (d.start, d.end) == s and d.frequency} for s in (left, right)
        ]
        if often[0] and often[1] and often[0] != often[1]:
            return True
        told = any(start <= m.start and m.end <= end and m.kind in _TIMINGS for m in self._attributes)
        gap = self._text[start:end]
        return told or NEXT_ARM.search(gap) is not None or NEXT_CLAUSE.search(gap) is not None

    def _has(self, span: tuple[int, int], kind: str, mention: Mention) -> bool:
        return has_told([d for d in self._drafts if (d.start, d.end) == span], kind, mention)

    def _listed(self, left: tuple[int, int], right: tuple[int, int]) -> bool:
        gap = REST.sub("", SIZE.sub("", _ON_DAYS.sub(" ", self._masked(left[1], right[0], None))), count=1)
        if begins_on_top(gap):
            return False
        if are_bracketed(self._text, left, right) or CEILING.fullmatch(self._text, left[1], right[0]):
            return True
        if LOOSELY_LISTED.fullmatch(gap) and not _BREAK.search(gap):
            return True
        return (
            len(gap) < 120 and LISTED.fullmatch(gap) is not None and not regex.search(r"\bfollowed\sby\b|\bthen\b", gap)
        )

    def _masked(self, start: int, end: int, skip: Mention | None) -> str:
        parts, at = [], start
        for m in self._attributes:
            if m is not skip and m.start >= at and m.end <= end:
                parts.append(self._text[at : m.start])
                at = m.end
        parts.append(self._text[at:end])
        return " ".join(parts)
