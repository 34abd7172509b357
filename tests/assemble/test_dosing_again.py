"""The same drug and dose in two rows: regimens that come back by a short name, two lengths, counts, days or routes."""

from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build
from trialmine.records.trial import Dosing

FEC = ("fluorouracil", "epirubicin", "cyclophosphamide", "docetaxel")
TOLD = "fluorouracil 500 mg/m2, epirubicin 75 mg/m2 and cyclophosphamide 500 mg/m2"


def rows(text: str, **given: Any) -> list[Dosing]:
    return list(build(text, **given)[0])


def cycles(row: Dosing) -> tuple[str, float | None, int | None]:
    return row.intervention, row.dose and row.dose.value, row.schedule and row.schedule.cycles


def of_fec(n: int | None) -> list[tuple[str, float, int | None]]:
    return [("fluorouracil", 500, n), ("epirubicin", 75, n), ("cyclophosphamide", 500, n)]


COME_BACK = [
    # with other cycles: rows of their own
    (f"Women had FEC ({TOLD}) for three cycles or FEC for six cycles.", [*of_fec(3), *of_fec(6)]),
    (f"Arm A was FEC ({TOLD}, 3 cycles). Arm B began with two cycles of FEC.", [*of_fec(3), *of_fec(2)]),
    (
        "Fluorouracil, epirubicin and cyclophosphamide (FEC 500/75/500 mg/m2) x 4 were given. Arm B had FEC x 8.",
        [*of_fec(4), *of_fec(8)],
    ),
    # the same number says nothing new
    (f"Women had FEC ({TOLD}) for three cycles. The others had FEC for three cycles after surgery.", of_fec(3)),
    # a number that the doses were told without is theirs
    (f"Women had FEC ({TOLD}). FEC was given for 6 cycles.", of_fec(6)),
    # what was given by then, or only to some
    (f"Women had FEC ({TOLD}) for six cycles. They were seen after two cycles of FEC.", of_fec(6)),
    (f"Women had FEC ({TOLD}) for six cycles. Otherwise, FEC was given for three cycles.", of_fec(6)),
    (f"Women had FEC ({TOLD}) for six cycles. RESULTS: Most received four cycles of FEC.", of_fec(6)),
    (f"BACKGROUND: Eight cycles of FEC are common. METHODS: Women had FEC ({TOLD}) for six cycles.", of_fec(6)),
]


@pytest.mark.parametrize(("text", "expected"), COME_BACK)
def test_a_regimen_comes_back_with_its_cycles(text: str, expected: list[tuple[str, float, int | None]]) -> None:
    assert [cycles(r) for r in rows(text, names=FEC)] == expected


def test_a_return_quotes_the_name_and_the_dose() -> None:
    text = (
        f"Arm A had FEC ({TOLD} every 3 weeks) for three cycles and then docetaxel 100 mg/m2 every 3 weeks, which was "
        "given in the day ward. Arm B had FEC for six cycles."
    )
    back = rows(text, names=FEC)[-1]
    quoted = [e.quote for e in back.evidence]
    assert any("cyclophosphamide 500 mg/m2" in q for q in quoted)
    assert any(q.startswith("FEC") or "six cycles" in q for q in quoted)
    assert back.frequency is not None
    assert back.frequency.code == "Q3W"


def test_a_return_at_another_interval() -> None:
    text = f"Women were assigned to FEC ({TOLD} every 3 weeks) or dose-dense FEC every 2 weeks."
    found = [(r.intervention, r.frequency and r.frequency.code) for r in rows(text, names=FEC)]
    drugs = FEC[:3]
    assert found == [*((d, "Q3W") for d in drugs), *((d, "Q2W") for d in drugs)]


def test_the_cycles_of_a_return_are_not_those_of_the_drug_beside_it() -> None:
    text = f"Arm A had FEC ({TOLD}) for four cycles. Arm B had FEC for eight cycles or docetaxel 100 mg/m2."
    assert ("docetaxel", 100, None) in [cycles(r) for r in rows(text, names=FEC)]


def test_an_arm_that_is_the_return_keeps_that_row() -> None:
    text = f"They had docetaxel 100 mg/m2 and FEC ({TOLD}) for four cycles. Others had FEC for six cycles."
    arms = (("docetaxel", FEC), ("FEC", FEC[:3]))
    found = [(cycles(r)[2], r.arms) for r in rows(text, names=FEC, arms=arms) if r.intervention == "epirubicin"]
    assert [c for c, _ in found] == [4, 6]


LENGTHS: list[tuple[str, list[tuple[str, float | None]]]] = [
    ("They were randomised to alfamine 5 mg daily for 7 or 14 days.", [("alfamine", 7), ("alfamine", 14)]),
    (
        "They were assigned to a 1- or 2-week quadruple therapy (alfamine 40 mg b.i.d., betamine 3 mg t.i.d.).",
        [("alfamine", 1), ("alfamine", 2), ("betamine", 1), ("betamine", 2)],
    ),
    (
        "We compared alfamine 400 mg t.i.d. in a 3-day respectively 5-day regimen.",
        [("alfamine", 3), ("alfamine", 5)],
    ),
    (
        "Alfamine 5 mg for 4 weeks versus 8 weeks: a trial. People were randomly assigned to alfamine 5 mg daily.",
        [("alfamine", 4), ("alfamine", 8)],
    ),
    (
        "They were assigned to alfamine 5 mg twice daily for 7 (group A) or 14 days (group B).",
        [("alfamine", 7), ("alfamine", 14)],
    ),
    # what was given beside it
    (
        "They were assigned to alfamine 5 mg daily for 3 or 12 months with betamine 6 mg daily.",
        [("alfamine", 3), ("alfamine", 12), ("betamine", None)],
    ),
    # one course whose length was left open
    ("They took alfamine 5 mg daily for 7 or 14 days.", [("alfamine", 7)]),
    ("They were randomised to alfamine 5 mg daily for 7 to 14 days.", [("alfamine", 7)]),
    # when people were seen
    ("They were randomised to alfamine 5 mg daily for 6 weeks and seen at 4 or 6 weeks.", [("alfamine", 6)]),
    # another drug's
    (
        "They were randomised to betamine 2 mg daily for 2 or 4 weeks, all with alfamine 5 mg daily for 2 weeks.",
        [("betamine", 2), ("betamine", 4), ("alfamine", 2)],
    ),
]


@pytest.mark.parametrize(("text", "expected"), LENGTHS)
def test_two_lengths_that_are_arms(text: str, expected: list[tuple[str, float | None]]) -> None:
    assert [(r.intervention, r.duration and r.duration.value) for r in rows(text)] == expected


OFTEN = [
    ("They were assigned to alfamine 5 mg either once or twice daily.", ["BID", "QD"]),
    ("They took alfamine 5 mg once versus three times a week.", ["TIW", "QW"]),
    ("They took alfamine 5 mg every week (n = 20, arm A) or every 2 weeks.", ["QW", "Q2W"]),
    # how often is left to the patient
    ("They took alfamine 5 mg once or twice daily.", ["BID"]),
    ("They took alfamine 5 mg twice daily or betamine 6 mg once daily.", ["BID", "QD"]),
]


@pytest.mark.parametrize(("text", "codes"), OFTEN)
def test_two_frequencies(text: str, codes: list[str]) -> None:
    assert [r.frequency and r.frequency.code for r in rows(text)] == codes


DAYS = [
    ("They had alfamine 500 mg on day 1 of each 28-day cycle plus day 15 of cycle 1.", [(1,), (15,)]),
    ("They had alfamine 500 mg on days 1 and 15 of cycle 1 and on day 1 of each later cycle.", [(1, 15), (1,)]),
    ("They had alfamine 1 g on days 1, 8 and 15 of cycle 1 and day 1 of cycles 2-6.", [(1, 8, 15), (1,)]),
    # two drugs, or days that go on
    ("They had alfamine 5 mg on day 1 of each cycle and betamine 6 mg on day 15 of each cycle.", [(1,), (15,)]),
    ("They had alfamine 5 mg on days 1 and 15 of each cycle.", [(1, 15)]),
    ("They had alfamine 5 mg on day 1 of each cycle and were seen on day 15.", [(1,)]),
]


@pytest.mark.parametrize(("text", "days"), DAYS)
def test_days_that_differ_by_cycle(text: str, days: list[tuple[int, ...]]) -> None:
    assert [r.schedule and r.schedule.days for r in rows(text)] == days


ROUTES = [
    ("They got oral alfamine 10 mg, intramuscular alfamine 10 mg or placebo.", ["oral", "intramuscular"]),
    (
        "METHODS: Group I had epidural alfamine 5 mL/h. Group II had intravenous alfamine 5 mL/h.",
        ["epidural", "intravenous"],
    ),
    ("Oral alfamine 5 mg works. METHODS: They took alfamine 5 mg by mouth.", ["oral"]),
]


@pytest.mark.parametrize(("text", "routes"), ROUTES)
def test_two_routes(text: str, routes: list[str]) -> None:
    assert [r.route for r in rows(text)] == routes


def test_a_loading_dose_of_the_same_amount_is_a_row_of_its_own() -> None:
    found = rows("They had alfamine 400 mg every 4 weeks after a loading dose of 400 mg at weeks 0, 2 and 4.")
    assert [(r.role, r.frequency and r.frequency.code) for r in found] == [(None, "Q4W"), ("loading", None)]
