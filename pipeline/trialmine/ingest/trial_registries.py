"""Numbers of trial registries in text, in the one form that the registry prints, held against that registry's rule.

The registries are those of the WHO's network. What their rules say is checked: counts of digits, months and dates in a
number, the years in which a registry gave numbers out. Two check digits are left alone: of the ISRCTN that journals
print, one in five breaks the rule that the others keep (49 of 267 counted); for EudraCT no rule is known to us.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RegistryNumber:
    """What stands at start:end and claims to be a number. `fault` says why it can't be one; None where it can."""

    number: str
    start: int
    end: int
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """One registry.

    Args:
        name: as the WHO's network calls it.
        prefix: what all its numbers begin with, as the registry writes it; "" where they begin with the year.
        claim: what follows the prefix in anything that can be meant for nothing but a number of this registry (regex).
        form: what follows it in a right one.
        rule: the form in words.
        check: what is wrong with the digits of a number of the right form; None where nothing is.
    """

    name: str
    prefix: str
    claim: str
    form: str
    rule: str
    check: Callable[[str], str | None] = lambda _: None


def _month(digits: str) -> str | None:
    return None if 1 <= int(digits[4:6]) <= 12 else f"{digits[4:6]} is no month"


def _day(digits: str) -> str | None:
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return f"{digits[:8]} is no date"
    return None


def _eudract_year(digits: str) -> str | None:
    # the register opened in May 2004 and took its last trial in January 2023
    return None if 2004 <= int(digits[:4]) <= 2023 else "EudraCT gave numbers out from 2004 to 2023"


_GAP = r"[\s:#-]{0,2}"
REGISTRIES: tuple[Registry, ...] = (
    Registry("ClinicalTrials.gov", "NCT", rf"{_GAP}\d{{6,12}}", r"\d{8}", "NCT and eight digits"),
    Registry("ISRCTN", "ISRCTN", rf"{_GAP}\d{{5,12}}", r"\d{8}", "ISRCTN and eight digits"),
    Registry(
        "CTIS", "",
        r"(?:EU\s?CT(?:\snumber)?[\s:]{1,2})?20(?:2[2-9]|[3-9]\d)-5\d{5}-\d\d(?:-\d\d)?",
        r"20\d\d-5\d{5}-\d\d(?:-\d\d)?", "year, six digits from 5 on, two check digits, and the version",
    ),
    Registry(
        "EudraCT", "",
        r"(?:EudraCT(?:\s(?:number|no\.?|nr\.?))?[\s:#]{0,2}|EUCTR)\d{4}-\d{4,8}-\d{1,3}(?:-[A-Z]{2})?"
        r"|20[012]\d-\d{6}-\d\d(?:-[A-Z]{2})?",
        r"\d{4}-\d{6}-\d\d", "year, six digits and two check digits", _eudract_year,
    ),
    Registry("ANZCTR", "ACTRN", rf"{_GAP}\d{{9,18}}p?", r"0?126\d{11}p?", "ACTRN and fourteen digits from 126 on"),
    Registry("DRKS", "DRKS", rf"{_GAP}\d{{6,10}}", r"\d{8}", "DRKS and eight digits"),
    Registry(
        "ChiCTR", "ChiCTR", r"(?:-[A-Z]{2,6})?-?\d{6,12}", r"(?:\d{10}|-[A-Z]{2,6}-?\d{8})",
        "ChiCTR and ten digits, or letters for the kind of trial and eight digits",
    ),
    Registry("ITMCTR", "ITMCTR", r"\d{6,12}", r"\d{10}", "ITMCTR and ten digits"),
    Registry("UMIN", "UMIN", rf"{_GAP}\d{{6,12}}", r"\d{9}", "UMIN and nine digits"),
    Registry("jRCT", "jRCT", r"s?\d{8,12}", r"(?:s\d{9}|\d{10})", "jRCT and ten digits, or jRCTs and nine"),
    Registry("JapicCTI", "JapicCTI-", r"\d{5,8}", r"\d{6}", "JapicCTI- and six digits"),
    Registry("CTRI", "CTRI/", r"\d{4}/\d{1,3}/\d{4,8}", r"20\d\d/\d{2,3}/\d{6}", "CTRI/, year/, month/ and six digits"),
    Registry(
        "IRCT", "IRCT", r"\d{9,16}N\d{1,3}", r"\d{11,14}N\d{1,3}", "IRCT, eleven to fourteen digits, N and a number"
    ),
    Registry("CRiS", "KCT", r"\d{6,9}", r"\d{7}", "KCT and seven digits"),
    Registry("NTR", "NTR", r"[\s:]?\d{3,4}", r"\d{3,4}", "NTR and three or four digits"),
    Registry("OMON", "NL-OMON", r"\d{3,6}", r"\d{3,6}", "NL-OMON and digits"),
    Registry("PACTR", "PACTR", r"\d{8,20}", r"20\d{12,14}", "PACTR, year, month and eight to ten digits", _month),
    Registry("TCTR", "TCTR", r"\d{6,14}", r"20\d{9}", "TCTR, a date in eight digits and three digits", _day),
    Registry("ReBec", "RBR-", r"(?=[a-z]*\d)[0-9a-z]{6,8}", r"[0-9a-z]{6,8}", "RBR- and six to eight signs"),
    Registry("RPCEC", "RPCEC", r"\d{5,10}", r"\d{8}", "RPCEC and eight digits"),
    Registry("SLCTR", "SLCTR/", r"\d{4}/\d{1,5}", r"20\d\d/\d{3}", "SLCTR/, year/ and three digits"),
    Registry("LBCTR", "LBCTR", r"\d{6,14}", r"\d{10}", "LBCTR and ten digits"),
    Registry("REPEC", "PER-", r"\d{3}-\d\d", r"\d{3}-\d\d", "PER-, three digits and the year in two"),
)  # fmt: skip
_CLAIMS = tuple(
    re.compile(rf"(?<![A-Za-z0-9])(?:JPRN-)?({re.escape(r.prefix)}(?:{r.claim}))(?![A-Za-z0-9])", re.IGNORECASE)
    for r in REGISTRIES
)
_FORMS = tuple(re.compile(registry.form, re.IGNORECASE) for registry in REGISTRIES)
_NUMBER_FROM_YEAR = re.compile(r"\d{4}-\d{4}[\d-]*\d")
# one of these stands in a text that has a claim; in small letters, "nct" with its first digit alone: see "function"
_MARKS = tuple(dict.fromkeys((r.prefix, r.prefix.upper(), f"{r.prefix.lower()}0")) for r in REGISTRIES)
_YEAR_MARK = re.compile(r"20\d\d-\d{4}|EudraCT|EUCTR")
_SIGNS_BEFORE_DIGITS = re.compile(r"^[\s:#-]+(?=\d)")


def registry_numbers(text: str) -> list[RegistryNumber]:
    """What claims to be a number of a registry in `text`, right or wrong, in order.

    >>> [n.number for n in registry_numbers("NCT 01234567, EudraCT 2010-012345-67-GB, JPRN-UMIN000012345")]
    ['NCT01234567', '2010-012345-67', 'UMIN000012345']
    >>> [n.fault for n in registry_numbers("NCT0123456")]
    ['a number of ClinicalTrials.gov is NCT and eight digits']
    """
    found = sorted(_claims(text), key=lambda claim: (claim[0].start(), claim[1]))
    numbers: list[RegistryNumber] = []
    for m, i in found:
        if not numbers or m.start() >= numbers[-1].end:
            numbers.append(_settled(m, i))
    return numbers


def _claims(text: str) -> Iterator[tuple[re.Match[str], int]]:
    # most texts name no registry, and that is far quicker to see
    dated = _YEAR_MARK.search(text) is not None
    for i, registry in enumerate(REGISTRIES):
        if any(mark in text for mark in _MARKS[i]) if registry.prefix else dated:
            for m in _CLAIMS[i].finditer(text):
                yield m, i


def _settled(m: re.Match[str], i: int) -> RegistryNumber:
    registry, claim = REGISTRIES[i], m[1]
    if registry.prefix:
        rest = _SIGNS_BEFORE_DIGITS.sub("", claim[len(registry.prefix) :])
    else:
        found = _NUMBER_FROM_YEAR.search(claim)
        rest = found[0] if found else claim
    fault = None
    if not _FORMS[i].fullmatch(rest):
        fault = f"a number of {registry.name} is {registry.rule}"
    elif (wrong := registry.check("".join(filter(str.isdecimal, rest)))) is not None:
        fault = wrong
    return RegistryNumber(m[0] if fault else registry.prefix + rest, m.start(), m.end(), fault)
