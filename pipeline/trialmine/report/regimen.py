"""The regimen of a trial in plain words."""

from __future__ import annotations

from itertools import groupby

from trialmine.records.trial import Dosing, TrialRecord
from trialmine.report import wording


def regimen(record: TrialRecord) -> str:
    """All dosing rows of a record as one line; arms are set apart by "|". No dosing rows, an empty line."""
    return " | ".join(regimens(record))


def regimens(record: TrialRecord) -> list[str]:
    """The regimen of each arm, or of each set of arms that share rows."""
    labels = {a.id: a.label for a in record.arms}
    names = {i.id: i.name for i in record.interventions}
    groups: dict[tuple[str, ...], list[Dosing]] = {}
    for row in record.dosing:
        groups.setdefault(row.arms, []).append(row)
    lines = []
    for arms, rows in groups.items():
        drugs = " + ".join(_drug(names[i], list(rs)) for i, rs in groupby(rows, key=lambda r: r.intervention))
        lines.append(f"{' and '.join(labels[a] for a in arms)}: {drugs}" if arms else drugs)
    return lines


def _drug(name: str, rows: list[Dosing]) -> str:
    return f"{name} {', '.join(filter(None, map(_row, rows)))}".strip()


def _row(row: Dosing) -> str:
    schedule = row.schedule
    # with days of a cycle the daily frequency is said by the days: "d1-5 q3wk", not "QD d1-5 q3wk"
    daily = row.frequency is not None and row.frequency.code == "QD" and schedule is not None and schedule.days
    parts = [
        wording.dose(row.dose),
        wording.route(row.route),
        f"over {wording.span(row.infusion_time)}" if row.infusion_time else "",
        "" if daily else wording.frequency(row.frequency),
        wording.schedule(schedule),
        f"x{row.administrations}" if row.administrations and row.administrations > 1 else "",
        f"for {wording.duration(row.duration)}" if row.duration and row.duration.value is not None else "",
        row.condition or "",
        f"({wording.label(row.role)})" if row.role else "",
    ]
    return " ".join(p for p in parts if p)
