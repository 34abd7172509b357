"""What all charts share: type, greys, and a file with alternative text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr

from trialmine.errors import ConfigError
from trialmine.report.files import replaced_whole, writable_folder

if TYPE_CHECKING:
    from matplotlib.figure import Figure

INK, SOFT, LINE, FILL = "#22262b", "#5f666e", "#d5d2cb", "#3d5a73"
_STYLE: Any = {
    "font.family": "sans-serif", "font.size": 9.5, "text.color": INK, "axes.edgecolor": LINE, "axes.labelcolor": SOFT,
    "xtick.color": SOFT, "ytick.color": INK, "axes.spines.top": False, "axes.spines.right": False,
    "axes.spines.left": False, "svg.fonttype": "none", "svg.hashsalt": "trialmine", "figure.facecolor": "white",
}  # fmt: skip


@contextmanager
def canvas(width: float, height: float, *, rows: Sequence[int] = (1,)) -> Iterator[tuple[Figure, list[Any]]]:
    """A figure of this size in inches, drawn without a screen, and its axes, one below the other, high as `rows` say.

    Raises:
        ConfigError: matplotlib is not installed.
    """
    try:
        import matplotlib
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError as error:
        remedy = "Install it with: pip install 'trialmine[plot]'"
        raise ConfigError("charts need the library matplotlib, which is not installed", remedy=remedy) from error
    with matplotlib.rc_context(_STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasAgg(figure)
        panels = figure.subplots(len(rows), squeeze=False, height_ratios=rows)
        yield figure, list(panels[:, 0])


def plain_log(axes: Any) -> None:
    """A logarithmic x axis with plain numbers at 1, 2 and 5."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    axes.set_xscale("log")
    low, high = axes.get_xlim()
    axes.xaxis.set_major_locator(LogLocator(base=10, subs=(1, 2, 5) if high < 200 * low else (1,)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.tick_params(axis="x", which="minor", length=0)


def save(figure: Figure, target: Path, title: str, words: str) -> None:
    """Write the figure as the ending of `target` says (.svg or .png), with its title and description inside.

    Raises:
        ConfigError: another ending.
        OutputError: the file can't be written.
    """
    form = target.suffix.lower().lstrip(".")
    if form not in ("svg", "png"):
        raise ConfigError(
            f"charts are .svg or .png, not {target.suffix or 'nameless'}",
            where=str(target),
            remedy="Rename it with -o.",
        )
    writable_folder(target.parent)
    with replaced_whole(target) as place:
        told: dict[str, str | None] = {"Title": title, "Description": words}
        if form == "svg":
            told["Date"] = None  # the same run draws the same file
        figure.savefig(place, format=form, dpi=160, metadata=told)
        if form == "svg":
            place.write_text(_named(place.read_text(encoding="utf-8"), title, words), encoding="utf-8")


def _named(svg: str, title: str, words: str) -> str:
    """The SVG with a title and description that screen readers say."""
    at = svg.index("<svg ") + len("<svg ")
    end = svg.index(">", at) + 1
    label = f'role="img" aria-label={quoteattr(f"{title}. {words}")} '
    inside = f"<desc>{escape(words)}</desc>"  # matplotlib writes the title
    return svg[:at] + label + svg[at:end] + inside + svg[end:]
