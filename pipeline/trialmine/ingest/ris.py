"""RIS, the format of reference managers: references from TY to ER, each parsed alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import rispy

from trialmine.ingest import identifiers
from trialmine.ingest.encoding import bounded_lines
from trialmine.ingest.facts import string, strings
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.records.document import Document, Unreadable

_START = re.compile(r"\ufeff?\s*TY  ?- ?\w")
_END = re.compile(r"\s*ER  ?-")
_TYPES = {"CHAP": "chapter", "BOOK": "book", "THES": "thesis", "CONF": "conference", "CPAPER": "conference"}


def _sniff(head: Head) -> int:
    return 90 if re.search(r"^\s*TY  ?- ?[A-Z]{2,8}\s*$", head.text[:5_000], re.MULTILINE) else 0


def _read(source: Source) -> Items:
    for line, text in _references(source):
        yield _parsed(line, text, source)


def _references(source: Source) -> Iterator[tuple[int, str | None]]:
    """(line, text) of each reference; text is None for one that is longer than the limits allow."""
    limit = source.limits.record_chars
    parts: list[str] = []
    start = size = 0
    for line in bounded_lines(source.text(), source.limits.line_chars):
        starts = _START.match(line.text or "") is not None
        if starts and parts:  # a reference that has no end
            yield start, "".join(parts) if size <= limit else None
            parts, size = [], 0
        if not parts and not (line.text or "x").strip():
            continue
        start = start if parts else line.number
        size += len(line.text) if line.text is not None else limit + 1
        parts.append((line.text or "") if size <= limit else "")
        if _END.match(line.text or ""):
            yield start, "".join(parts) if size <= limit else None
            parts, size = [], 0
    if parts:
        yield start, "".join(parts) if size <= limit else None


def _parsed(line: int, text: str | None, source: Source) -> Document | Unreadable:
    remedy = "Mend or drop that reference; reading went on with the next one."
    if text is None:
        what = f"the reference has more than {source.limits.record_chars:,} characters"
        return unreadable(source.uri, what, remedy, line=line)
    if not _END.search(text):
        text += "\nER  - \n"
    try:
        rows = rispy.loads(text.lstrip("\ufeff"))
    except (ValueError, OSError, KeyError, IndexError, TypeError) as error:
        return unreadable(source.uri, f"the reference can't be parsed ({error})", remedy, line=line)
    if not rows:
        return unreadable(source.uri, "this is no reference from TY to ER", remedy, line=line)
    return _document(rows[0], source.uri, line)


def _document(row: dict[str, Any], uri: str, line: int) -> Document | Unreadable:
    def first(*names: str) -> str | None:
        return next((value for name in names if (value := string(row, name))), None)

    title = first("title", "primary_title", "translated_title")
    lines = [part for part in (title, first("abstract", "notes_abstract")) if part]
    if not lines:
        what = "the reference has neither title nor abstract"
        return unreadable(uri, what, "Drop it, or export it with its abstract.", line=line, doc_id=first("id"))
    base = (first("name_of_database", "database_provider") or "").lower()
    number = first("accession_number") or ""
    return Document(
        text="\n".join(lines),
        format=READER.name,
        doc_id=first("id"),
        uri=uri,
        title=title,
        pmid=identifiers.pmid(number) if "pubmed" in base or "medline" in base or "nlm" in base else _linked(row),
        pmcid=next((i for name in ("custom2", "custom7") if (i := _pmcid(first(name)))), None),
        doi=identifiers.doi(first("doi") or "") or identifiers.doi(" ".join(strings(row, "urls"))),
        journal=first("journal_name", "alternate_title3", "secondary_title", "alternate_title2", "alternate_title1"),
        year=identifiers.year(first("year", "publication_year", "date")),
        language=first("language"),
        publication_types=tuple(t for t in (first("type_of_work"), _TYPES.get(first("type_of_reference") or "")) if t),
        mesh_terms=(),
    )


def _pmcid(value: str | None) -> str | None:
    return identifiers.pmcid(value) if value and "PMC" in value.upper() else None


def _linked(row: dict[str, Any]) -> str | None:
    urls = " ".join(strings(row, "urls"))
    m = re.search(r"pubmed(?:\.ncbi\.nlm\.nih\.gov)?/(\d{4,9})\b", urls)
    return m[1] if m else None


READER = Reader(
    name="ris",
    description="RIS: the exports of reference managers and databases",
    suffixes=(".ris", ".txt"),
    sniff=_sniff,
    read=_read,
)
