"""Drug names: from any way of writing to one canonical name with its identifiers and its kind of intervention."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from trialmine.lexicon.drug_table import Substance, drug_table, key
from trialmine.lexicon.tables import rows
from trialmine.records.evidence import Identifier
from trialmine.records.vocabulary import InterventionKind

UNII_SYSTEM = "http://fdasis.nlm.nih.gov"

# a company's code for a substance under development: "AMG 706", "IMP321", "RDEA3170", "BNT162b2"
CODE = regex.compile(r"(?:rh|r)?[A-Z]{1,6}[- ]?\d{2,7}[A-Za-z]?\d?(?:-\d+)?")
_CAPITALS = regex.compile(r"[A-Z]+")
# "interleukin-21" and its kin go by their short names
_INTERLEUKIN = regex.compile(
    r"(?:recombinant\s+)?(?:human\s+)?(?:rh?)?(?:interleukin|IL)[- ]?(\d{1,2})(?P<rest>\w*)", regex.IGNORECASE
)
_BEFORE = (
    r"oral|intravenous|iv|i\.v\.|subcutaneous|topical|inhaled|intranasal|intrathecal|epidural|"
    r"(?:high|low|standard)[- ]dose|recombinant|pegylated|liposomal|generic|adjuvant|neoadjuvant|"
    r"weekly|daily|(?:extended|sustained|controlled|immediate)"
    r"[- ]release|enteric[- ]coated|long[- ]acting|aerosolized|nebulized|preservative[- ]free|active|matching|study"
)
_BEHIND = (
    r"tablets?|capsules?|injections?|infusions?|solution|cream|gel|ointment|patch(?:es)?|therapy|treatment|monotherapy|"
    r"XR|SR|ER|CR|IR|MR|LA|XL|LAR|OROS|group|arm"
)
_QUALIFIERS = regex.compile(rf"^(?:(?:{_BEFORE})\s+)+|\s+(?:{_BEHIND})$", regex.IGNORECASE)


_GREEK = regex.compile(r"\.([a-z]+)\.(?=[-\d, /]|$)")


@dataclass(frozen=True, slots=True)
class DrugName:
    """A drug as a record names it.

    `name` is the lower-case nonproprietary name, or the code or short name where that is usual ("IMP321", "IL-21");
    `base` groups a substance with its esters and codes; `components` are the parts of a fixed combination.
    """

    name: str
    base: str
    kind: InterventionKind
    identifiers: tuple[Identifier, ...] = ()
    components: tuple[str, ...] = ()


@cache
def canonical(name: str) -> DrugName | None:
    """The drug that `name` denotes (generic, salt, brand, abbreviation or code), or None if it is not known as one.

    >>> canonical("Nexavar").name, canonical("sorafenib tosylate").name, canonical("IMP321").name
    ('sorafenib', 'sorafenib', 'IMP321')
    >>> canonical("Tuesday") is None
    True
    """
    text = " ".join(name.split())
    found = drug_table().look_up(text) or _singular(text) or _without_qualifiers(text)
    if found is not None:
        return _drug_name(text, found)
    return _unlisted(text)


def _singular(text: str) -> Substance | None:
    return drug_table().look_up(text[:-1]) if text.endswith("s") and len(text) > 4 else None


def _without_qualifiers(text: str) -> Substance | None:
    bare = _QUALIFIERS.sub("", text).strip()
    return drug_table().look_up(bare) if bare and bare != text else None


def _drug_name(text: str, substance: Substance) -> DrugName:
    unii = substance.unii
    identifiers = (
        (Identifier(system=UNII_SYSTEM, code=unii, display=_GREEK.sub(r"\1", substance.base)),) if unii else ()
    )
    # the register writes Greek letters between dots
    shown = text if _is_code(text, substance.name) else _GREEK.sub(r"\1", substance.name)
    parts = tuple(substance.name.split("/")) if "/" in substance.name else ()
    return DrugName(shown, substance.base, substance.kind, identifiers, parts)


def _is_code(text: str, name: str) -> bool:
    # "5-FU" and "B12" are abbreviations; a code has three digits or a name that is none
    return bool(CODE.fullmatch(text)) and sum(c.isdigit() for c in text) >= 3 and key(text) != key(name)


def _unlisted(text: str) -> DrugName | None:
    if m := _INTERLEUKIN.fullmatch(text):
        short = f"IL-{m[1]}{m['rest']}"
        return DrugName(short, short, "biological")
    if kind := stem_kind(text):
        return DrugName(text.lower(), text.lower(), kind)
    if is_development_code(text):
        return DrugName(text, text, "drug")
    return None


@cache
def _stems() -> tuple[tuple[str, ...], dict[str, InterventionKind], frozenset[str]]:
    kinds: dict[str, InterventionKind] = {r["stem"]: r["kind"] for r in rows("drug_stems")}  # type: ignore[misc]
    ordered = tuple(sorted(kinds, key=lambda s: (-len(s), s)))
    return ordered, kinds, frozenset(r["word"] for r in rows("drug_stem_stops"))


def stem_kind(word: str) -> InterventionKind | None:
    """The kind of drug that a single word's stem shows ("-mab", "-tinib"), or None.

    >>> stem_kind("nimotuzumab"), stem_kind("concept")
    ('biological', None)
    """
    stems, kinds, stops = _stems()
    lower = word.lower()
    if not lower.endswith(stems) or lower in stops or not lower.isalpha():
        return None
    stem = next(s for s in stems if lower.endswith(s))
    return kinds[stem] if len(lower) >= len(stem) + 2 else None


@cache
def _code_stops() -> frozenset[str]:
    return frozenset(r["prefix"] for r in rows("code_stops"))


def is_development_code(text: str) -> bool:
    """Whether `text` looks like a company's code of a drug: at least two capitals and three digits.

    >>> is_development_code("GSK2126458"), is_development_code("NCT00123456"), is_development_code("SF-36")
    (True, False, False)
    """
    if not CODE.fullmatch(text):
        return False
    prefix = _CAPITALS.match(text)
    digits = sum(c.isdigit() for c in text)
    return prefix is not None and len(prefix[0]) >= 2 and digits >= 3 and prefix[0] not in _code_stops()
