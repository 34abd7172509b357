"""Plain text: a file is one document, and its raw text is the file's text to the last blank."""

from __future__ import annotations

from trialmine.ingest.encoding import decode
from trialmine.ingest.reader import Items, Reader, Source, unreadable
from trialmine.records.document import Document


def _read(source: Source) -> Items:
    data = source.bytes(source.limits.document_bytes)
    if data is None:
        what = f"the text is longer than one document may be ({source.limits.document_chars:,} characters)"
        yield unreadable(
            source.uri, what, 'If it holds many documents, write them as JSONL, one {"doc_id", "text"} object a line.'
        )
        return
    yield Document(text=decode(data), format=READER.name, uri=source.uri)


READER = Reader(
    name="text",
    description="plain text, one document a file, in any common encoding",
    suffixes=(".txt", ".text", ".md"),
    sniff=lambda _: 1,  # anything may be text; every other reader goes first
    read=_read,
)
