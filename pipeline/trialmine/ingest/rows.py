"""Rows of named columns (JSONL, JSON, CSV) to Documents: which names mean what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from trialmine.ingest import identifiers
from trialmine.ingest.corpus import MARK, document_of
from trialmine.ingest.pubmed_page import PageFacts, facts_of, is_page
from trialmine.ingest.reader import Items, Source, unreadable
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
TEXT_FIELDS = ("text", "abstract", "title")
_OWN_RECORD = {"schema_version", "record_id", "evidence", "dosing"}


def column(name: object) -> str:
    """A column's name in the form that COLUMNS has: "Journal/Book" is "journal_book"."""
    return re.sub(r"[^0-9a-z]+", "_", str(name).strip().lstrip("\ufeff").lower()).strip("_")


class Rows:
    """Makes documents of the rows of one source, by the usual column names or the ones that the user gave."""

    def __init__(self, source: Source, form: str, *, usual: bool = False) -> None:
        self._uri = source.uri
        self._form = form
        given = {} if usual else source.options.columns
        self._own = frozenset(map(column, given.values()))
        # one call may read files of several kinds: those that have none of the user's columns go by the usual names
        self._usual = Rows(source, form, usual=True) if given else self
        self._names = COLUMNS | {name: (column(own),) for name, own in given.items()}
        if given.keys() & {"abstract", "title"} and "text" not in given:
            self._names["text"] = ()  # who says where the abstract is means no other text
        self.known_columns = frozenset(alias for names in self._names.values() for alias in names)
        self.text_columns = frozenset(alias for name in TEXT_FIELDS for alias in self._names[name])
        if given:
            self.known_columns |= self._usual.known_columns
            self.text_columns |= self._usual.text_columns

    def documents(self, value: object, line: int) -> Items:
        """The documents of a JSON value: an object is one, an object around a list of objects holds many."""
        if not isinstance(value, dict):
            yield unreadable(self._uri, "this is no JSON object", 'Write {"doc_id": …, "text": …} objects.', line=line)
            return
        if MARK in value:
            yield document_of(value, self._uri, line)
            return
        lists = [v for v in value.values() if isinstance(v, list) and v and all(isinstance(row, dict) for row in v)]
        wrapped = len(lists) == 1 and not {column(k) for k in value} & {*self.text_columns, "record_id"}
        for row in lists[0] if wrapped else [value]:
            yield self.document(row, line)

    def document(self, row: Mapping[Any, Any], line: int) -> Document | Unreadable:
        """The document of one row: `text` verbatim, else title and abstract on lines of their own."""
        if self._own.isdisjoint(map(column, row)) and self._usual is not self:
            return self._usual.document(row, line)
        cells = {column(k): v for k, v in row.items() if v is not None and v != ""}
        doc_id = _string(self._cell(cells, "doc_id"))
        for name in TEXT_FIELDS:
            value = self._cell(cells, name)
            if value is not None and not isinstance(value, str):
                what = f"the {name} is {_kind(value)}, not a string"
                return unreadable(self._uri, what, "Write it as one string.", line=line, doc_id=doc_id)
        text = self._text(cells)
        if text is None:
            return unreadable(self._uri, *self._no_text(row, cells), line=line, doc_id=doc_id)
        return self._filled(cells, text, doc_id)

    def _filled(self, cells: Mapping[str, Any], text: str, doc_id: str | None) -> Document:
        page = facts_of(text) if is_page(text) else PageFacts()

        def cell(name: str) -> Any:
            return self._cell(cells, name)

        return Document(
            text=text,
            format=self._form,
            doc_id=doc_id,
            uri=self._uri,
            title=_string(cell("title")) or page.title,
            pmid=identifiers.pmid(cell("pmid")) or page.pmid,
            pmcid=identifiers.pmcid(cell("pmcid")) or page.pmcid,
            doi=identifiers.doi(_string(cell("doi")) or "") or page.doi,
            journal=_string(cell("journal")) or page.journal,
            year=identifiers.year(cell("year")) or page.year,
            registry_ids=_strings(cell("registry_ids")),
            language=_string(cell("language")),
            publication_types=_strings(cell("publication_types")),
            mesh_terms=_strings(cell("mesh_terms")),
            notes=identifiers.broken_in_fields({kind: cell(kind) for kind in ("pmid", "pmcid", "doi")}),
        )

    def _text(self, cells: Mapping[str, Any]) -> str | None:
        text: str | None = self._cell(cells, "text")
        if text is not None:
            return text
        parts = [part for part in (self._cell(cells, "title"), self._cell(cells, "abstract")) if part]
        return "\n".join(parts) if parts else None

    def _no_text(self, row: Mapping[Any, Any], cells: Mapping[str, Any]) -> tuple[str, str]:
        if len(_OWN_RECORD & cells.keys()) > 1:
            return (
                "this is a trial record that trialmine wrote, not a document",
                "Give the documents that it was made from.",
            )
        if {column(k) for k in row} & self.text_columns:
            return "the record has no text", "Fill its text, or abstract and title."
        return no_text_column(list(row), "record")

    def _cell(self, cells: Mapping[str, Any], name: str) -> Any:
        return next((cells[alias] for alias in self._names[name] if alias in cells), None)


def no_text_column(names: Sequence[object], what: str) -> tuple[str, str]:
    """What is wrong with a table or record none of whose columns holds the text, and what to do."""
    shown = ", ".join(str(name).strip()[:40] for name in names[:12]) or "none"
    remedy = 'Say which one holds it with --columns text=NAME, or name it "text", or "abstract" and "title".'
    return f"the {what} has no column with the text; its columns are: {shown}", remedy


def _string(value: object) -> str | None:
    if value is None or isinstance(value, (list, dict)):
        return None
    return str(value).strip() or None


def _strings(value: object) -> tuple[str, ...]:
    parts: Iterable[object] = value if isinstance(value, list) else re.split(r"[;|]", str(value)) if value else ()
    return tuple(str(p).strip() for p in parts if str(p).strip())


def _kind(value: object) -> str:
    return {list: "a list", dict: "an object", bool: "true or false"}.get(type(value), "a number")
