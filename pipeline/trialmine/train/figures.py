"""Writes the figures that a trained folder carries in its meta.json as a Markdown page."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_ROW = "| {label} | {p} | {r} | {f1} | {low}–{high} | {overlap_f1} | {n} |"


def write_metrics(model: Path, out: Path, *, measured: Path | None = None, pico: Path | None = None) -> None:
    """Write the page of the model's figures, with those of `measured`, a build of the same recipe with `--measure`,
    and of `pico`, the figures of `pico_recogniser`.
    """
    meta = _meta(model)
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
    if measured is not None and (measured / "meta.json").exists():
        lines += [
            "",
            "## The same recipe without BC5CDR dev and a fifth of the trial records",
            "",
            "The teachers did not read BC5CDR dev either.",
            *tables(_meta(measured)["trialmine"]["scores"]),
            *_log(measured),
        ]
    if pico is not None and pico.exists():
        lines += [
            "",
            "## PICO-Corpus's own labels",
            "",
            "By a recogniser that is not shipped, on a copy of the encoder (`train/pico_recogniser.py`).",
            *tables({"pico-corpus/dev": json.loads(pico.read_text(encoding="utf-8"))}),
        ]
    out.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _meta(model: Path) -> dict[str, Any]:
    meta: dict[str, Any] = json.loads((model / "meta.json").read_text(encoding="utf-8"))
    return meta


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
