from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from trialmine.evaluate.annotated import Annotated
from trialmine.train.noise import garble

TEXT = "The placebo-controlled trial gave 5 mg/kg of orlistat (Xenical), or placebo, to obese patients; pain fell."


@given(st.integers(0, 10_000), st.integers(0, len(TEXT) - 2), st.integers(1, 30))
def test_spans_stay_inside_the_garbled_text(seed: int, start: int, length: int) -> None:
    end = min(len(TEXT), start + length)
    garbled = garble(Annotated("x", TEXT, ((start, end, "A"),)), random.Random(seed))
    for a, b, _ in garbled.spans:
        assert 0 <= a < b <= len(garbled.text)


@given(st.integers(0, 10_000))
def test_a_word_keeps_its_letters_or_nearly_so(seed: int) -> None:
    start = TEXT.index("orlistat")
    garbled = garble(Annotated("x", TEXT, ((start, start + 8, "A"),)), random.Random(seed))
    (span,) = garbled.spans
    left = "".join(c for c in garbled.text[span[0] : span[1]] if c.isalnum())
    assert 7 <= len(left) <= 9


@given(st.text(max_size=60), st.integers(0, 1000))
def test_any_text_can_be_garbled(text: str, seed: int) -> None:
    garble(Annotated("x", text, ()), random.Random(seed))


def test_the_same_seed_gives_the_same_noise() -> None:
    doc = Annotated("x", TEXT, ())
    assert garble(doc, random.Random(5)) == garble(doc, random.Random(5))
