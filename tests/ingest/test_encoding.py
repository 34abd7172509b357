"""Bytes to text: what the file says is what the document says, in every encoding that users save in."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.ingest.encoding import bounded_lines, decode, looks_binary, text_stream

TEXT = "Dose ≥ 5 µg/kg – “well tolerated”,\r\nn = 12 ± 3.\rEnd\n"

SAME_TEXT = [
    ("utf-8", TEXT),
    ("utf-8-sig", TEXT),
    ("utf-16", TEXT),
    ("utf-32", TEXT),
    ("utf-16-le", "Patients took 5 mg.\n"),
    ("utf-16-be", "Patients took 5 mg.\n"),
    ("cp1252", "Dose 5 µg/kg – “well tolerated”, 12 ± 3 °C\r\n"),
    ("latin-1", "Dose 5 µg/kg, 12 ± 3 °C, naïve\n"),
    ("ascii", "Plain.\n"),
]


@pytest.mark.parametrize(("encoding", "text"), SAME_TEXT)
def test_decodes(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)) == text
    assert text_stream(io.BytesIO(text.encode(encoding)), text.encode(encoding)).read() == text


def test_other_scripts_are_guessed_from_their_bytes() -> None:
    text = "Пациенты получали препарат внутрь один раз в сутки в течение двух недель. " * 5
    assert decode(text.encode("cp1251")) == text


def test_a_stray_windows_byte_in_a_utf8_file_is_read_as_what_it_was() -> None:
    data = "Dose 5 µg/kg ".encode() + b"\x96" + b" twice"
    assert decode(data) == "Dose 5 µg/kg – twice"


@given(st.binary(max_size=300))
def test_decoding_never_fails(data: bytes) -> None:
    assert isinstance(decode(data), str)
    assert isinstance(looks_binary(data), bool)


@given(st.text(max_size=300).filter(lambda t: "\x00" not in t and not t.startswith("\ufeff")))
def test_utf8_with_a_mark_comes_back(text: str) -> None:
    assert decode(text.encode("utf-8-sig")) == text


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, bytes(range(256)) * 4, b"text" + b"\x00" * 40])
def test_binary_is_seen(data: bytes) -> None:
    assert looks_binary(data)


@pytest.mark.parametrize("data", [b"", b"A page\x0c and another\r\n", "Größe µ".encode("utf-16"), TEXT.encode()])
def test_text_is_not_binary(data: bytes) -> None:
    assert not looks_binary(data)


def test_long_lines_are_passed_over_and_counted() -> None:
    lines = list(bounded_lines(io.StringIO("one\n" + "x" * 50 + "\nthree", newline=""), 10))
    assert [(line.number, line.text) for line in lines] == [(1, "one\n"), (2, None), (3, "three")]
