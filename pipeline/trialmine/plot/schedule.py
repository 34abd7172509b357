"""Schedule chart: the days of a cycle as a strip, one lane for each dosing row."""

from __future__ import annotations

from pathlib import Path

from trialmine.errors import ConfigError
from trialmine.plot.canvas import FILL, INK, LINE, SOFT, canvas, save
from trialmine.records.trial import TrialRecord
from trialmine.report import wording
from trialmine.report.calendar import Calendar, Lane, calendars


def schedule(record: TrialRecord, target: Path) -> str:
    """Draw the regimens of a record; the chart in words comes back.

    Raises:
        ConfigError: the record states no days and no frequency.
        OutputError: the file can't be written.
    """
    charts = calendars(record)
    if not charts:
        remedy = "trialmine show RUN RECORD_ID shows what it states."
        raise ConfigError("the record states no days and no frequency of a dose", where=record.record_id, remedy=remedy)
    title = f"Schedule: {wording.document(record)}"
    words = " ".join(_words(c) for c in charts)
    _draw(charts, target, title, words)
    return words


def _words(chart: Calendar) -> str:
    told = []
    for lane in chart.lanes:
        days = f"days {wording.days(lane.days)}" if lane.days else ""
        told.append(f"{lane.drug} {lane.words}: " + ", ".join(filter(None, [days, lane.note])))
    return f"{chart.arms + ', ' if chart.arms else ''}{chart.length} days. " + "; ".join(told) + "."


def _draw(charts: list[Calendar], target: Path, title: str, words: str) -> None:
    lanes = sum(len(c.lanes) for c in charts)
    length = max(c.length for c in charts)
    with canvas(max(7.0, min(15.0, 3.2 + 0.19 * length)), 1.1 + 0.55 * lanes + 0.35 * len(charts)) as (figure, (axes,)):
        from matplotlib.patches import Rectangle

        at, ticks = 0.0, []  # a lane is 1 high
        for chart in charts:
            if chart.arms:
                axes.text(0.5, at, chart.arms, fontsize=9, color=SOFT, va="center", style="italic")
                at += 0.6
            for lane in chart.lanes:
                for day in range(1, chart.length + 1):
                    given = day in lane.days
                    box = Rectangle((day - 0.44, at - 0.3), 0.88, 0.6, linewidth=0.7)
                    box.set_facecolor(FILL if given else "white")
                    box.set_edgecolor(INK if given else LINE)
                    axes.add_patch(box)
                if lane.note:
                    axes.text(chart.length + 0.8, at, lane.note, fontsize=8, color=SOFT, va="center")
                ticks.append((at, lane))
                at += 1
        axes.set_ylim(at - 0.3, -0.6)
        axes.set_xlim(0.3, length + 0.7)
        _label(axes, ticks, length, title)
        save(figure, target, title, words)


def _label(axes: object, ticks: list[tuple[float, Lane]], length: int, title: str) -> None:
    step = 7 if length >= 14 else 1
    axes.set_yticks([y for y, _ in ticks], [f"{lane.drug}\n{lane.words}" for _, lane in ticks])  # type: ignore[attr-defined]
    axes.set_xticks(range(1, length + 1, step))  # type: ignore[attr-defined]
    axes.tick_params(length=0)  # type: ignore[attr-defined]
    axes.set_xlabel("day of the cycle (filled: given)")  # type: ignore[attr-defined]
    axes.set_title(title, loc="left", fontsize=12, fontweight="bold")  # type: ignore[attr-defined]
