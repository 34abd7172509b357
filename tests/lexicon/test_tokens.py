from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from trialmine.lexicon.tokens import token_spans

_TOKEN = regex.compile(r"\w+|[^\w\s]")


@pytest.mark.parametrize(
    "text", ["", "  ", "a", "IL-6 rose", "e\u0301 \u00b2½ x_1", "\U0001d7ce\U0001d400+ok \U0001f600", "\x1c\x85\ud800"]
)
def test_the_tokens_of_the_pattern(text: str) -> None:
    assert token_spans(text) == [m.span() for m in _TOKEN.finditer(text)]


@given(st.text())
def test_the_tokens_of_any_text(text: str) -> None:
    assert token_spans(text) == [m.span() for m in _TOKEN.finditer(text)]
