from __future__ import annotations

import pytest

from support.blocks import blocks

# text -> (role, n, names of what they got)
CASES = [
    (
        "METHODS: Patients were randomly assigned to sorafenib (n = 80) or placebo (n = 40).",
        [("experimental", 80, ["sorafenib"]), ("placebo_comparator", 40, ["placebo"])],
    ),
    (
        "METHODS: Group A received metformin and group B received gliclazide.",
        [("experimental", None, ["metformin"]), ("active_comparator", None, ["gliclazide"])],
    ),
    (
        "METHODS: Sixty patients were randomized into two groups of 30 patients to receive metformin or placebo.",
        [("experimental", 30, ["metformin"]), ("placebo_comparator", 30, ["placebo"])],
    ),
    (
        "METHODS: Patients were randomized to metformin plus gliclazide or to metformin plus placebo.",
        [("experimental", None, ["metformin", "gliclazide"]), ("placebo_comparator", None, ["metformin", "placebo"])],
    ),
    (
        "Sorafenib in gout: a single-arm phase II trial\nMETHODS: Patients received sorafenib 400 mg daily.",
        [("experimental", None, ["sorafenib"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:60] for c in CASES])
def test_says_who_got_what(text: str, expected: list[tuple[str, int | None, list[str]]]) -> None:
    found = blocks(text)
    names = {r.id: r.name for r in found.interventions.rows}
    assert [(a.role, a.n, [names[i] for i in a.interventions]) for a in found.arms.rows] == expected
    assert [a.id for a in found.arms.rows] == [f"a{i}" for i in range(1, len(expected) + 1)]


def test_a_group_phrase_refers_to_its_arm() -> None:
    text = (
        "METHODS: Patients were randomly assigned to metformin or placebo. RESULTS: Pain fell in the metformin group."
    )
    found = blocks(text)
    place = text.index("metformin group")
    assert found.arms.rows[0].id in {r.id for r in found.arms.references if r.start <= place < r.end}


def test_references_name_arms_and_lie_in_the_text() -> None:
    text = CASES[0][0]
    arms = blocks(text).arms
    assert {r.id for r in arms.references} <= {a.id for a in arms.rows}
    assert all(0 <= r.start < r.end <= len(text) for r in arms.references)


@pytest.mark.parametrize("text", ["", "The ship left at noon.", "between the two groups", "Group A and group B."])
def test_nothing_assigned_is_no_arm(text: str) -> None:
    assert blocks(text).arms.rows == ()


def test_references_to_one_place_keep_one_order() -> None:
    text = "METHODS: Patients were randomly assigned to metformin 500, 1000 or 1500 mg daily."
    references = blocks(text).arms.references
    assert list(references) == sorted(references, key=lambda r: (r.start, -r.end, r.id))
    assert len({r.id for r in references}) == 3
