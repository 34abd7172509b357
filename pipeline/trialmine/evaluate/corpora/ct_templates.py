"""A trial record as the templates of CT-Corpus: slots filled with words as the text prints them.

The templates keep strings, a record keeps values; the words are found again in the evidence of the value. What a record
does not hold (objective, conclusion, country, baseline values, results in words) stays empty.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import regex

from trialmine.evaluate.evidence_audit import numbers_in
from trialmine.evaluate.record_view import Record

Template = dict[str, set[str]]
Templates = dict[str, list[Template]]

_NUMBER = r"(?<![\w.])\d[\d,]*(?:[.·]\d+)?|(?<![\w.])[.·]\d+"
_DESIGN = regex.compile(
    r"randomi[sz]ed|randomly|(?:single|double|triple|observer|investigator|evaluator)[- ](?:blind|mask)(?:ed)?|"
    r"open[- ]label|multi-?cent(?:er|re)|multi-?national|parallel(?:[- ]groups?)?|prospective|cross-?over|"
    r"active-controlled|(?<!-)controlled|non-?inferiority|treat-to-target",
    regex.IGNORECASE,
)
_AMOUNT = regex.compile(
    rf"(?P<value>(?:{_NUMBER})(?:\s?(?:-|–|to)\s?(?:{_NUMBER}))?)\s?-?(?P<unit>%|[\p{{L}}µμ]+(?:/(?:ml|mL|kg|m2))?)?"
)
_LEAD = regex.compile(
    r"^(?:at|after|by|for|from|through|until|within|over|of|the|to|in|during)\s+(?:the\s+)?", regex.IGNORECASE
)
_LENGTH = regex.compile(r"\S+[ -](?:day|week|wk|month|mo|year|yr)s?", regex.IGNORECASE)
_UNIT = regex.compile(
    r"\s?(?:(?:\+/-|±)\s?[\d.]+\s?)?"
    r"(%|mm ?Hg|kg/m\(?2\)?|(?:[\p{L}µμ]{1,6})(?:/[\p{L}\d]+)+|(?:kg|g|mg|IU|U|units|letters|points|mm|µm|μm)\b)"
)
_AVERAGE = regex.compile(r"(?:least[- ]squares?|LS|adjusted) ?means?|mean|median|average", regex.IGNORECASE)
_INTERVAL = r"(?:\d+ ?% ?(?:CI|confidence interval(?: \(CI\))?)[:,;]? ?)?[\[(]?{low}[^.,;\d]{{1,10}}?{high}"
_CHANGE, _RELATIVE = "change_from_baseline", "percent_change"
_BETWEEN = {
    "mean_difference", "risk_difference", "hazard_ratio", "odds_ratio", "risk_ratio", "rate_ratio", "ratio"
}  # fmt: skip
_SHARES = {"proportion", "percent_change", "count"}  # their unit is no unit of the endpoint
_ENDS = {"mean", "median", "geometric_mean", "other", "rate"}


def templates_of(record: Record, text: str) -> Templates:
    """The templates of a record, by type; templates that would be empty are left out."""
    out: Templates = defaultdict(list)
    out["ClinicalTrial"].append(_trial(record))
    out["Population"].append(_population(record))
    out["Arm"] = [_filled(hasNumberPatientsArm=[_printed(a, a.get("n"))]) for a in record.get("arms") or []]
    _treatments(record, out)
    _results(record, text, out)
    return {kind: [t for t in templates if t] for kind, templates in out.items() if any(templates)}


def _filled(**slots: Iterable[str | None]) -> Template:
    """The slots that hold something, white space removed as the scorer compares them."""
    plain = {slot: {regex.sub(r"\s+", "", v) for v in values if v} - {""} for slot, values in slots.items()}
    return {slot: values for slot, values in plain.items() if values}


def _trial(record: Record) -> Template:
    design, population = record.get("design") or {}, record.get("population") or {}
    quotes = [e["quote"] for e in design.get("evidence") or []]
    people = population.get("enrolled") or population.get("randomized")
    return _filled(
        hasCTDesign=[m.group() for quote in quotes for m in _DESIGN.finditer(quote)],
        analysesHealthCondition=[c.get("text") for c in population.get("conditions") or []],
        hasNumberPatientsCT=[_printed(population, people)],
        hasFinalNumberPatientsCT=[_printed(population, population.get("evaluable"))],
        hasAllocationRatio=[design.get("allocation_ratio")],
        hasCTduration=[length for d in record.get("dosing") or [] if (length := _length(d))][:1],
    )


def _population(record: Record) -> Template:
    population = record.get("population") or {}
    age = population.get("age") or {}
    return _filled(
        hasPrecondition=[c["text"] for c in population.get("eligibility") or [] if c.get("kind") == "inclusion"],
        hasAvgAge=[_printed(population, age.get("mean"))],
        hasMinAge=[_printed(population, age.get("minimum"))],
    )


def _treatments(record: Record, out: Templates) -> None:
    """An Intervention for each arm, a Medication for each of its drugs; those of no arm once."""
    interventions = {i["id"]: i for i in record.get("interventions") or []}
    rows = record.get("dosing") or []
    groups: list[tuple[list[str], list[Record]]] = [
        (list(arm.get("interventions") or []), [d for d in rows if not d.get("arms") or arm["id"] in d["arms"]])
        for arm in record.get("arms") or []
    ] or [([i], rows) for i in interventions]
    for members, dosing in groups:
        own = [d for d in dosing if d["intervention"] in members]
        out["Intervention"].append(
            _filled(
                hasFrequency=[(d.get("frequency") or {}).get("text") for d in own],
                hasRelativeFreqTime=[_time_of_day(d.get("condition")) for d in own],
            )
        )
        out["Medication"] += [_medication(interventions[i], own) for i in members if i in interventions]


def _medication(intervention: Record, dosing: Iterable[Record]) -> Template:
    rows = [d for d in dosing if d["intervention"] == intervention["id"]]
    amounts = [m for d in rows if (m := _AMOUNT.search((d.get("dose") or {}).get("text") or ""))]
    return _filled(
        hasDrug=[intervention.get("text") or intervention.get("name")],
        hasDoseValue=[m["value"] for m in amounts],
        hasDoseUnit=[m["unit"] for m in amounts],
        hasDeliveryMethod=[d.get("form") for d in rows],
    )


def _time_of_day(condition: str | None) -> str | None:
    found = regex.search(r"evening|morning|bedtime|\d+ ?[ap]\.?m\b", condition or "", regex.IGNORECASE)
    return found.group() if found else None


def _length(row: Record) -> str | None:
    found = _LENGTH.search((row.get("duration") or {}).get("text") or "")
    return found.group() if found else None


def _results(record: Record, text: str, out: Templates) -> None:
    """Endpoints with their units, an Outcome for each arm and time, and the comparisons between arms."""
    rows = record.get("statistics") or []
    for endpoint in record.get("endpoints") or []:
        own = [s for s in rows if s.get("endpoint") == endpoint["id"]]
        if not own:
            continue  # the corpus keeps endpoints whose results are told
        places = [(text, place) for s in own if s["measure"] not in _SHARES for place in _value_places(s)]
        out["Endpoint"].append(
            _filled(
                hasEndoPointDescription=[endpoint.get("name")],
                hasBaselineUnit=[_unit_after(*place) for place in places],
                hasAggregationMethod=[_average_before(*place) for place in places],
            )
        )
    outcomes: dict[tuple[Any, ...], Template] = defaultdict(dict)
    for s in rows:
        between = s["measure"] in _BETWEEN or len(s.get("arms") or []) > 1
        if between or s["measure"] == "p_value":
            out["DiffBetweenGroups"].append(_comparison(s, between=between))
            continue
        time = _LEAD.sub("", (s.get("timepoint") or {}).get("text") or "") or None
        merge(outcomes[s.get("endpoint"), tuple(s.get("arms") or ()), time], _outcome(s, time))
        if s.get("p"):
            compared = s["measure"] != _CHANGE or _has_counterpart(s, rows)
            kind, slot = ("DiffBetweenGroups", "hasPvalueDiff") if compared else ("Outcome", "hasPValueChangeValue")
            out[kind].append(_filled(**{slot: [s["p"].get("text")]}))
    out["Outcome"] += outcomes.values()
    for event in record.get("adverse_events") or []:
        out["Endpoint"].append(_filled(hasEndoPointDescription=[event.get("term")]))
        shares = {"hasPercentageAffected": event.get("percent"), "hasNumberAffected": event.get("n")}
        out["Outcome"].append(_filled(**{slot: [_printed(event, value)] for slot, value in shares.items()}))


def merge(template: Template, more: Template) -> None:
    """Add the fillers of `more`."""
    for slot, values in more.items():
        template.setdefault(slot, set()).update(values)


def _outcome(row: Record, time: str | None) -> Template:
    value, spread = _printed(row, row.get("value")), row.get("dispersion") or {}
    error = {"sd": "SdDev", "se": "SdError"}.get(spread.get("kind") or "")
    slots: dict[str, list[str | None]] = {"hasTimePoint": [time]}
    measure = row["measure"]
    if measure == _CHANGE:
        slots |= {"hasChangeValue": [value], "hasConfIntervalChangeValue": [_interval(row)]}
    elif measure == _RELATIVE:
        slots["hasRelativeChangeValue"] = [value]
    elif measure == "proportion":
        slots |= {"hasPercentageAffected": [value], "hasNumberAffected": [_printed(row, row.get("numerator"))]}
    elif measure == "count":
        slots["hasNumberAffected"] = [value]
    elif measure in _ENDS:
        slots["hasResultMeasuredValue"] = [value]
    if error:
        kind = "ChangeValue" if measure in (_CHANGE, _RELATIVE) else "ResValue"
        slots[f"has{error}{kind}"] = [_printed(row, spread.get("value"))]
    return _filled(**slots)


def _has_counterpart(row: Record, rows: Iterable[Record]) -> bool:
    """Whether another arm has the same measure of the same endpoint: then a P compares the two."""
    return any(
        s["measure"] == row["measure"] and s.get("endpoint") == row.get("endpoint") and s.get("arms") != row.get("arms")
        for s in rows
    )


def _comparison(row: Record, *, between: bool) -> Template:
    return _filled(
        hasPvalueDiff=[(row.get("p") or {}).get("text")],
        hasDiffGroupAbsValue=[_printed(row, row.get("value"), signed=True)] if between else [],
        hasConfIntervalDiff=[_interval(row)],
    )


def _printed(row: Record, value: float | None, *, signed: bool = False) -> str | None:
    """The value as the evidence prints it, or as plain digits where it prints other words."""
    if value is None:
        return None
    for evidence in row.get("evidence") or []:
        for m in regex.finditer(_NUMBER, evidence["quote"]):
            if abs(float(value)) in numbers_in(m.group()):
                minus = evidence["quote"][max(0, m.start() - 1) : m.start()]
                return (minus if signed and minus in ("-", "−", "–") else "") + m.group()
    return f"{abs(value):g}"


def _value_places(row: Record) -> Iterator[tuple[int, int]]:
    """Where in the raw text the row's value is printed."""
    value = row.get("value")
    for evidence in row.get("evidence") or [] if value is not None else []:
        for m in regex.finditer(_NUMBER, evidence["quote"]):
            if abs(float(value or 0)) in numbers_in(m.group()):
                yield evidence["start"] + m.start(), evidence["start"] + m.end()
                return


def _unit_after(text: str, place: tuple[int, int]) -> str | None:
    found = _UNIT.match(text, place[1])
    return found[1] if found else None


def _average_before(text: str, place: tuple[int, int]) -> str | None:
    found = list(_AVERAGE.finditer(text, max(0, place[0] - 80), place[0]))
    return found[-1].group() if found else None


def _interval(row: Record) -> str | None:
    ci: Mapping[str, Any] = row.get("ci") or {}
    for evidence in row.get("evidence") or [] if ci else []:
        low, high = (rf"[-−–]?{regex.escape(f'{abs(float(ci[k])):g}')}0*" for k in ("low", "high"))
        plain = evidence["quote"].replace("·", ".")
        if found := regex.search(_INTERVAL.format(low=low, high=high), plain):
            return str(evidence["quote"])[found.start() : found.end()].strip("[(")
    return None
