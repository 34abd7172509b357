"""PDF: the text of the pages in reading order, columns told apart, running heads and page numbers left out.

Words hyphenated at a line's end and ligatures stay as they are printed: cleaning mends them, and says so. Scanned pages
have no text, which is said.
"""

from __future__ import annotations

from typing import Any

from trialmine.errors import InputError, LimitError
from trialmine.ingest import identifiers
from trialmine.ingest.article_sections import chosen_lines
from trialmine.ingest.budget import raised
from trialmine.ingest.extras import needed
from trialmine.ingest.pdf_layout import Line, paragraphs, reading_order, without_furniture
from trialmine.ingest.pdf_lines import page_lines
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.records.document import Document

_HEAD_CHARS = 3_000  # of the first page, where an article prints its own DOI


def _sniff(head: Head) -> int:
    return 99 if b"%PDF-" in head.data[:1024] else 0


def _read(source: Source) -> Items:
    pdfium = needed("pypdfium2", "pdf")
    with source.file() as file:
        try:
            document = pdfium.PdfDocument(file.read())
        except pdfium.PdfiumError as error:
            locked = "password" in str(error).lower()
            what = "the PDF is locked with a password" if locked else f"the PDF is damaged ({error})"
            raise InputError(what, remedy="Unlock it, or fetch it again.") from error
    try:
        pages = _pages(document, source)
        title = str(document.get_metadata_value("Title") or "").strip()
    finally:
        document.close()
    lines = [line for page in without_furniture(pages) for line in reading_order(page)]
    text = [(part, False) for part in paragraphs(lines)]
    if not text:
        what = "no page of the PDF has text: they are pictures"
        yield unreadable(source.uri, what, "Run text recognition on it first (for example ocrmypdf).")
        return
    kept = "\n".join(chosen_lines(text, full_text=source.options.full_text))
    head = "\n".join(part for part, _ in text)[:_HEAD_CHARS]
    yield Document(
        text=kept,
        format=READER.name,
        uri=source.uri,
        title=title if title and _plain(title) in _plain(head) else None,  # often it is a file's name
        doi=identifiers.doi(head),
    )


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _pages(document: Any, source: Source) -> list[list[Line]]:
    if len(document) > source.limits.pages:
        what = f"the PDF has {len(document):,} pages; it may have {source.limits.pages:,}"
        raise LimitError(what, where=source.uri, remedy=raised("pages"))
    pages, size = [], 0
    for number in range(len(document)):
        source.budget.check_time()
        pages.append(page_lines(document[number]))
        size += sum(len(line.text) for line in pages[-1])
        if size > 2 * source.limits.document_chars:
            what = f"the PDF has more than {size:,} characters"
            raise LimitError(what, where=source.uri, remedy=raised("document_chars"))
    return pages


READER = Reader(
    name="pdf",
    description="a PDF with text in it; columns are told apart",
    suffixes=(".pdf",),
    sniff=_sniff,
    read=_read,
    binary=True,
)
