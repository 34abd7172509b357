from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from trialmine.lexicon.near import find_near
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search

SIZE = Pattern("test.size", r"\d{1,3}\s[a-z]{1,8}\sgroup", hits=("12 red group",), misses=("12 group",))
CUE = Search("group")


@given(
    st.lists(st.sampled_from(["12 ", "red ", "group ", "groups", "7", " ", "x" * 30, "\n"]), max_size=30).map("".join)
)
def test_finds_what_a_search_of_the_whole_text_finds(text: str) -> None:
    near = [m.span() for m in find_near(SIZE, CUE, text, before=20, behind=0)]
    assert near == [m.span() for m in SIZE.find(text)]


def test_text_without_the_cue_is_not_searched() -> None:
    assert list(find_near(SIZE, Search("arm"), "12 red group", before=20, behind=5)) == []
