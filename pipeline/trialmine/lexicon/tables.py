"""Reads the TSV word lists that lie beside this module."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

import regex

_Branches = dict[str, "_Branches"]


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


def alternation(words: Iterable[str]) -> str:
    """A non-capturing alternation of escaped words, longest first; blanks match any run of white space.

    Words that begin alike share their beginning, so that a search does not try them one by one.
    """
    root: _Branches = {}
    for word in sorted(set(words), key=lambda w: (-len(w), w)):
        branch = root
        for piece in word:
            branch = branch.setdefault(piece, {})
        branch[""] = {}
    return _grouped(root)


def _grouped(branches: _Branches) -> str:
    # a word that ends here comes last: those that go on are longer
    ways = [_escaped(piece) + (_tail(rest)) for piece, rest in branches.items() if piece]
    if "" not in branches:
        return "(?:" + "|".join(ways) + ")"
    return "(?:" + "|".join(ways) + ")?" if ways else ""


def _tail(rest: _Branches) -> str:
    if len(rest) == 1:
        ((piece, after),) = rest.items()
        return _escaped(piece) + _tail(after) if piece else ""
    return _grouped(rest)


def _escaped(piece: str) -> str:
    return r"\s+" if piece == " " else regex.escape(piece, special_only=True, literal_spaces=True)
