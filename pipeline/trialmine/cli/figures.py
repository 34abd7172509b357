"""Figures in the terminal: a table a block, and what differs from the gold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from trialmine.evaluate.record_view import Members, Names, Phrase
from trialmine.evaluate.row_scores import Difference
from trialmine.evaluate.spans import Score
from trialmine.evaluate.tally import Figure

_WIDEST = 200


def figures_table(title: str, figures: Mapping[str, Figure]) -> Table:
    """A row per figure, a rule between blocks; the interval is of F1, or of recall where that is all there is."""
    whole = any(f.f1 is not None for f in figures.values())
    names = ("precision", "recall", "F1") if whole else ("recall",)
    table = _table(title, (*names, "95 %", "gold"))
    before = ""
    for name, f in figures.items():
        block = name.partition(".")[0] if "." in name else ""
        if before not in ("", block):
            table.add_section()
        before = block
        values = (f.precision, f.recall, f.f1) if whole else (f.recall,)
        table.add_row(name, *(_share(v) for v in values), _interval(f.interval), str(f.gold))
    return table


def spans_table(title: str, labels: Mapping[str, Score]) -> Table:
    """A row per label; the interval is of the exact F1."""
    table = _table(title, ("precision", "recall", "F1", "95 %", "overlap F1", "gold"))
    for name, row in labels.items():
        exact = (row.exact.precision, row.exact.recall, row.exact.f1)
        cells = [*(_share(v) for v in exact), _interval(row.interval), _share(row.overlap.f1), str(row.exact.gold)]
        table.add_row("all" if name == "*" else name, *cells)
    return table


def difference_line(d: Difference) -> Text:
    """One difference between a record and the gold."""
    return Text.assemble(
        (f"{d.block} ", "bold"),
        f"{d.doc_id}  ",
        (d.slot, "yellow"),
        f"  gold {_shown(d.gold)}  got {_shown(d.predicted)}",
    )


def _table(title: str, columns: Iterable[str]) -> Table:
    table = Table(title=title or None, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    for name in columns:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def _interval(interval: tuple[float, float]) -> str:
    return f"{interval[0]:.3f}–{interval[1]:.3f}"


def _shown(value: Any) -> str:
    """A slot as its words; rows as their filled slots."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k} {_shown(v)}" for k, v in value.items() if v not in (None, ())) + "}"
    if isinstance(value, Names):
        return "/".join(sorted(value.forms))
    if isinstance(value, Phrase):
        return " ".join([*filter(None, [value.code]), *sorted(value.words)])
    if isinstance(value, Members):
        return " + ".join("/".join(sorted(names)) for names in value.names)
    return "nothing" if value is None else str(value)[:_WIDEST]
