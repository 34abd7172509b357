"""The readers. A new one is a file with a READER, and its line here."""

from __future__ import annotations

from collections.abc import Mapping

from trialmine.errors import ConfigError, InputError
from trialmine.ingest import csv_rows, html, jats, json_array, jsonl, pubmed_page, pubmed_xml, text
from trialmine.ingest.encoding import looks_binary
from trialmine.ingest.reader import Head, Reader

READERS: tuple[Reader, ...] = (
    text.READER,
    pubmed_page.READER,
    html.READER,
    jsonl.READER,
    json_array.READER,
    csv_rows.READER,
    pubmed_xml.READER,
    jats.READER,
)
FORMATS: Mapping[str, str] = {reader.name: reader.description for reader in READERS}
_ALIASES = {"tsv": "csv", "xml": "pubmed_xml", "medline_xml": "pubmed_xml", "nxml": "jats", "txt": "text"}

# what begins like this is refused whatever its name says: (bytes, offset, what it is, what to do)
_UNPACK = "Unpack it and give the files in it."
_REFUSED: tuple[tuple[bytes, int, str, str], ...] = (
    (b"%PDF-", 0, "a PDF", "Save its text first (for example with pdftotext) and give that."),
    (b"PK\x03\x04", 0, "a zip archive or an Office document", "Unpack it, or save the document as text or CSV."),
    (b"PK\x05\x06", 0, "an empty zip archive", "Give the files themselves."),
    (b"\xd0\xcf\x11\xe0", 0, "an old Office document", "Save it as text or CSV."),
    (b"{\\rtf", 0, "a rich text document", "Save it as plain text."),
    (b"7z\xbc\xaf\x27\x1c", 0, "a 7z archive", _UNPACK),
    (b"Rar!", 0, "a rar archive", _UNPACK),
    (b"BZh", 0, "a bzip2 file", _UNPACK),
    (b"\xfd7zXZ", 0, "an xz file", _UNPACK),
    (b"\x28\xb5\x2f\xfd", 0, "a zstd file", _UNPACK),
    (b"ustar", 257, "a tar archive", _UNPACK),
    (b"PAR1", 0, "a Parquet file", "Write it as CSV or JSONL."),
    (b"\x89PNG", 0, "a picture", "Give its text."),
    (b"\xff\xd8\xff", 0, "a picture", "Give its text."),
    (b"GIF8", 0, "a picture", "Give its text."),
)


def reader_for(head: Head, *, format: str | None = None) -> Reader:  # noqa: A002 (the public option's name)
    """The reader of the given format, or the one that is surest of the head; file name endings break ties.

    Raises:
        ConfigError: there is no such format.
        InputError: the head is of nothing that any reader reads.
    """
    chosen = by_name(format) if format else None
    _refuse(head)
    if chosen:
        return chosen
    ranked = max(READERS, key=lambda r: (r.sniff(head), bool({*r.suffixes} & {*head.suffixes})))
    if ranked is text.READER and head.text.startswith("<?xml"):
        known = "Known are PubMed / MEDLINE XML, JATS and HTML; give one with --format, or save the text."
        raise InputError("this is XML of a kind that no reader knows", where=head.name, remedy=known)
    return ranked


def by_name(name: str) -> Reader:
    """The reader of a format.

    Raises:
        ConfigError: there is no such format.
    """
    plain = name.strip().lower().replace("-", "_")
    plain = _ALIASES.get(plain, plain)
    found = next((reader for reader in READERS if reader.name == plain), None)
    if found is None:
        raise ConfigError(f"there is no format {name!r}", where="--format", remedy=f"Formats: {', '.join(FORMATS)}.")
    return found


def _refuse(head: Head) -> None:
    for mark, offset, what, remedy in _REFUSED:
        if head.data.startswith(mark, offset):
            raise InputError(f"this is {what}, not text", where=head.name, remedy=remedy)
    if looks_binary(head.data):
        raise InputError(
            "this is a binary file, not text", where=head.name, remedy="Give text, or save the file as text."
        )
