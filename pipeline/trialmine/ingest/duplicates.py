"""The same document met twice is joined: the first one is kept, and of each later one it is said where it came from.

Two documents are the same when they share a PMID, a PMCID or a DOI, or when their texts are the same but for white
space, dashes, case and character forms. They are not when a stronger id tells them apart (two PMIDs under one DOI;
two letters, both headed "Reply", with a PMID each), nor when the input gave both an id of its own and their texts
differ (a row for the abstract and one for the methods of an article). A trial's number joins the registry's own records
of the trial, and no articles: many share it.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import NamedTuple

import ftfy

from trialmine.records.document import Document, Duplicate, Unreadable

_ID_KINDS = ("pmid", "pmcid", "doi")  # the strongest first
_REGISTRY_FORMAT = "ctgov"  # records of the registry itself, whose number is theirs
# what copying and wrapping changes: dashes, marks of hyphenation, signs of no width
_DROPPED = re.compile(r"[\-\u00ad\u200b-\u200f\u2010-\u2015\u2060\u2212\ufeff]+")
# the first byte of a character in UTF-8 read as a letter, and behind it a sign that no word goes on with
_MOJIBAKE = re.compile(r"[ÂÃÎÏâ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178-\u02dc\u2013-\u2122]")
_QUOTES = str.maketrans("‘’‚‛“”„‟`´", "''''\"\"\"\"''")


def joined(items: Iterable[Document | Unreadable]) -> Iterator[Document | Unreadable | Duplicate]:
    """The items in their order, with a Duplicate in the place of each document that came before.

    What is known of the documents lies in a temporary file, so that millions of them take no memory.
    """
    seen = _Seen()
    for item in items:
        yield item if isinstance(item, Unreadable) else seen.duplicate_of(item) or item


def folded(text: str) -> str:
    """The text without what copying changes: two texts that are equal after that are one.

    >>> folded("Given 5 mg\\n(placebo-\\ncontrolled)") == folded("given 5\u00a0mg (placebo\u2010controlled)")
    True
    """
    if not text.isascii():
        # undoing accidents of encoding takes its time: only where there are signs of one
        mended = ftfy.fix_encoding(text) if _MOJIBAKE.search(text) else text
        text = unicodedata.normalize("NFKC", mended).translate(_QUOTES)
    return _DROPPED.sub("", "".join(text.casefold().split()))


class _Kept(NamedTuple):
    number: int
    doc_id: str
    own_id: str | None
    record_id: str
    uri: str | None
    pmid: str | None
    pmcid: str | None
    doi: str | None
    text: bytes


class _Seen:
    """Every document that was kept, and every key that leads to one."""

    def __init__(self) -> None:
        # "" is a database of this connection alone, in memory as long as it is small and then in a file without a name
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        for statement in (
            "PRAGMA journal_mode=OFF",
            "PRAGMA synchronous=OFF",
            "PRAGMA cache_size=-32000",
            f"CREATE TABLE kept ({', '.join(_Kept._fields)}, PRIMARY KEY (number)) WITHOUT ROWID",
            "CREATE TABLE keys (key BLOB PRIMARY KEY, number INTEGER) WITHOUT ROWID",
            "BEGIN",  # never committed: nothing is written before memory runs out
        ):
            self._database.execute(statement)
        self._count = 0

    def duplicate_of(self, document: Document) -> Duplicate | None:
        """How the document repeats an earlier one; None if it is new, and then it is kept in mind."""
        text = blake2b(folded(document.text).encode("utf-8", "surrogatepass"), digest_size=16).digest()
        ids = {kind: value.lower() for kind in _ID_KINDS if (value := getattr(document, kind))}
        if document.format == _REGISTRY_FORMAT and document.registry_ids:
            ids["nct"] = document.registry_ids[0].lower()
        keys = {f"{kind}:{value}".encode(): kind for kind, value in ids.items()} | {text: "text"}
        found = {key: kept for key, kept in self._look_up(keys) if _same(document, text, kept, keys[key])}
        # the keys are in the order of their strength
        key = next((key for key in keys if key in found), None)
        if key is None:
            self._keep(document, ids, text)
        number = found[key].number if key is not None else self._count
        self._database.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?)", [(k, number) for k in keys])
        return None if key is None else _told(document, keys[key], found[key], same_text=found[key].text == text)

    def _look_up(self, keys: Iterable[bytes]) -> Iterator[tuple[bytes, _Kept]]:
        wanted = tuple(keys)
        marks = ", ".join("?" * len(wanted))
        rows = self._database.execute(
            f"SELECT keys.key, kept.* FROM keys JOIN kept USING (number) WHERE keys.key IN ({marks})", wanted
        )
        for key, *row in rows:
            yield key, _Kept(*row)

    def _keep(self, document: Document, ids: dict[str, str], text: bytes) -> None:
        self._count += 1
        row = _Kept(
            self._count, document.doc_id or document.record_id, document.doc_id, document.record_id, document.uri,
            ids.get("pmid"), ids.get("pmcid"), ids.get("doi"), text,
        )  # fmt: skip
        self._database.execute(f"INSERT INTO kept VALUES ({', '.join('?' * len(row))})", row)


def _same(document: Document, text: bytes, kept: _Kept, kind: str) -> bool:
    if kind == "text":
        stronger: tuple[str, ...] = _ID_KINDS
    else:
        if text != kept.text and document.doc_id and kept.own_id and document.doc_id != kept.own_id:
            return False
        stronger = _ID_KINDS[: _ID_KINDS.index(kind)] if kind in _ID_KINDS else _ID_KINDS
    pairs = ((getattr(document, k), getattr(kept, k)) for k in stronger)
    return not any(mine and theirs and mine.lower() != theirs for mine, theirs in pairs)


def _told(document: Document, kind: str, kept: _Kept, *, same_text: bool) -> Duplicate:
    return Duplicate(
        doc_id=document.doc_id or document.record_id,
        record_id=document.record_id,
        uri=document.uri,
        because=kind,
        same_text=same_text,
        kept_doc_id=kept.doc_id,
        kept_record_id=kept.record_id,
        kept_uri=kept.uri,
    )
