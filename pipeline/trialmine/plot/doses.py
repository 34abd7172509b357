"""Dose ranges: for each drug and unit, every dose that the records state, as points and ranges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from trialmine.errors import ConfigError
from trialmine.plot.canvas import FILL, INK, LINE, canvas, plain_log, save
from trialmine.records.trial import Dose, TrialRecord
from trialmine.report import wording

_MOST = 30  # lanes that a page can show


class _Lane(NamedTuple):
    drug: str
    unit: str
    doses: list[Dose]
    records: int


def doses(records: Iterable[TrialRecord], target: Path, *, drug: str | None = None) -> str:
    """Draw the doses of one drug, or of the drugs with most records; the chart in words comes back.

    Raises:
        ConfigError: no record states such a dose.
        OutputError: the file can't be written.
    """
    lanes = _lanes(records, drug)
    if not lanes:
        raise ConfigError(f"no record states a dose{f' of {drug}' if drug else ''}", remedy="Try another --drug.")
    title = f"Doses{f' of {drug}' if drug else ' by drug'}"
    told = [
        f"{lane.drug} {_extent(lane)}, {lane.records} record{'s' if lane.records > 1 else ''}" for lane in lanes[:_MOST]
    ]
    more = f" {len(lanes) - _MOST} more are left out for want of room." if len(lanes) > _MOST else ""
    words = "; ".join(told) + "." + more
    _draw(lanes[:_MOST], target, title, words)
    return words


def _lanes(records: Iterable[TrialRecord], drug: str | None) -> list[_Lane]:
    found: dict[tuple[str, str], list[tuple[str, Dose]]] = defaultdict(list)
    for record in records:
        names = {i.id: i.name for i in record.interventions}
        for row in record.dosing:
            name = names[row.intervention]
            if row.dose and drug in (None, name, name.casefold()):
                found[name, row.dose.unit].append((record.record_id, row.dose))
    lanes = [_Lane(n, u, [d for _, d in got], len({r for r, _ in got})) for (n, u), got in found.items()]
    return sorted(lanes, key=lambda lane: (-lane.records, lane.drug, lane.unit))


def _values(dose: Dose) -> list[float]:
    return [v for v in (dose.value, dose.low, dose.high, *dose.levels) if v is not None]


def _extent(lane: _Lane) -> str:
    values = [v for d in lane.doses for v in _values(d)]
    low, high = min(values), max(values)
    amount = wording.number(low) if low == high else f"{wording.number(low)}-{wording.number(high)}"
    return f"{amount} {wording.unit(lane.unit)}"


def _draw(lanes: list[_Lane], target: Path, title: str, words: str) -> None:
    # amounts in different units share no axis
    units = list(dict.fromkeys(lane.unit for lane in lanes))
    grouped = [[lane for lane in lanes if lane.unit == unit] for unit in units]
    sizes = [len(group) + 1 for group in grouped]
    with canvas(8.5, 0.8 + 0.42 * sum(sizes), rows=sizes) as (figure, panels):
        for axes, group in zip(panels, grouped, strict=True):
            _draw_unit(axes, group)
        panels[0].set_title(title, loc="left", fontsize=12, fontweight="bold")
        save(figure, target, title, words)


def _draw_unit(axes: Any, lanes: list[_Lane]) -> None:
    values = [v for lane in lanes for d in lane.doses for v in _values(d)]
    for at, lane in enumerate(lanes):
        for dose in lane.doses:
            numbers = _values(dose)
            if dose.low is not None:
                axes.plot(numbers, [at, at], color=INK, linewidth=5, alpha=0.35, solid_capstyle="butt")
            marker = "|" if dose.low is not None else "o"  # the ends of a range, and single doses, by shape
            axes.plot(numbers, [at] * len(numbers), linestyle="none", marker=marker, color=FILL, markersize=7)
        axes.annotate(_extent(lane), (1.01, at), xycoords=("axes fraction", "data"), va="center", fontsize=8.5)
    if min(values) > 0 and max(values) > 50 * min(values):
        plain_log(axes)
    else:
        axes.set_xlim(0, 1.05 * max(values))
    axes.set_ylim(len(lanes) - 0.4, -0.6)
    axes.set_yticks(range(len(lanes)), [lane.drug for lane in lanes])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_xlabel(wording.unit(lanes[0].unit), fontsize=8.5)
