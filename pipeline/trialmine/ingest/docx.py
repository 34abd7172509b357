"""Word documents: headings, paragraphs and tables in their order, as the final version reads.

Text that tracked changes have deleted, headers, footers, notes, comments and pictures are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialmine.ingest.article_sections import chosen_lines
from trialmine.ingest.extras import needed
from trialmine.ingest.package import checked_package
from trialmine.ingest.reader import Head, Items, Reader, Source
from trialmine.ingest.table_text import row_text
from trialmine.ingest.xml_records import Element
from trialmine.records.document import Document

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LEFT_OUT = frozenset(
    {f"{_W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "sdtPr", "txbxContent")}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}


def _sniff(head: Head) -> int:
    return 85 if head.data.startswith(b"PK\x03\x04") and b"word/" in head.data else 0


def _read(source: Source) -> Items:
    docx = needed("docx", "office")
    with source.file() as file:
        document = docx.Document(checked_package(file, source.budget))
        styles = {style.style_id: str(style.name or "") for style in document.styles}
        blocks = [(text, heading) for text, heading in _blocks(document.element.body, styles) if text]
        core = document.core_properties
        title = next((text for text, kind in blocks if kind == "title"), None) or str(core.title or "").strip()
    lines = chosen_lines([(text, bool(kind)) for text, kind in blocks], full_text=source.options.full_text)
    yield Document(text="\n".join(lines), format=READER.name, uri=source.uri, title=title or None)


def _blocks(body: Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(text, "title", "heading" or "") of each paragraph and table row."""
    for element in body.iterchildren():
        if element.tag == f"{_W}p":
            style = element.find(f"{_W}pPr/{_W}pStyle")
            name = styles.get(style.get(f"{_W}val") or "", "").lower() if style is not None else ""
            kind = "title" if name == "title" else "heading" if name.startswith("heading") else ""
            yield from ((line, kind) for line in _text(element).split("\n"))
        elif element.tag == f"{_W}tbl":
            for row in element.iterchildren(f"{_W}tr"):
                yield row_text([_text(cell) for cell in row.iter(f"{_W}tc")]), ""
        elif element.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins"):
            yield from _blocks(element, styles)


def _text(element: Element) -> str:
    parts: list[str] = []
    _collect(element, parts)
    lines = "".join(parts).split("\n")
    return "\n".join(" ".join(line.split(" ")).strip() for line in lines)


def _collect(element: Element, parts: list[str]) -> None:
    for child in element:
        if child.tag == f"{_W}t":
            if _is_raised(child) and re.search(r"(?<![\d.,])10$", "".join(parts[-3:])):
                parts.append("^")
            parts.append(child.text or "")
        elif child.tag in _SIGNS:
            parts.append(_SIGNS[child.tag])
        elif child.tag not in _LEFT_OUT:
            if child.tag == f"{_W}p" and parts:
                parts.append("\n")
            _collect(child, parts)


def _is_raised(text: Element) -> bool:
    run = text.getparent()
    raised = run.find(f"{_W}rPr/{_W}vertAlign[@{_W}val='superscript']") if run is not None else None
    return raised is not None and bool(re.fullmatch(r"[-−–]?\d{1,2}", (text.text or "").strip()))


READER = Reader(
    name="docx",
    description="a Word document",
    suffixes=(".docx", ".docm"),
    sniff=_sniff,
    read=_read,
    binary=True,
    part="word/document.xml",
)
