"""A trial record as comparable slots, block by block.

Two annotators name the same thing in other words: names agree when they share a form, phrases when they share half of
their words or a code, times when they are equally long.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import regex

Record = Mapping[str, Any]
Row = dict[str, Any]

BLOCKS = ("interventions", "arms", "dosing", "endpoints", "statistics", "adverse_events", "design", "population")
_DAYS = {"s": 1 / 86400, "min": 1 / 1440, "h": 1 / 24, "d": 1.0, "wk": 7.0, "mo": 30.4375, "a": 365.25}
_SAME_UNIT = {
    "mcg": "ug", "µg": "ug", "μg": "ug", "IU": "[iU]", "U": "[iU]", "[IU]": "[iU]", "months": "mo", "month": "mo",
    "weeks": "wk", "years": "a", "days": "d", "percent": "%", "ml": "mL", "l": "L",
}  # fmt: skip
_STOP = frozenset(["the", "of", "in", "and", "a", "an", "to", "for", "with", "at", "on", "rate", "level", "levels"])


@dataclass(frozen=True, slots=True)
class Names:
    """The forms of a thing's name; one in common is enough."""

    forms: frozenset[str]

    def agrees(self, other: Names) -> bool:
        """Whether the two name the same thing."""
        return bool(self.forms & other.forms)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording with its code; half of the words in common, or the code, is enough."""

    words: frozenset[str]
    code: str | None = None

    def agrees(self, other: Phrase) -> bool:
        """Whether the two say the same."""
        return (self.code is not None and self.code == other.code) or overlap(self.words, other.words) >= 0.5


@dataclass(frozen=True, slots=True)
class Members:
    """The things that belong together, each with its names."""

    names: tuple[frozenset[str], ...]

    def agrees(self, other: Members) -> bool:
        """Whether the two have the same members."""
        if len(self.names) != len(other.names):
            return False
        return all(any(mine & theirs for theirs in other.names) for mine in self.names)


def same(a: Any, b: Any) -> bool:
    """Whether two slots agree."""
    if isinstance(a, Names) and isinstance(b, Names):
        return a.agrees(b)
    if isinstance(a, Phrase) and isinstance(b, Phrase):
        return a.agrees(b)
    if isinstance(a, Members) and isinstance(b, Members):
        return a.agrees(b)
    return bool(a == b)


def overlap(a: frozenset[str], b: frozenset[str]) -> float:
    """Dice coefficient of two sets of words."""
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def words_of(text: str | None) -> frozenset[str]:
    """The words that carry a phrase, in the singular."""
    words = regex.findall(r"[a-z0-9]+", str(text or "").lower())
    return frozenset(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in words if w not in _STOP)


def names_of(row: Record) -> frozenset[str]:
    """An intervention's names, letters and digits only."""
    forms = [row.get("name"), row.get("text"), *(row.get("aliases") or [])]
    return frozenset(plain for form in forms if (plain := regex.sub(r"[^a-z0-9]+", "", str(form or "").lower())))


def view(record: Record) -> dict[str, list[Row]]:
    """The slots of every row of every block; what the record does not state is None."""
    interventions = {i["id"]: i for i in record.get("interventions") or [] if i.get("id")}
    endpoints = {e["id"]: e for e in record.get("endpoints") or [] if e.get("id")}
    return {
        "interventions": [_intervention(i) for i in record.get("interventions") or []],
        "arms": [_arm(a, interventions) for a in record.get("arms") or []],
        "dosing": [_dosing(d, interventions) for d in record.get("dosing") or []],
        "endpoints": [_endpoint(e) for e in record.get("endpoints") or []],
        "statistics": [_statistic(s, endpoints) for s in record.get("statistics") or []],
        "adverse_events": [_adverse_event(a) for a in record.get("adverse_events") or []],
        "design": [_design(record.get("design") or {})],
        "population": [_population(record.get("population") or {})],
    }


def _intervention(row: Record) -> Row:
    return {"name": Names(names_of(row)), "kind": row.get("kind"), "role": row.get("role")}


def _arm(row: Record, interventions: Mapping[str, Record]) -> Row:
    members = tuple(names_of(interventions[i]) for i in row.get("interventions") or [] if i in interventions)
    return {"n": row.get("n"), "role": row.get("role"), "interventions": Members(members) if members else None}


def _dosing(row: Record, interventions: Mapping[str, Record]) -> Row:
    dose, schedule = row.get("dose") or {}, row.get("schedule") or {}
    stated = [dose.get("value"), dose.get("low"), dose.get("high"), *(dose.get("levels") or [])]
    values = tuple(sorted({n for v in stated if (n := _number(v)) is not None}))
    known = row.get("intervention") in interventions
    return {
        "drug": Names(names_of(interventions[row["intervention"]])) if known else None,
        "dose": (values, _unit(dose.get("unit"))) if values else None,
        "route": row.get("route"),
        "frequency": _frequency(row.get("frequency") or {}),
        "role": row.get("role"),
        "days": tuple(sorted(set(schedule.get("days") or []))) or None,
        "cycle": _in_days(schedule.get("cycle_length")),
        "duration": _in_days(row.get("duration")),
        "administrations": row.get("administrations"),
    }


def _frequency(row: Record) -> tuple[float | None, float | None] | None:
    if not row:
        return None
    period = row.get("period")
    days = None if period is None else round(float(period) * _DAYS.get(_unit(row.get("period_unit")), 1.0), 2)
    return _number(row.get("count")), days


def _endpoint(row: Record) -> Row:
    return {"endpoint": named(row), "role": row.get("role"), "timepoint": _in_days(row.get("timepoint"))}


def _statistic(row: Record, endpoints: Mapping[str, Record]) -> Row:
    ci, p, spread = row.get("ci") or {}, row.get("p") or {}, row.get("dispersion") or {}
    fraction = (row.get("numerator"), row.get("denominator"))
    return {
        "value": _number(row.get("value")),
        "measure": row.get("measure"),
        "unit": _unit(row.get("unit")) or None,
        "fraction": fraction if fraction != (None, None) else None,
        "ci": (_number(ci.get("low")), _number(ci.get("high"))) if ci else None,
        "p": (p.get("comparator"), _number(p.get("value"))) if p else None,
        "dispersion": (spread.get("kind"), *(_number(spread.get(k)) for k in ("value", "low", "high")))
        if spread
        else None,
        "endpoint": named(endpoints.get(row.get("endpoint") or "")),
    }


def named(endpoint: Record | None) -> Phrase | None:
    """What an endpoint is called, None without one."""
    return Phrase(words_of(endpoint.get("name")), endpoint.get("code")) if endpoint else None


def _adverse_event(row: Record) -> Row:
    grade = row.get("grade") or {}
    return {
        "term": Phrase(words_of(row.get("term"))),
        "grade": (grade.get("low"), grade.get("high")) if grade else None,
        "percent": _number(row.get("percent")),
        "n": row.get("n"),
    }


def _design(row: Record) -> Row:
    plain = {k: row.get(k) for k in ("allocation", "masking", "assignment", "escalation", "multicenter")}
    return plain | {k: tuple(sorted(row.get(k) or [])) or None for k in ("phase", "control")}


def _population(row: Record) -> Row:
    stated: Sequence[Record] = row.get("conditions") or []
    words = frozenset(w for c in stated for w in words_of(c.get("name") or c.get("text")))
    age = row.get("age") or {}
    return {
        "enrolled": row.get("enrolled") or row.get("randomized"),
        "condition": Phrase(words) if words else None,
        "min_age": age.get("minimum"),
        "max_age": age.get("maximum"),
        "sex": row.get("sex") if row.get("sex") != "all" else None,  # trials of both sexes seldom say so
    }


def _number(value: float | None) -> float | None:
    return None if value is None else round(float(value), 6)


def _unit(unit: str | None) -> str:
    return "".join(_SAME_UNIT.get(part, part) for part in regex.split(r"([/.])", str(unit or "").strip()))


def _in_days(time: Record | None) -> float | None:
    if not time or time.get("value") is None:
        return None
    return round(float(time["value"]) * _DAYS.get(_unit(time.get("unit")), 1.0), 2)
