"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, Windows-1252; for the rest charset-normalizer."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, TextIO

from trialmine.ingest.limits import HEAD_BYTES

_MARKS = (  # longest first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ERRORS = "trialmine.windows"
_WESTERN = 0.15  # a Western text has fewer bytes above 127 than this; Cyrillic, Greek and Chinese texts many more


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    # bytes that are no UTF-8 are Windows-1252 in nearly every Western text, also singly in a file of mixed origin
    bad = error.object[error.start : error.start + 1]
    try:
        return bad.decode("cp1252"), error.start + 1
    except UnicodeDecodeError:  # the five bytes that Windows-1252 leaves open
        return bad.decode("latin-1"), error.start + 1


codecs.register_error(_ERRORS, _as_windows)


def encoding_of(data: bytes) -> str:
    """The codec of a text that begins with `data`; mostly ASCII counts as UTF-8 with Windows-1252 strays."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    wide = _wide(data)
    if wide:
        return wide
    high = sum(1 for _ in re.finditer(rb"[\x80-\xff]", data))
    if high <= _WESTERN * len(data) or _is_utf8(data):
        return "utf-8"
    from charset_normalizer import from_bytes  # noqa: PLC0415 - rarely needed, and slow to load

    best = from_bytes(data).best()
    return best.encoding if best else "utf-8"


def decode(data: bytes) -> str:
    """The text of `data`, line ends as they are, without the byte order mark; never fails."""
    name = encoding_of(data[:HEAD_BYTES])
    return data.decode(name, _ERRORS if name.startswith("utf-8") else "replace")


def text_stream(stream: BinaryIO, head: bytes) -> TextIO:
    """`stream` as text in the encoding that its `head` shows, line ends as they are."""
    name = encoding_of(head)
    errors = _ERRORS if name.startswith("utf-8") else "replace"
    return io.TextIOWrapper(stream, encoding=name, errors=errors, newline="")


class Line(NamedTuple):
    """A line of a text stream with its number; `text` is None when it is longer than the limit."""

    number: int
    text: str | None


def bounded_lines(stream: TextIO, limit: int, *, blank: bool = True) -> Iterator[Line]:
    """Lines with their ends, never holding more than `limit` characters of one; what follows is skipped.

    Args:
        blank: give empty lines too.
    """
    number = 0
    while part := stream.readline(limit + 1):
        number += 1
        if part == "\n" and not blank:
            continue
        if len(part) <= limit or part.endswith(("\n", "\r")):
            yield Line(number, part)
            continue
        while part and not part.endswith(("\n", "\r")):
            part = stream.readline(limit + 1)
        yield Line(number, None)


def looks_binary(data: bytes) -> bool:
    """Whether `data` is no text: NULs outside a wide encoding, or many control characters."""
    if not data:
        return False
    name = encoding_of(data)
    text = data.decode(name, "replace") if not name.startswith("utf-8") else data.decode("latin-1")
    control = len(re.findall(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text))
    return "\x00" in text or control > max(3, 0.01 * len(text))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: Latin text has a NUL in nearly every even (big endian) or odd place."""
    sample = data[:4096]
    half = len(sample) // 2
    if half < 2 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 0.5 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.5 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        decoder.decode(data)  # not final: the head may end inside a character
    except UnicodeDecodeError:
        return False
    return True
