"""How a row takes what is told of it: a frequency beside days is their cycle, one on need is had as often as told."""

from __future__ import annotations

from trialmine.assemble.dosing.cycle import fits, is_closer_told, is_cycle, is_next_course, is_on_need
from trialmine.assemble.dosing.draft import Draft
from trialmine.records.article import Mention
from trialmine.records.trial import Schedule, Span


def take(draft: Draft, mention: Mention) -> None:
    """Give a row what a mention tells, where it has room for it."""
    place = (mention.start, mention.end)
    if mention.kind == "frequency" and mention.value.period and is_on_need(draft.frequency):
        often = mention.value.model_copy(update={"as_needed": True})
        draft.drop("frequency")
        draft.fill("frequency", often, place)
    elif is_closer_told(draft, mention):
        draft.drop("frequency")
        draft.fill("frequency", mention.value, place)
    elif is_next_course(draft, mention):
        take_cycle(draft, mention)
    elif fits(draft, mention) and not (mention.kind == "frequency" and draft.frequency):
        draft.fill(mention.kind, mention.value, place)
    elif mention.kind == "frequency" and draft.schedule and draft.schedule.days:
        take_cycle(draft, mention)


def take_cycle(draft: Draft, mention: Mention) -> None:
    """ "twice daily on days 1-14 every 21 days": the interval is the cycle."""
    f = mention.value
    if is_cycle(f):
        cycle = Schedule(cycle_length=Span(value=f.period, unit=f.period_unit), text=f.text)
        draft.fill("schedule", cycle, (mention.start, mention.end))
