from __future__ import annotations

import pytest

from support.blocks import blocks
from trialmine.assemble.arms.completion import bare_label

# text -> (role, n, names of what they got)
CASES = [
    (
        "METHODS: Patients were randomly assigned to sorafenib (n = 80) or placebo (n = 40).",
        [("experimental", 80, ["sorafenib"]), ("placebo_comparator", 40, ["placebo"])],
    ),
    (
        "Metformin compared with gliclazide. METHODS: Group A received metformin and group B received gliclazide.",
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


def test_an_amount_in_a_list_of_doses_is_no_size() -> None:
    arms = blocks("METHODS: Adults received metformin 100, 300, and 1000 mg, gliclazide 30 and 60 mg, or placebo.").arms
    assert {a.n for a in arms.rows} == {None}


# text -> the interventions of each arm
MEMBERS = [
    (
        "METHODS: Adults were randomly assigned to combined treatment (metformin plus gliclazide) or to single "
        "treatment (gliclazide alone).",
        [["metformin", "gliclazide"], ["gliclazide"]],
    ),
    (
        "METHODS: Patients were randomized to arm A, sorafenib 400 mg and gemcitabine 1 g/m2, or to arm B, gemcitabine "
        "800 mg/m2. RESULTS: Response was better in arm A than in arm B.",
        [["sorafenib", "gemcitabine"], ["gemcitabine"]],
    ),
    (
        "METHODS: Adults were randomized to low-dose (1 mg/kg) or high-dose (2 mg/kg) metformin.",
        [["metformin"], ["metformin"]],
    ),
    (
        "METHODS: Women were randomly assigned to 2 mg dexamethasone (n = 30) or 4 mg dexamethasone (n = 31).",
        [["dexamethasone"], ["dexamethasone"]],
    ),
    ("METHODS: Men were allocated to metformin 500 mg titrated to 1000 mg, or placebo.", [["metformin"], ["placebo"]]),
    (
        "METHODS: Group 1 received metformin and group 2 received gliclazide. RESULTS: Pain fell in group II.",
        [["metformin"], ["gliclazide"]],
    ),
    ("METHODS: Children were randomly assigned to metformin or no treatment.", [["metformin"], []]),
    (
        "METHODS: Dogs received metformin (1 mg/kg), gliclazide, or placebo.",
        [["metformin"], ["gliclazide"], ["placebo"]],
    ),
    ("METHODS: Patients were randomized to metformin or placebo (normal saline).", [["metformin"], ["placebo"]]),
    (
        "METHODS: Men were divided into two groups: insulin (group I) and metformin 5 mg diluted in normal saline "
        "(group M).",
        [["insulin"], ["metformin"]],
    ),
    (
        "METHODS: Group S received insulin, group E5 received metformin with gliclazide 5 mg, and group E10 received "
        "metformin with gliclazide 10 mg.",
        [["insulin"], ["metformin", "gliclazide"], ["metformin", "gliclazide"]],
    ),
    (
        "METHODS: In group I, 20 ml of insulin was given; in group II, 20 ml of metformin; and in group III, "
        "gliclazide.",
        [["insulin"], ["metformin"], ["gliclazide"]],
    ),
    (
        "METHODS: Men were allocated to metformin 500 mg once daily, metformin 850 mg once daily or placebo.",
        [["metformin"], ["metformin"], ["placebo"]],
    ),
    ("METHODS: Adults were randomly allocated to receive metformin or no metformin.", [["metformin"], []]),
    (
        "METHODS: The metformin group (Group I) received gliclazide plus metformin, and the acarbose group (Group O) "
        "received gliclazide plus acarbose.",
        [["gliclazide", "metformin"], ["gliclazide", "acarbose"]],
    ),
    (
        "METHODS: Women were randomly assigned to FEC (fluorouracil 500 mg/m2, epirubicin 100 mg/m2, cyclophosphamide "
        "500 mg/m2) or to FEC plus docetaxel.",
        [
            ["fluorouracil", "epirubicin", "cyclophosphamide"],
            ["fluorouracil", "epirubicin", "cyclophosphamide", "docetaxel"],
        ],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MEMBERS, ids=[c[0][:60] for c in MEMBERS])
def test_parts_and_joins_the_arms(text: str, expected: list[list[str]]) -> None:
    found = blocks(text)
    names = {r.id: r.name for r in found.interventions.rows}
    assert [[names[i] for i in a.interventions] for a in found.arms.rows] == expected


# text -> size of each arm, by a name that only it has
SIZES = [
    (
        "METHODS: Patients were randomized to metformin (47 patients) or placebo (50 patients).",
        {"metformin": 47, "placebo": 50},
    ),
    ("METHODS: We randomized 90 adults (44 metformin, 46 placebo).", {"metformin": 44, "placebo": 46}),
    ("METHODS: 320 adults were randomised (placebo, 160; metformin, 160).", {"metformin": 160, "placebo": 160}),
    (
        "METHODS: Adults were allocated to metformin 1 g daily (twice the usual amount; n = 31) or placebo (n = 33).",
        {"metformin": 31, "placebo": 33},
    ),
    ("METHODS: Of 70 adults, 34 received metformin and 36 received placebo.", {"metformin": 34, "placebo": 36}),
    (
        "METHODS: Metformin was compared with placebo (258 women), and 261 women were assigned to metformin.",
        {"metformin": 261, "placebo": 258},
    ),
    (
        "METHODS: Forty adults were randomized to two groups, each consisting of 20 adults: metformin or placebo.",
        {"metformin": 20, "placebo": 20},
    ),
    (
        "METHODS: Adults were randomized to metformin or placebo. We aim for 161 patients in each arm.",
        {"metformin": 161, "placebo": 161},
    ),
    (
        "METHODS: Patients were randomized to metformin or placebo. RESULTS: Two patients in the metformin group died.",
        {"metformin": None, "placebo": None},
    ),
    (
        "METHODS: Adults were randomly assigned to metformin or placebo (n = 12/group).",
        {"metformin": 12, "placebo": 12},
    ),
    (
        "METHODS: Adults were randomly assigned to metformin or placebo in two groups of twenty.",
        {"metformin": 20, "placebo": 20},
    ),
    (
        "METHODS: We randomized 81 adults (n = 41 for metformin, and n = 40 for placebo).",
        {"metformin": 41, "placebo": 40},
    ),
    # those that were assigned, not those that were left
    (
        "METHODS: Adults were randomly assigned to metformin or placebo (90 in each group). RESULTS: The rate was "
        "higher in the metformin group (38.6%, n = 88) than in the placebo group (32.3%, n = 89).",
        {"metformin": 90, "placebo": 90},
    ),
    # numbers that name groups, list them, or tell of a share
    (
        "METHODS: Group 1 received metformin only, whereas group 2 received gliclazide.",
        {"metformin": None, "gliclazide": None},
    ),
    (
        "METHODS: A group of 70 adults consumed 1) metformin, 2) gliclazide or 3) placebo.",
        {"metformin": None, "gliclazide": None, "placebo": None},
    ),
    (
        "METHODS: Adults were randomized to metformin or placebo. RESULTS: Eight percent (n = 7) of patients receiving "
        "metformin and 4% (n = 4) of patients receiving placebo improved.",
        {"metformin": None, "placebo": None},
    ),
    (
        "METHODS: In a trial of metformin against placebo, adults were randomized (placebo = 47, metformin = 44).",
        {"metformin": 44, "placebo": 47},
    ),
    (
        "METHODS: Adults in the age group of 20-60 years were randomized to metformin or placebo.",
        {"metformin": None, "placebo": None},
    ),
    (
        "METHODS: Adults were randomized to metformin or placebo and taught in groups of 12 adults.",
        {"metformin": None, "placebo": None},
    ),
    (
        "METHODS: We randomized 120 adults to metformin or placebo. RESULTS: Events with metformin were a cold "
        "(n = 1), bitter taste (n = 2), and with placebo headache (n = 2).",
        {"metformin": None, "placebo": None},
    ),
    (
        "METHODS: Patients (part 2) were randomized to metformin or placebo following two to five prior drugs.",
        {"metformin": None, "placebo": None},
    ),
]


# text -> label and size of each arm; what they got need not be known
SIZED = [
    (
        "METHODS: Survivors were randomised into three groups: interval training (HIIT, n=6); continuous training "
        "(MOD, n=5); or wait-list control (CON, n=6).",
        [("interval training", 6), ("continuous training", 5), ("wait-list control", 6)],
    ),
    (
        "METHODS: Women were randomized to closure with coated suture (n = 51) or plain silk suture (n = 50).",
        [("coated suture", 51), ("plain silk suture", 50)],
    ),
    (
        "METHODS: Adults were randomized to control (<75 minutes per week; 41 patients) or low-dose exercise (150 "
        "minutes per week; 38 patients).",
        [("control", 41), ("low-dose exercise", 38)],
    ),
    (
        "RESULTS: Forty-two patients were randomized to the combination arm and 40 were randomized to the sequential "
        "arm.",
        [("combination arm", 42), ("sequential arm", 40)],
    ),
    ("RESULTS: In all, 148 (71 control and 77 hypnosis) were analysed.", [("control", 71), ("hypnosis", 77)]),
]


@pytest.mark.parametrize(("text", "expected"), SIZED, ids=[c[0][:60] for c in SIZED])
def test_labels_beside_sizes_are_arms(text: str, expected: list[tuple[str, int]]) -> None:
    assert [(a.label, a.n) for a in blocks(text).arms.rows] == expected


def test_the_evidence_of_an_arm_holds_its_size() -> None:
    arms = blocks("METHODS: Adults were randomly assigned to metformin (n = 31) or placebo (n = 33).").arms.rows
    assert all(any(str(a.n) in e.quote for e in a.evidence) for a in arms)


@pytest.mark.parametrize(("text", "expected"), SIZES, ids=[c[0][:60] for c in SIZES])
def test_gives_each_arm_its_size(text: str, expected: dict[str, int | None]) -> None:
    found = blocks(text)
    names = {r.id: r.name for r in found.interventions.rows}
    assert {names[i]: a.n for a in found.arms.rows for i in a.interventions} == expected


def test_the_only_arm_is_everybody() -> None:
    text = "METHODS: In this single-arm trial, 41 patients were enrolled and received sorafenib 400 mg daily."
    assert [a.n for a in blocks(text).arms.rows] == [41]


SWALLOWED = [
    ("pain score compared to the sham control group", "sham control group"),
    ("washout. The tea group", "tea group"),
    ("was delivered to the walking group", "walking group"),
    ("served as control group", "control group"),
    ("low-dose tea group", "low-dose tea group"),
]


@pytest.mark.parametrize(("label", "expected"), SWALLOWED)
def test_a_label_holds_no_more_than_the_name(label: str, expected: str) -> None:
    assert bare_label(label) == expected


def test_what_a_design_is_called_by_is_in_no_arm() -> None:
    text = "METHODS: In a placebo-controlled trial people were randomized to metformin or gliclazide."
    found = blocks(text)
    names = {r.id: r.name for r in found.interventions.rows}
    members = [[names[i] for i in a.interventions] for a in found.arms.rows]
    assert ["metformin"] in members
    assert ["gliclazide"] in members


def test_amounts_that_name_groups_part_the_arm_of_one_drug() -> None:
    text = (
        "Leuprorelin in gout\nMETHODS: Women were treated with leuprorelin. "
        "RESULTS: Pain fell in the 3.75 mg group and in the 7.5 mg group."
    )
    assert [a.label for a in blocks(text).arms.rows] == ["leuprorelin 3.75 mg", "leuprorelin 7.5 mg"]


# text -> roles of the arms
ROLES = [
    (
        "METHODS: Men were randomly assigned to metformin or no additional treatment.",
        ["experimental", "no_intervention"],
    ),
    (
        "METHODS: Men were randomized to gliclazide (control, n = 30) or metformin (n = 31).",
        ["active_comparator", "experimental"],
    ),
    # what all got is no placebo of one arm
    (
        "METHODS: Men were randomized to metformin plus placebo or gliclazide plus placebo.",
        ["experimental", "active_comparator"],
    ),
]


@pytest.mark.parametrize(("text", "roles"), ROLES, ids=[t for t, _ in ROLES])
def test_says_what_each_arm_is_for(text: str, roles: list[str]) -> None:
    assert [a.role for a in blocks(text).arms.rows] == roles


def test_an_outcome_that_is_told_of_two_drugs_is_no_regimen_of_them() -> None:
    found = blocks(
        "METHODS: Adults were randomised to metformin or naproxen plus sorafenib. RESULTS: Median PFS was 9 months with"
        " metformin and 6 months with naproxen plus sorafenib; ORR (32% with metformin vs 25% with sorafenib)."
    )
    names = {r.id: r.name for r in found.interventions.rows}
    assert [[names[i] for i in a.interventions] for a in found.arms.rows] == [["metformin"], ["naproxen", "sorafenib"]]


def test_what_was_seen_is_no_part_of_the_label_before_a_size() -> None:
    found = blocks(
        "METHODS: Infants randomised to early metformin (n = 101) slept longer than those randomised to late metformin"
        " (n = 105)."
    )
    assert [(a.label, a.n) for a in found.arms.rows][-1] == ("late metformin", 105)
