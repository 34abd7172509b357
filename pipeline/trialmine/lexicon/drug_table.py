"""The drug names of the lexicon in a compact form: one gzip file, read once, looked up by normalised key.

`drugs.tsv.gz` has one substance a line: name, kind letter, UNII, base substance, keys. A key is the
name's pieces (runs of letters, runs of digits, Greek letters spelled) in lower case with single blanks, so that
"IL-21", "IL 21" and "IL21" are one key; a sign before it says how the text must write it.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from trialmine.lexicon.tables import rows
from trialmine.records.vocabulary import InterventionKind

ANY_CASE, CAPITALS, FIRST_CAPITAL, CUE, ANALYTE, GROUP = range(6)
"""How a name must stand: in any case, in capitals (codes, abbreviations), with a first capital (brands), with a
cue of treatment beside it, or in any case: as likely something measured as
something given, or a group of drugs."""

SIGNS = {"=": CAPITALS, "^": FIRST_CAPITAL, "~": CUE, "?": ANALYTE, "+": GROUP}
KINDS: dict[str, InterventionKind] = {
    "d": "drug", "b": "biological", "v": "vaccine", "s": "dietary_supplement", "c": "cell_therapy", "r": "radiation",
    "o": "other",
}  # fmt: skip

GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "epsilon", "ζ": "zeta", "κ": "kappa", "λ": "lambda",
    "μ": "mu", "ω": "omega",
}  # fmt: skip
_PIECE = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ]+|[Α-Ωα-ω]|\d+")
# the signs that may stand between two pieces of one name; a comma only as in "3,4-methylenedioxy…"
GAPS = frozenset(("", " ", "-", "‐", "‑", "–", "\n", "'", "’", "- ", "-\n", ",", ".", "′"))
MAX_PIECES = 9


class Piece(NamedTuple):
    """A run of letters or digits of the text with its normal form."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Substance:
    """One line of the table. `base` is the substance without its ester or behind its code, else the name."""

    name: str
    kind: InterventionKind
    unii: str | None
    base: str


def pieces(text: str) -> Iterator[Piece]:
    """The pieces of a text: "IFN-α2b" gives ifn, alpha, 2, b."""
    for m in _PIECE.finditer(text):
        start, end = m.span()
        word = text[start:end].lower()
        yield Piece(start, end, "alpha" if word == "alfa" else GREEK.get(word, word))


def key(name: str) -> str:
    """The normal form under which a name is looked up.

    >>> key("IL-21"), key("interferon alfa-2b"), key("β-carotene")
    ('il 21', 'interferon alpha 2 b', 'beta carotene')
    """
    return " ".join(p.word for p in pieces(name))


class DrugTable:
    """Names to substances. `longest` gives, for a first piece, how many pieces a name that starts so can have."""

    def __init__(self, register: list[str], own: list[str]) -> None:
        self._lines = register + own
        self.entries: dict[str, int] = {}
        # our own lines have no codes: they take that of the register's substance of the same name
        self._twins: dict[int, int] = {}
        for number, line in enumerate(self._lines):
            for signed in line[line.rindex("\t") + 1 :].split("|"):
                sign = SIGNS.get(signed[0], ANY_CASE)
                form = signed[1:] if sign else signed
                if number >= len(register) > self.entries.get(form, number << 3) >> 3:
                    self._twins.setdefault(number, self.entries[form] >> 3)
                self.entries[form] = number << 3 | sign
        self.longest: dict[str, int] = {}
        for name in self.entries:
            first, _, rest = name.partition(" ")
            size = rest.count(" ") + 2 if rest else 1
            if size > self.longest.get(first, 0):
                self.longest[first] = min(size, MAX_PIECES)

    def substance(self, number: int) -> Substance:
        """The substance of a line number."""
        name, kind, unii, base, _ = self._lines[number].split("\t")
        if number in self._twins:
            unii = self.substance(self._twins[number]).unii or ""
        return Substance(name, KINDS[kind], unii or None, base or name)

    def look_up(self, name: str) -> Substance | None:
        """The substance that a name denotes, however it is written."""
        entry = self.entries.get(key(name))
        return None if entry is None else self.substance(entry >> 3)


@cache
def drug_table() -> DrugTable:
    """The table, read on first use; our own short lists come first and win over the register."""
    packed = files("trialmine.lexicon").joinpath("drugs.tsv.gz").read_bytes()
    return DrugTable(gzip.decompress(packed).decode("utf-8").splitlines(), own_lines())


def own_lines() -> list[str]:
    """The groups, regimens and supplements of `drug_classes.tsv` in the form of the register's lines."""
    letters = {kind: letter for letter, kind in KINDS.items()}
    signs = {"capitals": "=", "cue": "~", "analyte": "?", "group": "+"}
    lines = []
    for row in rows("drug_classes"):
        names = [row["name"], *(n for n in row["synonyms"].split("|") if n)]
        keys = dict.fromkeys(
            ("=" if abbreviation(n) and row["case"] != "analyte" else signs.get(row["case"], "")) + key(n)
            for n in names
        )
        lines.append(f"{row['name']}\t{letters[row['kind']]}\t\t\t{'|'.join(keys)}")  # type: ignore[index]
    return lines


def abbreviation(name: str) -> bool:
    """Whether a name is so short and so capital that its small form is another word ("BEP", "MSCs", "O2")."""
    return len(name) <= 6 and sum(c.isupper() for c in name) >= 2 and " " not in name
