"""BioC JSON: a document per record, its raw text as one passage, a row as an annotation, links as relations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson

from trialmine.export.annotations import links, rows
from trialmine.export.writer import Notes, Options, Run, Writer, library
from trialmine.records.trial import TrialRecord
from trialmine.report.files import written_whole


def _write(run: Run, target: Path, _: Options, notes: Notes) -> None:
    bioc, biocjson = library("bioc"), library("bioc.biocjson")
    collection = bioc.BioCCollection()
    collection.source, collection.key = "trialmine", "https://github.com/trialmine/trialmine"
    for record, text in run.documents():
        collection.add_document(_document(bioc, record, text))
        notes.written += 1
    with written_whole(target) as file:
        biocjson.dump(collection, file, indent=None, ensure_ascii=True)


def _document(bioc: Any, record: TrialRecord, text: str) -> Any:
    document = bioc.BioCDocument()
    document.id = record.doc_id
    source = record.source.model_dump(exclude_none=True, exclude_defaults=True)
    told = {"record_id": record.record_id, "document_kind": record.document_kind, **source}
    document.infons = {name: value if isinstance(value, str) else _json(value) for name, value in told.items()}
    passage = bioc.BioCPassage()
    passage.offset, passage.text = 0, text
    document.add_passage(passage)
    for row in rows(record):
        passage.add_annotation(_annotation(bioc, row.key, row.kind, row.values, row.places))
    for number, link in enumerate(links(record), 1):
        relation = bioc.BioCRelation()
        relation.id, relation.infons = f"r{number}", {"type": link.kind}
        relation.add_node(bioc.BioCNode(link.source, "source"))
        relation.add_node(bioc.BioCNode(link.target, "target"))
        document.add_relation(relation)
    return document


def _annotation(bioc: Any, key: str, kind: str, values: dict[str, Any], places: Any) -> Any:
    annotation = bioc.BioCAnnotation()
    annotation.id = key
    annotation.infons = {"type": kind, **{n: v if isinstance(v, str) else _json(v) for n, v in values.items()}}
    annotation.text = places[0].quote
    for place in places:
        annotation.add_location(bioc.BioCLocation(place.start, place.end - place.start))
    return annotation


def _json(value: object) -> str:
    return orjson.dumps(value).decode()


BIOC = Writer(
    "bioc",
    "BioC JSON: texts with their rows as annotations and relations",
    _write,
    suffix=".json",
    never=("repairs of the text", "warnings"),
)
