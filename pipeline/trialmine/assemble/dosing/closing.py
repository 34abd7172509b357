"""The interval that closes a regimen: "A 75 mg/m2 day 1, followed by B 100 mg/m2 days 1-5, every 3 weeks"."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from trialmine.assemble.dosing.brackets import opened_at
from trialmine.assemble.dosing.cycle import is_cycle, is_interval
from trialmine.assemble.dosing.draft import Draft
from trialmine.assemble.dosing.filling import take_cycle
from trialmine.records.article import Mention

_SHUT = regex.compile(r"[;)\]]|\b(?:arm|group|versus|vs)\b", regex.IGNORECASE)
_OR = regex.compile(r"\b(?:or|versus|vs|compared)\b", regex.IGNORECASE)
_LOADING = ("loading", "starting")


def close_regimens(text: str, drafts: Sequence[Draft], attributes: Sequence[Mention]) -> None:
    """Give the interval and cycles behind a regimen's last item to the items before it that tell their days alone."""
    cycles = [m for m in attributes if _is_cycle(m)]
    if len(drafts) < 2 or not cycles:
        return
    items = sorted(drafts, key=lambda d: d.start)
    for i, last in enumerate(items[1:], 1):
        told = [m for m in cycles if m.start >= last.end and (m.start, m.end) in last.spans]
        ahead = next((d.start for d in items[i:] if told and d.start >= told[-1].end), None)
        if told and (ahead is None or _SHUT.search(text, told[-1].end, ahead)):
            _give(text, items[:i], last, told)


def _give(text: str, before: Sequence[Draft], last: Draft, told: Sequence[Mention]) -> None:
    bracket = opened_at(text, told[0].start)
    for draft in reversed(before):
        plan = draft.schedule
        # "A on day 1, then B and C every second week": B has the interval already
        if plan is None and draft.role not in _LOADING and any((m.start, m.end) in draft.spans for m in told):
            continue
        apart = draft.start < bracket or draft.role in _LOADING or _OR.search(text, draft.end, last.start)
        if plan is None or not plan.days or apart or _has_another(draft, told) or _is_step_before(draft, last):
            return
        for m in told:
            _fill(draft, m)


def _is_step_before(draft: Draft, last: Draft) -> bool:
    """ "5 mg on day 1, 10 mg on day 8 every 3 weeks": a dose of the same drug, but for a bolus before an infusion."""
    days = [d.schedule.days if d.schedule else () for d in (draft, last)]
    return draft.intervention == last.intervention and days[0] != days[1] and not (last.infusion_time and not days[1])


def _fill(draft: Draft, mention: Mention) -> None:
    place = (mention.start, mention.end)
    if mention.kind == "schedule":
        draft.fill("schedule", mention.value, place)
    elif draft.schedule and len(draft.schedule.days) == 1:
        draft.fill("frequency", mention.value, place)
    else:
        take_cycle(draft, mention)


def _is_cycle(mention: Mention) -> bool:
    value = mention.value
    if mention.kind == "frequency":
        return is_cycle(value)
    return mention.kind == "schedule" and not value.days and not value.on and bool(value.cycle_length or value.cycles)


def _has_another(draft: Draft, told: Sequence[Mention]) -> bool:
    """Whether an item has a cycle or interval of its own."""
    ours = [(m.start, m.end) for m in told]
    plan = draft.schedule
    cycled = plan is not None and bool(plan.cycle_length or plan.cycles or plan.cycles_max)
    often = draft.frequency is not None and is_interval(draft.frequency)
    places = draft.stated.get("schedule", []) if cycled else []
    places = places + (draft.stated.get("frequency", []) if often else [])
    return (cycled or often) and not any(p in ours for p in places)
