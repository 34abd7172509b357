from __future__ import annotations

import pytest

from support.trial_texts import trial_text
from trialmine.clean import clean
from trialmine.clean.letter_case import lost_capitals

SMALL = (
    "we gave tea or water to 90 adults with gout in group a and group b. overall survival (os) was longer with tea "
    "(hr 0.71; 95% ci 0.52 to 0.97), and os at 24 hr did not differ.\nmethods: a phase ii trial (see above)."
)
CAPITALS = [
    "survival (OS) was",
    "HR 0.71",
    "95% CI 0.52",
    "OS at 24 hr",
    "group B. Overall",
    "Methods: a phase II trial (see above)",
]


@pytest.mark.parametrize("read", CAPITALS)
def test_gives_capitals_back(read: str) -> None:
    assert read in clean(SMALL).text


def test_leads_back_to_the_raw_text() -> None:
    cleaned = clean(SMALL)
    assert cleaned.text.lower() == SMALL
    assert clean(cleaned.text).text == cleaned.text


@pytest.mark.parametrize("text", ["tea 5 mg daily", SMALL.replace("we gave", "We gave"), trial_text(1)])
def test_leaves_texts_that_have_their_capitals_or_are_short(text: str) -> None:
    assert list(lost_capitals(text)) == []
