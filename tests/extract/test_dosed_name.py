from __future__ import annotations

import pytest

from support.marked import marked, quotes, read
from trialmine.extract.dosed_name import extract_dosed_names

CASES = [
    "They had [[velotinib]] 40 mg daily.",
    "They had 20 mg/kg of [[zorbadine]].",
    "They had [[XQ-9417]] 10 mg/kg weekly and [[31-XQ]] (50 mg).",
    "They had 40 mg of [[XQ-9417]] daily.",
    "By week-12 they had 40 mg daily, and XQ-9417 12 mg/dL.",  # no drug, and a concentration
    "Group XQ 40 mg.",
    # capitals that are never spelled out
    "They had [[ZRB]] (40 mg) or a single dose of 100 mg [[QX]].",
    "[[ZRB]] was given at a dose of 2 mg/kg daily, then 40 mL of 20 nM [[RTX]].",
    "They had 40 mg BD or 5 mg IV, a 75 g OGTT, LDL 90 mg/dL and 2 mg/kg FFM.",
    "They were on <20 mg/day ZRB; in ZRBX a dose of 5 mg was used.",
    # rays that no list names
    "[[RT]] was delivered at 64 Gy, then 8 Gy of [[radiation]]; in all 74 Gy in 37 fractions [[RT]].",
    "Nobody had prior radiation of 50 Gy or RT without one.",
]


@pytest.mark.parametrize("sentence", CASES)
def test_names_that_an_amount_tells(sentence: str) -> None:
    text, expected = marked(sentence)
    article = read(text)
    assert sorted(quotes(article, extract_dosed_names(article), "intervention")) == sorted(expected)
