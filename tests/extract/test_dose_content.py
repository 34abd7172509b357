from __future__ import annotations

import pytest

from support.marked import read
from trialmine.extract.dose import extract_doses

TIMES: list[tuple[str, list[tuple[float, str]]]] = [
    ("They took two capsules daily, each containing 400 mg of alfamine.", [(800, "mg")]),
    (
        "They took 4 capsules per day, each containing 500 mg of oil (180 mg A and 120 mg B).",
        [(2000, "mg/d"), (720, "mg/d"), (480, "mg/d")],
    ),
    (
        "They took two tablets daily, each containing 500 mg alfamine and 400 mg betamine, or placebo 5 mg.",
        [(1000, "mg"), (800, "mg"), (5, "mg")],
    ),
    ("They had two alfamine capsules (500 mg each) twice daily.", [(1000, "mg")]),
    ("They had three capsules of alfamine per day (each capsule provided 150 mg).", [(450, "mg/d")]),
    # none of these multiplies
    ("They took capsules containing 400 mg of alfamine.", [(400, "mg")]),
    ("They took 8 capsules containing, in total, 600 mg of alfamine.", [(8, "{capsule}"), (600, "mg")]),
    ("They took two tablets daily. Each group had 5 mg of betamine.", [(2, "{tablet}"), (5, "mg")]),
    ("They had alfamine 500 mg each morning and two tablets of betamine.", [(500, "mg"), (2, "{tablet}")]),
]


@pytest.mark.parametrize(("sentence", "expected"), TIMES)
def test_what_each_piece_holds_is_multiplied(sentence: str, expected: list[tuple[float, str]]) -> None:
    doses = [m.value.dose for m in extract_doses(read(sentence))]
    assert [(d.value, d.unit) for d in doses] == expected
