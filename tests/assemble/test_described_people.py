from __future__ import annotations

import pytest

from support.blocks import blocks

CASES = [
    ("Forty adult patients with severe gout were randomized to tea or water.", ["adult patients with severe gout"]),
    ("We enrolled 20 obese women aged 18 to 40 years.", ["obese women", "aged 18 to 40 years"]),
    ("Twelve healthy volunteers received tea.", ["healthy volunteers"]),
    ("Patients undergoing hip surgery (n = 30) were assigned to tea.", ["Patients undergoing hip surgery"]),
    ("Forty adults with mild B. wilsoni fever were randomized.", ["adults with mild B. wilsoni fever"]),
    ("We enrolled 20 women with a score of 2.5 or more.", ["women with a score of 2.5 or more"]),
    ("We enrolled 20 women with hepatitis B. Tea was given.", ["women with hepatitis B"]),
    ("Forty patients were randomized to tea.", []),
    ("Tea was weighed.", []),
    ("The main outcome of those randomized was the proportion of patients with stable gout.", []),
]


@pytest.mark.parametrize(("methods", "expected"), CASES)
def test_what_participants_are_said_to_be(methods: str, expected: list[str]) -> None:
    text = f"Tea in gout\nMETHODS: {methods}\nRESULTS: Elderly men with gout were seen.\n"
    criteria = blocks(text).population.eligibility
    assert [c.text for c in criteria] == expected
    assert {c.kind for c in criteria} <= {"inclusion"}
    for c in criteria:
        assert all(text[e.start : e.end] == e.quote for e in c.evidence)


def test_listed_criteria_stay_beside_it() -> None:
    text = (
        "Tea in gout\nMETHODS: Forty women with gout were randomized. Exclusion criteria were pregnancy and asthma.\n"
    )
    found = [(c.kind, c.text) for c in blocks(text).population.eligibility]
    assert found[0] == ("inclusion", "women with gout")
    assert {kind for kind, _ in found[1:]} == {"exclusion"}
