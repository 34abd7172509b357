"""Tables and documents of office programs and PDFs: XLSX, Parquet, DOCX, PDF; columns as the user maps them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import docx as docx_library
import openpyxl
import pyarrow
import pyarrow.parquet
import pytest

from ingest.reading import ReadFile, documents, messages
from support.pdf import column, pdf
from trialmine.clean import clean
from trialmine.ingest.limits import IngestLimits
from trialmine.ingest.options import ReadOptions
from trialmine.records.document import Document

ROWS: list[dict[str, Any]] = [
    {"Key": "a", "PMID": 41, "Title": "Zorbamab in gout", "Abstract": "We gave 5 mg.", "Note": "n", "Year": 2019},
    {"Key": "b", "PMID": 42, "Title": "Again", "Abstract": "We gave 10 mg.", "Note": "m", "Year": 2020},
]


def xlsx(rows: list[dict[str, Any]]) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["Remarks"])
    sheet = book.create_sheet("Abstracts")
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def parquet(rows: list[dict[str, Any]]) -> bytes:
    data = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), data)
    return data.getvalue()


def tsv(rows: list[dict[str, Any]]) -> bytes:
    return "\n".join("\t".join(map(str, row)) for row in ([*rows[0]], *(r.values() for r in rows))).encode()


TABLES = [("xlsx", xlsx), ("parquet", parquet), ("tsv", tsv)]


@pytest.mark.parametrize(("form", "write"), TABLES, ids=[t[0] for t in TABLES])
def test_tables(read_file: ReadFile, form: str, write: Callable[[Any], bytes]) -> None:
    one, two = documents(read_file(write(ROWS)))
    assert (one.text, one.pmid, one.year, one.format) == ("Zorbamab in gout\nWe gave 5 mg.", "41", 2019, form)
    assert two.pmid == "42"


@pytest.mark.parametrize(("form", "write"), TABLES, ids=[t[0] for t in TABLES])
def test_columns_as_the_user_maps_them(read_file: ReadFile, form: str, write: Callable[[Any], bytes]) -> None:
    options = ReadOptions(columns={"text": "Note", "doc_id": "Key"})
    assert [(d.text, d.doc_id) for d in documents(read_file(write(ROWS), options=options))] == [("n", "a"), ("m", "b")]
    other = [{"Key": "a", "Body Text": "Given."}, {"Key": "b", "Body Text": "Again."}]
    message = messages(read_file(write(other), "x.tsv"))[-1]
    assert "Key, Body Text" in message
    assert "--columns" in message
    mapped = read_file(write(other), "x.tsv", options=ReadOptions(columns={"text": "body text"}))
    assert [d.text for d in documents(mapped)] == ["Given.", "Again."]


@pytest.mark.parametrize(("form", "write"), TABLES, ids=[t[0] for t in TABLES])
def test_a_row_without_text_costs_itself_alone(read_file: ReadFile, form: str, write: Callable[[Any], bytes]) -> None:
    empty = {**ROWS[0], "Title": "", "Abstract": "", "Key": "e"}
    items = read_file(write([ROWS[0], empty, ROWS[1]]))
    assert [type(item) is Document for item in items] == [True, False, True]
    assert "the record has no text" in messages(items)[0]


def test_dates_and_numbers_in_a_workbook(read_file: ReadFile) -> None:
    rows = [{"Text": "Given.", "Publication Date": date(2018, 3, 4)}, {"Text": 5, "Publication Date": None}]
    items = read_file(xlsx(rows))
    assert [d.year for d in documents(items)] == [2018]
    assert "the text is a number" in messages(items)[0]


def docx() -> bytes:
    document = docx_library.Document()
    document.add_heading("Zorbamab in gout", 0)
    document.add_heading("Abstract", 1)
    paragraph = document.add_paragraph("We gave 5 × 10")
    paragraph.add_run("6").font.superscript = True
    paragraph.add_run(" cells/m")
    paragraph.add_run("2").font.superscript = True
    document.add_heading("Introduction", 1)
    document.add_paragraph("Not read.")
    document.add_heading("2. Methods", 1)
    document.add_paragraph("Twice daily.")
    table = document.add_table(2, 2)
    for cell, text in zip((c for row in table.rows for c in row.cells), ("Arm", "n", "A", "12"), strict=True):
        cell.text = text
    document.add_heading("Results", 1)
    document.add_paragraph("It worked.")
    document.add_heading("References", 1)
    document.add_paragraph("1. Not read.")
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_docx(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(docx()))
    assert doc.text == "Zorbamab in gout\nAbstract\nWe gave 5 × 10^6 cells/m2"
    assert (doc.title, doc.format) == ("Zorbamab in gout", "docx")
    (full,) = documents(read_file(docx(), options=ReadOptions(full_text=True)))
    assert full.text.split("\n")[3:] == ["2. Methods", "Twice daily.", "Arm | n", "A | 12", "Results", "It worked."]


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one of its parts changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return out.getvalue()


def test_a_docx_is_read_as_its_changes_leave_it(read_file: ReadFile) -> None:
    tracked = (
        b'<w:p><w:r><w:t>We gave </w:t></w:r><w:ins w:id="1"><w:r><w:t>5</w:t></w:r></w:ins>'
        b'<w:del w:id="2"><w:r><w:delText>9</w:delText></w:r></w:del><w:r><w:t xml:space="preserve"> mg.</w:t></w:r>'
        b"</w:p>"
    )
    data = changed(docx(), "word/document.xml", lambda xml: xml.replace(b"<w:body>", b"<w:body>" + tracked))
    (doc,) = documents(read_file(data))
    assert doc.text.startswith("We gave 5 mg.\n")


LEFT = [
    "Zorbamab lowers pain in gout, and it",
    "was well tolerated by all the pa-",
    "tients. It had no e\xaeect on blood.",
]
MORE = ["The dose of 5 mg was given twice", "daily for two weeks in all, and the", "others were given nothing at all."]
RIGHT = [
    "On the right side a second column",
    "of prose goes on where the first one",
    "has ended, as every journal prints.",
]


def two_columns(number: int) -> list[Any]:
    return [
        (60, 800, 9, "Journal of Made Up Medicine 2019"),
        *(column(60, 760, ["A trial of zorbamab in people with gout of every kind"], size=16) if number == 1 else ()),
        *column(60, 720, [*LEFT, *MORE]),
        *column(310, 720, RIGHT + RIGHT),
        (290, 30, 9, str(number)),
    ]


def test_pdf_columns_furniture_hyphens_and_ligatures(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(pdf([two_columns(i) for i in range(1, 4)])))
    assert "Journal of Made Up" not in doc.text
    title, first, *_ = doc.text.split("\n\n")[0].split("\n")
    assert title == "A trial of zorbamab in people with gout of every kind"
    assert first == "Zorbamab lowers pain in gout, and it was well tolerated by all the pa-"
    assert doc.text.index("nothing at all.") < doc.text.index("On the right side")
    assert not any(line.strip().isdigit() for line in doc.text.split("\n"))
    read = clean(doc.text).text
    assert "all the patients. It had no e" in read
    assert "given twice daily" in read


def test_pdf_tables_keep_their_cells_apart(read_file: ReadFile) -> None:
    rows = [("Arm", "Dose", "n"), ("A", "5 mg", "12"), ("B", "10 mg", "11")]
    placed = [(60 + 120 * j, 700 - 14 * i, 10, cell) for i, row in enumerate(rows) for j, cell in enumerate(row)]
    (doc,) = documents(read_file(pdf([placed])))
    assert doc.text.split("\n") == ["Arm | Dose | n", "A | 5 mg | 12", "B | 10 mg | 11"]


def test_a_justified_line_is_no_table(read_file: ReadFile) -> None:
    words = [(60, 700, "The"), (120, 700, "trial"), (170, 700, "was"), (60, 688, "a"), (96, 688, "small one.")]
    (doc,) = documents(read_file(pdf([[(x, y, 10, text) for x, y, text in words]])))
    assert "|" not in doc.text


def test_a_pdf_of_pictures_says_so(read_file: ReadFile) -> None:
    (message,) = messages(read_file(pdf([[]])))
    assert "text recognition" in message


HOSTILE: list[tuple[str, Callable[[], bytes], str]] = [
    ("damaged PDF", lambda: b"%PDF-1.7\nfoo", "the PDF is damaged"),
    ("PDF of too many pages", lambda: pdf([[(9, 9, 9, "x")]] * 9), "9 pages; it may have 5"),
    ("damaged Parquet", lambda: parquet(ROWS)[:-40] + b"PAR1", "can't be read as parquet"),
    ("cut Parquet", lambda: b"PAR1" + b"\xff" * 99, "can't be read as parquet"),
    ("damaged workbook", lambda: changed(xlsx(ROWS), "xl/workbook.xml", lambda _: b"<x"), "can't be read as xlsx"),
    ("workbook bomb", lambda: changed(xlsx(ROWS), "xl/worksheets/sheet2.xml", lambda x: x + b" " * 9_000_000), "bomb"),
    ("document bomb", lambda: changed(docx(), "word/document.xml", lambda x: x + b" " * 9_000_000), "bomb"),
    ("document with entities",
     lambda: changed(docx(), "word/document.xml",
                     lambda x: x.replace(b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document', 1)),
     "declares a document type"),
    ("workbook with entities, in UTF-16",
     lambda: changed(xlsx(ROWS), "xl/workbook.xml",
                     lambda x: ('<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]>' + x.decode()).encode("utf-16")),
     "declares a document type"),
    ("huge workbook",
     lambda: changed(xlsx(ROWS), "docProps/app.xml", lambda _: Random(0).randbytes(4_000_000)), "3,000,000 bytes"),
]  # fmt: skip
SMALL = ReadOptions(limits=IngestLimits(pages=5, file_bytes=3_000_000))


@pytest.mark.parametrize(("make", "said"), [row[1:] for row in HOSTILE], ids=[row[0] for row in HOSTILE])
def test_hostile_files_are_refused(read_file: ReadFile, make: Callable[[], bytes], said: str) -> None:
    (message,) = messages(read_file(make(), "h", options=SMALL))
    assert said in message
    assert "h: " in message
    assert message.count(". ") >= 1


@pytest.mark.parametrize(("make", "module", "extra"), [
    (lambda: xlsx(ROWS), "openpyxl", "office"), (docx, "docx", "office"),
    (lambda: parquet(ROWS), "pyarrow.parquet", "parquet"),
    (lambda: pdf([[(9, 9, 9, "x")]]), "pypdfium2", "pdf"),
])  # fmt: skip
def test_a_missing_library_is_named_with_its_extra(
    read_file: ReadFile, monkeypatch: pytest.MonkeyPatch, make: Callable[[], bytes], module: str, extra: str
) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    data = make()
    monkeypatch.setattr("trialmine.ingest.extras.import_module", missing)
    (message,) = messages(read_file(data))
    assert f'pip install "trialmine[{extra}]"' in message
