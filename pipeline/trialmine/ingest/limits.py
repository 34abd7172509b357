"""How much a reader takes before it refuses: no source may fill the memory or the day, whatever it claims to be."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace

from trialmine.errors import ConfigError

HEAD_BYTES = 64 * 1024  # what format and encoding are told from
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "g": 1_000_000_000}
_MEANT = {
    "document_chars": "characters of one document",
    "line_chars": "characters of one JSONL line or table row",
    "json_chars": "characters of one JSON file, which is held in memory",
    "record_chars": "characters of one record of an XML, MEDLINE or RIS file",
    "page_bytes": "bytes of one web page",
    "elements": "elements of one web page or XML record",
    "depth": "levels of XML, HTML and JSON",
    "pages": "pages of one PDF",
    "file_bytes": "bytes of one PDF, Office or Parquet file, or of a zip inside an archive",
    "unpacked_bytes": "bytes that one source unpacks to",
    "ratio": "bytes that one compressed byte unpacks to",
    "members": "members of one archive",
    "nesting": "archives and compressions around each other",
    "seconds": "seconds of computing before the next document of a source comes",
}


@dataclass(frozen=True, slots=True)
class IngestLimits:
    """What one source may cost. A source or record that asks for more is refused, and the rest is read all the same.

    `described` says what each one counts.
    """

    document_chars: int = 2_000_000  # some 300,000 words: ten whole articles; more is a file of many documents
    line_chars: int = 8_000_000  # a document with its escapes and other columns
    json_chars: int = 200_000_000  # JSONL is read line by line and has no such limit
    record_chars: int = 32_000_000  # one article with all its tables and formulas
    page_bytes: int = 32_000_000  # a saved page with its scripts and inlined images
    elements: int = 200_000  # a whole article with its tables has a tenth of that
    depth: int = 256  # real files have some 30
    pages: int = 1_000
    file_bytes: int = 500_000_000
    unpacked_bytes: int = 50_000_000_000  # an archive of all the year's articles
    ratio: int = 200  # PubMed XML has 10, repetitive tables 50, bombs 1,000 and more
    members: int = 100_000
    nesting: int = 4  # a zip of tar.gz files of .gz files
    seconds: int = 30

    @property
    def document_bytes(self) -> int:
        """`document_chars` in the widest encoding."""
        return 4 * self.document_chars


def described() -> dict[str, str]:
    """Each limit's name with what it counts and its default."""
    defaults = IngestLimits()
    return {name: f"{words} ({getattr(defaults, name):,})" for name, words in _MEANT.items()}


def parse_limits(settings: Iterable[str]) -> IngestLimits:
    """Limits from "NAME=VALUE" words; k, M and G stand for thousand, million and billion.

    >>> parse_limits(["ratio=500", "file_bytes=2G"]).file_bytes
    2000000000

    Raises:
        ConfigError: there is no such limit, or the value is no positive number.
    """
    limits = IngestLimits()
    known = {f.name for f in fields(IngestLimits)}
    for setting in settings:
        name, _, value = (part.strip() for part in setting.partition("="))
        name = name.replace("-", "_")
        m = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([kmg]?)b?", value.lower())
        if name not in known:
            raise ConfigError(f"there is no limit {name!r}", where="--limit", remedy=f"Limits: {', '.join(_MEANT)}.")
        if m is None or not float(m[1]):
            remedy = "Write a positive number, like ratio=500 or file_bytes=2G."
            raise ConfigError(f"{value!r} is no value for {name}", where="--limit", remedy=remedy)
        limits = replace(limits, **{name: math.ceil(float(m[1]) * _UNITS[m[2]])})
    return limits
