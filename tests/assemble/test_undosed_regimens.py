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
