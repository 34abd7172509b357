from __future__ import annotations

import pytest

from trialmine.clean import clean
from trialmine.flow import load
from trialmine.records.document import Document

NUMBERS = [
    ("twenty five mg", "25 mg"),
    ("one hundred and fifty mg", "150 mg"),
    ("two hundred mg", "200 mg"),
    ("one thousand two hundred mg", "1200 mg"),
    ("two point five mg", "2.5 mg"),
    ("zero point one two five mg", "0.125 mg"),
    ("one and a half mg", "1.5 mg"),
    ("point five mg", "0.5 mg"),
    ("2 point five mg", "2.5 mg"),
    ("six point two months", "6.2 months"),
    ("forty-eight weeks", "forty-eight weeks"),
    # two numbers side by side are a range that has lost its dash, not one number
    ("five ten mg", "five ten mg"),
    ("twenty one nurses", "twenty one nurses"),
]


@pytest.mark.parametrize(("said", "read"), NUMBERS)
def test_reads_numbers_of_several_words(said: str, read: str) -> None:
    cleaned = clean(f"Adults took {said} of velotinib.")
    assert cleaned.text == f"Adults took {read} of velotinib."
    assert clean(cleaned.text).text == cleaned.text


def test_a_dose_in_words_is_read_whole() -> None:
    text = "A trial of warfarin. Adults received warfarin two point five mg daily."
    record = next(iter(load().outcomes([Document(text=text, format="text", doc_id="x")]))).record
    assert record is not None
    assert [row.dose.value for row in record.dosing if row.dose] == [2.5]
