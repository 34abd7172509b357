"""Reads the FDA's UNII names file and picks, per substance, the names that a trial text may use."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

_TAG = re.compile(r" \[([^\[\]]+)\]$")
# naming bodies and drug lists: a substance that none of them names is a chemical, not a drug
STRONG = frozenset(("INN", "USAN", "JAN", "BAN", "ORANGE BOOK", "PURPLE BOOK CDER", "EMA EPAR", "GREEN BOOK", "WHO-IP"))
WEAK = frozenset(("WHO-DD", "VANDF", "MART.", "DSC", "CHP", "USP MONOGRAPH", "EP MONOGRAPH"))


@dataclass(slots=True)
class UniiName:
    """One name of a substance: its type (of, bn, cn, cd, sys) and the bodies that use it."""

    text: str
    types: set[str] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)


@dataclass(slots=True)
class UniiSubstance:
    """All names of one UNII code."""

    code: str
    display: str
    names: dict[str, UniiName] = field(default_factory=dict)

    @property
    def tags(self) -> set[str]:
        """The bodies that name the substance."""
        return set().union(*(n.tags for n in self.names.values()))

    @property
    def preferred(self) -> str:
        """The INN where there is one, else the register's display name."""
        inn = [n.text for n in self.names.values() if "INN" in n.tags]
        return self.display if not inn or self.display in inn else min(inn, key=lambda n: (len(n), n))


def read_unii(lines: Iterable[str]) -> dict[str, UniiSubstance]:
    """Substances by UNII code, from the tab-separated names file (with its header)."""
    substances: dict[str, UniiSubstance] = {}
    for line in list(lines)[1:]:
        name, kind, code, display = line.rstrip("\n").split("\t")
        m = _TAG.search(name)
        bare = name[: m.start()] if m else name
        substance = substances.setdefault(code, UniiSubstance(code, display))
        entry = substance.names.setdefault(bare, UniiName(bare))
        entry.types.add(kind)
        if m:
            entry.tags.add(m[1])
    return substances


_COMPONENT = re.compile(r"^(?P<brand>.+?) COMPONENT (?:OF )?.+$")


def combinations(substances: dict[str, UniiSubstance]) -> dict[str, set[str]]:
    """Brands of fixed combinations with the codes of their components ("ZYNRELEF COMPONENT BUPIVACAINE")."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for substance in substances.values():
        for name in substance.names:
            if m := _COMPONENT.match(name):
                found[m["brand"]].add(substance.code)
    return dict(found)
