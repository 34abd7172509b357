"""Writes the figures that a trained folder carries in its meta.json as a Markdown page."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean, stdev
from typing import Any

from trialmine.evaluate.spans import Score
from trialmine.train.folder import read_meta

Figures = dict[str, dict[str, dict[str, Any]]]
"""Plain numbers by set and label."""

_PICO = "## PICO-Corpus's own labels"
_ROW = "| {label} | {p} | {r} | {f1} | {low}–{high} | {overlap_f1} | {n} |"


def figure(row: Score) -> dict[str, Any]:
    """A score as plain numbers in percent."""
    return {
        "p": round(100 * row.exact.precision, 1),
        "r": round(100 * row.exact.recall, 1),
        "f1": round(100 * row.exact.f1, 1),
        "ci": [round(100 * x, 1) for x in row.interval],
        "overlap_f1": round(100 * row.overlap.f1, 1),
        "n": row.exact.gold,
    }


def write_metrics(model: Path, out: Path, *, measured: Sequence[Path] = (), pico: Path | None = None) -> None:
    """Write the page of the model's figures, with those of `measured`, builds of the same recipe with `--measure`
    and with different seeds, and of `pico`, the figures of `pico_recogniser`.
    """
    meta = read_meta(model)
    size = sum(f.stat().st_size for f in model.rglob("*") if f.is_file()) / 1e6
    lines = [
        f"# {meta['name']} {meta['version']}",
        "",
        f"{size:.0f} MB, spaCy {meta['spacy_version']}, settings `{json.dumps(meta['trialmine']['settings'])}`.",
        "Exact spans unless said otherwise, in percent; the interval is a bootstrap over documents (95 %).",
        "",
        "## The shipped weights",
        *tables(meta["trialmine"]["scores"]),
        *_log(model),
    ]
    if measured:
        lines += [
            "",
            "## The same recipe without BC5CDR dev",
            "",
            *tables(read_meta(measured[0])["trialmine"]["scores"]),
            *_log(measured[0]),
            *_spread([read_meta(folder)["trialmine"] for folder in measured]),
        ]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")
    if pico is not None and pico.exists():
        write_pico(out, json.loads(pico.read_text(encoding="utf-8")))


def write_pico(page: Path, figures: Figures) -> None:
    """Write the figures of `pico_recogniser` as the page's last section, in place of those it has.

    Raises:
        FileNotFoundError: there is no page.
    """
    before, _, _ = page.read_text(encoding="utf-8").partition(_PICO)
    lines = [
        _PICO,
        "",
        "By a recogniser that is not shipped, a conditional random field (`train/pico_recogniser.py`).",
        "Published, on other splits of the corpus: all labels 72.6 (BioBERT) and 73.3 (Longformer), exact (README.md).",
        *tables(figures),
    ]
    page.write_text(before.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n", encoding="utf-8")


def _log(model: Path) -> list[str]:
    log = model.parent / f"{model.name}.log"
    if not log.exists():
        return []
    return ["", "Step, seconds, F1 per label:", "", "```", *log.read_text(encoding="utf-8").splitlines(), "```"]


def tables(sets: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> list[str]:
    """A table per measuring set, a row per label."""
    lines = []
    for name, rows in sets.items():
        lines += [
            "",
            f"### {name}",
            "",
            "| label | P | R | F1 | 95 % | overlap F1 | spans |",
            "|---|--:|--:|--:|--:|--:|--:|",
        ]
        for label, row in rows.items():
            shown = "all" if label == "*" else label
            low, high = row["ci"]
            lines.append(_ROW.format(**{**row, "label": shown, "low": low, "high": high}))
    return lines


def _spread(builds: Sequence[Mapping[str, Any]]) -> list[str]:
    """F1 of every seed with mean and standard deviation; a build without a figure has a dash."""
    if len(builds) < 2:
        return []
    seeds = [f"seed {build['settings']['seed']}" for build in builds]
    heads = ["set", "label", *seeds, "mean", "SD"]
    lines = [
        "",
        "### Seeds",
        "",
        "F1 on exact spans.",
        "",
        _cells(heads),
        _cells(["---", "---", *["--:"] * (len(heads) - 2)]),
    ]
    names = dict.fromkeys((part, label) for build in builds for part, rows in build["scores"].items() for label in rows)
    for part, label in names:
        found = [build["scores"].get(part, {}).get(label, {}).get("f1") for build in builds]
        known = [f1 for f1 in found if f1 is not None]
        shown = ["–" if f1 is None else f1 for f1 in found]
        spread = f"{stdev(known):.1f}" if len(known) > 1 else "–"
        lines.append(_cells([part, "all" if label == "*" else label, *shown, f"{mean(known):.1f}", spread]))
    return lines


def _cells(cells: Sequence[object]) -> str:
    return f"| {' | '.join(map(str, cells))} |"
