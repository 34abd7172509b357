from __future__ import annotations

import regex
from hypothesis import given
from hypothesis import strategies as st

from trialmine.lexicon.occurrences import occurrences

BEFORE, BEHIND = regex.compile(r"(?<![\w-])"), regex.compile(r"(?![\w-])(?:\sgroup)?")


@given(st.text(alphabet="aB-. é", max_size=40), st.text(alphabet="aB-. é", min_size=1, max_size=3))
def test_the_same_places_as_by_a_regex(text: str, name: str) -> None:
    plain = regex.compile(BEFORE.pattern + regex.escape(name) + BEHIND.pattern)
    assert list(occurrences(text, name, before=BEFORE, behind=BEHIND)) == [m.span() for m in plain.finditer(text)]


def test_what_follows_may_belong_to_the_place() -> None:
    text = "The XY group, not the XY-a group or XYZ, and XY."
    assert [text[a:b] for a, b in occurrences(text, "XY", before=BEFORE, behind=BEHIND)] == ["XY group", "XY"]
