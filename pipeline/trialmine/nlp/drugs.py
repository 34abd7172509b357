"""Finds drugs by lexicon, by the stems of their names and by development codes."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache

import regex

from trialmine.lexicon.drug_table import (
    ANALYTE,
    ANY_CASE,
    CAPITALS,
    CUE,
    FIRST_CAPITAL,
    GAPS,
    GROUP,
    DrugTable,
    Piece,
    drug_table,
    pieces,
)
from trialmine.lexicon.pattern import Pattern
from trialmine.normalise.drug import is_development_code, stem_kind
from trialmine.records.article import Entity

DEVELOPMENT_CODE = Pattern(
    "drug.code",
    # two digits are too few: scales, genes and cell markers look the same
    r"(?-i:(?<![\w./-])[A-Z]{2,6}(?:-|\s)?\d{3,7}[A-Za-z]?\d?(?:-\d{2,3})?)(?![\w/]|[.,]\d)",
    hits=("patients took AMG 706 once daily", "GSK2126458 was stopped", "two doses of BNT162b2"),
    misses=("the SF-36 score", "a diary of 100 days", "IL-6 rose"),
)
# of a shape that names much else, so what was done with it must stand before it
GIVEN_CODE = Pattern(
    "drug.given_code",
    r"""\b(?:receiv(?:ed?|ing)|(?:infusions?|injections?|doses?|administration)\s+of|treat(?:ed|ment)\s+with
        |(?:vaccinat|immuni[sz])\w+\s+with)\s+(?:(?:an?|the|either|oral|intravenous|subcutaneous|single)\s+){0,2}
        (?P<code>(?-i:(?=[\w-]*\d)(?=[\w-]*[A-Z][\w-]*[A-Z])[A-Z][A-Za-z]*\d*(?:-[A-Z\d][A-Za-z\d]*){1,3}))(?![\w-]|[.,]\d)""",
    hits=("one infusion of VEC-FIX-R8 at", "were vaccinated with TQV-8", "received BP-C1 twice"),
    misses=("doses of CD133-positive cells", "received Day-1 drinks", "the VEC-FIX-R8 arm"),
)
TREATMENT_CUE = Pattern(
    "drug.cue",
    r"""\b(?:mg|mcg|[µμ]g|g|ml|iu|units?|dos(?:e|es|ed|age)|orall?y?|intravenous(?:ly)?|i\.?v\.?
        |subcutaneous(?:ly)?|topical(?:ly)?|inhal\w{2,6}
        |receiv\w{1,3}|given|g[ia]ve|administ\w{3,8}|treat(?:ed|ment|ing)?|supplement\w{0,8}|infus\w{1,4}
            |inject\w{1,4}|tablets?|capsules?|drops
        |patch|ointment|extract|consum\w{1,5}|intake|ingest\w{1,4}|drink|diet|transfus\w{1,4}|therapy|placebo
            |containing|enriched|fortified|randomi[sz]ed)\b""",
    hits=("received whey", "garlic extract"),
    misses=("the olive tree",),
)
PATTERNS = (DEVELOPMENT_CODE, GIVEN_CODE, TREATMENT_CUE)

# how far a word of treatment may stand from an everyday name
_CUE_REACH = 30
_PREFIX = regex.compile(r"(?<![\w-])(?:[DLRSN]|[dlrsn]|DL|[Aa]lpha|[Bb]eta|[αβγ]|nab|tert|cis|trans)-$")
_UNIT = regex.compile(r"\s?(?:[mµμ]?g|mcg|ml|mL|IU|units?|[mµμ]mol|%)\b")
_SHORT_AND_DOSE = regex.compile(r"[A-Z]+\s\d{1,2}0")
# "double-dummy" says how a trial was blinded
_DOUBLE = regex.compile(r"\b(?:single|double|triple)[\s–‐-]*$", regex.IGNORECASE)
_NAME = 5  # letters
_SPLITS = frozenset((" ", "-", "‐", "‑", "-\n", "- "))
_NEITHER = regex.compile(r"\b(?:neither|not|no|without|never|none)\b[^.;]*$", regex.IGNORECASE)
_ROUTES = frozenset(("oral", "intravenous", "inhaled"))
_UNSURE = 0.5
_GROUP = 0.7
_KEPT = 50_000  # words; 100 bytes each
# behind these the name is part of another thing: "insulin resistance", "histamine receptor", "oxygen saturation"
_MEASURED = regex.compile(
    r"[\s-]+(?:levels?|concentrations?|receptors?|resistance|sensitivity|saturation|clearance|secretion|synthase"
    r"|reductase|"
    r"oxidase|transporter|deficien\w+|tolerance|uptake|status|antibod\w+|like|values?|excretion|metabolism|homeostasis|"
    r"consumption|delivery|tests?|index|binding|dehydrogenase|kinase|ratio|production|release|transaminase"
    r"|peroxidase)\b",
    regex.IGNORECASE,
)


def find_drugs(text: str) -> list[Entity]:
    """Drugs of a clean text in text order, none overlapping; score 0.5 if perhaps measured only, 0.7 for a group."""
    found = _in_lexicon(text)
    ends = [e.end for e in found]
    for code in _codes(text):
        # the first known name that ends behind the code's start is the only one that can overlap it
        i = bisect_right(ends, code.start)
        if i == len(found) or found[i].start >= code.end:
            found.insert(i, code)
            ends.insert(i, code.end)
    return found


def _codes(text: str) -> list[Entity]:
    found = []
    for m in DEVELOPMENT_CODE.find(text):
        code = m.group()
        # "PGB 150", "FF 200 mg": an abbreviation with its dose; a known code is found by the lexicon before
        dose = _SHORT_AND_DOSE.fullmatch(code) is not None or _UNIT.match(text, m.end()) is not None
        if is_development_code(code) and not dose:
            found.append(Entity(m.start(), m.end(), "CHEMICAL", code, name=code, source="code"))
    known = {e.text for e in found}
    for code in {m["code"] for m in GIVEN_CODE.find(text)} - known:
        for m in regex.finditer(rf"(?<![\w-]){regex.escape(code)}(?![\w-])", text):
            found.append(Entity(m.start(), m.end(), "CHEMICAL", code, name=code, source="code"))
    return found


def _in_lexicon(text: str) -> list[Entity]:
    table = drug_table()
    parts = list(pieces(text))
    found: list[Entity] = []
    i = 0
    while i < len(parts):
        part = parts[i]
        longest = _most_pieces(part.word)
        whole = _split_name(text, parts, i, table)
        if whole is not None:
            found.append(whole)
            i += 2
            continue
        if longest is None:
            i += 1
            continue
        size, entity = 0, None
        if longest and _begins(text, part.start):
            size, entity = _longest_name(text, parts, i, longest, table)
        if size > 1 and part.word in _ROUTES and (longer := _name_behind(text, parts, i + 1, size - 1, table)):
            entity, size = longer[1], longer[0] + 1
        if entity is None and len(part.word) > 5 and _begins(text, part.start):
            entity = _by_stem(text, part)
        if entity is not None:
            found.append(_with_prefix(text, entity, found[-1].end if found else 0))
        i += size or 1
    return found


def _name_behind(
    text: str, parts: list[Piece], i: int, size: int, table: DrugTable
) -> tuple[int, Entity | None] | None:
    """ "intravenous iron sucrose": a name behind the route that goes on further than the one with it."""
    found = _longest_name(text, parts, i, _most_pieces(parts[i].word) or 0, table)
    return found if found[0] > size else None


def _split_name(text: str, parts: list[Piece], i: int, table: DrugTable) -> Entity | None:
    """ "hydroxy chloroquine": two pieces that together are a drug, of which the second alone would be another."""
    if i + 1 == len(parts) or len(parts[i + 1].word) < _NAME or len(parts[i].word) == 1:
        return None
    first, second = parts[i], parts[i + 1]
    entry = table.entries.get(first.word + second.word)
    rest = None if entry is None else table.entries.get(second.word)
    if (
        entry is None
        or rest is None
        or entry & 7 not in (ANY_CASE, ANALYTE)
        or f"{first.word} {second.word}" in table.entries
    ):
        return None
    if (
        text[first.end : second.start] not in _SPLITS
        or not _begins(text, first.start)
        or text[second.end : second.end + 1].isalnum()
    ):
        return None
    if first.word == "nor" and _NEITHER.search(text, max(0, first.start - 120), first.start):
        return None
    return _entity(text, first.start, second.end, entry, table)


@lru_cache(maxsize=_KEPT)
def _most_pieces(word: str) -> int | None:
    """How many pieces a name that begins with this word can have; None for one that neither list nor stem knows."""
    table = drug_table()
    longest = table.longest.get(word) or (1 if word[-1] == "s" and word[:-1] in table.entries else 0)
    return longest if longest or (len(word) > 5 and stem_kind(word) is not None) else None


def _with_prefix(text: str, entity: Entity, floor: int) -> Entity:
    # "alpha-methyldopa", "D-penicillamine": the register has the plain name only
    m = _PREFIX.search(text, max(floor, entity.start - 8), entity.start)
    if m is None:
        return entity
    return replace(entity, start=m.start(), text=text[m.start() : entity.end])


def _by_stem(text: str, part: Piece) -> Entity | None:
    if len(part.word) < 6 or text[part.end : part.end + 1].isalnum() or stem_kind(part.word) is None:
        return None
    surface = text[part.start : part.end]
    return Entity(part.start, part.end, "CHEMICAL", surface, name=part.word, source="stem")


def _begins(text: str, start: int) -> bool:
    return start == 0 or not text[start - 1].isalnum()


def _longest_name(text: str, parts: list[Piece], i: int, longest: int, table: DrugTable) -> tuple[int, Entity | None]:
    words = [parts[i].word] if longest else []
    while len(words) < longest and i + len(words) < len(parts):
        before, after = parts[i + len(words) - 1], parts[i + len(words)]
        if text[before.end : after.start] not in GAPS:
            break
        words.append(after.word)
    for size in range(len(words), 0, -1):
        start, end = parts[i].start, parts[i + size - 1].end
        if end < len(text) and text[end].isalnum():
            continue
        entry = _entry(" ".join(words[:size]), table)
        if entry is not None and (entity := _entity(text, start, end, entry, table)):
            return size, entity
    return 0, None


def _entry(name: str, table: DrugTable) -> int | None:
    entry = table.entries.get(name)
    if entry is None and name.endswith("s") and len(name) > 5:
        entry = table.entries.get(name[:-1])
        # "CIK's" and "impacts": only names that stand in any case have plurals
        return entry if entry is not None and entry & 7 in (ANY_CASE, GROUP) else None
    return entry


def _entity(text: str, start: int, end: int, entry: int, table: DrugTable) -> Entity | None:
    sign, surface = entry & 7, text[start:end]
    if not _case_fits(surface, sign) or (
        surface.lower() == "dummy" and _DOUBLE.search(text, max(0, start - 10), start)
    ):
        return None
    measured = _MEASURED.match(text, end) is not None
    cued = sign in (CUE, ANALYTE) and _has_cue(text, start, end)
    if sign == CUE and (not cued or measured):
        return None
    score = _UNSURE if measured or (sign == ANALYTE and not cued) else _GROUP if sign == GROUP else 1.0
    return Entity(start, end, "CHEMICAL", surface, name=table.substance(entry >> 3).name, source="lexicon", score=score)


def _case_fits(surface: str, sign: int) -> bool:
    if sign == FIRST_CAPITAL:
        return surface[0].isupper()
    if sign == CAPITALS:
        letters = [c for c in surface if c.isalpha()]
        return 2 * sum(c.isupper() for c in letters) >= len(letters)
    return True


def _has_cue(text: str, start: int, end: int) -> bool:
    window = range(max(0, start - _CUE_REACH), min(len(text), end + _CUE_REACH))
    return next(TREATMENT_CUE.find(text, window.start, window.stop), None) is not None
