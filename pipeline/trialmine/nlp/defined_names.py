"""Short forms of drugs: what the text itself says they mean goes before what a lexicon takes them for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

import regex

from trialmine.nlp.drugs import find_drugs
from trialmine.normalise.drug import DrugName, canonical
from trialmine.records.article import Entity

_STEM = 4  # letters that two names of one thing begin with: thyrotropin, thyroid-stimulating hormone
_SHORT = regex.compile(r"\p{Lu}{3,5}")
_WORD = regex.compile(r"[^\W\d_]{4,}")


def as_defined(entities: Iterable[Entity], abbreviations: Mapping[str, str]) -> Iterator[Entity]:
    """The entities, drugs under the names that the text defines; without those that it defines as something else.

    "cetuximab (CTX)" is no cyclophosphamide, and an "American Society of Anesthesiologists (ASA)" no aspirin. Where
    nothing is defined, "DEX" beside dexamethasone is dexamethasone.
    """
    found = list(entities)
    full_names = {e.name or e.text.lower() for e in found if e.label == "CHEMICAL" and e.text.islower()}
    for entity in found:
        if entity.text not in abbreviations and (full := _begun_by(entity, full_names)):
            yield replace(entity, name=full)
            continue
        long_form = abbreviations.get(entity.text) if entity.label == "CHEMICAL" else None
        known = canonical(entity.name or entity.text) if long_form else None
        if long_form is None or known is None or _same(entity.text, known, long_form):
            yield entity
        elif meant := _meant(long_form, known):
            yield replace(entity, name=meant)


def _begun_by(entity: Entity, full_names: Collection[str]) -> str | None:
    """The one drug that the text writes in full and that begins with a short form, which by itself means another."""
    short = entity.text
    if entity.label != "CHEMICAL" or entity.name in full_names or not _SHORT.fullmatch(short):
        return None
    begun = [name for name in full_names if name.startswith(short.lower())]
    return begun[0] if len(begun) == 1 else None


def _same(short: str, known: DrugName, long_form: str) -> bool:
    stated = canonical(long_form)
    if stated is not None:
        return stated.base == known.base
    if known.name.casefold() == short.casefold():  # a name like any other, not an abbreviation of one
        return True
    stems = {w[:_STEM].casefold() for w in _WORD.findall(long_form)}
    return any(w[:_STEM].casefold() in stems for w in _WORD.findall(known.name))


def _meant(long_form: str, known: DrugName) -> str | None:
    """The drug that a long form names or ends with; `known` where it speaks of drugs in another way, else None."""
    stated = canonical(long_form)
    if stated is not None:
        return stated.name
    inside = find_drugs(long_form)
    return inside[0].name if len(inside) == 1 and inside[0].end == len(long_form) else known.name if inside else None
