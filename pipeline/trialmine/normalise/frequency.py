"""Frequencies as counts per period, with their FHIR timing codes."""

# ruff: noqa: E501 (tables read as rows)
from __future__ import annotations

from typing import cast, get_args

from trialmine.records.evidence import Identifier
from trialmine.records.trial import Frequency
from trialmine.records.vocabulary import TimeUnit

_DAILY = {1: "QD", 2: "BID", 3: "TID", 4: "QID"}
_WEEKLY = {1: "QW", 2: "BIW", 3: "TIW", 4: "QIW"}
_LATIN: dict[str, tuple[float | None, float | None, str | None, str | None]] = {
    # form without points and blanks -> count, period, unit, code
    "qd": (1, 1, "d", "QD"), "od": (1, 1, "d", "QD"), "qday": (1, 1, "d", "QD"), "sid": (1, 1, "d", "QD"), "qam": (1, 1, "d", "QD"),
    "qpm": (1, 1, "d", "QD"), "qhs": (1, 1, "d", "QD"), "qn": (1, 1, "d", "QD"), "hs": (1, 1, "d", "QD"),
    "bid": (2, 1, "d", "BID"), "bd": (2, 1, "d", "BID"), "bds": (2, 1, "d", "BID"),
    "tid": (3, 1, "d", "TID"), "tds": (3, 1, "d", "TID"), "td": (3, 1, "d", "TID"),
    "qid": (4, 1, "d", "QID"), "qds": (4, 1, "d", "QID"), "qod": (1, 2, "d", "QOD"), "eod": (1, 2, "d", "QOD"),
    "biw": (2, 1, "wk", "BIW"), "tiw": (3, 1, "wk", "TIW"), "qiw": (4, 1, "wk", "QIW"), "qw": (1, 1, "wk", "QW"),
    "qwk": (1, 1, "wk", "QW"), "qow": (1, 2, "wk", "Q2W"), "eow": (1, 2, "wk", "Q2W"), "qm": (1, 1, "mo", "QM"),
    "prn": (None, None, None, "PRN"), "stat": (1, None, None, "ONCE"),
}  # fmt: skip


def latin(form: str, text: str) -> Frequency | None:
    """The frequency of a Latin abbreviation ("b.i.d.", "QOD"), `text` as written."""
    entry = _LATIN.get("".join(c for c in form.lower() if c.isalpha()))
    if entry is None:
        return None
    count, period, unit, code = entry
    return Frequency(
        count=count, period=period, period_unit=time_unit(unit), code=code, as_needed=code == "PRN", text=text
    )


def per_period(
    count: float,
    period: float,
    unit: str,
    text: str,
    *,
    count_max: float | None = None,
    period_max: float | None = None,
    as_needed: bool = False,
) -> Frequency:
    """`count` times per `period` `unit`, with its code.

    >>> per_period(2, 1, "d", "twice daily").code, per_period(1, 21, "d", "q21d").code, per_period(1, 8, "h", "8 hourly").code
    ('BID', 'Q3W', 'Q8H')
    """
    code = None if count_max or period_max else timing_code(count, period, unit)
    return Frequency(
        count=count, count_max=count_max, period=period, period_max=period_max, period_unit=time_unit(unit), code=code,
        as_needed=as_needed, text=text,
    )  # fmt: skip


def once(text: str) -> Frequency:
    """A single administration."""
    return Frequency(count=1, code="ONCE", text=text)


def timing_code(count: float, period: float, unit: str) -> str | None:
    """The timing code of a plain frequency, or None where there is none."""
    several = {"d": _DAILY, "wk": _WEEKLY}.get(unit, {}) if period == 1 else {}
    if count in several:
        return several[int(count)]
    return _interval_code(period, unit) if count == 1 else None


def _interval_code(period: float, unit: str) -> str | None:
    if unit == "d" and period % 7 == 0:
        return f"Q{int(period // 7)}W" if period > 7 else "QW"
    if unit == "d" and period == 2:
        return "QOD"
    letter = {"h": "H", "d": "D", "wk": "W", "mo": "M", "a": "Y", "min": "MIN"}.get(unit)
    if letter is None or period != int(period):
        return None
    return f"Q{int(period)}{letter}" if period > 1 or letter == "H" else f"Q{letter}"


# looked up in CodeSystem v3-GTSAbbreviation of the npm package hl7.terminology.r4 7.0.1, and in R4's value set timing-abbreviation
_GTS = {"QW": "WK", "QM": "MO", "Q1H": "Q1H"}
_GTS_ITSELF = frozenset(("QD", "QOD", "BID", "TID", "QID", "Q2H", "Q3H", "Q4H", "Q6H", "Q8H"))


def fhir_timing(often: Frequency | None) -> Identifier | None:
    """The frequency's code in the value set that FHIR's Timing.code takes, or None where it has no such code.

    >>> fhir_timing(per_period(2, 1, "d", "twice daily")).code, fhir_timing(per_period(1, 3, "wk", "every 3 weeks"))
    ('BID', None)
    """
    code = often.code if often and not often.as_needed else None
    known = code if code in _GTS_ITSELF else _GTS.get(code or "")
    return Identifier(system="http://terminology.hl7.org/CodeSystem/v3-GTSAbbreviation", code=known) if known else None


def time_unit(code: str | None) -> TimeUnit | None:
    """`code` as the record's time unit, or None if it is none of them."""
    return cast("TimeUnit", code) if code in get_args(TimeUnit) else None
