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
]


@pytest.mark.parametrize("sentence", CASES)
def test_names_that_an_amount_tells(sentence: str) -> None:
    text, expected = marked(sentence)
    article = read(text)
    assert sorted(quotes(article, extract_dosed_names(article), "intervention")) == sorted(expected)
