"""Forest plot: the estimates of an endpoint across records, each with its interval. Nothing is pooled."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from trialmine.errors import ConfigError
from trialmine.plot.canvas import FILL, INK, LINE, SOFT, canvas, plain_log, save
from trialmine.records.trial import TrialRecord
from trialmine.report import wording
from trialmine.report.comparisons import DIFFERENCES, RATIOS, Row, comparisons, is_endpoint

_MOST = 60  # rows that a page can show


def forest(records: Iterable[TrialRecord], target: Path, *, measure: str, endpoint: str | None = None) -> str:
    """Draw the estimates of one measure, of one endpoint or all; the chart in words comes back.

    Raises:
        ConfigError: the measure is no ratio or difference, or there is nothing to draw.
        OutputError: the file can't be written.
    """
    known = (*RATIOS, *DIFFERENCES)
    if measure not in known:
        raise ConfigError(f"no forest plot of {measure!r}", remedy=f"Choose --measure from {', '.join(known)}.")
    rows = [
        row
        for record in records
        for row in comparisons(record)
        if row["measure"] == measure and row["estimate"] is not None and is_endpoint(row, endpoint) and _drawable(row)
    ]
    of = f" of {endpoint}" if endpoint else ""
    if not rows:
        raise ConfigError(
            f"no record states a {wording.label(measure)}{of}", remedy="Try another --endpoint or --measure."
        )
    rows = _endpoint_by_endpoint(rows)
    left_out = len(rows) - _MOST
    title = f"{wording.label(measure).capitalize()}{of}"
    words = _words(rows, left_out)
    _draw(rows[:_MOST], target, title, words)
    return words


def _endpoint_by_endpoint(rows: list[Row]) -> list[Row]:
    """Estimates of one endpoint side by side, those of the commonest first: others are not to be read as its peers."""
    how_many = Counter(map(_endpoint, rows))
    return sorted(rows, key=lambda row: (-how_many[_endpoint(row)], _endpoint(row)))


def _endpoint(row: Row) -> str:
    return str(row["endpoint_code"] or row["endpoint"] or "").casefold()


def _drawable(row: Row) -> bool:
    return row["measure"] not in RATIOS or (row["estimate"] > 0 and (row["ci_low"] is None or row["ci_low"] > 0))


def _words(rows: list[Row], left_out: int) -> str:
    told = [f"{_name(r)}, {_about(r)}: {_estimate(r)}" for r in rows[:_MOST]]
    more = f" {left_out} more are left out for want of room." if left_out > 0 else ""
    endpoints = len({_endpoint(row) for row in rows})
    of = f" of {endpoints} endpoints" if endpoints > 1 else ""
    return f"{len(rows)} estimates{of}, none pooled. " + "; ".join(told) + "." + more


def _name(row: Row) -> str:
    year = f" ({row['year']})" if row["year"] else ""
    words = str(row["slab"])
    return (words if len(words) <= 64 else words[:63].rsplit(" ", 1)[0] + " …") + year


def _about(row: Row) -> str:
    arms = " vs ".join(str(row[a]) for a in ("arm1", "arm2") if row[a])
    words = ", ".join(str(part) for part in (row["endpoint_code"] or row["endpoint"], arms) if part)
    return words if len(words) <= 60 else words[:59].rsplit(" ", 1)[0] + " …"


def _estimate(row: Row) -> str:
    value = f"{row['estimate']:g}"
    if row["ci_low"] is None:
        return f"{value} (no interval stated)"
    level = f", {row['ci_level'] * 100:g}% CI" if row["ci_level"] else ", interval of unstated level"
    return f"{value} ({wording.interval(row['ci_low'], row['ci_high'])}{level})"


def _draw(rows: list[Row], target: Path, title: str, words: str) -> None:
    ratio = rows[0]["measure"] in RATIOS
    with canvas(10.5, 1.5 + 0.42 * len(rows)) as (figure, (axes,)):
        axes.axvline(1 if ratio else 0, color=SOFT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        for at, row in enumerate(rows):
            if at and _endpoint(row) != _endpoint(rows[at - 1]):
                axes.axhline(at - 0.5, color=SOFT, linewidth=0.8)
            if row["ci_low"] is not None:
                axes.plot([row["ci_low"], row["ci_high"]], [at, at], color=INK, linewidth=1.4, zorder=2)
            # hollow where no interval is stated: the shape tells it, not the colour
            axes.plot(row["estimate"], at, marker="s", markersize=6, color=FILL, zorder=3,
                      markerfacecolor="white" if row["ci_low"] is None else FILL)  # fmt: skip
            axes.annotate(_estimate(row).split(",")[0] + (")" if row["ci_low"] is not None else ""), (1.01, at),
                          xycoords=("axes fraction", "data"), va="center", fontsize=8.5)  # fmt: skip
        _label(axes, rows, title, ratio=ratio)
        save(figure, target, title, words)


def _label(axes: Any, rows: list[Row], title: str, *, ratio: bool) -> None:
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_yticks(range(len(rows)), [f"{_name(r)}\n{_about(r)}" for r in rows], fontsize=8)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=LINE, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.set_title(title, loc="left", fontsize=12, fontweight="bold")
    if ratio:
        plain_log(axes)
    unit = rows[0]["unit"] if len({r["unit"] for r in rows}) == 1 else None
    scale = (
        "log scale; first arm lower to the left"
        if ratio
        else wording.unit(unit)
        if unit
        else "in each record's own unit"
    )
    axes.set_xlabel(f"{wording.label(rows[0]['measure'])} ({scale})")
