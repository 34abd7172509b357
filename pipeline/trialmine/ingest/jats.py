"""JATS and its NLM forerunners (.nxml of PubMed Central): title and abstract; of whole articles methods and results."""

from __future__ import annotations

from collections.abc import Iterator

from trialmine.ingest import identifiers
from trialmine.ingest.jats_body import body_lines
from trialmine.ingest.markup import inline_text, labelled, texts
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.xml_records import Element, records
from trialmine.records.document import Document, Unreadable

# abstracts beside the abstract: pictures, teasers and summaries for other readers
_SIDE_ABSTRACTS = frozenset({
    "graphical", "toc", "editor", "editors", "teaser", "author-highlights", "highlights", "key-points",
    "web-summary", "executive-summary", "plain-language-summary", "video", "short", "video-abstract",
})  # fmt: skip
_PRINT_FIRST = ("ppub", "epub-ppub", "collection", "pub", "epub", "")  # PubMed counts the printed year
_NO_LABEL = ("abstract", "summary")  # a heading over the whole abstract


def _sniff(head: Head) -> int:
    text = head.text
    if not text.startswith("<") or "<article" not in text:
        return 0
    marks = (
        "<article-meta",
        "<journal-meta",
        "-//NLM//DTD",
        "JATS",
        "archivearticle",
        "<pmc-articleset",
        "article-type=",
    )
    return 90 if any(mark in text for mark in marks) else 0


def _read(source: Source) -> Items:
    for record in records(source, "article"):
        yield record if isinstance(record, Unreadable) else _document(record, source)


def _document(article: Element, source: Source) -> Document | Unreadable:
    uri = source.uri
    front = article.find("front")
    meta = article.find("front/article-meta") if front is not None else article.find("article-meta")
    if meta is None:
        return unreadable(uri, "the article has no <article-meta>", "Check that the file is a whole JATS article.")
    heading = meta.find("title-group/article-title")
    title = inline_text(heading) if heading is not None else None
    body = body_lines(article) if source.options.full_text else ()
    lines = [line for line in (title, *_abstract(meta), *body) if line]
    pmid = _article_id(meta, "pmid")
    if not lines:
        return unreadable(uri, "the article has neither title nor abstract", "Drop it.", doc_id=pmid)
    return Document(
        text="\n".join(lines),
        format=READER.name,
        uri=uri,
        title=title or None,
        pmid=identifiers.pmid(pmid),
        pmcid=identifiers.pmcid(_article_id(meta, "pmc") or _article_id(meta, "pmcid")),
        doi=identifiers.doi(_article_id(meta, "doi") or ""),
        journal=_journal(article),
        year=_year(meta),
        registry_ids=_registry_ids(meta),
        language=article.get("{http://www.w3.org/XML/1998/namespace}lang"),
        publication_types=_kinds(article, meta),
    )


def _article_id(meta: Element, kind: str) -> str | None:
    return meta.findtext(f"article-id[@pub-id-type='{kind}']")


def _journal(article: Element) -> str | None:
    meta = article.find("front/journal-meta")
    if meta is None:
        return None
    return (
        meta.findtext("journal-title-group/journal-title")
        or meta.findtext("journal-title")
        or meta.findtext("journal-id")
    )


def _year(meta: Element) -> int | None:
    dates = {d.get("pub-type") or d.get("date-type") or "": d.findtext("year") for d in meta.findall("pub-date")}
    years = (identifiers.year(dates.get(kind)) for kind in _PRINT_FIRST)
    return next((y for y in years if y), None)


def _kinds(article: Element, meta: Element) -> tuple[str, ...]:
    stated = article.get("article-type")
    subjects = texts(meta.findall("article-categories/subj-group[@subj-group-type='heading']/subject"))
    return tuple(dict.fromkeys([*([stated] if stated else []), *subjects]))


def _registry_ids(meta: Element) -> tuple[str, ...]:
    found = (identifiers.registry_ids(inline_text(e)) for e in meta.iterfind(".//ext-link"))
    return tuple(dict.fromkeys(number for numbers in found for number in numbers))


def _abstract(meta: Element) -> list[str]:
    abstracts = meta.findall("abstract")
    main = [a for a in abstracts if a.get("abstract-type") not in _SIDE_ABSTRACTS]
    # an abstract that is marked as a summary may be the only one
    chosen = main[0] if main else max(abstracts, key=lambda a: len(inline_text(a)), default=None)
    return list(_lines(chosen)) if chosen is not None else []


def _lines(part: Element) -> Iterator[str]:
    """The paragraphs of an abstract or section, each on a line, the first of a section behind its heading."""
    label = ""
    for child in part:
        if child.tag == "title":
            label = _label(part, child)
        elif child.tag == "sec":
            if label:
                yield label
                label = ""
            yield from _lines(child)
        elif child.tag == "list":
            for text in texts(child.findall("list-item")):
                yield labelled(label, text)
                label = ""
        elif child.tag in ("p", "disp-quote") and (text := _paragraph(child)):
            yield labelled(label, text)
            label = ""


def _label(part: Element, title: Element) -> str:
    text = inline_text(title)
    return "" if part.tag == "abstract" and text.lower().strip(" :.") in _NO_LABEL else text


def _paragraph(p: Element) -> str:
    """A paragraph's text; a bold heading at its start that runs into the next word is set off."""
    first = p[0] if len(p) else None
    runs_on = (
        first is not None and first.tag == "bold" and not (p.text or "").strip() and (first.tail or " ")[0].isalnum()
    )
    if first is not None and runs_on:
        first.tail = f" {first.tail}" if inline_text(first).endswith((":", ".")) else f": {first.tail}"
    return inline_text(p)


READER = Reader(
    name="jats",
    description="JATS XML (.nxml of PubMed Central): title and abstract; with --full-text methods, results and tables",
    suffixes=(".nxml", ".xml"),
    sniff=_sniff,
    read=_read,
)
