"""MEDLINE format (.nbib, .medline): PubMed's tagged citations, any number of them, read one by one.

The format is tags in four columns and folded lines. The one library for it stops at the first line that it does not
expect, and drops registry numbers; here such a line belongs to the field before it, and a citation costs itself alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from trialmine.ingest import identifiers
from trialmine.ingest.data_banks import trial_numbers
from trialmine.ingest.encoding import Line, bounded_lines
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.records.document import Document, Note, Unreadable

_FIELD = re.compile(r"([A-Z][A-Z0-9 ]{3})- ?(.*)")
_START = re.compile(r"PMID- ?\d", re.MULTILINE)


@dataclass(slots=True)
class _Citation:
    line: int
    fields: dict[str, list[str]] = field(default_factory=dict)
    size: int = 0
    too_long: bool = False
    last: str = ""

    def add(self, line: Line, limit: int) -> None:
        self.size += len(line.text or "")
        self.too_long = self.too_long or line.text is None or self.size > limit
        if self.too_long:
            return
        text = (line.text or "").rstrip("\r\n")
        m = _FIELD.match(text)
        if m:
            self.last = m[1].strip()
            self.fields.setdefault(self.last, []).append(m[2].strip())
        elif self.last and text.strip():
            self.fields[self.last][-1] += f" {text.strip()}"

    def first(self, *names: str) -> str | None:
        return next((value for name in names for value in self.fields.get(name, ()) if value), None)

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(value for value in self.fields.get(name, ()) if value))


def _sniff(head: Head) -> int:
    return 90 if _START.search(head.text[:5_000]) and re.search(r"^(?:TI|OWN|STAT|AB) *- ", head.text, re.M) else 0


def _read(source: Source) -> Items:
    for citation in _citations(source):
        yield _document(citation, source)


def _citations(source: Source) -> Iterator[_Citation]:
    citation: _Citation | None = None
    for line in bounded_lines(source.text(), source.limits.line_chars):
        starts = (line.text or "").lstrip("\ufeff").startswith("PMID- ")
        ends = line.text is not None and not line.text.strip()
        if citation is not None and (starts or ends):
            yield citation
            citation = None
        if citation is None and not ends:
            citation = _Citation(line.number)
        if citation is not None:
            citation.add(
                line if not starts else Line(line.number, (line.text or "").lstrip("\ufeff")),
                source.limits.record_chars,
            )
    if citation is not None:
        yield citation


def _document(citation: _Citation, source: Source) -> Document | Unreadable:
    pmid = identifiers.pmid(citation.first("PMID"))
    place = f"PMID {pmid}" if pmid else None
    title = citation.first("TI", "TT", "BTI", "CTI")
    lines = [text for text in (title, citation.first("AB", "OAB")) if text]
    if citation.too_long:
        what = f"the citation has more than {source.limits.record_chars:,} characters"
        return unreadable(source.uri, what, "Drop it.", line=citation.line, place=place, doc_id=pmid)
    if not lines:
        what = "this is no citation with a title or an abstract"
        return unreadable(source.uri, what, "Mend or drop it.", line=citation.line, place=place, doc_id=pmid)
    return Document(
        text="\n".join(lines),
        format=READER.name,
        uri=source.uri,
        title=title,
        pmid=pmid,
        pmcid=identifiers.pmcid(citation.first("PMC")),
        doi=_doi(citation),
        journal=citation.first("JT", "TA", "BTI"),
        year=identifiers.year(citation.first("DP", "DEP")),
        registry_ids=_registry_ids(citation),
        language=citation.first("LA"),
        publication_types=citation.all("PT"),
        mesh_terms=tuple(dict.fromkeys(term.split("/")[0].strip("* ") for term in citation.all("MH"))),
        notes=_retractions(citation),
    )


def _doi(citation: _Citation) -> str | None:
    stated = next((v for v in (*citation.all("LID"), *citation.all("AID")) if v.endswith("[doi]")), None)
    return identifiers.doi(stated or citation.first("SO") or "")


def _registry_ids(citation: _Citation) -> tuple[str, ...]:
    pairs = (value.partition("/") for value in citation.all("SI"))
    return tuple(dict.fromkeys(number for bank, _, name in pairs for number in trial_numbers(bank, name)))


def _retractions(citation: _Citation) -> tuple[Note, ...]:
    notice = citation.first("RIN")
    return (Note("retracted", f"the article was retracted ({notice}): do not rely on it"),) if notice else ()


READER = Reader(
    name="medline",
    description="MEDLINE format (.nbib): PubMed's tagged citations",
    suffixes=(".nbib", ".medline", ".txt"),
    sniff=_sniff,
    read=_read,
)
