"""Files, folders, patterns, stdin and bad input: a bad source is told and never stops the others."""

from __future__ import annotations

import gzip
import io
import json
import os
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.reading import ReadFile, documents, messages
from trialmine import ingest
from trialmine.errors import ConfigError
from trialmine.ingest.limits import IngestLimits
from trialmine.ingest.options import ReadOptions
from trialmine.records.document import Document


def test_raw_text_is_the_files_text(read_file: ReadFile) -> None:
    text = "  Given 5 mg\r\nonce daily. \n\n"
    (doc,) = documents(read_file(text))
    assert (doc.text, doc.format, doc.doc_id) == (text, "text", None)


def test_folders_are_read_in_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden", "sub/c.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    assert [d.text for d in documents(ingest.read([tmp_path]))] == ["a.txt", "b.txt", "sub/c.txt"]
    assert [d.text for d in documents(ingest.read([f"{tmp_path}/*.txt"]))] == ["a.txt", "b.txt"]
    assert [d.text for d in documents(ingest.read([f"{tmp_path}/**/*.txt"]))] == ["a.txt", "b.txt", "sub/c.txt"]


@pytest.mark.parametrize("packed", [False, True])
def test_stdin_in_pieces(packed: bool) -> None:
    class Pipe(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(min(size, 7) if size and size > 0 else size)

    data = b'{"text": "One."}\n{"text": "Two."}\n'
    items = list(ingest.read(["-"], stdin=Pipe(gzip.compress(data) if packed else data)))
    assert [(d.text, d.uri) for d in documents(items)] == [("One.", "stdin"), ("Two.", "stdin")]


def test_gzip_is_unpacked_whatever_its_name(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(gzip.compress(b"Given 5 mg."), "a.txt"))
    assert doc.text == "Given 5 mg."


def test_the_content_beats_the_name_and_the_option_beats_both(read_file: ReadFile) -> None:
    row = '{"text": "One."}\n'
    assert [d.format for d in documents(read_file(row, "a.csv"))] == ["jsonl"]
    (doc,) = documents(read_file(row, "a.jsonl", form="text"))
    assert (doc.text, doc.format) == (row, "text")


def test_an_unknown_format_is_said_at_once() -> None:
    with pytest.raises(ConfigError, match="pubmed_xml"):
        ingest.read(["-"], format="spreadsheet")


def test_formats_are_described() -> None:
    assert {"text", "html", "jsonl", "csv", "pubmed_xml", "jats", "pubmed_page", "json"} <= set(ingest.FORMATS)
    assert all(ingest.FORMATS.values())


def test_every_format_and_limit_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[2] / "docs" / "FORMATS.md").read_text(encoding="utf-8")
    assert [name for name in ingest.FORMATS if f"`{name}`" not in page] == []
    defaults = {f.name: f"{getattr(IngestLimits(), f.name):,}" for f in fields(IngestLimits)}
    rows = [[cell.strip() for cell in line.split("|")] for line in page.splitlines() if line.startswith("| `")]
    assert {row[1].strip("`"): row[3] for row in rows if len(row) == 5} == defaults


BAD = [
    ("empty", b"", "empty"),
    ("blank", b" \n\t\n", "no text"),
    ("binary", b"\x7fELF" + bytes(range(256)) * 20, "binary"),
    ("zip", b"PK\x03\x04rest", "zip"),
    ("picture", b"\x89PNG\r\n", "picture"),
    ("damaged gzip", gzip.compress(b"text " * 10_000)[:40], "damaged"),
    ("one endless line", b"x" * (IngestLimits().document_bytes + 1), "longer than one document"),
    ("too many characters", b"x y " * (IngestLimits().document_chars // 4 + 1), "one document may have"),
    ("blank page", b"<html><body></body></html>", "no text"),
    ("blank lines of rows", b'\n{"text": ""}', "no text"),
]


@pytest.mark.parametrize(("label", "content", "said"), BAD, ids=[c[0] for c in BAD])
def test_bad_files_are_told_with_place_and_remedy(tmp_path: Path, label: str, content: bytes, said: str) -> None:
    bad, good = tmp_path / "bad", tmp_path / "good"
    bad.write_bytes(content)
    good.write_text("Given 5 mg.")
    items = list(ingest.read([bad, good]))
    (message,) = messages(items)
    assert said in message
    assert message.startswith(str(bad))
    assert message.count(". ") >= 1  # what is wrong, then what to do
    assert [d.text for d in documents(items)] == ["Given 5 mg."]


def test_a_fifty_megabyte_line_among_rows_is_passed_over(read_file: ReadFile) -> None:
    small = ReadOptions(limits=IngestLimits(line_chars=1_000))
    items = read_file('{"text": "One."}\n{"text": "' + "x" * 5_000 + '"}\n{"text": "Three."}\n', options=small)
    assert len(documents(items)) == 2
    assert "line 2: the line is longer than 1,000 characters" in messages(items)[0]


def test_a_gzip_that_breaks_off_keeps_what_came_before(read_file: ReadFile) -> None:
    rows = "".join(json.dumps({"text": f"Row {i} {os.urandom(40).hex()}"}) + "\n" for i in range(5_000))
    items = read_file(gzip.compress(rows.encode())[:-5_000])
    assert len(documents(items)) > 1_000
    assert "breaks off" in messages(items)[-1]


@pytest.mark.parametrize("source", ["missing.txt", "nothing/*.xml", "a\0b", "x" * 5_000])
def test_missing_paths(source: str) -> None:
    (message,) = messages(ingest.read([source]))
    assert "Check" in message


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (message,) = messages(ingest.read([tmp_path]))
    assert "no file in the folder" in message


@pytest.mark.parametrize("error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error")])
def test_files_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError) -> None:
    path = tmp_path / "locked.txt"
    path.write_text("x")

    def refuse(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(Path, "open", refuse)
    (message,) = messages(ingest.read([path]))
    assert "right to read" in message or "Input/output error" in message


def test_a_fault_in_reading_is_told() -> None:
    class Torn(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    (message,) = messages(ingest.read(["-"], stdin=Torn()))
    assert "Input/output error" in message


MARKS = ["<PubmedArticle>", "</PubmedArticle>", "<article>", "<p>", "</div>", "<!--", "<![CDATA[", "&amp;", "&#0;"]
SIGNS = ['{"text": ', '"a"', "}", "[", "]", ",", '"', "\n", "\r", "\t", "\x0b", "\ufeff", "id,text", "x"]
PAGE = ["doi: 10.1000/x", "PubMed Disclaimer", ". 2009 Oct 1;1:2"]
PIECES = st.sampled_from([*MARKS, *SIGNS, *PAGE])


@settings(max_examples=150)
@given(st.one_of(st.binary(max_size=200), st.lists(PIECES, max_size=30).map(lambda p: "".join(p).encode())))
def test_no_content_ever_raises(data: bytes) -> None:
    for form in (None, *ingest.FORMATS):
        for item in ingest.read(["-"], format=form, stdin=io.BytesIO(data)):
            assert isinstance(item, Document) or item.message.startswith("stdin")


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "One."}\n')

    def sources() -> object:
        yield tmp_path / "a.jsonl"
        raise AssertionError("the second source was asked for")

    assert isinstance(next(iter(ingest.read(sources()))), Document)  # type: ignore[arg-type]
