from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.marked import marked, quotes, read
from trialmine.extract.intervention import extract_interventions

CASES = [
    ("We studied the effect of [[mindful walking]] on sleep.", "effect_of"),
    ("They were randomly assigned to [[dance lessons]] or [[usual care]].", "assigned_to"),
    ("All patients underwent [[laser surgery]].", "received"),
    ("We compared [[choir singing]] with [[silence]].", "compared"),
    ("It was lower in the [[breathing exercise]] programme.", "group"),
    ("Knees were mended under [[light spinal anaesthesia]].", "under"),
    ("Staff gave a [[gentle sleep workshop]] to all.", "headed"),
    ("All underwent a [[lateral wrist nerve (LWN) block]].", "received"),
    ("We compared [[choir singing]] (two hours), [[silence]] (one hour) and [[drumming]].", "compared"),
    ("All received a 3-week [[choir course]].", "received"),
    ("They were randomly assigned to [[choir singing]] or [[treatment as usual]].", "assigned_to"),
]


@pytest.mark.parametrize(("sentence", "frame"), CASES)
def test_finds_what_stands_in_a_frame(sentence: str, frame: str) -> None:
    text, expected = marked(sentence)
    article = read(text)
    found = [m for m in extract_interventions(article) if m.value == frame]
    assert quotes(article, found, "intervention") == expected


def test_names_the_long_form_of_a_short_one() -> None:
    text = "METHODS: Evening floor games (EFG) were held."
    found = extract_interventions(read(text, abbreviations={"EFG": "Evening floor games"}))
    assert [text[m.start : m.end] for m in found if m.value == "abbreviated"] == ["Evening floor games"]


NEVER = ["The gift was given.", "Effective remedies are rare.", "Groups of people came.", ""]


@pytest.mark.parametrize("text", NEVER)
def test_leaves_look_alikes(text: str) -> None:
    assert list(extract_interventions(read(text))) == []


def test_a_title_names_interventions() -> None:
    article = read("Swimming versus running in gout\nMethods: We asked.", title="Swimming versus running in gout")
    assert quotes(article, extract_interventions(article), "intervention") == ["Swimming", "running"]


@given(
    st.lists(
        st.sampled_from(
            [
                "effect of ",
                "underwent ",
                "tea",
                " with ",
                "the ",
                "(",
                ") ",
                ". ",
                ", ",
                "or ",
                "versus ",
                "group ",
                "\n",
                "β",
            ]
        ),
        max_size=20,
    )
)
def test_phrases_are_inside_the_text_and_told_once(parts: list[str]) -> None:
    text = "".join(parts)
    spans = [(m.start, m.end) for m in extract_interventions(read(text))]
    assert len(spans) == len(set(spans))
    assert all(text[s:e] == text[s:e].strip() and s < e for s, e in spans)
