"""The figures of a bench as tables: rows of words for the terminal, and a page in Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from trialmine.batch.bench import Bench, Pace

Table = tuple[str, Sequence[str], Sequence[Sequence[str]]]


def tables(bench: Bench) -> Iterator[Table]:
    """Each table as its title, its heads and its rows."""
    first = bench.pipeline[0]
    heads = (
        "processes", "documents/s", "words/s", "bare NER, documents/s", "ratio", "x 1st row", "CPU ms/document",
        "bare NER, CPU ms", "ratio of CPU", "MB",
    )  # fmt: skip
    rows = []
    for position, pace in enumerate(bench.pipeline):
        bare = bench.recogniser[position] if bench.recogniser else None
        ratio = f"{pace.rate / bare.rate:.2f}" if bare else ""
        share = bench.computing_ratios[position] if bare else None
        rows.append(
            [str(pace.processes), f"{pace.rate:.1f}", f"{pace.words / pace.seconds:,.0f}",
             f"{bare.rate:.1f}" if bare else "", ratio, f"{pace.rate / first.rate:.2f}",
             _computing(pace), _computing(bare), f"{share:.2f}" if share else "", _megabytes(pace)]
        )  # fmt: skip
    yield f"{first.documents:,} texts, {first.words:,} words", heads, rows
    milliseconds = [1000 * seconds / first.documents for seconds in first.stages.values()]
    shares = [f"{100 * ms / sum(milliseconds):.0f} %" for ms in milliseconds]
    stages = [[name, f"{ms:.1f}", share] for name, ms, share in zip(first.stages, milliseconds, shares, strict=True)]
    yield "Stages of one process", ("stage", "ms/document", "share"), stages
    if bench.runs:
        rows = [[f"{r.documents:,}", f"{r.seconds:.1f}", f"{r.rate:.1f}", _megabytes(r)] for r in bench.runs]
        title = f"Whole runs with {bench.runs[0].processes} processes, from the first record to the last table"
        yield title, ("documents", "seconds", "documents/s", "MB"), rows


def remarks(bench: Bench) -> Iterator[str]:
    """What the tables do not say."""
    yield f"On {bench.machine}; model: {bench.model}."
    if bench.growth is not None:
        yield f"The time of a run grows with the number of documents to the power of {bench.growth:.2f} (1 is linear)."
    yield "The ratio of CPU is that of computing time, and holds where other programs share the processors."
    yield "MB: the most that all processes held, added up; shared libraries are counted in each."


def markdown(bench: Bench) -> str:
    """All of it as a page."""
    parts = ["# Benchmarks", "Written by `trialmine bench`; machines differ, the ratio of one run is the figure."]
    for title, heads, rows in tables(bench):
        lines = [heads, ["---:"] * len(heads), *rows]
        parts += [f"## {title}", "\n".join(f"| {' | '.join(line)} |" for line in lines)]
    return "\n\n".join([*parts, *remarks(bench)]) + "\n"


def as_json(bench: Bench) -> dict[str, Any]:
    """All of it for programs."""
    return {
        "machine": bench.machine,
        "model": bench.model,
        "pipeline": [_row(pace) for pace in bench.pipeline],
        "recogniser": [_row(pace) for pace in bench.recogniser],
        "computing_ratios": [round(ratio, 3) if ratio else None for ratio in bench.computing_ratios],
        "ratios": [round(ratio, 3) for ratio in bench.ratios],
        "runs": [_row(pace) for pace in bench.runs],
        "growth_exponent": bench.growth,
    }


def _row(pace: Pace) -> dict[str, Any]:
    return {
        "processes": pace.processes,
        "documents": pace.documents,
        "words": pace.words,
        "seconds": round(pace.seconds, 3),
        "documents_per_second": round(pace.rate, 2),
        "words_per_second": round(pace.words / pace.seconds, 1),
        "computing_seconds": round(pace.computing, 3) if pace.computing is not None else None,
        "stages": {name: round(seconds, 3) for name, seconds in pace.stages.items()},
        "megabytes": round(pace.megabytes, 1) if pace.megabytes is not None else None,
    }


def _computing(pace: Pace | None) -> str:
    return f"{1000 * pace.computing / pace.documents:.1f}" if pace and pace.computing is not None else ""


def _megabytes(pace: Pace) -> str:
    return f"{pace.megabytes:,.0f}" if pace.megabytes is not None else ""
