"""What is told of drugs that the text gives no amounts of, and strengths that are the only amount there is."""

from __future__ import annotations

import pytest

from support.dosing_rows import build

ARMS = (("A", ("alfamine",)), ("B", ("betamine",)))
OF_ALL = [
    (
        "Adults were randomized to alfamine or betamine. The study treatment was taken three times a day for 6 weeks.",
        {"alfamine": ("TID", 6), "betamine": ("TID", 6)},
    ),
    (
        "Half of them got alfamine and half betamine. Subjects were asked to use the assigned mouthwash twice a day.",
        {"alfamine": ("BID", None), "betamine": ("BID", None)},
    ),
    (
        "Women got alfamine or betamine. The application was done twice a day for 20 days.",
        {"alfamine": ("BID", 20), "betamine": ("BID", 20)},
    ),
    # amounts tell a regimen, and a drug without one then says little
    (
        "They got alfamine 5 mg and were on betamine. The tablets were taken twice a day.",
        {"alfamine": ("BID", None)},
    ),
    ("Adults were randomized to alfamine or betamine. Scores were taken three times a day.", {}),
]


@pytest.mark.parametrize(("text", "told"), OF_ALL, ids=[t[:50] for t, _ in OF_ALL])
def test_what_is_told_of_all_holds_for_drugs_without_amounts(
    text: str, told: dict[str, tuple[str | None, int | None]]
) -> None:
    rows = build(text, names=("alfamine", "betamine"), arms=ARMS)[0]
    assert {r.intervention: (r.frequency and r.frequency.code, r.duration and r.duration.value) for r in rows} == told


def test_a_placebo_alone_has_no_row() -> None:
    text = "They got a mixture or placebo. The study treatment was taken for 6 weeks."
    assert build(text, names=("placebo",), arms=(("P", ("placebo",)),))[0] == ()


CYCLES = [
    (
        "They took alfamine 5 mg twice daily. Betamine was given at 60 mg/m2. Treatment was repeated every 4 weeks.",
        "Q4W",
    ),
    ("They had alfamine 5 mg every 2 weeks. Betamine was given at 60 mg/m2. Cycles were repeated every 4 weeks.", None),
    (
        "Alfamine 5 mg twice daily. Betamine was given at 60 mg/m2/day. Treatment was repeated every 4 weeks.",
        None,
    ),
    ("They had alfamine 5 mg twice daily and betamine 60 mg/m2 for 5 days. Scans were repeated every 4 weeks.", None),
]


@pytest.mark.parametrize(("text", "code"), CYCLES, ids=[t[:80] for t, _ in CYCLES])
def test_the_interval_of_cycles_is_that_of_what_has_no_timing(text: str, code: str | None) -> None:
    rows = {r.intervention: r for r in build(text)[0]}
    assert rows["alfamine"].frequency is not None
    assert (rows["betamine"].frequency and rows["betamine"].frequency.code) == code


STRENGTHS = [
    ("Objective: To test lidocaine. Methods: Teeth were drawn with 2% lidocaine.", [2]),
    ("Objective: To test alfamine. Methods: Lines were placed with subcutaneous 2% lidocaine.", []),
    ("Methods: Eyes were rinsed with alfamine 3% (study group) or with water.", [3]),
    ("Methods: Adults received alfamine 4% in group A.", [4]),
    ("Methods: In group one alfamine spray 10% was used.", [10]),
    ("Methods: Relapse was seen with alfamine 40% (in group A).", []),
    ("Methods: Cure with alfamine 40% (placebo 12%).", []),
]


@pytest.mark.parametrize(("text", "strengths"), STRENGTHS, ids=[t[:60] for t, _ in STRENGTHS])
def test_a_strength_is_a_dose_where_it_is_what_a_group_got(text: str, strengths: list[float]) -> None:
    rows = build(text, names=("alfamine", "lidocaine"))[0]
    assert [r.dose.value for r in rows if r.dose] == strengths


LISTS = [
    # semicolons in a bracket part what the words behind it hold together
    ("They had a mix (alfamine 5 mg; betamine 6 mg; gammamine 7 mg) every 3 weeks for 9 weeks.", ["Q3W"] * 3, [9] * 3),
    ("One of two (alfamine: 5 mg—betamine: 6 mg) was taken orally twice daily.", ["BID"] * 2, [None] * 2),
    ("They had a mix: alfamine 5 mg; betamine 6 mg, all twice daily for 9 days.", ["BID"] * 2, [9] * 2),
    ("They had (alfamine 5 mg once daily; betamine 6 mg) twice daily.", ["QD", "BID"], [None] * 2),
    ("They had alfamine 5 mg (tablet; blue) and betamine 6 mg (capsule; red) daily.", ["QD"] * 2, [None] * 2),
]


@pytest.mark.parametrize(("text", "codes", "lengths"), LISTS, ids=[t[:60] for t, *_ in LISTS])
def test_what_stands_behind_a_bracket_is_of_all_in_it(
    text: str, codes: list[str | None], lengths: list[int | None]
) -> None:
    rows = [r for r in build(text)[0] if r.dose]
    assert [r.frequency and r.frequency.code for r in rows] == codes
    assert [r.duration and r.duration.value for r in rows] == lengths


IN_TURN = [
    ("Alfamine 5 mg was given monthly for one year, and every 3 months for the second year.", ["QM", "Q3M"]),
    ("Alfamine 5 mg was given weekly for 6 weeks and every 2 weeks for the remaining time.", ["QW", "Q2W"]),
    ("Alfamine 5 mg was given weekly for 6 weeks and blood drawn every 2 weeks.", ["QW"]),
]


@pytest.mark.parametrize(("text", "codes"), IN_TURN, ids=[t[:60] for t, _ in IN_TURN])
def test_one_frequency_takes_the_place_of_another(text: str, codes: list[str]) -> None:
    assert [r.frequency and r.frequency.code for r in build(text)[0]] == codes


LENGTHS = [
    ("Groups had alfamine 5 mg daily for 3 weeks, 5 weeks apart.", [3]),
    ("After a 7-week double-blind part of the trial they began alfamine 5 mg daily.", [None]),
    ("In a 7-week double-blind part of the trial they took alfamine 5 mg daily.", [7]),
]


@pytest.mark.parametrize(("text", "lengths"), LENGTHS, ids=[t[:60] for t, _ in LENGTHS])
def test_lengths_that_part_arms_and_parts_that_are_over(text: str, lengths: list[int | None]) -> None:
    assert [r.duration and r.duration.value for r in build(text)[0]] == lengths


def test_a_dose_on_a_day_behind_a_course_is_a_row_of_its_own() -> None:
    rows = build("They took 3 g/day of alfamine for 6 days. On day 7 they took 3 g of alfamine.")[0]
    assert [(r.dose and r.dose.unit, r.schedule and r.schedule.days) for r in rows] == [("g/d", None), ("g", (7,))]


NOT_GIVEN = [
    ("Habitual alfamine users (three 20 mg tablets per day) took alfamine 90 mg.", [90]),
    ("People who had betamine (minimum dose equivalent to alfamine 7 mg) took alfamine 90 mg.", [90]),
    ("The first had alfamine 9 mg, and a dose of 2 mg was used as the testing interval.", [9]),
    ("The first had alfamine 9 mg, with a testing interval of 2 mg.", [9]),
    ("Adults took alfamine at a dose equivalent to 90 mg of base.", [90]),
]


@pytest.mark.parametrize(("text", "amounts"), NOT_GIVEN, ids=[t[:60] for t, _ in NOT_GIVEN])
def test_amounts_that_are_habits_conditions_and_steps_are_no_doses(text: str, amounts: list[float]) -> None:
    assert [r.dose.value for r in build(text, names=("alfamine",))[0] if r.dose] == amounts
