"""A table as CSV, TSV, JSON or Markdown text."""

from __future__ import annotations

from typing import Literal

import pandas as pd

TableFormat = Literal["csv", "tsv", "json", "markdown"]


def rendered(frame: pd.DataFrame, form: TableFormat, *, header: bool = True) -> str:
    """The table in one of the formats; empty cells stay empty (null in JSON)."""
    if form == "json":
        return frame.to_json(orient="records", force_ascii=False, indent=1) + "\n"
    if form == "markdown":
        return _markdown(frame)
    return frame.to_csv(index=False, header=header, sep="\t" if form == "tsv" else ",", lineterminator="\n")


def _markdown(frame: pd.DataFrame) -> str:
    filled = frame.loc[:, frame.notna().any()] if len(frame) else frame
    lines = [list(filled.columns), ["---"] * len(filled.columns)]
    lines += [["" if pd.isna(v) else _cell(v) for v in row] for row in filled.itertuples(index=False)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _cell(value: object) -> str:
    text = f"{value:g}" if isinstance(value, float) else str(value)
    return " ".join(text.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
