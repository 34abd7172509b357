from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.blocks import blocks
from trialmine.assemble.arms.group_size import whole_numbers

_GOUT = "METHODS: Adults with gout were randomly assigned to colchicine or placebo. RESULTS: "
# what the results say of two groups -> the sizes of colchicine's and placebo's
JUDGED = [
    ("A total of 84 adults took part, with 43 and 41 in the colchicine and the placebo arm, respectively.", (43, 41)),
    (
        "Flares were seen in 12 of 72 (17%) in the colchicine group and in 25 of 70 (36%) in the placebo group.",
        (72, 70),
    ),
    ("We registered 136 adults (colchicine group 70 cases, placebo group 66 cases).", (70, 66)),
    ("Twelve died with colchicine and 15 with placebo.", (None, None)),
    ("Of 90 adults (53 male, 37 female), all came back after colchicine or placebo.", (None, None)),
    ("The mean pain score was 43 with colchicine and 41 with placebo (P = 0.3).", (None, None)),
]


@pytest.mark.parametrize(("text", "expected"), JUDGED, ids=[c[0][:60] for c in JUDGED])
def test_gives_each_group_the_number_that_the_text_states_for_it(
    text: str, expected: tuple[int | None, int | None]
) -> None:
    assert tuple(a.n for a in blocks(_GOUT + text).arms.rows) == expected


def test_a_group_is_sized_by_what_it_is_called_for_short() -> None:
    text = (
        "METHODS: 116 adults with gout were randomized to colchicine by mouth (study group; n = 58) or to nothing new "
        "(control; n = 57). RESULTS: Pain fell in the study group and rose in the control group."
    )
    assert {a.label: a.n for a in blocks(text).arms.rows} == {"study group": 58, "control group": 57}


def test_a_judged_size_is_in_the_evidence() -> None:
    arms = blocks(_GOUT + JUDGED[0][0]).arms.rows
    assert all(any(str(a.n) in e.quote for e in a.evidence) for a in arms)


WHOLE = [
    ("41 to tea, 1,040 to none", [41, 1040]),
    ("twelve of 72", [12, 72]),
    ("12/72 (17%)", [12, 72]),
    ("(n=41)", [41]),
    ("2.5 mg, 30%, 12-week, 5-10, COX2, 20 mg, 8 weeks, P = 0.05, 41 ± 3, 19 boys", []),
]


@pytest.mark.parametrize(("text", "expected"), WHOLE)
def test_whole_numbers_are_no_part_of_other_quantities(text: str, expected: list[int]) -> None:
    assert [m.n for m in whole_numbers(text)] == expected


@given(st.text(alphabet="0123456789,. %/=()nN ofand", max_size=60))
def test_whole_numbers_lie_where_they_are_read(text: str) -> None:
    found = list(whole_numbers(text))
    assert all(m.n > 1 and 0 <= m.start < m.end <= len(text) for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
