from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.marked import marked, read
from trialmine.extract.eligibility import extract_criteria

CASES = [
    ("Inclusion criteria were [[age over 18 years]], [[asthma]] and [[no smoking]].", "inclusion"),
    ("Exclusion criteria: [[pregnancy]], [[lactation]], or [[known allergy to nuts]].", "exclusion"),
    ("Patients were eligible if they had [[gout for a year]].", "inclusion"),
    ("Patients with [[renal failure]] were excluded.", "exclusion"),
    ("We took adults, excluding patients with [[epilepsy]].", "exclusion"),
    ("Eligibility criteria included [[prior surgery]]; [[a normal ECG]]; and [[written consent]].", "inclusion"),
    ("Inclusion criteria were (1) [[gout]] (2) [[age over 40]].", "inclusion"),
    ("Exclusion criteria were [[use of steroids (oral, inhaled)]], [[fever]].", "exclusion"),
    # a list that lost its commas goes on in sentences without capitals
    (
        "Eligibility criteria included [[kidney cancer]]. [[measurable disease]]. [[adequate marrow]]. We began.",
        "inclusion",
    ),
]


@pytest.mark.parametrize(("sentence", "kind"), CASES)
def test_splits_criteria(sentence: str, kind: str) -> None:
    text, expected = marked(sentence)
    found = list(extract_criteria(read(text)))
    assert [text[m.start : m.end] for m in found] == expected
    assert {m.value for m in found} == {kind}


NEVER = [
    "Two patients were excluded from the analysis.",
    "The exclusion criteria of that paper differ.",
    "Inclusion bodies were seen.",
    "Eligible patients were treated.",
    "",
]


@pytest.mark.parametrize("text", NEVER)
def test_leaves_look_alikes(text: str) -> None:
    assert list(extract_criteria(read(text))) == []


@given(
    st.lists(
        st.sampled_from(
            [
                "Inclusion criteria: ",
                "Exclusion criteria were ",
                "age",
                ", ",
                "; ",
                ". ",
                " and ",
                "no gout",
                "(1)",
                "\n",
                "Patients with ",
                " were excluded",
            ]
        ),
        max_size=14,
    )
)
def test_criteria_are_trimmed_pieces_of_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    for m in extract_criteria(read(text)):
        piece = text[m.start : m.end]
        assert len(piece) > 2
        assert piece == piece.strip(" ;,\n")
