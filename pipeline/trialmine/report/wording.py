"""The record's values in the short words that tables, the terminal and the page share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import PurePath

from trialmine.records.evidence import Identifier
from trialmine.records.trial import Dose, Duration, Frequency, Grade, Schedule, Span, Statistic, Timepoint, TrialRecord

# prescribers' abbreviations; the rarer routes have none that everybody reads alike
_ROUTES = {"oral": "PO", "intravenous": "IV", "subcutaneous": "SC", "intramuscular": "IM", "sublingual": "SL"}
# "ug" stays: safe-prescribing lists warn of the Greek letter, which is misread as "mg"
_UNITS = {
    "[iU]": "IU", "[drp]": "drops", "{puff}": "puffs", "{tablet}": "tablets", "{capsule}": "capsules",
    "[degF]": "°F", "Cel": "°C", "a": "y", "10*6": "million", "10*9": "billion",
}  # fmt: skip
_SHORT = {"wk": "w", "a": "y"}  # "q7w": as regimens are written
_AUC = "mg/mL.min"  # the unit of a carboplatin dose that is stated as an area under the curve
_MEASURES = {
    "hazard_ratio": "HR", "odds_ratio": "OR", "risk_ratio": "RR", "rate_ratio": "rate ratio",
    "mean_difference": "mean difference", "risk_difference": "risk difference", "geometric_mean": "geometric mean",
    "change_from_baseline": "change from baseline", "percent_change": "% change", "p_value": "P only",
}  # fmt: skip
_SYSTEMS = {
    "http://fdasis.nlm.nih.gov": "UNII",
    "http://www.nlm.nih.gov/research/umls/rxnorm": "RxNorm",
    "http://snomed.info/sct": "SNOMED CT",
    "https://id.nlm.nih.gov/mesh": "MeSH",
}
_DISPERSIONS = {"sd": "SD", "se": "SE", "iqr": "IQR", "range": "range"}


def number(value: float) -> str:
    """A number without needless zeros, thousands set apart.

    >>> number(400.0), number(0.05), number(10_000_000.0)
    ('400', '0.05', '10,000,000')
    """
    return f"{value:,.10g}"


def unit(ucum: str) -> str:
    """A UCUM unit as people write it.

    >>> unit("ug/kg"), unit("[iU]/kg"), unit("mg/m2")
    ('ug/kg', 'IU/kg', 'mg/m2')
    """
    return "/".join(_UNITS.get(part, part.strip("{}")) for part in ucum.split("/"))


def quantity(value: float, ucum: str) -> str:
    """A number with its unit; the per cent sign stands close."""
    return f"{number(value)}%" if ucum == "%" else f"{number(value)} {unit(ucum)}"


def document(record: TrialRecord) -> str:
    """What a reader calls the document: the input's id, a registered id, or the name of the file."""
    unnamed = record.doc_id == record.record_id and record.record_id.startswith("sha256:")
    return PurePath(record.source.uri).name if unnamed and record.source.uri else record.doc_id


def identifier(code: Identifier) -> str:
    """A code with the short name of its system."""
    return f"{_SYSTEMS.get(code.system, code.system.rsplit('/', 1)[-1])} {code.code}"


def label(term: str | None) -> str:
    """A coded term in words: "change_from_baseline" -> "change from baseline"."""
    return (term or "").replace("_", " ")


def dose(d: Dose | None) -> str:
    """A dose with its modifier: "10-50 ug/kg", "<= 6 mg", "AUC 5"."""
    if d is None:
        return ""
    if d.value is not None:
        amount = number(d.value)
    elif d.low is not None and d.high is not None:
        amount = f"{number(d.low)}-{number(d.high)}"
    else:
        amount = alternatives([number(v) for v in d.levels])
    modifier = "" if d.comparator == "=" else f"{d.comparator} "
    return f"{modifier}AUC {amount}" if d.unit == _AUC else f"{modifier}{amount} {unit(d.unit)}"


def alternatives(items: list[str]) -> str:
    """ "10, 30 or 50"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} or {items[-1]}"


def route(term: str | None) -> str:
    """A route, abbreviated where prescribers do so."""
    return _ROUTES.get(term or "", term or "")


def frequency(f: Frequency | None) -> str:
    """A frequency: its code, or what it says in full."""
    if f is None:
        return ""
    words = "once" if f.code == "ONCE" else f.code or _frequency_in_full(f)
    return f"{words} PRN" if f.as_needed and "PRN" not in words else words


def _frequency_in_full(f: Frequency) -> str:
    if f.count is None:
        return "" if f.as_needed else f.text
    times = number(f.count) + (f"-{number(f.count_max)}" if f.count_max else "")
    if f.period is None or f.period_unit is None:
        return f"{times}x"
    period = number(f.period) + (f"-{number(f.period_max)}" if f.period_max else "")
    if f.count == 1 and not f.count_max:
        return f"every {period} {unit(f.period_unit)}"
    return f"{times}x/{unit(f.period_unit)}" if period == "1" else f"{times}x every {period} {unit(f.period_unit)}"


def days(numbers: Iterable[int]) -> str:
    """Days of a cycle, runs drawn together.

    >>> days([1, 2, 3, 4, 5, 15, 16, 22])
    '1-5, 15, 16, 22'
    >>> days([-5, -4, -3])
    '-5 to -3'
    """
    return ", ".join(
        f"{a}{'-' if a >= 0 else ' to '}{b}" if b > a + 1 else ", ".join(map(str, range(a, b + 1)))
        for a, b in runs(numbers)
    )


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Numbers that follow each other drawn together, first and last.

    >>> runs([1, 2, 3, 8])
    [(1, 3), (8, 8)]
    """
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def span(s: Span | None) -> str:
    """A length of time: "30 min"."""
    return "" if s is None else quantity(s.value, s.unit)


def schedule(s: Schedule | None) -> str:
    """A schedule: "d1-5, 15-19 q7w, 6 cycles, 4 wk on, 2 wk off"."""
    if s is None:
        return ""
    cycle = (
        f"q{number(s.cycle_length.value)}{_SHORT.get(s.cycle_length.unit, s.cycle_length.unit)}"
        if s.cycle_length
        else ""
    )
    start = " ".join(p for p in (f"d{days(s.days)}" if s.days else "", cycle) if p)
    count = "" if s.cycles is None else f"{s.cycles}" + (f"-{s.cycles_max}" if s.cycles_max else "")
    plural = "cycle" if count == "1" else "cycles"
    parts = [start, f"{count} {plural}" if count else "", *_on_off(s)]
    return ", ".join(p for p in parts if p) or s.text


def _on_off(s: Schedule) -> list[str]:
    return [f"{span(length)} {word}" for length, word in ((s.on, "on"), (s.off, "off")) if length]


def duration(d: Duration | None) -> str:
    """How long the drug was given: "8-12 wk", or the text's own words ("until progression")."""
    if d is None:
        return ""
    if d.value is None or d.unit is None:
        return d.text
    high = f"-{number(d.value_max)}" if d.value_max else ""
    return f"{number(d.value)}{high} {unit(d.unit)}"


def timepoint(t: Timepoint | None) -> str:
    """When something was measured."""
    if t is None:
        return ""
    return t.text if t.value is None or t.unit is None else quantity(t.value, t.unit)


def measure(term: str) -> str:
    """A measure as tables head it: "HR", "proportion"."""
    return _MEASURES.get(term, label(term))


def estimate(s: Statistic) -> str:
    """The value of a statistic with its unit, fraction and spread."""
    fraction = "" if s.numerator is None else f"{s.numerator}" + (f"/{s.denominator}" if s.denominator else "")
    if s.value is None:
        return " ".join(p for p in (fraction, spread(s)) if p)
    modifier = "" if s.comparator == "=" else f"{s.comparator} "
    value = modifier + (quantity(s.value, s.unit) if s.unit else number(s.value))
    return " ".join(p for p in (value, f"({fraction})" if fraction else "", spread(s)) if p)


def spread(s: Statistic) -> str:
    """The dispersion of a statistic: "(SD 1.2)", "(IQR 3-9)"."""
    d = s.dispersion
    if d is None:
        return ""
    if d.low is not None and d.high is not None:
        return f"({_DISPERSIONS[d.kind]} {interval(d.low, d.high)})"
    return f"({_DISPERSIONS[d.kind]} {number(d.value)})" if d.value is not None else ""


def interval(low: float, high: float) -> str:
    """Two limits; "to" where a hyphen would be read as a minus."""
    return f"{number(low)} to {number(high)}" if low < 0 or high < 0 else f"{number(low)}-{number(high)}"


def confidence(s: Statistic) -> str:
    """A confidence interval with its level: "0.45-0.89 (95%)"."""
    if s.ci is None:
        return ""
    level = f" ({number(s.ci.level * 100)}%)" if s.ci.level else ""
    return interval(s.ci.low, s.ci.high) + level


def p_value(s: Statistic) -> str:
    """A P with its modifier: "< 0.001"."""
    if s.p is None:
        return ""
    return number(s.p.value) if s.p.comparator == "=" else f"{s.p.comparator} {number(s.p.value)}"


def grade(g: Grade | None) -> str:
    """A severity: "3", "3-4", "≥3"."""
    if g is None:
        return ""
    if g.high is None:
        return f"≥{g.low}"
    return f"{g.low}" if g.high == g.low else f"{g.low}-{g.high}"
