"""Europe PMC JSON: results of its search service (resultType core, or lite without abstracts)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from lxml import html

from trialmine.ingest import identifiers
from trialmine.ingest.facts import objects, string, strings
from trialmine.ingest.json_values import values
from trialmine.ingest.markup import labelled
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.records.document import Document, Unreadable

_MARKS = ('"resultList"', '"abstractText"', '"pubTypeList"', '"journalInfo"', '"authorString"', '"fullTextUrlList"')
_HEADING = re.compile(r"<h[1-6][^>]{0,100}>(.*?)</h[1-6]>", re.IGNORECASE | re.DOTALL)


def _sniff(head: Head) -> int:
    return 95 if head.text.startswith(("{", "[")) and sum(mark in head.text for mark in _MARKS) >= 2 else 0


def _read(source: Source) -> Items:
    for item in values(source):
        if isinstance(item, Unreadable):
            yield item
            continue
        line, value = item
        results = list(objects(value, "resultList", "result"))
        for number, row in enumerate(results or [value], 1):
            if isinstance(row, Mapping) and ("source" in row or {"id", "title"} <= row.keys()):
                place = f"result {number}" if results else None
                yield _document(row, source.uri, line if not results else None, place)


def _document(row: Mapping[str, Any], uri: str, line: int | None, place: str | None) -> Document | Unreadable:
    title = _plain(string(row, "title") or "") or None
    lines = [text for text in (title, *_abstract(string(row, "abstractText") or "")) if text]
    pmid = identifiers.pmid(row.get("pmid"))
    if not lines:
        what = "the result has neither title nor abstract"
        return unreadable(uri, what, "Ask for resultType=core.", line=line, place=place, doc_id=string(row, "id"))
    return Document(
        text="\n".join(lines),
        format=READER.name,
        uri=uri,
        title=title,
        pmid=pmid,
        pmcid=identifiers.pmcid(row.get("pmcid")),
        doi=identifiers.doi(string(row, "doi") or ""),
        journal=string(row, "journalInfo", "journal", "title") or string(row, "journalTitle"),
        year=identifiers.year(string(row, "journalInfo", "yearOfPublication") or string(row, "pubYear")),
        language=string(row, "language"),
        publication_types=strings(row, "pubTypeList", "pubType") or strings(row, "pubType"),
        mesh_terms=tuple(
            name for mesh in objects(row, "meshHeadingList", "meshHeading") if (name := string(mesh, "descriptorName"))
        ),
    )


def _abstract(markup: str) -> list[str]:
    """The abstract's sections, each behind its heading, in lines of their own."""
    first, *parts = _HEADING.split(markup)
    sections = [labelled(_plain(label), _plain(text)) for label, text in zip(parts[::2], parts[1::2], strict=True)]
    return [_plain(first), *sections]


def _plain(markup: str) -> str:
    """The text of a bit of HTML in one line; an exponent of ten keeps its height."""
    if "<" in markup or "&" in markup:
        raised = re.sub(r"(?<=10)<sup>(?=[-−–]?\d{1,2}</sup>)", "^", markup)
        # "P<0.05" is no tag: only names that markup has are
        safe = re.sub(r"<(?!/?[A-Za-z][A-Za-z0-9]{0,20}(?:\s[^<>]{0,300})?/?>)", "&lt;", raised)
        markup = "".join(map(str, html.fromstring(f"<div>{safe}</div>").itertext()))
    return " ".join(markup.split())


READER = Reader(
    name="europepmc",
    description="Europe PMC JSON: results of its search, with abstracts if asked for as core",
    suffixes=(".json",),
    sniff=_sniff,
    read=_read,
)
