"""The reader's text of XML elements: what stands on the page, white space collapsed, footnote marks left out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from trialmine.ingest.xml_records import Element

# what is no running text: pictures, formula sources beside their readable form, notes
_SKIPPED = frozenset(
    {
        "fig",
        "table-wrap",
        "graphic",
        "inline-graphic",
        "media",
        "object-id",
        "tex-math",
        "annotation",
        "fn",
        "disp-formula-group",
    }
)
_BLOCKS = frozenset({"p", "list-item", "title", "break", "td", "th", "tr", "disp-quote", "def-item", "label"})
_RAISED = frozenset({"sub", "sup"})
_EXPONENT = re.compile(r"[-−–]?\d{1,2}")
_TEN = re.compile(r"(?<![\d.,])10$")


def inline_text(element: Element) -> str:
    """The text of `element` in one line.

    An exponent of ten keeps its height as "10^6", for "106" would be another number; other raised and lowered signs
    ("m2", "FEV1", "CO2") read well as they are.
    """
    parts: list[str] = []
    _collect(element, parts)
    return " ".join("".join(parts).split())


def _collect(element: Element, parts: list[str]) -> None:
    parts.append(element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _SKIPPED and not _is_mark(child):
            _child(child, parts)
        parts.append(child.tail or "")


def _child(child: Element, parts: list[str]) -> None:
    if child.tag in _RAISED and "\n" in parts[-1]:
        # the line break of a pretty-printed file is no blank before a raised or lowered sign
        parts[-1] = re.sub(r"\s*\n\s*$", "", parts[-1])
    if child.tag == "sup" and _TEN.search("".join(parts[-3:])) and _EXPONENT.fullmatch((child.text or "").strip()):
        parts.append("^")
    if child.tag in _BLOCKS:
        parts.append(" ")
    _collect(child, parts)
    if child.tag in _BLOCKS:
        parts.append(" ")


def _is_mark(element: Element) -> bool:
    """Whether this is a raised reference mark: "in 2005<sup>3</sup>" cites and must not read "in 20053"."""
    if element.tag == "xref" and element.get("ref-type") in ("fn", "aff", "corresp", "author-notes", "table-fn"):
        return True
    if element.tag == "xref" and element.get("ref-type") == "bibr":
        return element.find("sup") is not None or _runs_into_a_word(element)
    if element.tag != "sup":
        return False
    marks = element.findall("xref")
    return bool(marks) and not re.search(r"[^\W_]", (element.text or "") + "".join(m.tail or "" for m in marks))


def _runs_into_a_word(citation: Element) -> bool:
    """Whether a bare number cites right behind a word: "mg<xref>3</xref>" was raised by the journal's own style."""
    before, parent = citation.getprevious(), citation.getparent()
    text = before.tail if before is not None else parent.text if parent is not None else None
    return bool(re.search(r"[\w.%)]$", text or "") and re.fullmatch(r"[\d,–-]+", (citation.text or "").strip()))


def labelled(label: str | None, text: str) -> str:
    """A paragraph with its heading as abstracts print it: "Methods: We …".

    >>> labelled("METHODS.", "We asked."), labelled("", "We asked.")
    ('METHODS: We asked.', 'We asked.')
    """
    plain = (label or "").strip().rstrip(":.—–- ").strip()
    return f"{plain}: {text}" if plain and text else text or plain


def texts(elements: Iterator[Element] | list[Element]) -> tuple[str, ...]:
    """The non-empty texts of elements."""
    return tuple(t for t in map(inline_text, elements) if t)
