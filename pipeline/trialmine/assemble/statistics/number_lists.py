"""Which numbers stand in one list, and the units that they lend each other."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from trialmine.normalise.result_unit import UNIT, result_unit
from trialmine.records.article import Article
from trialmine.records.vocabulary import RATIOS

if TYPE_CHECKING:
    from trialmine.assemble.statistics.candidates import Candidate

# what stands between the members of a list: "2.7 versus 2.3", "20%/60%/100%", "47%, 59% and 60%"
_JOINT = regex.compile(
    r"[\s)\]%]*(?:[A-Za-zµμ/²]{1,8}\s?)?[\s)\]]*(?:,?\srespectively,\s(?:vs?\.?|versus|compared\s(?:with|to))|,\s?(?:vs?\.?|versus)|,\s?and|,\s?or|,|;|/|&|\band|\bvs?\.?|\bversus|compared\s+(?:with|to)|\bor|\bto|against|-)\s*"
    r"(?:only\s|an?\s|to\s|from\s|with\s|was\s|at\s){0,2}[(\[]?",
    regex.IGNORECASE,
)
_PARALLEL = regex.compile(
    r"\b(?:and|vs?\.?|versus|compared|whereas|while|but|than|respectively|against|followed)\b|[,;/]", regex.IGNORECASE
)
# a point behind "vs" ends nothing, unless a P told there what it compares: "271 (A vs. C, P = .03) for women and 37"
_NEW_CLAUSE = regex.compile(r"(?<!\bvs?)\.\s|;\s|:\s.*:\s|\bvs?\.\s.*\bp\s?[<=>]", regex.IGNORECASE)
_STATED_UNIT = regex.compile(rf"[(\[](?:in\s)?(?P<unit>{UNIT})[)\]]", regex.IGNORECASE)


UNITLESS = RATIOS | {"correlation"}


def _add_stated_units(text: str, atoms: list[Candidate]) -> None:
    """ "Heart rate (beats/min) (A = 119 ± 18; B = 89 ± 17": the unit stands behind the name of what was measured."""
    own_unit_until = 0
    for a in atoms:
        if a.unit is not None:
            own_unit_until = a.end
        if a.unit is not None or a.hyphen or a.value is None or a.numerator is not None or a.ci or a.label in UNITLESS:
            continue
        floor = max(a.sentence.start, own_unit_until, a.at - 80)
        stated = [m for m in _STATED_UNIT.finditer(text, floor, a.at) if result_unit(m["unit"])]
        if stated and (a.dispersion is not None or stated[-1].end() + 25 > a.at):
            a.unit = result_unit(stated[-1]["unit"])


_LONGEST_LIST = 60  # members; what goes on is a table or noise


def number_lists(article: Article, atoms: list[Candidate]) -> None:
    """Give each candidate the number of its list and its place in it, and units that are said once for a list."""
    _add_stated_units(article.text, atoms)
    group = 0
    for i, a in enumerate(atoms):
        if i and atoms[i - 1].rank < _LONGEST_LIST and _in_list(article.text, atoms[i - 1], a):
            a.group, a.rank = atoms[i - 1].group, atoms[i - 1].rank + 1
            a.label = a.label or atoms[i - 1].label
        else:
            group += 1
            a.group = group
    _compare_levels(article.text, atoms)
    for i in range(len(atoms) - 2, -1, -1):
        a, b = atoms[i], atoms[i + 1]
        # "2.7 versus 2.3 hours": the unit is said once, at the end
        bare = a.unit is None and not a.hyphen and a.denominator is None and a.label not in UNITLESS
        if a.group == b.group and bare and _lends(b, a):
            a.unit = b.unit
    for a, b in pairwise(atoms):
        bare = b.unit is None and not b.hyphen and b.label not in UNITLESS
        if a.group == b.group and bare and _lends(a, b) and not _OWN_SHARE.match(article.text, b.end):
            b.unit = a.unit


_DIFFERENCES = frozenset({"mean_difference", "risk_difference"})
_VERSUS = regex.compile(r"\b(?:vs?\b|versus)", regex.IGNORECASE)
# where no difference is told, two values are levels: "no difference in weight (tea 4.4, water 3.0)"
_NO_DIFFERENCE = regex.compile(
    r"\b(?:no|not|without|nor)\b[^.;\d]{0,50}\bdiffer(?:ences?|ed|s)?\b[^.;\d]*$", regex.IGNORECASE
)
_BEFORE = 140  # characters in which a difference may be denied


def _compare_levels(text: str, atoms: list[Candidate]) -> None:
    """ "no difference in weight between the groups (-4.4% vs. -3.0%)": two values that differ are no differences."""
    for a, b in pairwise(atoms):
        levels = a.group == b.group and {a.label, b.label} & _DIFFERENCES and a.ci is None
        denied = levels and b.ci is None and _NO_DIFFERENCE.search(text, max(a.sentence.start, a.at - _BEFORE), a.at)
        # "9 mL with water (tea versus water difference, 5 mL": the second alone is called one
        set_against = a.label in _DIFFERENCES and _VERSUS.search(text, a.end, b.start)
        if levels and (denied or set_against):
            a.label = None if a.label in _DIFFERENCES else a.label
            b.label = None if b.label in _DIFFERENCES else b.label


# a count whose share follows: "42 operations (84%)"
_OWN_SHARE = regex.compile(r"\s[^()\d.;:,]{2,40}\(\s?\d+(?:[.·]\d+)?\s?%")


def _lends(owner: Candidate, other: Candidate) -> bool:
    """Whether the unit of one number of a list is the other's too: "695 eligible, 465 (67%)" has one share."""
    if (
        owner.unit is None
        or other.value is None
        or (owner.unit in DOSE_UNITS and (owner.ci is None) != (other.ci is None))
    ):
        return False
    return owner.unit != "%" or (owner.numerator is None and abs(other.value) <= 100)


DOSE_UNITS = frozenset({"mg", "g", "ug", "[iU]", "mg/kg", "ug/kg", "mg/m2", "mg/d", "mL"})
_OF_GROUP = regex.compile(r"\b(?:with|on|receiving|given)\s(?:the\s)?$", regex.IGNORECASE)


def _names_group(text: str, a: Candidate) -> bool:
    return a.unit in DOSE_UNITS and a.dispersion is None and _OF_GROUP.search(text, max(0, a.at - 16), a.at) is not None


# "3.2% and 6.2% (P = .03), a 48% reduction": what two values differ by is no third one
_AMOUNT_OF_CHANGE = regex.compile(
    r"[,(;]\s?(?:(?:representing|reflecting|corresponding\sto|ie|i\.e\.|which\sis),?\s)?an?\s$", regex.IGNORECASE
)
AMOUNT_BEHIND = regex.compile(
    r"\s?%?\s(?:(?:relative|absolute|overall|significant|risk)\s){0,2}(?:reduction|decrease|increase|difference|improvement|decline|rise|fall)\b",
    regex.IGNORECASE,
)


def _in_list(text: str, a: Candidate, b: Candidate) -> bool:
    if a.sentence != b.sentence or a.hyphen or b.hyphen or (a.unit and b.unit and a.unit != b.unit):
        return False
    # "7 of 8 at 3 months compared with 3 of 11": a share of people stands beside shares alone
    if (a.denominator is None) != (b.denominator is None) and {a.unit, b.unit} - {None, "%"}:
        return False
    # "-15.1 with 1.5 mg, -13.9 with 3 mg": the amounts name groups and are no values of theirs
    if _names_group(text, a) != _names_group(text, b):
        return False
    between = text[a.end : b.start]
    if _AMOUNT_OF_CHANGE.search(between) and AMOUNT_BEHIND.match(text, b.number_end):
        return False
    if _JOINT.fullmatch(between):
        return True
    # "A (519 ± 86) than B (278 ± 94 min)": the unit is said once, at the end
    later = a.unit is None and b.unit is not None and a.dispersion is not None and len(between) <= 40
    alike = (
        (a.unit == b.unit or later)
        and (a.dispersion is None) == (b.dispersion is None)
        and (a.ci is None) == (b.ci is None)
    )
    return alike and len(between) <= 70 and bool(_PARALLEL.search(between)) and not _NEW_CLAUSE.search(between)
