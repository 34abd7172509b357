"""Hostile files, each made here: every one is refused quickly, with a message that says why, and the rest is read."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from ingest.reading import documents, messages
from trialmine import ingest
from trialmine.errors import ConfigError
from trialmine.ingest.limits import IngestLimits, described, parse_limits
from trialmine.ingest.options import ReadOptions, parse_columns

SECONDS = 2.0
SMALL = IngestLimits(
    document_chars=200_000, line_chars=50_000, json_chars=200_000, record_chars=200_000, page_bytes=200_000,
    elements=5_000, depth=60, pages=5, file_bytes=3_000_000, unpacked_bytes=20_000_000, members=50, nesting=3,
)  # fmt: skip


def zipped(*members: tuple[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def zip_with(change: Callable[[zipfile.ZipInfo], None]) -> bytes:
    info = zipfile.ZipInfo("a.txt")
    change(info)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    return data.getvalue()


def symlink(info: zipfile.ZipInfo) -> None:
    info.external_attr = 0o120777 << 16


def encrypted(data: bytes) -> bytes:
    """A zip whose members claim to be encrypted."""
    at = data.index(b"PK\x01\x02")
    return data[:6] + b"\x01" + data[7 : at + 8] + b"\x01" + data[at + 9 :]


def tarred(kind: bytes, name: str, link: str = "", mode: str = "w", content: bytes = b"") -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode=mode) as archive:  # type: ignore[call-overload]
        info = tarfile.TarInfo(name)
        info.type, info.linkname, info.size = kind, link, len(content)
        archive.addfile(info, io.BytesIO(content))
    return data.getvalue()


def many(count: int) -> bytes:
    return zipped(*((f"{i}.txt", b"x") for i in range(count)))


def nested(levels: int) -> bytes:
    data = zipped(("a.txt", b"Given."))
    for _ in range(levels):
        data = zipped(("a.zip", data))
    return data


def long_header() -> bytes:
    """A tar whose first header claims 4 GB of attributes."""
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 4_000_000_000
    return info.tobuf(tarfile.GNU_FORMAT) + b"\0" * 4096


OVERLAPPED = b'{"a": 1}\n' + b"\n" * 2_000_000


def overlapping() -> bytes:
    """A zip whose members all name the same compressed bytes."""
    body = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = body.compress(OVERLAPPED) + body.flush()
    crc = zlib.crc32(OVERLAPPED)
    sizes = struct.pack("<III", crc, len(packed), len(OVERLAPPED))
    local = b"PK\x03\x04" + struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", 5, 0) + b"0.txt" + packed
    directory = b""
    for _ in range(4):
        directory += b"PK\x01\x02" + struct.pack("<HHHHHH", 20, 20, 0, 8, 0, 0) + sizes
        directory += struct.pack("<HHHHHII", 5, 0, 0, 0, 0, 0, 0) + b"0.txt"
    return local + directory + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 4, 4, len(directory), len(local), 0)


ZEROS = b'{"doc_id": 1}\n' + b"\n" * 9_000_000
ARTICLE = '<article article-type="x"><front><article-meta><title-group><article-title>{}</article-title></title-group>'
ENDS = "</article-meta></front></article>"
PUBMED = "<PubmedArticle><MedlineCitation><PMID>1</PMID><Article><ArticleTitle>{}</ArticleTitle></Article>"
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE PubmedArticleSet [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + f"]><PubmedArticleSet>{PUBMED.format('&j;')}</MedlineCitation></PubmedArticle></PubmedArticleSet>"
)
SLOW_CSV = "id,text\n" + '1,"' + "a\n" * 26_000

HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("gzip bomb", lambda: gzip.compress(ZEROS), "decompression bomb"),
    ("bzip2 bomb", lambda: bz2.compress(ZEROS), "decompression bomb"),
    ("xz bomb", lambda: lzma.compress(ZEROS), "decompression bomb"),
    ("zip bomb", lambda: zipped(("a.txt", ZEROS)), "decompression bomb"),
    ("tar.gz bomb", lambda: tarred(tarfile.REGTYPE, "a.txt", mode="w:gz", content=ZEROS), "decompression bomb"),
    ("gzip in gzip bomb", lambda: gzip.compress(gzip.compress(ZEROS)), "decompression bomb"),
    ("overlapping members", overlapping, "decompression bomb"),
    ("too many members", lambda: many(51), "more than 50 members"),
    ("too deeply nested", lambda: nested(3), "more than 3 archives"),
    ("climbing zip member", lambda: zipped(("../../etc/x.txt", b"Given.")), "leads out of the archive"),
    ("climbing Windows name", lambda: zipped(("..\\x.txt", b"Given.")), "leads out of the archive"),
    ("absolute zip member", lambda: zipped(("/etc/x.txt", b"Given.")), "leads out of the archive"),
    ("drive letter", lambda: zipped(("C:\\x.txt", b"Given.")), "leads out of the archive"),
    ("zip symlink", lambda: zip_with(symlink), "a symbolic link"),
    ("encrypted zip", lambda: encrypted(zipped(("a.txt", b"Given."))), "encrypted"),
    ("climbing tar member", lambda: tarred(tarfile.REGTYPE, "../x.txt", content=b"Given."), "leads out of the archive"),
    ("absolute tar member", lambda: tarred(tarfile.REGTYPE, "/x.txt", content=b"Given."), "leads out of the archive"),
    ("tar symlink", lambda: tarred(tarfile.SYMTYPE, "a.txt", "/etc/passwd"), "a symbolic link"),
    ("tar hard link", lambda: tarred(tarfile.LNKTYPE, "a.txt", "/etc/passwd"), "a hard link"),
    ("tar device", lambda: tarred(tarfile.CHRTYPE, "zero"), "a device"),
    ("tar pipe", lambda: tarred(tarfile.FIFOTYPE, "pipe"), "a pipe"),
    ("tar with an endless header", long_header, "damaged"),
    ("cut zip", lambda: zipped(("a.txt", b"Given." * 99))[:-30], "damaged"),
    ("cut tar", lambda: tarred(tarfile.REGTYPE, "a.txt", content=b"Given." * 999)[:3_000], "damaged"),
    ("billion laughs", lambda: LAUGHS.encode(), "well-formed"),
    ("deep XML", lambda: (ARTICLE.format("<i>" * 90 + "</i>" * 90) + ENDS).encode(),
     "more than 60 levels"),
    ("very deep XML", lambda: (ARTICLE.format("<i>" * 9_000)).encode(), "no end"),
    ("many elements", lambda: (ARTICLE.format("<i/>" * 6_000) + ENDS).encode(),
     "more than 5,000 elements"),
    ("endless XML record", lambda: (ARTICLE.format("x" * 400_000)).encode(), "more than 200,000 characters"),
    ("deep HTML", lambda: ("<html><body>" + "<div>" * 90).encode(), "more than 60 levels"),
    ("very deep HTML", lambda: ("<html><body>" + "<div>" * 9_000).encode(), "can't be parsed"),
    ("huge page", lambda: ("<html><body>" + "x" * 300_000).encode(), "more than 200,000 bytes"),
    ("page of many elements", lambda: ("<html><body>" + "<p>a" * 6_000).encode(), "more than 5,000 elements"),
    ("deep JSON", lambda: b'{"text": "a", "x": ' + b"[" * 90 + b"]" * 90 + b"}", "levels"),
    ("very deep JSON", lambda: b'{"a":' * 30_000, "levels"),
    ("huge JSON", lambda: json.dumps([{"text": "x" * 300_000}]).encode(), "longer than 200,000 characters"),
    ("endless line", lambda: b'{"text": "' + b"x" * 90_000 + b'"}', "longer than 50,000 characters"),
    ("endless cell", lambda: SLOW_CSV.encode(), "can't be parsed"),
    ("huge text", lambda: b"x y " * 300_000, "longer than one document"),
]  # fmt: skip


@pytest.mark.parametrize(("make", "said"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_files_are_refused_and_the_run_goes_on(tmp_path: Path, make: Callable[[], bytes], said: str) -> None:
    hostile, good = tmp_path / "hostile", tmp_path / "good.txt"
    hostile.write_bytes(make())
    good.write_text("Given 5 mg.")
    start = process_time()
    items = list(ingest.read([hostile, good], options=ReadOptions(limits=SMALL)))
    assert process_time() - start < SECONDS
    assert any(said in message for message in messages(items)), messages(items)
    assert all(message.startswith(str(hostile)) for message in messages(items))
    assert [d.text for d in documents(items)] == ["Given 5 mg."]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_bombs_are_refused_under_the_default_limits(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / "a").write_bytes(pack(ZEROS))
    start = process_time()
    *_, message = messages(ingest.read([tmp_path]))
    assert process_time() - start < SECONDS
    assert "--limit ratio=" in message


def test_an_archive_that_unpacks_to_too_much_is_left_whole(tmp_path: Path) -> None:
    noise = bytes(range(256)) * 800
    (tmp_path / "a.zip").write_bytes(zipped(*((f"{i}.bin", noise) for i in range(30))))
    items = list(ingest.read([tmp_path], options=ReadOptions(limits=IngestLimits(unpacked_bytes=500_000))))
    assert "unpacks to more than 500,000 bytes" in messages(items)[-1]
    assert len(items) < 30


def test_computing_without_end_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(1, 10_000))
    monkeypatch.setattr("trialmine.ingest.budget.thread_time", lambda: next(clock))
    rows = '{"text": "One."}\n' + "\n" * 20_000_000
    (tmp_path / "a.jsonl").write_text(rows)
    items = list(ingest.read([tmp_path], options=ReadOptions(limits=IngestLimits(seconds=5))))
    assert [d.text for d in documents(items)] == ["One."]
    assert "no document within 5 s" in messages(items)[-1]


def test_a_zip_may_hold_every_format_and_a_bad_member_costs_itself(tmp_path: Path) -> None:
    rows = b'{"text": "One."}\n{"text": "Two."}\n'
    inner = zipped(("deep.jsonl", rows))
    tar = tarred(tarfile.REGTYPE, "in.jsonl", mode="w:xz", content=rows)
    page = b"<html><body><p>Page.</p></body></html>"
    members = [("a/p.html", page), ("b.jsonl.gz", gzip.compress(rows)), ("bad", b"\0\1\2\3" * 99), ("c.zip", inner)]
    (tmp_path / "all.zip").write_bytes(zipped(*members, ("d.tar.xz", tar), (".hidden", b"x"), ("__MACOSX/x", b"x")))
    items = list(ingest.read([tmp_path / "all.zip"]))
    assert [d.text for d in documents(items)] == ["Page.", "One.", "Two.", "One.", "Two.", "One.", "Two."]
    (message,) = messages(items)
    assert message.startswith(f"{tmp_path}/all.zip!bad: this is a binary file")
    assert documents(items)[3].uri == f"{tmp_path}/all.zip!c.zip!deep.jsonl"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_streams_may_have_several_parts(tmp_path: Path, pack: Callable[[bytes], bytes]) -> None:
    (tmp_path / "a.jsonl").write_bytes(pack(b'{"text": "One."}\n') + pack(b'{"text": "Two."}\n'))
    assert [d.text for d in documents(ingest.read([tmp_path]))] == ["One.", "Two."]


def test_an_archive_from_stdin(tmp_path: Path) -> None:
    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

    items = ingest.read(["-"], stdin=Pipe(zipped(("a.txt", b"Given."))))
    assert [(d.text, d.uri) for d in documents(items)] == [("Given.", "stdin!a.txt")]


def test_each_limit_is_described_and_can_be_set() -> None:
    assert set(described()) == set(IngestLimits.__slots__)
    assert parse_limits(["ratio=5", "file-bytes = 1.5k"]) == IngestLimits(ratio=5, file_bytes=1_500)


@pytest.mark.parametrize("setting", ["speed=5", "ratio", "ratio=fast", "ratio=-1", "ratio=0"])
def test_settings_that_make_no_sense(setting: str) -> None:
    with pytest.raises(ConfigError, match="--limit"):
        parse_limits([setting])


@pytest.mark.parametrize("setting", ["text", "text=", "dose=Dose"])
def test_mappings_that_make_no_sense(setting: str) -> None:
    with pytest.raises(ConfigError, match="--columns"):
        parse_columns([setting])
