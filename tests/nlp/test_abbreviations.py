from __future__ import annotations

from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scispacy.abbreviation import AbbreviationDetector  # noqa: F401 - registers the component
from spacy.language import Language

from trialmine.nlp import abbreviations as own
from trialmine.nlp.reader import Reader
from trialmine.nlp.tokenizer import blank
from trialmine.records.document import CleanText


@cache
def reader() -> Reader:
    return Reader(ner_model="none")


def abbreviations(text: str) -> dict[str, str]:
    return dict(reader().read(CleanText(text, text)).abbreviations)


CASES = [
    ("Patients had hepatocellular carcinoma (HCC) at entry.", "HCC", "hepatocellular carcinoma"),
    ("a vial of colony-stimulating factor (C-SF) broke", "C-SF", "colony-stimulating factor"),
    ("It was methotrexate (MTX; 5 mg) or tea.", "MTX", "methotrexate"),
    ("progression-free survival (PFS) rose", "PFS", "progression-free survival"),
    ("interleukin 2 (IL-2) was given", "IL-2", "interleukin 2"),
]


@pytest.mark.parametrize(("text", "short", "long_form"), CASES)
def test_reads_definitions(text: str, short: str, long_form: str) -> None:
    assert abbreviations(text)[short] == long_form


@pytest.mark.parametrize(
    "text",
    [
        "the drug (with food) was given",
        "ten men (80) came",
        "in tea (XQZ) drinkers",
        "(HCC)",
        "",
        "()",
        "Tea (n = 12) won",
    ],
)
def test_brackets_without_a_definition_give_none(text: str) -> None:
    assert abbreviations(text) == {}


PIECES = [
    "tumour necrosis factor ",
    "(TNF)",
    "(TNF; ",
    "[",
    ")",
    "interleukin 2 ",
    "(IL-2)",
    ". ",
    "\n",
    " = ",
    "x" * 130,
    "(see text) ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_a_long_form_stands_in_the_text(text: str) -> None:
    assert all(short in text and long_form in text for short, long_form in abbreviations(text).items())


@cache
def detector() -> Language:
    nlp = blank()
    nlp.add_pipe("abbreviation_detector", config={"make_serializable": True})
    return nlp


FORMS = ["tumour", "necrosis", "factor", "alpha", "TNF", "TNF-a", "TNFa", "IL", "2", "of", "the", "Aa", "HD", "DA", "9"]
SIGNS = [" ", " ", " ", "  ", "\n", "(", ")", " (", ") ", "-", "/", ", ", "; "]


@pytest.mark.filterwarnings("ignore:.W036")  # its matcher is empty until it has seen an abbreviation, and says so
@given(st.lists(st.sampled_from([*FORMS, *SIGNS]), max_size=40).map("".join))
@example("tumour necrosis factor (TNF) and the necrosis factor (TNF), or tumour necrosis factor (TNF-a)")
@example("high dose dopamine (HD DA) and HD  DA, TNF (tumour necrosis factor of the old (kind)) or it")
def test_decisions_are_those_of_scispacys_detector(text: str) -> None:
    theirs = {(a["short_text"], a["long_text"]) for a in detector()(text)._.abbreviations}
    read = own._Tokens(text, detector().tokenizer)
    ours = {(short, read.text(*long)) for at, long in own._defined(read) for short in read.spellings(*at)}
    assert ours == theirs
