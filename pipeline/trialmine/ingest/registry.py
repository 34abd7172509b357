"""The readers. A new one is a file with a READER, and its line here."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from trialmine.errors import ConfigError, InputError
from trialmine.ingest import (
    bioc,
    csv_rows,
    ctgov,
    docx,
    europepmc,
    html,
    jats,
    json_array,
    jsonl,
    medline,
    parquet,
    pdf,
    pubmed_page,
    pubmed_xml,
    ris,
    text,
    xlsx,
)
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
    medline.READER,
    ris.READER,
    jats.READER,
    europepmc.READER,
    bioc.XML_READER,
    bioc.JSON_READER,
    ctgov.READER,
    xlsx.READER,
    parquet.READER,
    docx.READER,
    pdf.READER,
)
FORMATS: Mapping[str, str] = {reader.name: reader.description for reader in READERS}
_ALIASES = {
    "tsv": "csv", "xml": "pubmed_xml", "medline_xml": "pubmed_xml", "nxml": "jats", "txt": "text", "nbib": "medline",
    "clinicaltrials_gov": "ctgov", "europe_pmc": "europepmc",
}  # fmt: skip

# what begins like this is refused whatever its name says: (bytes, what it is, what to do)
_UNPACK = "Unpack it and give the files in it."
_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "an old Office document", "Save it as .docx, .xlsx, text or CSV."),
    (b"{\\rtf", "a rich text document", "Save it as .docx or plain text."),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!", "a rar archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a zstd file", _UNPACK),
    (b"\x89PNG", "a picture", "Give its text."),
    (b"\xff\xd8\xff", "a picture", "Give its text."),
    (b"GIF8", "a picture", "Give its text."),
)


def reader_for(head: Head, *, format: str | None = None) -> Reader:  # noqa: A002 (the public option's name)
    """The reader of the given format, or the one that is surest of the head; file name endings break ties.

    Raises:
        ConfigError: there is no such format.
        InputError: the head is of nothing that any reader reads.
    """
    chosen = by_name(format) if format else None
    ranked = max(READERS, key=lambda r: (r.sniff(head), bool({*r.suffixes} & {*head.suffixes})))
    if not (chosen or ranked).binary:
        _refuse(head, ranked)
    if chosen:
        return chosen
    if ranked is text.READER and head.text.startswith("<?xml"):
        known = "Known are PubMed / MEDLINE XML, JATS, BioC and HTML; give one with --format, or save the text."
        raise InputError("this is XML of a kind that no reader knows", where=head.name, remedy=known)
    return ranked


def package_reader(members: Collection[str]) -> Reader | None:
    """The reader of the zip package that has these members, if it is one."""
    return next((reader for reader in READERS if reader.part in members), None)


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


def _refuse(head: Head, ranked: Reader) -> None:
    if ranked.binary:
        what = f"this is {ranked.description.split(':')[0]}, not text"
        raise InputError(what, where=head.name, remedy=f"Give it without --format, or as {ranked.name}.")
    for mark, what, remedy in _REFUSED:
        if head.data.startswith(mark):
            raise InputError(f"this is {what}, not text", where=head.name, remedy=remedy)
    if looks_binary(head.data):
        raise InputError(
            "this is a binary file, not text", where=head.name, remedy="Give text, or save the file as text."
        )
