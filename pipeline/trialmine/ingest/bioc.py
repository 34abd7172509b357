"""BioC, XML and JSON, as PubTator and the PMC service give it: the passages of each document, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from trialmine.ingest import identifiers
from trialmine.ingest.article_sections import tells_of_the_trial
from trialmine.ingest.facts import objects, string
from trialmine.ingest.json_values import values
from trialmine.ingest.markup import labelled
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.table_text import rows_text
from trialmine.ingest.xml_records import Element, records
from trialmine.records.document import Document, Unreadable

_FRONT = frozenset({"title", "front", "abstract"})
_KEPT = frozenset({"methods", "results", "table"})
_LEFT = frozenset({"ref", "intro", "discuss", "concl", "fig", "suppl", "ack_fund", "comp_int", "auth_cont", "abbr",
                   "appendix", "case", "keyword", "review_info"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Passage:
    text: str
    infons: Mapping[str, str] = field(default_factory=dict)

    @property
    def section(self) -> str:
        """PMC's section_type, else the type: "title", "abstract", "methods" …; lower case."""
        kind = (self.infons.get("section_type") or self.infons.get("section") or "").lower()
        return kind or re.sub(r"_\d$", "", self.infons.get("type", "")).lower()

    @property
    def is_heading(self) -> bool:
        """Whether the passage is the heading of those behind it."""
        kind = self.infons.get("type", "").lower()
        return bool(re.fullmatch(r"(?:abstract_)?title(?:_\d)?|title_caption", kind)) and self.section not in _FRONT - {
            "abstract"
        }


def _sniff_json(head: Head) -> int:
    marks = ('"passages"', '"infons"', '"documents"')
    return 95 if head.text.startswith(("{", "[")) and sum(mark in head.text for mark in marks) >= 2 else 0


def _sniff_xml(head: Head) -> int:
    return 90 if head.text.startswith("<") and re.search(r"<collection[\s>]|BioC\.dtd", head.text) else 0


def _read_json(source: Source) -> Items:
    for item in values(source):
        if isinstance(item, Unreadable):
            yield item
            continue
        line, value = item
        collections = value if isinstance(value, list) else [value]
        for collection in collections:
            rows = list(objects(collection, "documents")) or [collection]
            # behind a broken record, bits of it come as values of their own
            for row in (r for r in rows if isinstance(r, Mapping) and "passages" in r):
                passages = [_Passage(string(p, "text") or "", _infons(p)) for p in objects(row, "passages")]
                yield _document(string(row, "id"), _infons(row), passages, source, JSON_READER.name, line)


def _infons(value: Any) -> dict[str, str]:
    infons = value.get("infons") if isinstance(value, Mapping) else None
    return {str(k): str(v) for k, v in infons.items()} if isinstance(infons, Mapping) else {}


def _read_xml(source: Source) -> Items:
    for record in records(source, "document"):
        if isinstance(record, Unreadable):
            yield record
            continue
        passages = [_Passage(p.findtext("text") or "", _xml_infons(p)) for p in record.findall("passage")]
        yield _document(record.findtext("id"), _xml_infons(record), passages, source, XML_READER.name, None)


def _xml_infons(element: Element) -> dict[str, str]:
    return {i.get("key") or "": i.text or "" for i in element.findall("infon")}


def _document(
    doc_id: str | None, infons: Mapping[str, str], passages: list[_Passage], source: Source, form: str, line: int | None
) -> Document | Unreadable:
    facts = dict(infons)
    for passage in passages:
        for name, value in passage.infons.items():
            facts.setdefault(name, value)
    lines = list(_lines(passages, full_text=source.options.full_text))
    if not lines:
        what = "no passage of the document has text"
        return unreadable(source.uri, what, "Drop it.", line=line, place=f"document {doc_id}", doc_id=doc_id)
    plain = (doc_id or "").strip()
    return Document(
        text="\n".join(lines),
        format=form,
        doc_id=plain or None,
        uri=source.uri,
        title=next((_line(p) for p in passages if p.section in ("title", "front")), None),
        pmid=identifiers.pmid(facts.get("article-id_pmid") or (plain if plain.isdigit() else None)),
        pmcid=identifiers.pmcid(facts.get("article-id_pmc") or (plain if plain.upper().startswith("PMC") else None)),
        doi=identifiers.doi(facts.get("article-id_doi") or ""),
        journal=_journal(facts),
        year=identifiers.year(facts.get("year") or facts.get("date")),
    )


def _journal(facts: Mapping[str, str]) -> str | None:
    stated = facts.get("journal-title") or facts.get("journal") or ""
    return stated.split(";")[0].strip() or None  # PubTator writes the whole citation


def _lines(passages: Iterable[_Passage], *, full_text: bool) -> Iterator[str]:
    known = [p for p in passages if p.text.strip()]
    structured = any(p.section in _FRONT for p in known)
    heading = ""
    for passage in known:
        if structured and not _is_wanted(passage, full_text=full_text):
            continue
        if passage.is_heading and passage.section == "abstract":
            heading = passage.text  # set before the paragraph it stands over
            continue
        yield labelled(heading, _line(passage))
        heading = ""


def _is_wanted(passage: _Passage, *, full_text: bool) -> bool:
    if passage.section in _FRONT:
        return True
    return (
        full_text
        and passage.section not in _LEFT
        and (passage.section in _KEPT or bool(tells_of_the_trial(passage.section)))
    )


def _line(passage: _Passage) -> str:
    if passage.infons.get("type") == "table" and "\t" in passage.text:
        return "\n".join(rows_text(row.split("\t") for row in passage.text.splitlines()))
    return " ".join(passage.text.split())


JSON_READER = Reader(
    name="bioc_json",
    description="BioC JSON: PubTator, PMC; title and abstract; with --full-text methods, results and tables",
    suffixes=(".json",),
    sniff=_sniff_json,
    read=_read_json,
)
XML_READER = Reader(
    name="bioc_xml",
    description="BioC XML, the same",
    suffixes=(".xml",),
    sniff=_sniff_xml,
    read=_read_xml,
)
