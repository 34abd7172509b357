"""Counts of units and cells as plain numbers: "5 x 10^6 IU" and "40.000 IU" are read as 5000000 and 40,000 IU.

A reader, and every check of the evidence, sees the value that a dose has in the edit itself. Laboratory values keep
their powers: "150 x 10^9/L" is a unit of its own.
"""

from __future__ import annotations

from decimal import Decimal

from trialmine.clean.repair import Match, Repair
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern

_COUNTED = (
    r"(?:[IM]?U(?:\b|/(?:m2|kg|day|d|dose|week|wk)\b)(?!/)|I\.U\.|international\sunits|units\b|CFUs?\b|PFUs?\b|TCID50|"
    r"colony[-\s]forming|plaque[-\s]forming|viral\s(?:particles|genomes|copies)|vector\sgenomes|v[gp]\b|"
    r"(?:\w+\s){0,3}?cells\b(?!/))"
)


def _plain(m: Match) -> str:
    return f"{(Decimal(m['m'] or '1') * 10 ** int(m['e'])).normalize():f}"


def _with_commas(m: Match) -> str:
    return m[0].replace(".", ",")


POWER = Repair(
    Pattern(
        "number.counted_power",
        rf"(?<![\d.,^/])(?:(?P<m>\d{{1,4}}(?:\.\d{{1,3}})?)\s?[x×*·]\s?)?10\^(?P<e>[1-9]|1[0-4])(?=\s?{_COUNTED})",
        hits=("5 x 10^6 IU weekly", "1.5 × 10^9 CFU", "10^7 viral particles", "2 x 10^6 CD34 cells"),
        misses=("150 x 10^9/L", "4 x 10^6 cells/mL", "10^3 patients"),
    ),
    _plain,
    "power of ten of counted units, written out",
    hints=Hints(marks=r"10\^"),
)
THOUSANDS = Repair(
    Pattern(
        "number.thousands_point",
        rf"(?<![\d.,])[1-9]\d{{0,2}}(?:\.000){{1,2}}(?=\s?{_COUNTED})",
        hits=("40.000 IU per week", "1.000.000 U"),
        misses=("0.000 IU", "40.000 mg", "2.500 IU"),
    ),
    _with_commas,
    "points between thousands of counted units",
    hints=Hints(marks=r"\.000"),
)
REPAIRS = (POWER, THOUSANDS)
PATTERNS = tuple(r.pattern for r in REPAIRS)
