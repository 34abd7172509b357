from __future__ import annotations

import pytest

from support.blocks import blocks

CASES = [
    (
        "Sorafenib in gout\nMETHODS: Patients were randomized to sorafenib 400 mg or placebo. RESULTS: It helped.",
        [("i1", "sorafenib", "investigational"), ("i2", "placebo", "comparator")],
    ),
    (
        "Metformin versus gliclazide in diabetes\nMETHODS: They received metformin 500 mg or gliclazide 80 mg daily.",
        [("i1", "metformin", "investigational"), ("i2", "gliclazide", "comparator")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_names_what_was_given(text: str, expected: list[tuple[str, str, str]]) -> None:
    block = blocks(text).interventions
    assert [(r.id, r.name, r.role) for r in block.rows] == expected
    assert all(
        text[r.start : r.end].lower() in (row.name, row.text.lower())
        for r in block.references
        for row in block.rows
        if row.id == r.id
    )


def test_a_brand_and_a_short_form_are_one_intervention_with_aliases() -> None:
    text = "METHODS: Patients received methotrexate (MTX) 15 mg weekly. RESULTS: MTX helped and methotrexate was safe."
    block = blocks(text, abbreviations={"MTX": "methotrexate"}).interventions
    assert [(r.name, r.aliases) for r in block.rows] == [("methotrexate", ("MTX",))]
    assert {text[r.start : r.end] for r in block.references} == {"methotrexate", "MTX"}


def test_references_are_in_text_order_and_name_rows() -> None:
    text = CASES[0][0]
    block = blocks(text).interventions
    assert [r.start for r in block.references] == sorted(r.start for r in block.references)
    assert {r.id for r in block.references} == {r.id for r in block.rows}


@pytest.mark.parametrize("text", ["", "The ship left at noon.", "(", "and or versus"])
def test_nothing_given_is_nothing_found(text: str) -> None:
    block = blocks(text).interventions
    assert (block.rows, block.references) == ((), ())
