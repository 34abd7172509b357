"""From drafts to rows: repeated statements merged, shared facts filled in, evidence attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from trialmine.assemble.citation import Citation
from trialmine.assemble.dosing.cycle import has_interval, is_interval, is_on_need
from trialmine.assemble.dosing.draft import ATTRIBUTES, Draft
from trialmine.assemble.dosing.shared import takes
from trialmine.records.article import Article
from trialmine.records.trial import (
    Dose,
    Dosing,
    Frequency,
    Schedule,
    Span,
    Warning,  # noqa: A004 (the contract's own word)
)

_OUTCOME_SECTIONS = ("results", "conclusions")
_WEEK, _MONTH = 7, 28
_ABOUT = 0.1  # by which months and years miss whole weeks


def merge(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft per drug, dose and regimen; later statements fill what earlier ones left open."""
    kept: list[Draft] = []
    for draft in drafts:
        if draft.dose is None:
            continue
        same = [k for k in kept if k.intervention == draft.intervention and k.daily_key == draft.daily_key]
        twin = next((k for k in same if _compatible(k, draft)), None)
        if twin is not None:
            _absorb(twin, draft)
        elif span := next((k for k in kept if _spans(k, draft)), None):
            at = kept.index(span)
            kept[at : at + 1] = _one_by_one(span, draft)
        elif not _is_repeat(draft, kept):
            kept.append(draft)
    # days that are told of a drug say more than "weekly"
    for draft in sorted(drafts, key=lambda d: not (d.schedule and d.schedule.days)):
        if draft.dose is None:
            _place_bare(draft, kept)
    return sorted(kept, key=_order)


def _order(draft: Draft) -> tuple[int, int]:
    """Text order; doses told together come in the order of their drugs."""
    return (draft.dose_span or (draft.start, 0))[0], draft.spans[0][0] if draft.spans else draft.start


def _compatible(a: Draft, b: Draft) -> bool:
    if a.role and b.role and a.role != b.role:
        return False
    # the dose that the results commend is told beside the dose that was given
    if b.role == "recommended" and a.role is None and b.sentence.section in _OUTCOME_SECTIONS:
        return False
    f, g = a.frequency, b.frequency
    # a loading dose is given once; the same amount every few hours is another arm's
    if _is_loading_beside(a, b) or _is_loading_beside(b, a):
        return False
    if f and g and not _are_as_often(f, g):
        return False
    if _lengths_differ(a, b) or _ways_differ(a, b) or _are_told_apart(a, b) or _is_day_behind(a, b):
        return False
    days = [s.days for d in (a, b) if (s := d.schedule) and s.days]
    return len(set(days)) < 2


def _is_day_behind(course: Draft, last: Draft) -> bool:
    """ "1.5 g/day for 6 days. On day 7 they took 1.5 g": whether a dose has a day of its own behind a course."""
    long = course.duration
    if long is None or long.unit != "d" or not long.value or last.schedule is None or last.duration is not None:
        return False
    return len(last.schedule.days) == 1 and last.schedule.days[0] > long.value


def _is_loading_beside(loading: Draft, other: Draft) -> bool:
    f = other.frequency
    return (
        loading.role == "loading" and other.role is None and not loading.frequency and f is not None and bool(f.period)
    )


def _lengths_differ(a: Draft, b: Draft) -> bool:
    """Whether one sentence tells two lengths for the dose: two phases or two arms."""
    cycles = {d.schedule.cycles for d in (a, b) if d.schedule and d.schedule.cycles}
    lengths = {(d.duration.value, d.duration.unit) for d in (a, b) if d.duration and d.duration.value}
    return len(cycles) > 1 or len(lengths) > 1


def _ways_differ(a: Draft, b: Draft) -> bool:
    """Whether the dose is given by two routes, in one sentence or where it is told what was done: two arms."""
    if a.route is None or b.route is None or a.route == b.route:
        return False
    return a.sentence.start == b.sentence.start or all(d.sentence.section in (None, "methods") for d in (a, b))


def _are_told_apart(a: Draft, b: Draft) -> bool:
    """Whether one sentence tells the dose as two steps, or under two conditions."""
    if a.sentence.start != b.sentence.start:
        return False
    return b.apart or (a.condition is not None and b.condition is not None and a.condition != b.condition)


def timing(f: Frequency) -> tuple[float | None, float | None]:
    """Count and days; a month is four weeks, as the two are used for one regimen."""
    days = {"d": 1.0, "wk": 7.0, "mo": 28.0, "a": 365.0, "h": 1 / 24, "min": 1 / 1440}
    return f.count, None if f.period is None or f.period_unit is None else round(
        f.period * days.get(f.period_unit, 0.0), 4
    )


def _are_as_often(f: Frequency, g: Frequency) -> bool:
    """Whether two frequencies are one: "twice a year" and "every 6 months" too."""
    (n, days), (m, others) = timing(f), timing(g)
    if (n, days) == (m, others):
        return True
    if not (n and m and days and others) or f.count_max or g.count_max or f.period_max or g.period_max:
        return False
    return max(days, others) >= _MONTH and abs(n * others / (m * days) - 1) < _ABOUT


def _absorb(twin: Draft, draft: Draft) -> None:
    for kind in ATTRIBUTES:
        value = getattr(draft, kind)
        if value is not None and (draft.sentence.section not in _OUTCOME_SECTIONS or kind in ("route", "frequency")):
            twin.take(kind, draft)
    # a title rounds ("monthly") what the methods tell exactly ("every 4 weeks")
    if (
        twin.sentence.section in ("title", "background")
        and draft.frequency
        and draft.sentence.section not in _OUTCOME_SECTIONS
    ):
        twin.frequency = draft.frequency
        twin.spans += [s for s in draft.spans if s not in twin.spans]
    twin.role = twin.role or draft.role
    if draft.sentence.section not in _OUTCOME_SECTIONS and draft.dose_span:
        twin.again += [(draft.sentence, draft.dose_span), *draft.again]


def keep_timing(drafts: Sequence[Draft]) -> None:
    """Where a drug's doses were raised in turn, give those that tell no timing the one that the others have."""
    for draft in drafts:
        if draft.dose is None or draft.frequency or draft.role == "loading" or (draft.schedule and draft.schedule.days):
            continue
        timed = [
            d
            for d in drafts
            if d is not draft
            and d.dose
            and d.dose.unit == draft.dose.unit
            and d.intervention == draft.intervention
            and d.role != "loading"
        ]
        if timed and len({(d.frequency and timing(d.frequency), d.schedule and d.schedule.days) for d in timed}) == 1:
            draft.take("frequency", timed[0])
            draft.take("schedule", timed[0])


def _spans(whole: Draft, listed: Draft) -> bool:
    """Whether a range is told that begins and ends with the doses listed later ("2-20 mg"; "2, 5, 10 and 20 mg")."""
    a, b = whole.dose, listed.dose
    if a is None or b is None or not b.levels or whole.role or listed.role:
        return False
    same = whole.intervention == listed.intervention and a.unit == b.unit
    return same and (a.low, a.high) == (min(b.levels), max(b.levels))


def _one_by_one(whole: Draft, listed: Draft) -> list[Draft]:
    """A row for each dose that a range stands for, with what is told of the range."""
    if whole.dose is None or listed.dose is None:
        return [whole]
    places = [*whole.spans, *([listed.dose_span] if listed.dose_span else [])]
    return [
        replace(
            whole,
            dose=Dose(value=v, unit=whole.dose.unit, text=listed.dose.text),
            spans=list(places),
            stated=dict(whole.stated),
        )
        for v in listed.dose.levels
    ]


def _is_repeat(draft: Draft, kept: Sequence[Draft]) -> bool:
    """Whether a statement of the results only takes up a regimen again."""
    if draft.sentence.section not in _OUTCOME_SECTIONS:
        return False
    if draft.role in ("maximum_tolerated", "recommended"):
        return False
    return any(k.intervention == draft.intervention and k.sentence.section not in _OUTCOME_SECTIONS for k in kept)


def _is_epithet(draft: Draft) -> bool:
    """Whether the frequency stands right before the drug's name: "once-daily A was superior"."""
    near = 3  # blanks, and the quotation mark of “once-daily”
    return any(0 <= draft.start - end <= near for _, end in draft.stated.get("frequency", []))


def _is_found(kind: str, draft: Draft) -> bool:
    """Whether an attribute told among the results is more likely part of them than of the regimen."""
    if kind == "duration" and draft.duration is not None:
        # "deaths over 3 years": how long people were watched
        return draft.duration.unit == "a" and draft.duration.text.lower().startswith(("over", "during"))
    return kind == "schedule" or (kind == "frequency" and not _is_epithet(draft))


def _could_be_had(draft: Draft) -> bool:
    """Whether a drug named without a dose could be had on need: that is told of further doses, "on-demand A" is not."""
    return is_on_need(draft.frequency) and not _is_epithet(draft)


def _place_bare(draft: Draft, kept: list[Draft]) -> None:
    """Facts about a drug named without a dose: they complete its rows, or make a row of their own."""
    rows = [k for k in kept if k.intervention == draft.intervention and k.dose is not None]
    if rows:
        for kind in ("route", "duration", "frequency", "schedule"):
            value = getattr(draft, kind)
            if value is None or any(r.has(kind) for r in rows) or (kind == "frequency" and _could_be_had(draft)):
                continue
            if draft.sentence.section in _OUTCOME_SECTIONS and _is_found(kind, draft):
                continue
            for r in rows:
                if kind == "schedule" and (has_interval(r) or (value.days and r.frequency and r.duration)):
                    continue
                if kind == "frequency" and r.schedule is not None and r.schedule.days:
                    continue
                if kind != "frequency" or (r.dose and takes(r.dose, value)):
                    r.take(kind, draft)
        return
    if draft.sentence.section in _OUTCOME_SECTIONS or not (draft.frequency or draft.duration or draft.schedule):
        return
    twin = next((k for k in kept if k.intervention == draft.intervention), None)
    if twin is not None:
        if _compatible(twin, draft):
            _absorb(twin, draft)
        return
    kept.append(draft)


def finish(drafts: Sequence[Draft], article: Article, cite: Citation) -> tuple[tuple[Dosing, ...], tuple[Warning, ...]]:
    """Rows with evidence, and warnings."""
    rows, warnings = [], []
    for n, draft in enumerate(drafts, 1):
        _settle_cycle(draft, article.text)
        spans = _evidence_spans(draft)
        evidence = cite.all(*spans)
        start, end = spans[0]
        rows.append(
            Dosing(
                id=f"d{n}",
                intervention=draft.intervention,
                arms=draft.arms,
                role=draft.role,
                dose=_in_international_units(draft.dose),
                route=draft.route,
                frequency=draft.frequency,
                schedule=draft.schedule,
                duration=draft.duration,
                administrations=draft.administrations,
                infusion_time=draft.infusion_time,
                condition=draft.condition,
                text=" ".join(article.text[start:end].split()),
                evidence=evidence,
            )
        )
        if draft.frequency and regex.match(r"bi-?(?:weekly|monthly|annual)", draft.frequency.text, regex.IGNORECASE):
            message = f'"{draft.frequency.text}" has two readings; taken as {draft.frequency.code or "stated"}'
            warnings.append(Warning(code="ambiguous_frequency", message=message, evidence=evidence))
    return tuple(rows), tuple(warnings)


def _in_international_units(dose: Dose | None) -> Dose | None:
    """A drug's "U" is an international unit; linking keeps the two apart since blood comes in units too."""
    if dose is None or not (dose.unit == "U" or dose.unit.startswith("U/")):
        return dose
    return dose.model_copy(update={"unit": dose.unit.replace("U", "[iU]", 1)})


# "on days 1, 15 and 29, then monthly": the days only lead in
_THEN = regex.compile(r"\b(?:then|thereafter|subsequently|and)\s(?:at\s|on\s)?$", regex.IGNORECASE)
_THEREAFTER = regex.compile(r"\s?(?:thereafter|afterwards?|subsequently)\b", regex.IGNORECASE)


def _goes_on(draft: Draft, text: str) -> bool:
    """Whether an interval is told as what comes after the days."""
    return any(
        _THEN.search(text, max(0, start - 16), start) or _THEREAFTER.match(text, end)
        for start, end in draft.stated.get("frequency", [])
    )


def _is_course(draft: Draft, f: Frequency) -> bool:
    """ "for 5 days, repeated every 4 weeks": the interval is from one course to the next."""
    long = draft.duration
    if long is None or long.value is None or f.count != 1 or f.period is None or f.period_max is not None:
        return False
    said, often = draft.stated.get("duration", []), draft.stated.get("frequency", [])
    if not said or not often or said[0][0] > often[0][0]:
        return False
    days = {"d": 1.0, "wk": 7.0, "mo": 28.0}
    course, interval = long.value * days.get(long.unit or "", 0.0), f.period * days.get(f.period_unit or "", 0.0)
    return interval >= _WEEK and 1 < course < interval


def _settle_cycle(draft: Draft, text: str) -> None:
    """An interval of weeks is the cycle when days or a number of cycles stand with it."""
    f, s = draft.frequency, draft.schedule
    if f is not None and _is_course(draft, f):
        draft.schedule = (s or Schedule(text=f.text)).model_copy(
            update={"cycle_length": Span(value=f.period, unit=f.period_unit)}
        )
        draft.frequency = None
        return
    if f is not None and s is not None and f.period_max is not None and len(s.days) > 1 and is_interval(f):
        # "days 1 and 8, repeated every 3 to 4 weeks"
        draft.frequency = None
        return
    if f is None or s is None or f.period is None or f.count != 1 or f.period_max is not None:
        return
    if f.period_unit not in ("d", "wk", "mo") or (f.period_unit == "d" and f.period < _WEEK):
        return
    if s.days and _goes_on(draft, text):
        return
    length = Span(value=f.period, unit=f.period_unit)
    if s.cycle_length is None and (s.days or s.cycles or s.cycles_max) and (f.period_unit != "wk" or f.period > 1):
        draft.schedule = s.model_copy(update={"cycle_length": length})
    elif s.cycle_length is None or s.cycle_length != length:
        return
    if len(s.days) > 1:
        draft.frequency = None


def _evidence_spans(draft: Draft) -> list[tuple[int, int]]:
    """One span over what stands close together in the sentence, and one for each thing that stands apart."""
    spans = sorted({draft.span, *draft.spans, *([draft.dose_span] if draft.dose_span else [])})
    out: list[tuple[int, int]] = []
    for start, end in spans:
        if out and start - out[-1][1] < 100 and _same_sentence(draft, out[-1], (start, end)):
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    main = next(
        (s for s in out if draft.dose_span and s[0] <= draft.dose_span[0] and draft.dose_span[1] <= s[1]), out[0]
    )
    return [main, *(s for s in out if s != main)]


def _same_sentence(draft: Draft, a: tuple[int, int], b: tuple[int, int]) -> bool:
    return draft.sentence.start <= a[0] and b[1] <= draft.sentence.end
