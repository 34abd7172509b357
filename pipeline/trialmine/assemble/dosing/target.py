"""Which item of a sentence an attribute (frequency, route, duration …) is told of, before it is shared with others."""

from __future__ import annotations

import regex

from trialmine.assemble.dosing.brackets import lies_past, opened_at
from trialmine.assemble.dosing.headed import headed
from trialmine.assemble.dosing.items import BREAK, Items, Span
from trialmine.assemble.dosing.joints import FORWARD, NEXT_ITEM, TOLD_BEHIND
from trialmine.assemble.dosing.observed import is_observed, is_of_visits
from trialmine.records.article import Mention

_ASIDE_REACH = 24  # characters from an item to the bracket that tells more of it
_ENDS_ITEM = regex.compile(r",?\s(?:or|versus|vs)\b", regex.IGNORECASE)
_WITH = regex.compile(r"\s(?:with|plus|and)\b", regex.IGNORECASE)
_NEXT = 12  # characters to what is told right behind an item
# the item, and the way in which it was found
Aim = tuple[Span, str]
Target = tuple[Mention, Aim | None]


class Targets:
    """Finds the item that each mention of a sentence is told of."""

    def __init__(self, items: Items) -> None:
        self._items = items

    def all(self) -> list[Target]:
        """Every attribute with the item that it is told of, if any."""
        items = self._items
        heads = headed(items.text, items.drafts, items.attributes)
        return self._without_others(
            [(m, (heads[m], "inside") if m in heads else self._target(m)) for m in items.attributes]
        )

    def _without_others(self, targets: list[Target]) -> list[Target]:
        """ "Light thrice weekly with A 5 mg daily": what stands before is no frequency of A, which has its own."""
        told = [(m, t) for m, t in targets if t and m.kind == "frequency" and t[1] == "backward"]
        own = {t[0] for m, t in told if m.start - t[0][1] < _NEXT}
        return [(m, self._before(m) if t and self._is_withs(m, t) and t[0] in own else t) for m, t in targets]

    def _before(self, mention: Mention) -> Aim | None:
        before = [s for s in self._items.spans if s[1] <= mention.start and not self._items.parted(s[1], mention.start)]
        told = (
            bool(before)
            and TOLD_BEHIND.fullmatch(self._items.masked(before[-1][1], mention.start, mention)) is not None
        )
        return (before[-1], "backward") if told else None

    def _is_withs(self, mention: Mention, target: Aim) -> bool:
        if mention.kind != "frequency" or not target[1].startswith("forward"):
            return False
        return target[1] == "forward_all" or _WITH.match(self._items.text, mention.end, target[0][0]) is not None

    def _target(self, mention: Mention) -> Aim | None:
        timed = mention.kind == "duration" or (mention.kind == "schedule" and mention.value.days)
        if (timed and is_observed(self._items.text, self._items.drafts, mention)) or (
            mention.kind == "frequency" and self._tells_visits(mention)
        ):
            return None
        inside = [s for s in self._items.spans if s[0] < mention.end and mention.start < s[1]]
        if inside:
            return inside[-1], self._inside_direction(inside[-1], mention)
        before = [s for s in self._items.spans if s[1] <= mention.start]
        after = [s for s in self._items.spans if s[0] >= mention.end]
        if after and self._is_forward(mention, before[-1] if before else None, after[0]):
            return after[0], "forward"
        before = self._past_bracket(before, mention)
        if before and (self._is_aside(before[-1], mention) or not self._items.parted(before[-1][1], mention.start)):
            return before[-1], "backward"
        if after and not BREAK.search(self._items.text[mention.end : after[0][0]]) and not self._ends_item(mention):
            return None if self._is_of_a_name_before(mention, after[0]) else (after[0], "forward_all")
        return (before[-1], "backward") if before else None

    def _is_aside(self, span: Span, mention: Mention) -> bool:
        """ "A 5 mg alone (all day; 14 days on), B": told in a bracket right behind an item and before the next."""
        opened = opened_at(self._items.text, mention.start)
        return opened >= span[1] and opened - span[1] < _ASIDE_REACH

    def _past_bracket(self, before: list[Span], mention: Mention) -> list[Span]:
        """Without a last dose in brackets, where what is told behind it goes on of the same drug's dose before it."""
        if len(before) < 2 or mention.kind == "route":
            return before
        drugs = [{d.intervention for d in self._items.at(span)} for span in before[-2:]]
        past = drugs[0] == drugs[1] and lies_past(self._items.text, before[-2], before[-1], mention.start)
        return before[:-1] if past else before

    def bracketed_too(self, span: Span, mention: Mention) -> list[Span]:
        """The dose in the bracket behind an item, where nothing of its own is told in its stead."""
        inner = next((s for s in self._items.spans if span[1] < s[0] and s[1] <= mention.start), None)
        if inner is None or self._past_bracket([span, inner], mention) != [span]:
            return []
        shut = self._items.text.find(")", inner[1])
        own = any(m.kind == mention.kind and inner[1] <= m.start < shut for m in self._items.attributes)
        return [] if own else [inner]

    def _is_of_a_name_before(self, mention: Mention, ahead: Span) -> bool:
        """ "once-weekly A with 2-4 daily injections of B": B has a frequency of its own, so the first is A's."""
        own = (m for m in self._items.attributes if m is not mention and mention.end <= m.start and m.end <= ahead[0])
        return mention.kind == "frequency" and any(m.kind == "frequency" for m in own)

    def _ends_item(self, mention: Mention) -> bool:
        """ "light three times weekly, or A 5 mg": told of what stands before, though that is none of ours."""
        return mention.kind == "frequency" and _ENDS_ITEM.match(self._items.text, mention.end) is not None

    def _tells_visits(self, mention: Mention) -> bool:
        ahead = self._items.start_ahead(mention)
        if ahead is not None and FORWARD.fullmatch(self._items.text, mention.end, ahead):
            return False
        return is_of_visits(self._items.text, self._items.drafts, mention)

    def _inside_direction(self, span: Span, mention: Mention) -> str:
        # "tramadol 50 mg orally" holds alone, "oral tramadol 50 mg" too
        return "inside" if mention.start > span[0] else "forward"

    def _is_forward(self, mention: Mention, before: Span | None, after: Span) -> bool:
        gap = self._items.masked(mention.end, after[0], mention)
        if not FORWARD.fullmatch(gap):
            return False
        if before is None:
            return True
        behind = self._items.masked(before[1], mention.start, mention)
        if NEXT_ITEM.match(gap) and TOLD_BEHIND.fullmatch(behind):
            return False
        # "A 5 mg, intravenous B 6 mg"
        listed = mention.kind == "route" and behind.strip() in ("", ",") and not gap.strip()
        return not regex.fullmatch(r"[\s,(]*", behind) or listed
