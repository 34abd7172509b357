"""Doses behind a short name of several drugs together: "CMF (600/40/600 mg/m2)", "SFC 50/100 ug", "A/r 400/100 mg"."""

from __future__ import annotations

from itertools import pairwise

import regex

from trialmine.assemble.dosing.regimens import find_regimens
from trialmine.lexicon import tables
from trialmine.records.article import Article, Block, Mention, Reference

_REGIMEN = regex.compile(r"(?-i:\b(?P<letters>[A-Z]{2,4}))\d{0,3}[\s,;:(\[]{1,4}$")
_COMBINED = regex.compile(r"(?-i:\b(?P<letters>[A-Z][A-Z/-]{1,9}))[\s,:(\[]{1,4}\d")
_BOOSTED = regex.compile(r"(?-i:[A-Z]{2,4}(?P<booster>/[rc]))(?![\w-])")
_BOOSTERS = {"/r": "ritonavir", "/c": "cobicistat"}
_LETTERS_ALONE = regex.compile(r"(?-i:(?P<letters>[A-Z]{3,4}))\d{0,3}(?![\w-])")
_LETTERS = frozenset("ABCDEFGHILMOPRTVX")
_REACH = 16  # characters
_JOINED = regex.compile(r"\s?(?:[/+&–-]|\band\b|\bplus\b)\s?", regex.IGNORECASE)


class ShortNames:
    """The short names of one article that stand for more than one drug."""

    def __init__(self, article: Article, interventions: Block) -> None:
        self._text = article.text
        self._rows = {row.id: row for row in interventions.rows}
        self._drugs = interventions.references
        self._regimens = self._read(article)

    def _read(self, article: Article) -> dict[str, tuple[str, ...]]:
        """Short names of several drugs together, if a combined dose follows one at all."""
        if _COMBINED.search(self._text) is None:
            return {}
        places: dict[str, list[tuple[int, int]]] = {}
        for r in self._drugs:
            places.setdefault(r.id, []).append((r.start, r.end))
        return find_regimens(article, places)

    def is_regimen(self, reference: Reference) -> bool:
        """Whether letters stand for drugs that are rows of their own: doses belong to these ("FEC", "CMF")."""
        m = _LETTERS_ALONE.match(self._text, reference.start)
        if m is None or not set(m["letters"]) <= _LETTERS:
            return False
        found = [self._by_letter(letter) for letter in m["letters"]]
        return all(found) and len(set(found)) == len(found) and reference.end <= m.end()

    def drugs(self, dose: Mention) -> list[Reference]:
        """The drugs that the numbers of a dose belong to in turn, or []."""
        return self._by_initials(dose) or self._boosted(dose) or self._by_regimen(dose)

    def _by_initials(self, dose: Mention) -> list[Reference]:
        """ "CMF (600/40/600 mg/m2)": the drugs of the letters; [] unless each is one drug."""
        m = _REGIMEN.search(self._text, max(0, dose.start - _REACH), dose.start)
        if m is None or dose.value.basis == "percent" or len(m["letters"]) != len(dose.value.amounts):
            return []
        found = [self._by_letter(letter) for letter in m["letters"]]
        return [Reference(m.start("letters"), m.end("letters"), i) for i in found if i] if all(found) else []

    def _boosted(self, dose: Mention) -> list[Reference]:
        """ "400/100 mg A/r" and "A/r 400/100 mg", where `A` names a drug of ours: the drug and its booster."""
        if dose.value.form != "combination" or len(dose.value.amounts) != 2:
            return []
        for m in _BOOSTED.finditer(self._text, max(0, dose.start - _REACH), min(len(self._text), dose.end + _REACH)):
            drug = next((r.id for r in self._drugs if r.start == m.start()), None)
            booster = next((i for i, row in self._rows.items() if row.name == _BOOSTERS[m["booster"]]), None)
            gap = self._text[min(m.end(), dose.end) : max(m.start(), dose.start)]
            if drug and booster and drug != booster and not gap.strip(" ("):
                return [Reference(*m.span(), drug), Reference(*m.span(), booster)]
        return []

    def _by_regimen(self, dose: Mention) -> list[Reference]:
        """ "SFC 50/100 ug" where SFC is salmeterol/fluticasone: these two."""
        m = _COMBINED.search(self._text, max(0, dose.start - _REACH), dose.start + 1)
        if m is None or dose.value.form != "combination":
            return []
        count = len(dose.value.amounts)
        ids = self._regimens.get(m["letters"], ())
        if len(ids) != count:
            ids = self._defined(m["letters"], count)
        return [Reference(m.start("letters"), m.end("letters"), i) for i in ids]

    def _defined(self, name: str, count: int) -> tuple[str, ...]:
        """The drugs that stand joined before the bracket which a name opens: "alfamine and betamine (AB/C, Brand)"."""
        for m in regex.finditer(rf"\s?[(\[]{regex.escape(name)}(?![\w/-])", self._text):
            run = [r for r in self._drugs if r.end <= m.start()][-count:]
            joined = all(_JOINED.fullmatch(self._text, a.end, b.start) for a, b in pairwise(run))
            ids = tuple(r.id for r in run)
            if len(set(ids)) == count and joined and run[-1].end == m.start():
                return ids
        return ()

    def _by_letter(self, letter: str) -> str | None:
        names = (
            tables.mapping("regimen_letters", "letter", "drugs")[letter.lower()].split() if letter in _LETTERS else []
        )
        ids = [
            i for i, row in self._rows.items() if any(n in f"{row.name} {' '.join(row.aliases)}".lower() for n in names)
        ]
        return ids[0] if len(ids) == 1 else None
