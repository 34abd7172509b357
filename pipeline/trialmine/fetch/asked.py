"""Ids as users give them, and what kind each one is, told from its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from trialmine.ingest import identifiers

Kind = Literal["pmid", "pmcid", "doi", "nct"]
KINDS: dict[Kind, str] = {"doi": "DOI", "pmid": "PMID", "pmcid": "PMCID", "nct": "trial number"}
_PMC = re.compile(r"(?:pmcid:?\s*|(?:https?://)?\S*/)?PMC(\d{1,8})(?:\.\d+)?/?", re.IGNORECASE)
_NCT = re.compile(r"(?:nct:|(?:https?://)?\S*/)?(NCT\d{8})/?", re.IGNORECASE)
_DOI = re.compile(r"(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """One id that was asked for."""

    kind: Kind
    id: str

    @property
    def key(self) -> str:
        """The id as records write it: "pmid:123"."""
        return f"{self.kind}:{self.id}"


def asked_for(word: str) -> Asked | None:
    """The id that a word is, or None.

    >>> [asked_for(word).key for word in ("PMID:12", "PMC34", "doi:10.1000/A", "nct01234567")]
    ['pmid:12', 'pmcid:PMC34', 'doi:10.1000/a', 'nct:NCT01234567']
    >>> asked_for("NCT0123456"), asked_for("hello")
    (None, None)
    """
    word = word.strip()
    if m := _NCT.fullmatch(word):
        return Asked("nct", m[1].upper())
    if _DOI.fullmatch(word):
        doi = identifiers.doi(word)
        return Asked("doi", doi.lower()) if doi else None
    if m := _PMC.fullmatch(word):
        return Asked("pmcid", f"PMC{m[1]}")
    pmid = identifiers.pmid(word)
    return Asked("pmid", pmid) if pmid else None


def words_of(lines: Iterable[str]) -> Iterator[str]:
    """The ids in lines of text, parted by white space, commas or semicolons; what follows a # is a remark.

    >>> list(words_of(["12, 13", "PMC4 # full text", "# none", '"10.1000/x"']))
    ['12', '13', 'PMC4', '10.1000/x']
    """
    for line in lines:
        plain = re.sub(r"(?:^|\s)#.*", "", line.lstrip("\ufeff"))
        plain = re.sub(r"(?i)\b(pmid|pmcid|doi):\s+", r"\1:", plain)
        yield from (word for part in re.split(r"[\s,;]+", plain) if (word := part.strip("\"'")))
