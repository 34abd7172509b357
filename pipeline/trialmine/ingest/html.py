"""HTML: the article of a saved PubMed page, or the main content of any other page, as a reader sees it.

Headings, paragraphs and list items stand on lines of their own; scripts, menus and forms are dropped.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from typing import cast

from lxml import etree

from trialmine.ingest import identifiers
from trialmine.ingest.article_sections import chosen_lines
from trialmine.ingest.encoding import decode
from trialmine.ingest.pubmed_page import PageFacts
from trialmine.ingest.reader import Head, Items, Reader, Source, unreadable
from trialmine.ingest.xml_records import Element, is_deeper, size_of
from trialmine.records.document import Document

_DROPPED = frozenset({
    "script", "style", "noscript", "template", "nav", "footer", "aside", "form", "button", "select", "option",
    "svg", "math", "canvas", "iframe", "object", "embed", "video", "audio", "head", "dialog", "menu", "input",
    "textarea", "figure", "picture",
})  # fmt: skip
_DROPPED_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "search", "complementary", "dialog", "alert", "menu", "toolbar",
})  # fmt: skip
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li",
    "dl", "dt", "dd", "table", "thead", "tbody", "tfoot", "tr", "caption", "blockquote", "pre", "hr", "address",
    "figcaption", "details", "summary", "fieldset", "center", "body",
})  # fmt: skip
_CELLS = frozenset(("td", "th"))
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAK, _HEADING = "\0", "\1"  # no HTML text holds them: they mark the line ends that the page shows, and headings
_ABSTRACT = ("abstract", "summary")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_TAGS = re.compile(r"<(?:html|head|body|div|p|h[1-6]|span|br|table|article|meta|title|a)\b[^<>]{0,500}>", re.IGNORECASE)
_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9._-]{2,40})", re.IGNORECASE)
_MAIN = ("//article", "//main", "//*[@role='main']", "//*[@id='content' or @id='main-content' or @id='main']")
_PUBMED_ABSTRACT = "//*[contains(concat(' ', normalize-space(@class), ' '), ' abstract-content ')]"
_MAIN_SHARE = 0.25  # a "main" part with less of the page's text than this is a teaser or a widget
_BOXES = frozenset(("ul", "ol", "div", "table"))
_MENU_LINKS = 4  # a list of so many links and hardly anything else is a menu


def _sniff(head: Head) -> int:
    start = head.text[:2000].lower()
    if re.match(r"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*(?:<!doctype html|<html)", start, re.DOTALL):
        return 92
    tags = len(_TAGS.findall(head.text))
    return 65 if tags >= 3 and head.text.startswith("<") else 30 if tags >= 8 else 0


def _read(source: Source) -> Items:
    limits = source.limits
    data = source.bytes(limits.page_bytes)
    root: Element | None = None
    fault: str | None = f"the page has more than {limits.page_bytes:,} bytes"
    if data is not None:
        root, fault = _parse(_decode(data))
    if root is None or fault:
        yield unreadable(source.uri, fault or "there is no HTML element in it", "Save its text and give that.")
        return
    if is_deeper(root, limits.depth):
        fault = f"the page has more than {limits.depth} levels"
    elif size_of(root) > limits.elements:
        fault = f"the page has more than {limits.elements:,} elements"
    if fault:
        yield unreadable(source.uri, fault, "Save its text and give that, or raise the limit with --limit.")
        return
    facts = _facts(root)
    yield Document(
        text=_pubmed_text(root, facts.title) or _main_text(root, facts.title, full_text=source.options.full_text),
        format=READER.name,
        uri=source.uri,
        language=root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        registry_ids=(),
        publication_types=_listed(root, "publication-types"),
        mesh_terms=_listed(root, "mesh-terms"),
        **asdict(facts),
    )


def _decode(data: bytes) -> str:
    declared = _CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode().lower()
        if name not in ("utf-8", "utf8", "iso-8859-1", "latin-1", "us-ascii", "windows-1252"):
            try:
                return data.decode(name, "replace")
            except LookupError:
                pass  # a charset that does not exist; the bytes tell
    return decode(data)


def _parse(text: str) -> tuple[Element | None, str | None]:
    """The page's root, and why parsing stopped before its end, if it did (too deep, too long a text)."""
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    root: Element | None = etree.fromstring(text.encode("utf-8", "replace"), parser)
    stops = [e.message for e in parser.error_log if e.level == etree.ErrorLevels.FATAL and "RESOURCE" in e.type_name]
    return root, f"the page can't be parsed ({stops[0].split(', use')[0]})" if stops else None


def _facts(root: Element) -> PageFacts:
    """What the page's citation_* elements (Highwire, used by PubMed and nearly all journals) and Dublin Core say."""
    said: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").lower()
        said.setdefault(name, re.sub(r"\s+", " ", meta.get("content") or "").strip())
    heading = next((t for h in root.iter("h1") if (t := _plain(h))), None)

    def of(*names: str) -> str | None:
        return next((said[n] for n in names if said.get(n)), None)

    return PageFacts(
        title=of("citation_title", "dc.title") or heading or of("og:title") or None,
        journal=of("citation_journal_title", "citation_publisher", "citation_journal_abbrev"),
        year=identifiers.year(
            of("citation_publication_date", "citation_date", "citation_year", "dc.date", "dc.issued")
        ),
        doi=identifiers.doi(of("citation_doi", "dc.identifier", "prism.doi") or ""),
        pmid=identifiers.pmid(of("citation_pmid", "ncbi_uid")),
        pmcid=identifiers.pmcid(of("citation_pmcid")),
    )


def _select(root: Element, path: str) -> list[Element]:
    return cast("list[Element]", root.xpath(path))


def _listed(root: Element, part: str) -> tuple[str, ...]:
    """The entries of a keyword section of a PubMed page."""
    entries = _select(root, f"//*[@id='{part}' or contains(@class, '{part}')]//li")
    names = (_plain(next(e.iter("button"), e)) for e in entries)
    # "Gout* / drug therapy*": the star marks a major topic, the qualifier follows the heading
    return tuple(dict.fromkeys(name.split(" / ")[0].strip("* ") for name in names if name))


def _plain(element: Element) -> str:
    return re.sub(r"\s+", " ", "".join(map(str, element.itertext()))).strip()


def _pubmed_text(root: Element, title: str | None) -> str | None:
    """Title and abstract of a PubMed page; of an abstract in several languages the first counts."""
    abstracts = _select(root, _PUBMED_ABSTRACT)
    if not abstracts:
        return None
    body = _text_of(abstracts[0])
    # the registration, in newer pages, is a paragraph of its own beside the abstract's text
    beside = abstracts[0].getnext()
    more = _text_of(beside) if beside is not None and "registration" in _plain(beside)[:40].lower() else ""
    return "\n".join(part for part in (title, body, more) if part) if body else None


def _main_text(root: Element, title: str | None, *, full_text: bool) -> str:
    lines = _main_lines(root)
    chosen = chosen_lines(lines, full_text=full_text)
    if len(chosen) < len(lines):  # an article: what stands between title and abstract are names and buttons
        abstract = next((i for i, text in enumerate(chosen) if text.lower().strip(" .:") in _ABSTRACT), 0)
        chosen = [title, *chosen[abstract:]] if title and abstract else chosen
    return "\n".join(chosen)


def _main_lines(root: Element) -> list[tuple[str, bool]]:
    bodies = _select(root, "//body")
    body = bodies[0] if bodies else root
    whole = _lines_of(body)
    for path in _MAIN:
        parts = _select(root, path)
        if len(parts) == 1:
            lines = _lines_of(parts[0])
            if _size(lines) >= _MAIN_SHARE * _size(whole):
                return lines
    return whole


def _size(lines: list[tuple[str, bool]]) -> int:
    return sum(len(text) + 1 for text, _ in lines)


def _text_of(element: Element) -> str:
    """The visible text of `element`, a line a block."""
    return "\n".join(text for text, _ in _lines_of(element))


def _lines_of(element: Element) -> list[tuple[str, bool]]:
    """The visible lines of `element`, and whether each is a heading."""
    parts: list[str] = []
    _collect(element, parts, _menus(element))
    # a no-break space is no layout: it stays
    lines = (re.sub(r"[ \t\r\n\f\v]+", " ", line).strip() for line in "".join(parts).split(_BREAK))
    plain = ((line.removesuffix(" |").lstrip(_HEADING), line.startswith(_HEADING)) for line in lines)
    return [(text, heading) for text, heading in plain if text and text != "|"]


def _collect(element: Element, parts: list[str], menus: set[Element]) -> None:
    # deep recursion is no danger: the parser refuses more than 256 levels
    tag = element.tag
    block = tag in _BLOCKS
    if block or tag == "br":
        parts.append(_BREAK + _HEADING if tag in _HEADINGS else _BREAK)
    parts.append(_unmarked(element.text))
    for child in element:
        if isinstance(child.tag, str) and child not in menus and not _is_furniture(child) and not _is_citation(child):
            if child.tag == "sup" and _is_exponent("".join(parts[-3:]), child):
                parts.append("^")
            _collect(child, parts, menus)
        parts.append(_unmarked(child.tail))
    if tag in _CELLS and element.getnext() is not None:
        parts.append(" | ")
    if block:
        parts.append(_BREAK)


def _unmarked(text: str | None) -> str:
    return (text or "").replace(_BREAK, "").replace(_HEADING, "")


def _is_citation(sup: Element) -> bool:
    """Whether this is a raised number that links to a reference: "in 2005<sup>3</sup>" must not read "in 20053"."""
    if sup.tag not in ("sup", "a"):
        return False
    links = sup.tag == "sup" and (sup.find(".//a") is not None or _is_link_to_here(sup.getparent()))
    raised = links or (sup.tag == "a" and sup.find("sup") is not None and _is_link_to_here(sup))
    return raised and bool(re.fullmatch(r"[\s\[(]*\d[\d\s,–\-\])]*", "".join(map(str, sup.itertext()))))


def _is_link_to_here(element: Element | None) -> bool:
    return element is not None and element.tag == "a" and "#" in (element.get("href") or "")


def _is_exponent(before: str, sup: Element) -> bool:
    return bool(re.search(r"(?<![\d.,])10$", before) and re.fullmatch(r"[-−–]?\d{1,2}", (sup.text or "").strip()))


def _is_furniture(element: Element) -> bool:
    if element.tag == "figure" and element.find(".//table") is not None:
        return False  # some publishers wrap tables in figures
    if element.tag in _DROPPED or element.get("role") in _DROPPED_ROLES or element.get("hidden") is not None:
        return True
    return element.get("aria-hidden") == "true" or bool(_HIDDEN.search(element.get("style") or ""))


def _menus(root: Element) -> set[Element]:
    """Lists and boxes of links with hardly any text beside them; told in one pass, each element from its children."""
    menus: set[Element] = set()
    sizes: dict[Element, tuple[int, int, int]] = {}  # links, characters in links, characters
    for _, element in etree.iterwalk(root, events=("end",)):
        children = [sizes.pop(child, (0, 0, 0)) for child in element]
        own = len((element.text or "").strip()) + sum(len((child.tail or "").strip()) for child in element)
        links, linked, size = (sum(c[i] for c in children) for i in range(3))
        size += own
        if element.tag == "a":
            links, linked = links + 1, size
        sizes[element] = (links, linked, size)
        if element.tag in _BOXES and links >= _MENU_LINKS and linked > 0.8 * size and linked < 80 * links:
            menus.add(element)
    return menus


READER = Reader(
    name="html",
    description="a saved web page: PubMed, journal or any other",
    suffixes=(".html", ".htm", ".xhtml"),
    sniff=_sniff,
    read=_read,
)
