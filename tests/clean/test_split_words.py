"""Words with blanks in them, in texts that show by other splits that they are broken so."""

from __future__ import annotations

import pytest

from trialmine.clean import clean

BROKEN = " All of them were fol lowed after rand omisation and re ceived the study treatment as planned."


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("women with breast can cer", "women with breast cancer"),
        ("50 people were as signed to placebo", "50 people were assigned to placebo"),
        ("all were in formed be fore the visit", "all were informed before the visit"),
        ("the patients were in good health", "the patients were in good health"),
        ("drugs that can be taken as needed", "drugs that can be taken as needed"),
        ("signed as a witness for the team", "signed as a witness for the team"),
    ],
)
def test_a_small_word_may_be_half_of_a_common_one(text: str, read: str) -> None:
    assert clean(text + "." + BROKEN).text.startswith(read + ".")
