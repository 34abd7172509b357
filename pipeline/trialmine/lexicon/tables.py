"""Reads the TSV word lists that lie beside this module."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files

import regex


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `lexicon/NAME.tsv` as dicts, in file order; lines that start with # are notes."""
    text = files("trialmine.lexicon").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return tuple(dict(row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@cache
def mapping(name: str, key: str, value: str) -> dict[str, str]:
    """Two columns of a list as a dict with lower-case keys."""
    return {row[key].lower(): row[value] for row in rows(name)}


def alternation(words: tuple[str, ...] | list[str]) -> str:
    """A non-capturing alternation of escaped words, longest first; blanks match any run of white space."""
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return (
        "(?:"
        + "|".join(regex.escape(w, special_only=True, literal_spaces=True).replace(" ", r"\s+") for w in ordered)
        + ")"
    )
