"""Cuts a stream of XML into its records and parses each alone: constant memory, and a broken record costs itself only.

One parser over the whole file would lose its place at the first broken tag and everything behind it. Nothing outside
the records is parsed at all, so a document type with its entities has no effect, and nothing is ever fetched.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from functools import cache
from html.entities import html5
from typing import TextIO, cast

from lxml import etree

from trialmine.ingest.reader import Source, unreadable
from trialmine.records.document import Unreadable

_CHUNK = 1 << 20
_LONGEST_TAG = 64  # an opening tag's name may be cut by the end of a chunk
# prefixes that record sets declare on their outermost element, which is never seen
_WRAP = (
    '<r xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ali="http://www.niso.org/schemas/ali/1.0/">'
)
_OWN_ENTITIES = {"lt", "gt", "amp", "quot", "apos"}
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{2,40})")
_SIZE = etree.XPath("count(.//*)")

Element = etree._Element  # lxml has no public name for its element type


def records(source: Source, *names: str) -> Iterator[Element | Unreadable]:
    """The elements of `names`, each parsed alone; what lies between them is skipped."""
    found = False
    limit = source.limits.record_chars
    for line, text, whole in _cut(_text(source), names, limit):
        source.budget.check_time()
        found = True
        if not whole:
            what = f"the record has no end, or more than {limit:,} characters"
            yield unreadable(
                source.uri, what, "Mend or drop that record; reading went on with the next one.", line=line
            )
            continue
        try:
            yield _checked(_parse(text), source, line)
        except etree.XMLSyntaxError as error:
            at = line + max(error.lineno or 1, 1) - 1
            what = f"the record is no well-formed XML ({_reason(error)})"
            yield unreadable(source.uri, what, "Mend or drop that record; reading went on with the next one.", line=at)
    if not found:
        what = f"there is no <{names[0]}> element in it"
        yield unreadable(source.uri, what, "Check that the file is complete, or give its format with --format.")


def _checked(record: Element, source: Source, line: int) -> Element | Unreadable:
    limits = source.limits
    if is_deeper(record, limits.depth):
        what = f"the record has more than {limits.depth} levels"
    elif size_of(record) > limits.elements:
        what = f"the record has more than {limits.elements:,} elements"
    else:
        return record
    return unreadable(source.uri, what, "Drop that record, or raise its limit with --limit.", line=line)


def is_deeper(element: Element, limit: int) -> bool:
    """Whether more than `limit` elements lie in each other."""
    return bool(_deeper(limit)(element))


def size_of(element: Element) -> int:
    """How many elements there are."""
    return int(cast("float", _SIZE(element)))


@cache
def _deeper(limit: int) -> etree.XPath:
    return etree.XPath(f"boolean(.{'/*' * limit})")  # level by level, so it costs no more than the elements


def _parse(text: str) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    root = etree.fromstring(_WRAP + _ENTITY.sub(_character, text) + "</r>", parser)[0]
    if None in root.nsmap:
        for element in root.iter("{*}*"):
            element.tag = etree.QName(element).localname
    return root


def _character(m: re.Match[str]) -> str:
    # the names of the DTD's entity sets, which is never loaded, are those of HTML
    return m[0] if m[1].lower() in _OWN_ENTITIES else html5.get(m[1] + ";", m[0])


def _reason(error: etree.XMLSyntaxError) -> str:
    return str(error.msg).split(", line")[0][:160]


def _text(source: Source) -> TextIO:
    declared = _DECLARED.match(source.head.data.lstrip())
    try:
        name = codecs.lookup(declared[1].decode()).name if declared else "utf-8"
    except LookupError:
        name = "utf-8"
    # UTF-8 and Latin-1 are told from the bytes: files often state the one and hold the other
    if name in ("utf-8", "ascii", "iso8859-1", "cp1252") or name.startswith("utf"):
        return source.text()
    return io.TextIOWrapper(source.stream, encoding=name, errors="replace", newline="")


class _Window:
    """A part of a text stream that moves forward, and the line that it begins in."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self.text = ""
        self.at = 0
        self._line, self._counted = 1, 0

    def more(self) -> bool:
        """Drop what lies before `at` and read on; False at the end of the stream."""
        part = self._stream.read(_CHUNK)
        if not part:
            return False
        self.line()
        self.text = self.text[self.at :] + part
        self.at = self._counted = 0
        return True

    def line(self) -> int:
        """The line number of `at`."""
        self._line += self.text.count("\n", self._counted, self.at)
        self._counted = self.at
        return self._line


def _cut(stream: TextIO, names: tuple[str, ...], limit: int) -> Iterator[tuple[int, str, bool]]:
    opening = re.compile(rf"<({'|'.join(names)})(?=[\s>])")
    window = _Window(stream)
    while True:
        m = opening.search(window.text, window.at)
        if m is None:
            window.at = max(window.at, len(window.text) - _LONGEST_TAG)
            if not window.more():
                return
            continue
        window.at = m.start()
        line = window.line()
        length, whole = _length(window, m[1], limit)
        yield line, window.text[window.at : window.at + length] if whole else "", whole
        window.at += length


def _length(window: _Window, name: str, limit: int) -> tuple[int, bool]:
    """Length of the record at `window.at`, and whether it has its end; without one it stops before the next record."""
    border = re.compile(rf"</{name}\s*>|<{name}(?=[\s>])")
    searched = 1
    while True:
        m = border.search(window.text, window.at + searched)
        if m:
            closes = m[0].startswith("</")
            return (m.end() if closes else m.start()) - window.at, closes
        length = len(window.text) - window.at
        if length > limit:
            return length - _LONGEST_TAG, False
        searched = max(1, length - _LONGEST_TAG)
        if not window.more():
            return len(window.text) - window.at, False
