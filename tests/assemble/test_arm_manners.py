"""Arms that got one thing in several ways, both of two, nothing of it, or what all got besides."""

from __future__ import annotations

import pytest

from support.blocks import Blocks, blocks

_TITLE = "Metformin in gout: a trial. METHODS: "


def arms_of(found: Blocks) -> list[tuple[str, int | None]]:
    names = {r.id: str(r.name) for r in found.interventions.rows}
    return [("+".join(sorted(names[i] for i in a.interventions)), a.n) for a in found.arms.rows]


# text -> what each arm got, and how many they were
WAYS = [
    (
        "Adults were randomly assigned to 3 days (n = 40) or 5 days (n = 41) of metformin.",
        [("metformin", 40), ("metformin", 41)],
    ),
    ("Adults were randomised to metformin 500 mg for either 5 or 14 days.", [("metformin", None)] * 2),
    ("Adults were randomised to oral or intravenous metformin.", [("metformin", None)] * 2),
    ("Adults were randomised to metformin once daily or twice daily.", [("metformin", None)] * 2),
    (
        "Adults were randomised to early (within a day, n = 30) or late (n = 31) metformin.",
        [("metformin", 30), ("metformin", 31)],
    ),
    (
        "Adults were given metformin at 0, 1 and 6 months (group A, n = 50) or 0, 7 and 21 days (group B, n = 48).",
        [("metformin", 50), ("metformin", 48)],
    ),
    # ways that part nobody
    (
        "Adults were randomised to metformin or placebo. Pain was delayed with metformin (6 months) compared with the"
        " others (4 months; P = 0.02).",
        [("metformin", None), ("placebo", None)],
    ),
    ("Adults received metformin orally or intravenously as they could.", [("metformin", None)]),
    (
        "Adults were randomised to metformin for 5 days, measured at 3 or 5 days, or to placebo.",
        [("metformin", None), ("placebo", None)],
    ),
    (
        "Adults were randomised to metformin twice daily or placebo once daily.",
        [("metformin", None), ("placebo", None)],
    ),
]


@pytest.mark.parametrize(("text", "arms"), WAYS, ids=[t[:60] for t, _ in WAYS])
def test_ways_of_having_one_thing_part_people(text: str, arms: list[tuple[str, int | None]]) -> None:
    assert arms_of(blocks(_TITLE + text)) == arms


def test_no_tea_is_an_arm_without_it() -> None:
    found = blocks(
        "Metformin in gout. METHODS: 60 adults were assigned to metformin one hour before (group 1, n = 20) or "
        "immediately after surgery (group 2, n = 20) or to no metformin (group 3, n = 20)."
    )
    assert arms_of(found) == [("metformin", 20), ("metformin", 20), ("", 20)]
    assert found.arms.rows[-1].role == "no_intervention"


FACTORIAL = [
    (
        "80 adults were randomised to metformin, naproxen, both, or neither.",
        ["", "metformin", "metformin+naproxen", "naproxen"],
    ),
    (
        "80 adults were randomised to metformin, naproxen or their combination.",
        ["metformin", "metformin+naproxen", "naproxen"],
    ),
    ("80 adults were randomised to metformin or naproxen; both groups did well.", ["metformin", "naproxen"]),
]


@pytest.mark.parametrize(("text", "arms"), FACTORIAL, ids=[t for t, _ in FACTORIAL])
def test_both_is_an_arm_of_its_own(text: str, arms: list[str]) -> None:
    assert sorted(label for label, _ in arms_of(blocks("Metformin and naproxen in gout. METHODS: " + text))) == arms


def test_levels_that_were_raised_are_no_arms() -> None:
    found = blocks(
        "Metformin with naproxen in gout: a phase I study. METHODS: They had metformin 50, 70 or 100 mg twice daily "
        "with naproxen 250 or 500 mg daily in a 3+3 design. RESULTS: Thirty-one patients were enrolled. Dose-limiting "
        "toxicities were rare."
    )
    assert len(found.arms.rows) == 1
    assert found.design is not None
    assert not found.design.control


BESIDES = [
    "Children were randomised to metformin or placebo; all children received naproxen.",
    "Adults inadequately controlled on naproxen were randomised 1:1 to metformin or placebo.",
]


@pytest.mark.parametrize("text", BESIDES)
def test_what_all_had_besides_is_part_of_every_arm(text: str) -> None:
    arms = arms_of(blocks(_TITLE + text))
    assert sorted(label for label, _ in arms) == ["metformin+naproxen", "naproxen+placebo"]


def test_bare_numbers_in_brackets_are_sizes_where_people_are_parted() -> None:
    found = blocks(_TITLE + "11,619 adults were allocated to metformin 500 mg (5786) or placebo (5833) on day 1.")
    assert [n for _, n in arms_of(found)] == [5786, 5833]


def test_less_of_two_treatments_is_what_the_other_is_set_against() -> None:
    found = blocks(_TITLE + "Adults were randomised to metformin plus naproxen or naproxen alone.")
    roles = {label: a.role for (label, _), a in zip(arms_of(found), found.arms.rows, strict=True)}
    assert roles == {"metformin+naproxen": "experimental", "naproxen": "active_comparator"}


# text -> what each arm got
TOLD = [
    # an anaesthetic of all, in a bracket or not
    (
        "Women under spinal anaesthesia with bupivacaine 10 mg were assigned to metformin 0.1 mg or saline.",
        ["bupivacaine+metformin", "bupivacaine+normal saline"],
    ),
    # a label of initials stands for the drugs before it
    (
        "They were assigned to naproxen 500 mg plus colchicine 75 mg (NC arm) or NC plus metformin 15 mg (NCM arm).",
        ["colchicine+metformin+naproxen", "colchicine+naproxen"],
    ),
    # what is written as one is one
    ("Adults were randomised to daily (n = 12) or weekly (n = 11) metformin-naproxen.", ["metformin+naproxen"] * 2),
    (
        "Adults were assigned to metformin plus naproxen, naproxen alone, or placebo.",
        ["metformin+naproxen", "naproxen", "placebo"],
    ),
    # what was needed, or used up, parts nobody
    (
        "Adults were assigned to metformin or placebo until they no longer required naproxen. "
        "RESULTS: Less colchicine was needed with metformin; colchicine consumption fell.",
        ["metformin", "placebo"],
    ),
]


@pytest.mark.parametrize(("text", "arms"), TOLD, ids=[t[:50] for t, _ in TOLD])
def test_arms_have_all_that_is_told_of_them(text: str, arms: list[str]) -> None:
    assert sorted(label for label, _ in arms_of(blocks("Metformin in gout: a trial. METHODS: " + text))) == arms


@pytest.mark.parametrize(
    "text",
    [
        "60 adults were assigned to metformin (n = 30) or not (n = 29).",
        "60 adults received metformin 1 g (group A, n = 30) or no drug (group B, n = 29) by random allocation.",
    ],
)
def test_those_who_got_none_of_it_are_an_arm_without_treatment(text: str) -> None:
    found = blocks(_TITLE + text)
    assert [a.role for a in found.arms.rows] == ["experimental", "no_intervention"]
    assert arms_of(found) == [("metformin", 30), ("", 29)]


# text -> names of what was tested
RIVALS = [
    ("Adults were randomised to early surgery (n = 30) or late surgery (n = 29).", ["surgery"]),
    ("Adults were randomised to early treatment or delayed treatment with metformin.", ["metformin"]),
]


@pytest.mark.parametrize(("text", "names"), RIVALS, ids=[t for t, _ in RIVALS])
def test_what_is_set_against_itself_is_named_without_the_way(text: str, names: list[str]) -> None:
    found = blocks("Surgery in gout. METHODS: " + text)
    assert {str(r.name) for r in found.interventions.rows} <= set(names)


@pytest.mark.parametrize(
    ("text", "arms"),
    [
        ("Adults received a single dose of metformin 1 g either orally (n = 30) or intramuscularly (n = 31).", 2),
        ("Adults received metformin 1 g either orally or intramuscularly as they liked.", 1),
    ],
)
def test_either_way_parts_people_where_each_has_a_size(text: str, arms: int) -> None:
    assert len(blocks("Metformin in gout. METHODS: " + text).arms.rows) == arms


def test_what_people_had_when_they_came_is_of_no_arm_of_its_own() -> None:
    found = blocks(
        _TITLE + "Adults who had received naproxen were assigned to metformin (n = 39), colchicine 1 mg (n = 33) or "
        "placebo (n = 35)."
    )
    assert [label.replace("+naproxen", "") for label, _ in arms_of(found)] == ["metformin", "colchicine", "placebo"]


HOW_OFTEN = [
    (
        "240 adults were randomised to metformin 2 mg once daily (n = 60), 4 mg once daily (n = 60), 4 mg twice daily"
        " (n = 60) or placebo (n = 60).",
        [
            ("metformin 2 mg once daily", 60),
            ("metformin 4 mg once daily", 60),
            ("metformin 4 mg twice daily", 60),
            ("placebo", 60),
        ],
    ),
    (
        "Adults were randomised to metformin 300 mg weekly, metformin 300 mg every other week or placebo.",
        [("metformin 300 mg weekly", None), ("metformin 300 mg every other week", None), ("placebo", None)],
    ),
    (
        "Adults were randomised to metformin 5 mg twice daily or 10 mg once daily.",
        [("metformin 5 mg", None), ("metformin 10 mg", None)],
    ),
    (
        "Adults were randomised to placebo or metformin 5 mg once daily, then 5 mg twice daily.",
        [("metformin", None), ("placebo", None)],
    ),
    (
        "60 adults were randomised to receive metformin (group M) or placebo (group P), 30 in each.",
        [("group M", 30), ("group P", 30)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), HOW_OFTEN)
def test_one_amount_at_two_intervals_is_two_arms(text: str, expected: list[tuple[str, int | None]]) -> None:
    found = blocks("Metformin in gout. METHODS: " + text)
    assert sorted((a.label, a.n) for a in found.arms.rows) == sorted(expected)


JOINED_ON = [
    ("Adults were randomised to metformin 5 mg; metformin 5 mg + naproxen 2 mg; or naproxen 2 mg alone.",
     ["metformin", "metformin+naproxen", "naproxen"]),
    ("Adults were randomised to metformin 5 mg, metformin 5 mg plus naproxen 2 mg or naproxen 2 mg alone.",
     ["metformin", "metformin+naproxen", "naproxen"]),
    ("Adults were randomised to metformin or sorafenib, each with naproxen.",
     ["metformin+naproxen", "naproxen+sorafenib"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), JOINED_ON)
def test_a_drug_alone_and_what_it_is_joined_to_are_arms(text: str, expected: list[str]) -> None:
    found = arms_of(blocks("Metformin, naproxen and sorafenib in gout. METHODS: " + text))
    assert sorted("+".join(sorted(label.split("+"))) for label, _ in found) == expected


def test_a_share_behind_a_name_is_no_strength_of_it() -> None:
    text = "METHODS: Adults took metformin or placebo. RESULTS: Falls were rarer than with placebo (3% with metformin)."
    found = blocks(text).arms
    named = [text[r.start : r.end] for r in found.references]
    assert "placebo" in named
    assert not [name for name in named if "%" in name]


def test_what_is_said_of_a_drug_again_is_no_part_of_its_name() -> None:
    found = blocks("METHODS: Adults were randomised to metformin or placebo; pain was rarer compared with placebo.")
    assert [a.label for a in found.arms.rows] == ["metformin", "placebo"]


def test_limits_and_points_are_no_sizes() -> None:
    found = blocks(
        "METHODS: Adults were randomised to metformin or placebo. RESULTS: Mortality was 21% (16 of 75 patients) with"
        " metformin and 37% (28/76) with placebo, a difference of 16 points (95% CI, 2 to 30 points)."
    )
    assert {a.n for a in found.arms.rows} <= {75, 76, None}


def test_groups_of_one_drug_are_told_apart_by_their_amounts() -> None:
    text = (
        "METHODS: Adults were randomised to metformin 80 mg, metformin 120 mg or naproxen. RESULTS: Pain fell in the"
        " metformin 120-mg group and in the metformin 80-mg group; it rose in the naproxen, 80-mg and 120-mg groups."
    )
    arms = blocks(text).arms
    labels = {a.id: a.label for a in arms.rows}
    at = {text[r.start : r.end]: labels[r.id] for r in arms.references}
    assert at["metformin 120-mg group"] == "metformin 120 mg"
    assert at["metformin 80-mg group"] == "metformin 80 mg"
    assert not any(place.endswith("groups") for place in at)
