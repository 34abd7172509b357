"""Rows of named columns (JSONL, JSON, CSV) to Documents: which names mean what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from trialmine.ingest import identifiers
from trialmine.ingest.pubmed_page import PageFacts, facts_of, is_page
from trialmine.ingest.reader import Items, unreadable
from trialmine.records.document import Document, Unreadable

# column names as users have them, lower case with "_" for anything else; the first that is filled counts
COLUMNS: dict[str, tuple[str, ...]] = {
    "doc_id": ("doc_id", "id", "docid", "document_id"),
    "text": ("text", "raw_text", "full_text", "body", "content"),
    "abstract": ("abstract", "abstract_text", "abstracttext"),
    "title": ("title", "article_title", "articletitle", "ti"),
    "pmid": ("pmid", "pubmed_id", "pubmedid"),
    "pmcid": ("pmcid", "pmc_id", "pmc"),
    "doi": ("doi",),
    "journal": ("journal", "journal_title", "journal_book", "source_title"),
    "year": ("year", "publication_year", "pub_year", "pubyear", "publication_date"),
    "language": ("language", "lang"),
    "registry_ids": ("registry_ids", "registry_id", "nct_id", "nctid", "nct", "trial_id"),
    "publication_types": ("publication_types", "publication_type"),
    "mesh_terms": ("mesh_terms", "mesh"),
}
TEXT_COLUMNS = (*COLUMNS["text"], *COLUMNS["abstract"], *COLUMNS["title"])
_OWN_RECORD = {"schema_version", "record_id", "evidence", "dosing"}


def column(name: object) -> str:
    """A column's name in the form that COLUMNS has: "Journal/Book" is "journal_book"."""
    return re.sub(r"[^0-9a-z]+", "_", str(name).strip().lstrip("\ufeff").lower()).strip("_")


def documents(value: object, *, uri: str, form: str, line: int) -> Items:
    """The documents of a JSON value: an object is one, an object around a list of objects holds many."""
    if not isinstance(value, dict):
        yield unreadable(uri, "this is no JSON object", 'Write {"doc_id": …, "text": …} objects.', line=line)
        return
    lists = [v for v in value.values() if isinstance(v, list) and v and all(isinstance(row, dict) for row in v)]
    wrapped = len(lists) == 1 and not {column(k) for k in value} & {*TEXT_COLUMNS, "record_id"}
    for row in lists[0] if wrapped else [value]:
        yield document(row, uri=uri, form=form, line=line)


def document(row: Mapping[Any, Any], *, uri: str, form: str, line: int) -> Document | Unreadable:
    """The document of one row: `text` verbatim, else title and abstract on lines of their own."""
    cells = {column(k): v for k, v in row.items() if v is not None and v != ""}
    doc_id = _string(_cell(cells, "doc_id"))
    for name in ("text", "abstract", "title"):
        value = _cell(cells, name)
        if value is not None and not isinstance(value, str):
            what = f"the {name} is {_kind(value)}, not a string"
            return unreadable(uri, what, "Write it as one string.", line=line, doc_id=doc_id)
    text = _text(cells)
    if text is None:
        return unreadable(uri, *_no_text(row, cells), line=line, doc_id=doc_id)
    return _filled(cells, text, doc_id, uri, form)


def _filled(cells: Mapping[str, Any], text: str, doc_id: str | None, uri: str, form: str) -> Document:
    page = facts_of(text) if is_page(text) else PageFacts()
    return Document(
        text=text,
        format=form,
        doc_id=doc_id,
        uri=uri,
        title=_string(_cell(cells, "title")) or page.title,
        pmid=identifiers.pmid(_cell(cells, "pmid")) or page.pmid,
        pmcid=identifiers.pmcid(_cell(cells, "pmcid")) or page.pmcid,
        doi=identifiers.doi(_string(_cell(cells, "doi")) or "") or page.doi,
        journal=_string(_cell(cells, "journal")) or page.journal,
        year=identifiers.year(_cell(cells, "year")) or page.year,
        registry_ids=_strings(_cell(cells, "registry_ids")),
        language=_string(_cell(cells, "language")),
        publication_types=_strings(_cell(cells, "publication_types")),
        mesh_terms=_strings(_cell(cells, "mesh_terms")),
        notes=identifiers.broken_in_fields({kind: _cell(cells, kind) for kind in ("pmid", "pmcid", "doi")}),
    )


def _text(cells: Mapping[str, Any]) -> str | None:
    text: str | None = _cell(cells, "text")
    if text is not None:
        return text
    parts = [part for part in (_cell(cells, "title"), _cell(cells, "abstract")) if part]
    return "\n".join(parts) if parts else None


def _no_text(row: Mapping[Any, Any], cells: Mapping[str, Any]) -> tuple[str, str]:
    if len(_OWN_RECORD & cells.keys()) > 1:
        return (
            "this is a trial record that trialmine wrote, not a document",
            "Give the documents that it was made from.",
        )
    names = ", ".join(str(k)[:40] for k in list(row)[:12]) or "none"
    if {column(k) for k in row} & {*TEXT_COLUMNS}:
        return "the record has no text", "Fill its text, or abstract and title."
    return (
        f"the record has no text; its fields are: {names}",
        'Name the field with the text "text", or "abstract" and "title".',
    )


def _cell(cells: Mapping[str, Any], name: str) -> Any:
    return next((cells[alias] for alias in COLUMNS[name] if alias in cells), None)


def _string(value: object) -> str | None:
    if value is None or isinstance(value, (list, dict)):
        return None
    return str(value).strip() or None


def _strings(value: object) -> tuple[str, ...]:
    parts: Iterable[object] = value if isinstance(value, list) else re.split(r"[;|]", str(value)) if value else ()
    return tuple(str(p).strip() for p in parts if str(p).strip())


def _kind(value: object) -> str:
    return {list: "a list", dict: "an object", bool: "true or false"}.get(type(value), "a number")
