from __future__ import annotations

import pytest

from support.blocks import blocks
from trialmine.assemble.arms.phrases import readings, runs_in

# text -> what one of its readings parts
READ = [
    ("Metformin plus gliclazide or gliclazide alone was given.", [["metformin", "gliclazide"], ["gliclazide"]]),
    (
        "We assigned 78 men to metformin and 78 men to metformin plus acarbose.",
        [["metformin"], ["metformin", "acarbose"]],
    ),
    ("Men received metformin with or without acarbose.", [["metformin"], ["metformin", "acarbose"]]),
    (
        "Men received metformin (500 mg) with either acarbose or gliclazide.",
        [["acarbose", "metformin"], ["gliclazide", "metformin"]],
    ),
    (
        "Women were given metformin with acarbose (50 mg) or placebo.",
        [["acarbose", "metformin"], ["placebo", "metformin"]],
    ),
    (
        "They got acarbose or gliclazide, each in combination with metformin.",
        [["acarbose", "metformin"], ["gliclazide", "metformin"]],
    ),
    ("We compared metformin with acarbose.", [["metformin"], ["acarbose"]]),
    ("Pain fell by 1.9 with metformin and by 1.3 points with acarbose.", [["metformin"], ["acarbose"]]),
    (
        "Metformin plus acarbose and gliclazide plus acarbose were tested.",
        [["metformin", "acarbose"], ["gliclazide", "acarbose"]],
    ),
    ("Men got metformin (in saline) or placebo.", [["metformin"], ["placebo"]]),
    # what a stroke joins is taken as one
    (
        "Men were given placebo, metformin 5 mg/acarbose 50 mg, or metformin 10 mg/acarbose 50 mg plus gliclazide.",
        [
            ["placebo", "gliclazide"],
            ["metformin", "acarbose", "gliclazide"],
            ["metformin", "acarbose", "gliclazide"],
        ],
    ),
    (
        "Men got metformin/acarbose or gliclazide, both with sitagliptin 100 mg.",
        [["metformin", "acarbose", "sitagliptin"], ["gliclazide", "sitagliptin"]],
    ),
]


def _readings(text: str) -> list[list[frozenset[str]]]:
    found = blocks("METHODS: " + text)
    names = {r.id: str(r.name) for r in found.interventions.rows}
    runs = [run for s in found.article.sentences for run in runs_in(found.article, found.interventions, s)]
    return [
        [frozenset(names[m] for m in part.members) for part in parts]
        for run in runs
        for parts in readings(found.article.text, run)
    ]


@pytest.mark.parametrize(("text", "parts"), READ, ids=[t for t, _ in READ])
def test_reads_what_a_run_parts(text: str, parts: list[list[str]]) -> None:
    assert [frozenset(p) for p in parts] in _readings(text)


# text -> two that no reading puts into one arm
NEVER = [
    ("Pain was 73% ± 4 with metformin and 61% ± 5 with acarbose.", {"metformin", "acarbose"}),
    ("Metformin was better than acarbose.", {"metformin", "acarbose"}),
    ("Weight fell with metformin, and acarbose increased the appetite.", {"metformin", "acarbose"}),
    ("Men got metformin plus acarbose, metformin plus gliclazide or insulin.", {"acarbose", "gliclazide"}),
]


@pytest.mark.parametrize(("text", "pair"), NEVER, ids=[t for t, _ in NEVER])
def test_joins_no_two_that_the_text_sets_apart(text: str, pair: set[str]) -> None:
    assert not any(pair <= part for parts in _readings(text) for part in parts)


# the names that part the arms stand alone, and what they share stands in one place
FULL = [
    (
        "METHODS: Men received metformin 500 mg plus acarbose 50 mg (N=40), acarbose 100 mg (N=41) or placebo (N=39).",
        [(40, {"metformin", "acarbose"}), (41, {"metformin", "acarbose"}), (39, {"metformin", "placebo"})],
    ),
    # a placebo named by the drug that it looks like
    (
        "METHODS: Adults were randomized to metformin and acarbose (n=101), metformin and acarbose placebo (n=102), "
        "acarbose and metformin placebo (n=103), or double placebo (n=104).",
        [
            (101, {"metformin", "acarbose"}),
            (102, {"metformin", "placebo"}),
            (103, {"acarbose", "placebo"}),
            (104, {"placebo"}),
        ],
    ),
    # one arm got all that it was tested with
    (
        "METHODS: In this single-arm trial, men received metformin 500 mg and acarbose 50 mg.",
        [(None, {"metformin", "acarbose"})],
    ),
    (
        "METHODS: Adults were randomized to metformin plus acarbose or metformin plus placebo. RESULTS: Pain fell in "
        "the acarbose group (n = 40) and in the placebo group (n = 41).",
        [(40, {"metformin", "acarbose"}), (41, {"metformin", "placebo"})],
    ),
    (
        "METHODS: Adults received metformin 500 mg daily with acarbose 50 mg or placebo. RESULTS: Pain fell with "
        "acarbose but not with placebo. In all, 80 were randomized (41 acarbose, 39 placebo).",
        [(41, {"metformin", "acarbose"}), (39, {"metformin", "placebo"})],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FULL, ids=[t[:60] for t, _ in FULL])
def test_arms_hold_what_one_place_tells_in_full(text: str, expected: list[tuple[int, set[str]]]) -> None:
    found = blocks(text)
    names = {r.id: str(r.name) for r in found.interventions.rows}
    assert [(a.n, {names[m] for m in a.interventions}) for a in found.arms.rows] == expected
