"""What a service gives for an id: a file's content, or why there is none."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from lxml import etree

from trialmine.fetch.asked import Asked
from trialmine.fetch.client import UnusableError

Element = Any


@dataclass(frozen=True, slots=True)
class Came:
    """A document: the id, the file's place below the folder, its content, and the article's PMCID if it is told."""

    id: str
    file: str
    content: str
    pmcid: str | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """No document, why, and what to do."""

    id: str
    reason: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Leads:
    """The document has another id as well, under which it is fetched."""

    id: str
    to: Asked


Answer = Came | Missing | Leads


def xml_root(body: bytes, *names: str) -> Element:
    """The root of an XML answer; it must have one of the names.

    Raises:
        UnusableError: it is broken off, garbled or something else.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise UnusableError(f"the answer is no whole XML ({str(error)[:80]})") from error
    if root.tag not in names:
        raise UnusableError(f"the answer is <{root.tag}>, not <{names[0]}>")
    return root


def json_object(body: bytes) -> dict[str, Any]:
    """A JSON answer.

    Raises:
        UnusableError: it is broken off, garbled or no object.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise UnusableError(f"the answer is no whole JSON ({str(error)[:80]})") from error
    if not isinstance(value, dict):
        raise UnusableError("the answer is no JSON object")
    return value


def xml_text(element: Element, *, within: str | None = None) -> str:
    """An element as a file of its own, inside a root element if one is named."""
    text: str = etree.tostring(element, encoding="unicode", with_tail=False)
    if within:
        text = f"<{within}>\n{text}\n</{within}>"
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'
