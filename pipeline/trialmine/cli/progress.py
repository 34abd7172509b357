"""How a run tells of itself on stderr: a progress bar and a summary, JSON lines, or nothing but errors."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from trialmine.batch.manifest import Entry, Manifest
from trialmine.cli.console import for_messages

_SHOWN = 20
_RATED = 0.1  # seconds; below that a rate means nothing


class Reporter(AbstractContextManager["Reporter", None]):
    """Says nothing of the work; failures are printed at the end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        return None

    def document(self, entry: Entry) -> None:
        """A document is done."""

    def summary(self, manifest: Manifest, folder: Path) -> None:  # noqa: ARG002
        """The run is done."""
        self.failures(manifest)

    def failures(self, manifest: Manifest) -> None:
        """Name the documents that gave no record, and why."""
        for entry in manifest.failures:
            print(f"trialmine: {_reason(entry)}", file=sys.stderr)
        if not len(manifest):
            print("trialmine: no documents were found in the input.", file=sys.stderr)


class JsonLog(Reporter):
    """A JSON object per document and one for the run."""

    def document(self, entry: Entry) -> None:
        """Log the document."""
        print(json.dumps({"event": "document", **entry.as_json()}), file=sys.stderr)

    def summary(self, manifest: Manifest, folder: Path) -> None:
        """Log the run."""
        print(json.dumps({"event": "run", "output": str(folder), **manifest.as_json()}), file=sys.stderr)

    def failures(self, manifest: Manifest) -> None:
        """Failures are in the log already."""


class Bar(Reporter):
    """A progress bar with rate and time left, then a summary table."""

    def __init__(self, total: Callable[[], int | None]) -> None:
        self._console = for_messages()
        self._total = total
        self._progress = Progress(
            SpinnerColumn(), TextColumn("reading"), BarColumn(), MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"), TimeRemainingColumn(compact=True), TextColumn("{task.fields[failed]}"),
            console=self._console, transient=True,
        )  # fmt: skip
        self._failed = 0

    def __enter__(self) -> Self:
        # a bar that nobody sees is not worth the counting
        total = self._total() if self._console.is_terminal else None
        self._task = self._progress.add_task("", total=total, rate="", failed="")
        self._progress.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._progress.stop()

    def document(self, entry: Entry) -> None:
        """Move the bar."""
        self._failed += entry.status == "failed"
        task = self._progress.tasks[0]
        rate = f"{task.speed:.1f} docs/s" if task.speed else ""
        failed = f"[red]{self._failed} failed" if self._failed else ""
        self._progress.update(self._task, advance=1, rate=rate, failed=failed)

    def summary(self, manifest: Manifest, folder: Path) -> None:
        """Print what was read, what was found, what failed and where the results are."""
        counts, rows = manifest.status_counts, manifest.row_counts
        table = Table(show_header=False, box=None, pad_edge=False)
        table.add_column(style="dim")
        table.add_column()
        seconds = manifest.reading_seconds or 0.0
        rate = f", {len(manifest) / seconds:.1f} per second" if seconds >= _RATED else ""
        state = Text(" (interrupted; the same command goes on)", style="red") if manifest.interrupted else Text("")
        table.add_row("documents", Text(f"{len(manifest)} in {seconds:.1f} s{rate}").append_text(state))
        table.add_row("status", Text(", ".join(f"{n} {status}" for status, n in counts.items() if n) or "none"))
        table.add_row("rows", Text(", ".join(f"{n} {name.replace('_', ' ')}" for name, n in rows.items())))
        table.add_row("warnings", Text(str(manifest.warnings)))
        table.add_row("results", Text(str(folder)))
        page = folder / "report.html"
        if page.exists():
            table.add_row("report", Text(str(page)))
        self._console.print(table)
        shown_first(self._console, "joined", "yellow", (d.message for d in manifest.joined), listed_in="run.json")
        self.failures(manifest)

    def failures(self, manifest: Manifest) -> None:
        """Name the first failures; all of them are in run.json."""
        shown_first(self._console, "failed", "bold red", map(_reason, manifest.failures), listed_in="run.json")
        if not len(manifest):
            self._console.print("trialmine: no documents were found in the input.")


def reporter(*, quiet: bool, json_log: bool, total: Callable[[], int | None]) -> Reporter:
    """The reporter that the options ask for."""
    if json_log:
        return JsonLog()
    return Reporter() if quiet else Bar(total)


def _reason(entry: Entry) -> str:
    error = entry.error or "no record"
    named = error.startswith((entry.doc_id, entry.uri or "\0"))
    words = error if named else f"{entry.doc_id}: {error}"
    return printable(words)


def shown_first(console: Console, kind: str, style: str, lines: Iterable[str], *, listed_in: str) -> None:
    """Print the first of many lines of one kind, and where the rest is to be found."""
    rest = iter(lines)
    for line in islice(rest, _SHOWN):
        console.print(Text.assemble((f"{kind}  ", style), printable(line)), soft_wrap=True)
    if more := sum(1 for _ in rest):
        console.print(Text(f"… and {more:,} more {kind}, listed in {listed_in}", style="dim"))


def printable(words: str) -> str:
    """The words without signs that would steer the terminal."""
    return "".join(ch if ch.isprintable() else "?" for ch in words)
