"""Writes the figures that a trained folder carries in its meta.json as a Markdown page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_ROW = "| {label} | {p} | {r} | {f1} | {low}–{high} | {overlap_f1} | {n} |"


def write_metrics(model: Path, out: Path, *, log: Path | None = None) -> None:
    """Write the page of the model's figures, with the training log if there is one."""
    meta = json.loads((model / "meta.json").read_text(encoding="utf-8"))
    own = meta["trialmine"]
    size = sum(f.stat().st_size for f in model.rglob("*") if f.is_file()) / 1e6
    lines = [
        f"# {meta['name']} {meta['version']}",
        "",
        f"{size:.0f} MB, spaCy {meta['spacy_version']}, settings `{json.dumps(own['settings'])}`.",
        "Exact spans unless said otherwise, in percent; the interval is a bootstrap over documents (95 %).",
        "",
        "## The shipped weights",
        *tables(own["scores"]),
    ]
    if own["scores_before_join"]:
        lines += [
            "",
            "## Before the kept-back texts joined the training",
            "",
            "An underestimate: these weights have seen neither those texts nor the last third of the steps.",
            *tables(own["scores_before_join"]),
        ]
    if log is not None and log.exists():
        lines += [
            "",
            "## Log: step, seconds, F1 per label",
            "",
            "```",
            *log.read_text(encoding="utf-8").splitlines(),
            "```",
        ]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


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
