"""The body of a JATS article: methods and results with their headings, and the tables, each row a line."""

from __future__ import annotations

from collections.abc import Iterator

from trialmine.ingest.article_sections import tells_of_the_trial
from trialmine.ingest.markup import inline_text
from trialmine.ingest.table_text import rows_text
from trialmine.ingest.xml_records import Element

_STATED = {"methods": True, "materials": True, "subjects": True, "cases": True, "results": True}
_WIDEST = 50  # columns that one cell may span
_PARAGRAPHS = frozenset({"p", "disp-quote", "list", "def-list", "boxed-text", "verse-group", "statement"})


def body_lines(article: Element) -> Iterator[str]:
    """Lines of methods and results; of a body without such headings, all of it. Tables at the end of the file last."""
    body = article.find("body")
    if body is None:
        return
    sections = [s for s in body.findall("sec") if _is_kept(s)]
    if not sections:
        yield from _lines(body)
    for section in sections:
        yield from _lines(section)
    for table in article.iterfind("floats-group//table-wrap"):
        yield from table_lines(table)


def _is_kept(section: Element) -> bool:
    kinds = (section.get("sec-type") or "").lower().replace("|", " ").split()
    if any(_STATED.get(kind) for kind in kinds):
        return True
    title = section.find("title")
    said = tells_of_the_trial(inline_text(title)) if title is not None else None
    # an article that calls its methods by another name ("The trial") holds them one level further down
    return bool(said) if said is not None else any(_is_kept(s) for s in section.findall("sec"))


def _lines(part: Element) -> Iterator[str]:
    for child in part:
        tag = child.tag
        if tag == "title":
            if text := inline_text(child):
                yield text
        elif tag in ("sec", "boxed-text"):
            yield from _lines(child)
        elif tag == "table-wrap":
            yield from table_lines(child)
        elif tag in _PARAGRAPHS:
            yield from _paragraph(child)


def _paragraph(element: Element) -> Iterator[str]:
    if element.tag == "list":
        yield from (text for item in element.findall("list-item") if (text := inline_text(item)))
    elif text := inline_text(element):
        yield text
    for table in element.iterfind(".//table-wrap"):
        yield from table_lines(table)


def table_lines(wrap: Element) -> Iterator[str]:
    """A table's label and caption in one line, then its rows, then its notes."""
    heads = [e for name in ("label", "caption") if (e := wrap.find(name)) is not None]
    if caption := " ".join(text.rstrip(".") + "." for e in heads if (text := inline_text(e))):
        yield caption
    for table in wrap.iterfind(".//table"):
        yield from rows_text([_cells(row) for row in table.iter("tr")])
    for foot in wrap.iterfind("table-wrap-foot"):
        if text := " ".join(t for e in foot.iter("p") if (t := inline_text(e))):
            yield text


def _cells(row: Element) -> list[str]:
    """A row's cells; one that spans columns is followed by empty ones, so that the next keeps its place."""
    cells: list[str] = []
    for cell in row.iterchildren("td", "th"):
        span = cell.get("colspan") or "1"
        cells += [inline_text(cell), *[""] * (min(int(span), _WIDEST) - 1 if span.isdecimal() else 0)]
    return cells
