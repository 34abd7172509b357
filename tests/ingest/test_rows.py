"""JSONL, JSON and CSV: rows become documents, and a broken row costs itself alone."""

from __future__ import annotations

import json

import pytest

from ingest.reading import ReadFile, documents, messages
from trialmine.ingest.options import ReadOptions

ROW = {
    "doc_id": "d1",
    "text": "Given  5 mg\r\ndaily.",
    "title": "Zorbamab",
    "pmid": 123,
    "year": "2009 Oct",
    "kind": "x",
}


def test_text_is_taken_verbatim(read_file: ReadFile) -> None:
    (doc,) = documents(read_file(json.dumps(ROW)))
    assert (doc.text, doc.doc_id, doc.title, doc.pmid, doc.year) == (ROW["text"], "d1", "Zorbamab", "123", 2009)
    assert doc.format == "jsonl"


COLUMNS = [
    ({"id": 7, "abstract": "We gave it.", "title": "A trial"}, {"doc_id": "7", "text": "A trial\nWe gave it."}),
    ({"PMID": "12.0", "Abstract": "We gave it."}, {"pmid": "12", "text": "We gave it."}),
    (
        {"Text": "Given.", "PMCID": "987", "DOI": "https://doi.org/10.1000/a.b"},
        {"pmcid": "PMC987", "doi": "10.1000/a.b"},
    ),
    ({"title": "Only a title", "Journal/Book": "J Made Up"}, {"text": "Only a title", "journal": "J Made Up"}),
    ({"text": "Given.", "language": "eng", "publication_types": ["Review"]}, {"publication_types": ("Review",)}),
    ({"text": "Given.", "nct_id": "NCT00000001; NCT00000002"}, {"registry_ids": ("NCT00000001", "NCT00000002")}),
    ({"text": "See NCT 00000003."}, {"registry_ids": ("NCT00000003",)}),
]


@pytest.mark.parametrize(("row", "expected"), COLUMNS)
def test_columns(read_file: ReadFile, row: dict[str, object], expected: dict[str, object]) -> None:
    for content in (json.dumps(row), json.dumps([row], indent=1)):
        (doc,) = documents(read_file(content))
        assert {k: getattr(doc, k) for k in expected} == expected


LAYOUTS = [
    ("array", '[{"text": "One."}, {"text": "Two."}]', "json"),
    ("pretty array", '[\n  {\n    "text": "One."\n  },\n  {\n    "text": "Two."\n  }\n]\n', "json"),
    ("pretty objects", '{\n "text": "One."\n}\n{\n "text": "Two."\n}\n', "json"),
    ("wrapped", '{"records": [{"text": "One."}, {"text": "Two."}], "n": 2}', "jsonl or json"),
    ("lines", '{"text": "One."}\n\n{"text": "Two."}\n', "jsonl"),
    ("lines, CRLF and mark", '\ufeff{"text": "One."}\r\n{"text": "Two."}\r\n', "jsonl"),
    ("csv", "doc_id,text\n1,One.\n2,Two.\n", "csv"),
    ("csv, quoted", 'doc_id,text\n1,"One."\n2,"Two."\n', "csv"),
    ("csv, semicolons", "id;text\n1;One.\n2;Two.\n", "csv"),
    ("tsv", "id\ttext\n1\tOne.\n2\tTwo.\n", "tsv"),
    ("csv, bars, CR", "id|text\r1|One.\r2|Two.\r", "csv"),
]


@pytest.mark.parametrize(("label", "content", "form"), LAYOUTS, ids=[c[0] for c in LAYOUTS])
def test_layouts(read_file: ReadFile, label: str, content: str, form: str) -> None:
    docs = documents(read_file(content))
    assert [d.text for d in docs] == ["One.", "Two."]
    assert {d.format for d in docs} <= set(form.split(" or "))


def test_utf16_table_as_spreadsheets_save_it(read_file: ReadFile) -> None:
    (doc,) = documents(read_file('id\ttext\r\n1\t"He took 5 µg, ""daily"""\r\n'.encode("utf-16")))
    assert (doc.text, doc.format) == ('He took 5 µg, "daily"', "tsv")


def test_cells_may_hold_separators_and_line_ends(read_file: ReadFile) -> None:
    (doc,) = documents(read_file('doc_id,text\na,"Given, as\r\nplanned."\n'))
    assert doc.text == "Given, as\r\nplanned."


BROKEN = [
    ("jsonl", '{"text": "One."}\n{"text": "Tw\n{"text": "Three."}\n', 2),
    ("jsonl, no object", '{"text": "One."}\n[1]\n{"text": "Three."}\n', 2),
    ("jsonl, no text", '{"text": "One."}\n{"doc_id": "x"}\n{"text": "Three."}\n', 2),
    ("jsonl, text is a list", '{"text": "One."}\n{"text": ["Two."]}\n{"text": "Three."}\n', 2),
    ("jsonl, first", '{"text": "One.}\n{"text": "Two."}\n{"text": "Three."}\n', 1),
    ("json", '[\n{"text": "One."},\n{"text": "Two", oops},\n{"text": "Three."}\n]', 3),
    ("json, cut", '[\n{"text": "One."},\n{"text": "Two."},\n{"text": "Thr', 4),
    ("csv, open quote", 'id,text\n1,One.\n2,"Two.\n3,"Three."\n', 3),
    ("csv, comma in prose", "id,text\n1,One.\n2,Two, or more.\n3,Three.\n", 3),
    ("csv, last quote open", 'id,text\n1,One.\n2,Two.\n3,"Three.\n', 4),
]


@pytest.mark.parametrize(("label", "content", "line"), BROKEN, ids=[c[0] for c in BROKEN])
def test_a_broken_record_costs_itself_alone(read_file: ReadFile, label: str, content: str, line: int) -> None:
    items = read_file(content)
    assert len(documents(items)) == 2
    (message,) = messages(items)
    assert f"line {line}:" in message


def test_prose_in_a_broken_cell_is_no_row(read_file: ReadFile) -> None:
    items = read_file('id,text,year\n1,One.,2001\n2,"Two, he said "no",2002\nand went on\n3,Three.,2003\n')
    assert [d.doc_id for d in documents(items)] == ["1", "3"]
    assert len(messages(items)) == 2


def test_empty_cells_at_the_end_may_be_left_out(read_file: ReadFile) -> None:
    assert len(documents(read_file("id,text,year\n1,One.,2001\n2,Two.\n"))) == 2


def test_lone_surrogates_and_nan_are_read(read_file: ReadFile) -> None:
    (doc,) = documents(read_file('{"text": "a \\ud83d b", "score": NaN}'))
    assert doc.text == "a \ud83d b"


def test_deep_nesting_is_refused(read_file: ReadFile) -> None:
    items = read_file('{"text": "One."}\n{"text": ' + "[" * 100_000 + "\n")
    assert len(documents(items)) == 1
    assert len(messages(items)) == 1


def test_a_table_without_text_names_its_columns(read_file: ReadFile) -> None:
    (message,) = messages(read_file("name,dose\na,5 mg\n", "table.csv"))
    assert "name, dose" in message
    assert '"text"' in message


def test_our_own_records_are_no_documents(read_file: ReadFile) -> None:
    (message,) = messages(read_file('{"schema_version": "1.0", "record_id": "x", "dosing": []}'))
    assert "trialmine wrote" in message


def test_a_pubmed_page_in_a_row_gives_its_facts(read_file: ReadFile) -> None:
    page = "Skip to main page content\nClinical Trial\n. 2011 May 2;5(2):1-9.\ndoi: 10.1000/p.1.\n\n"
    page += "Zorbamab in gout\n\nAbstract\n\nGiven."
    (doc,) = documents(read_file(json.dumps({"doc_id": "p", "text": page})))
    assert (doc.text, doc.title, doc.doi, doc.year) == (page, "Zorbamab in gout", "10.1000/p.1", 2011)


def test_a_doc_id_given_twice_is_read_with_a_warning(read_file: ReadFile) -> None:
    one, two, three = documents(read_file("doc_id,text\na,One.\na,Two.\nb,Three.\n"))
    assert (one.notes, three.notes) == ((), ())
    assert [n.code for n in two.notes] == ["duplicate_doc_id"]
    assert "'a'" in two.notes[0].message


def test_a_wrapped_list_keeps_what_stands_before_a_broken_record(read_file: ReadFile) -> None:
    content = '{"n": 3, "records": [{"text": "One."}, {"text": "Tw", oops}, {"text": "Three."}], "next": null}'
    items = read_file(content, form="json")
    assert [d.text for d in documents(items)] == ["One.", "Three."]
    assert len(messages(items)) == 1


MAPPED = ReadOptions(columns={"text": "Note", "doc_id": "Key"})


@pytest.mark.parametrize("content", ['{"text": "Given.", "doc_id": "a"}', "doc_id,text\na,Given.\n"])
def test_columns_of_one_file_leave_other_files_their_usual_names(content: str, read_file: ReadFile) -> None:
    (doc,) = documents(read_file(content, options=MAPPED))
    assert (doc.text, doc.doc_id) == ("Given.", "a")


@pytest.mark.parametrize("content", ['{"Note": "", "Key": "k", "text": "Other."}', "Key,Note,text\nk,,Other.\n"])
def test_an_empty_cell_of_the_named_column_is_filled_from_no_other(content: str, read_file: ReadFile) -> None:
    (message,) = messages(read_file(content, options=MAPPED))
    assert "no text" in message
