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
    closes_with,
    is_bracketed_off,
    list_closed_before,
    opened_at,
)
from trialmine.assemble.dosing.cycle import (
    PLAINLY_DAILY,
    counts_cycles,
    is_interval,
    is_of_days,
    is_of_next_step,
    is_of_one_drug,
    tells_interval,
    wording,
)
from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.items import FARTHEST, Items, Span
from trialmine.assemble.dosing.joints import (
    ALL_HAD,
    AS_ONE,
    GIVEN_SO,
    GOES_ON,
    NEXT_STEP,
    TOLD_BEHIND,
    are_of_one_day,
    is_ceiling,
    leads_list,
)
from trialmine.assemble.dosing.otherwise import given_otherwise
from trialmine.assemble.dosing.target import Targets
from trialmine.records.article import Mention

# "A, and to B 5 mg daily", "on A with or without B 5 mg daily"
_ELSEWHERE = regex.compile(r"\b(?:and|or)\sto\b|\bwith\sor\swithout\b", regex.IGNORECASE)
_ALTERNATIVE = regex.compile(r"\b(?:or|versus|vs)\b|,|^\s?/", regex.IGNORECASE)
_THEN_WHO = regex.compile(r"\s*,\s", regex.IGNORECASE)
# "A daily and B weekly were given on days 1-21"
_WERE_GIVEN = regex.compile(
    r"\b(?:was|were|is|are|be|been)\s(?:\w+\s){0,2}?(?:given|administered|taken|delivered|infused|injected|repeated)\b"
    r"|\b(?:both|all|each)\b",
    regex.IGNORECASE,
)
# what is told of one item of a list and seldom of all of them
_OWN = ("route", "infusion_time", "condition")
_OF_ONE = ("route", "infusion_time")
_DAILY_TOTAL = regex.compile(r"/(?:h|min|d|wk)$")


class Scope:
    """Gives the attributes of one sentence to its drafts."""

    def __init__(self, text: str, drafts: Sequence[Draft], attributes: Sequence[Mention]) -> None:
        self._items = Items(text, drafts, attributes)

    def assign(self) -> None:
        """Give every attribute to the drafts that it holds for; local ones first, then what is shared."""
        finder = Targets(self._items)
        targets = finder.all()
        for mention, target in targets:
            if target is not None:
                for span in (*self._items.run(target[0]), *finder.bracketed_too(target[0], mention)):
                    self._items.fill(span, mention)
        self._carry_on()
        for mention, target in targets:
            if target is not None:
                self._spread(mention, *target)

    def _carry_on(self) -> None:
        """ "5 mg once weekly, then 10 mg": the next step of one drug keeps the frequency of the step before."""
        dosed = [d for d in self._items.drafts if d.dose]
        for a, b in pairwise(dosed):
            if a.frequency is None or b.has("frequency") or b.has("schedule") or a.intervention != b.intervention:
                continue
            gap = self._items.masked(a.end, b.start, None)
            if a.dose and b.dose and a.dose.unit == b.dose.unit and NEXT_STEP.fullmatch(gap):
                b.take("frequency", a)

    def _spread(self, mention: Mention, span: Span, direction: str) -> None:
        index = self._items.spans.index(span)
        if wording(mention) == "stat":
            return
        if direction == "backward":
            led = " ".join(self._items.masked(max(span[1], mention.start - 60), mention.start, mention).split())
            if GIVEN_SO.search(f" {led} "):
                self._spread_to_all(mention, index)
            else:
                self._spread_into(mention, span)
                self._spread_back(mention, index)
        elif direction in ("forward", "forward_all"):
            self._spread_ahead(mention, index, direction)
            if self._opens(mention):
                for i, ahead in enumerate(self._items.spans[index + 1 :], index + 1):
                    self._lend(ahead, mention, i, index)

    def _opens(self, mention: Mention) -> bool:
        """ "Every day for a week, group 1 had A and group 2 B": what the sentence begins with holds for all of it."""
        start = min(d.sentence.start for d in self._items.drafts)
        before = self._items.masked(start, mention.start, mention)
        return (
            mention.kind in ("frequency", "duration")
            and not before.strip()
            and _THEN_WHO.match(self._items.masked(mention.end, self._items.spans[0][0], mention)) is not None
        )

    def _spread_to_all(self, mention: Mention, index: int) -> None:
        for i, left in enumerate(self._items.spans[:index]):
            if mention.start - left[1] <= FARTHEST:
                self._lend(left, mention, i + 1, index)

    def _spread_back(self, mention: Mention, index: int) -> None:
        bracket = opened_at(self._items.text, mention.start)
        if (
            mention.kind == "frequency"
            and is_interval(mention.value)
            and closes_with(self._items.text, bracket, mention.end)
        ):
            self._spread_inside(mention, index, bracket)
        for i in range(index, 0, -1):
            left, right = self._items.spans[i - 1], self._items.spans[i]
            if AS_ONE.fullmatch(self._items.text, left[1], right[0]) and self._items.has(left, mention.kind, mention):
                continue
            one_day = tells_interval(mention) and are_of_one_day(self._items.text, left, right)
            if (not one_day and given_otherwise(self._items.text, self._items.drafts, mention, left, right)) or (
                mention.kind == "frequency" and self._says_its_own(left, self._items.spans[index], mention, bracket)
            ):
                return
            if (
                mention.kind == "frequency"
                and self._items.is_bare(left)
                and _ELSEWHERE.search(self._items.text, left[1], right[0])
            ):
                return
            in_bracket = is_of_one_drug(mention) and left[1] <= bracket < self._items.spans[index][1]
            if in_bracket or (
                mention.kind == "duration"
                and (self._is_in_later_bracket(left, bracket) or is_of_next_step(self._items.drafts, left, mention))
            ):
                return
            off = mention.kind in _OF_ONE and is_bracketed_off(
                self._items.text, left, self._items.spans[index], mention.start
            )
            if (
                off
                or not (one_day or self._items.listed(left, right))
                or (mention.kind in _OWN and self._items.closed(left, right))
            ):
                return
            if self._items.is_infused(left, right) and is_of_days(mention):
                return
            if not self._lend(left, mention, i, index):
                return

    def _spread_inside(self, mention: Mention, index: int, bracket: int) -> None:
        """ "FOLFIRI (A 180, B 400, C 400 then 2400 mg/m2 over 46 h, every 2 weeks)": the interval is the regimen's."""
        for i, left in enumerate(self._items.spans[:index]):
            if left[0] > bracket:
                self._lend(left, mention, i + 1, index)

    def _spread_into(self, mention: Mention, span: Span) -> None:
        """ "FEC (A 5 mg; B 6 mg; C 7 mg) every 3 weeks": what stands behind a bracket of several drugs is of each."""
        opened = list_closed_before(self._items.text, span[1], mention.start)
        shut = self._items.text.find(")", span[1])
        if opened >= 0 and TOLD_BEHIND.fullmatch(self._items.masked(shut + 1, mention.start, mention)):
            index = self._items.spans.index(span)
            for i, left in enumerate(self._items.spans[:index]):
                if left[0] > opened:
                    self._lend(left, mention, i + 1, index)

    def _lend(self, left: Span, mention: Mention, following: int, index: int) -> bool:
        """Give an item what is told behind a later one, unless it has that, or a frequency in place of days."""
        if self._items.has(left, mention.kind, mention):
            return False
        if is_of_one_drug(mention) and self._items.is_timed(left, self._items.spans[following][0]):
            last = self._items.spans[index]
            given = _WERE_GIVEN.search(self._items.text, last[1], mention.start) is not None
            if not (given and self._items.is_timed(last, mention.start)):
                return False
        if is_of_one_drug(mention) and self._items.is_timed(left, self._items.spans[following][0], "duration"):
            return False
        self._items.fill(left, mention)
        return True

    def _says_its_own(self, left: Span, last: Span, mention: Mention, bracket: int) -> bool:
        """Whether the item before tells its own timing or none, as in "A (5 mg) or B (10 mg twice daily)"."""
        # "A 40 mg/day or placebo once daily" tells how the total was given, "or placebo daily" nothing new
        tells_how = self._items.is_bare(last) and wording(mention).lower() not in PLAINLY_DAILY
        if not tells_how and all(d.dose is not None and _DAILY_TOTAL.search(d.dose.unit) for d in self._items.at(left)):
            return True
        if self._items.is_bare(left) and not self._items.is_bare(last) and self._goes_on(mention):
            return True
        if is_ceiling(self._items.text, self._items.spans, left):
            return False
        return is_bracketed_off(self._items.text, left, last, mention.start) or self._is_in_later_bracket(left, bracket)

    def _goes_on(self, mention: Mention) -> bool:
        """ "A, B 1 g twice daily and C": whether the list goes on right behind."""
        ahead = self._items.start_ahead(mention)
        return ahead is not None and GOES_ON.fullmatch(self._items.text, mention.end, ahead) is not None

    def _is_in_later_bracket(self, left: Span, bracket: int) -> bool:
        """Whether the mention stands in a bracket that opens after the item's own was closed."""
        return regex.search(r"[)\]]", self._items.text[left[1] - 1 : max(bracket, 0)]) is not None

    def _spread_ahead(self, mention: Mention, index: int, direction: str) -> None:
        gaps = [self._items.text[a[1] : b[0]] for a, b in pairwise(self._items.spans[index:])]
        led = mention.kind == "frequency" and leads_list(self._items.text, mention, self._items.spans[index][0])
        if (
            direction == "forward"
            and not (led or any(_ALTERNATIVE.search(g) for g in gaps))
            and "doses" not in wording(mention)
        ):
            return
        for left, right in pairwise(self._items.spans[index:]):
            if AS_ONE.fullmatch(self._items.text, left[1], right[0]) and self._items.has(right, mention.kind, mention):
                continue
            if not self._items.listed(left, right) or self._items.has(right, mention.kind, mention):
                return
            if mention.kind == "frequency" and (
                is_set_against(self._items.text, left, right) or ALL_HAD.match(self._items.text, left[1], right[0])
            ):
                return
            if mention.kind == "frequency" and self._items.timed_between(left, right):
                return
            if mention.kind == "schedule" and counts_cycles(self._items.attributes, left[1], right[0]):
                return
            self._items.fill(right, mention)
