"""Thousands of clean abstracts are left as they are: few edits, and hardly a false join of words."""

from __future__ import annotations

import json

import pytest

from support.gold import SHARED
from trialmine.clean import clean
from trialmine.clean.words import clear_splits, splits
from trialmine.records.document import Edit

ABSTRACTS = SHARED / "data" / "pmc-rct" / "abstracts.jsonl"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.slow,
    pytest.mark.skipif(not ABSTRACTS.exists(), reason=f"needs {ABSTRACTS}"),
]
# one character for its plain form, and the thousands of journals that set them apart; all else counts as an edit
NORMAL_FORMS = frozenset(
    (
        "number.thousands_blank",
        "number.round_thousands_blank",
        *(f"unicode.{f}" for f in ("plain_form", "dash", "decimal_point", "superscript", "invisible")),
    )
)
# what these texts really lost: of 3,419 eleven have a word glued to its number ("to8.3"), each of them was read
DAMAGE = frozenset({"space.glued"})
# ASCII signs, powers and thousands that are written another way and mean the same
NOTATION = NORMAL_FORMS | {"unicode.at_least", "unicode.at_most", "medline.power", "number.thousands_point"}


@pytest.fixture(scope="module")
def texts() -> list[str]:
    return [json.loads(line)["text"] for line in ABSTRACTS.read_text(encoding="utf-8").splitlines()]


def beyond(edits: tuple[Edit, ...], forms: frozenset[str]) -> bool:
    return any(not forms.issuperset(e.rule.split("+")) for e in edits)


def test_clean_texts_are_hardly_edited(texts: list[str]) -> None:
    edits = [clean(text).edits for text in texts]
    assert sum(beyond(e, NORMAL_FORMS | DAMAGE) for e in edits) / len(texts) <= 0.0125
    assert sum(beyond(e, NOTATION | DAMAGE) for e in edits) / len(texts) <= 0.01
    assert sum(any(e.rule in DAMAGE for e in own) for own in edits) / len(texts) <= 0.004


def test_words_are_hardly_joined(texts: list[str]) -> None:
    words = sum(len(text.split()) for text in texts)
    assert 20_000 * sum(len(list(clear_splits(text))) for text in texts) <= words
    # as in a text that shows it is split, where far more is joined
    assert 20_000 * sum(len(list(splits(text))) for text in texts) <= words
