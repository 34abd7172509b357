from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.nlp.sections import find_sections

# text -> (label, what the section opens with)
CASES = [
    (
        "BACKGROUND: Gout hurts. METHODS: We gave tea. RESULTS: It helped. CONCLUSIONS: Drink tea.",
        [("background", "Gout"), ("methods", "We gave"), ("results", "It helped"), ("conclusions", "Drink")],
    ),
    (
        "Tea for gout\nObjective: To test tea.\nPatients and Methods: Ten men.\nFindings: It helped.\nConclusion: Yes.",
        [
            ("title", "Tea"),
            ("objective", "To test"),
            ("methods", "Ten"),
            ("results", "It helped"),
            ("conclusions", "Yes"),
        ],
    ),
    (
        "Tea for gout\n\nMethods\nTen men drank it.\n\nResults\nIt helped.",
        [("title", "Tea"), ("methods", "Ten"), ("results", "It helped")],
    ),
    ("Aims: To test tea. Design: Crossover.", [("objective", "To test"), ("methods", "Crossover")]),
    (
        "METHODS We gave tea. RESULTS Ten men slept. CONCLUSION Tea helps.",
        [("methods", "We gave"), ("results", "Ten"), ("conclusions", "Tea")],
    ),
    ("Methods. We gave tea. Results. It helped.", [("methods", "We gave"), ("results", "It helped")]),
    ("Methods — We gave tea.", [("methods", "We gave")]),
    ("Methods and Findings: We gave tea.", [("methods", "We gave")]),
    ("Design, Setting, and Participants: A trial of tea.", [("methods", "A trial")]),
    ("1. Methods: We gave tea.", [("methods", "We gave")]),
    ("Trial registration: ISRCTN1. Funding: None.", [("registration", "ISRCTN1"), ("registration", "None")]),
    # copies that lost the colons
    ("Background Gout is painful.\nResults Ten men slept.", [("background", "Gout"), ("results", "Ten")]),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[c[0][:30] for c in CASES])
def test_finds_sections_in_their_spellings(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_sections(text)
    assert [s.label for s in found] == [label for label, _ in expected]
    for section, (_, opening) in zip(found, expected, strict=True):
        assert text[section.start : section.end].lstrip().startswith(opening)


NEVER = [
    "The results were good and the methods sound.",
    "In conclusion, tea helps.",
    "Results were good. Methods were sound.",
    "They were counted. results: ten.",
    "These patients: ten men.",
]


@pytest.mark.parametrize("text", NEVER)
def test_prose_has_no_headings(text: str) -> None:
    assert find_sections(text) == ()


def test_a_known_title_is_a_section() -> None:
    found = find_sections("Tea for gout. We gave tea to ten men.", title="Tea for gout.")
    assert [s.label for s in found] == ["title", "other"]


def test_a_paragraph_is_no_title() -> None:
    found = find_sections("Gout is painful and common. Tea may help a lot of people.\nMethods: We gave tea.")
    assert [s.label for s in found] == ["other", "methods"]


TEXTS = st.text(max_size=150) | st.lists(
    st.sampled_from(
        [
            "Methods",
            "RESULTS",
            "Conclusions:",
            ": ",
            ". ",
            "\n",
            "\n\n",
            "We gave tea",
            " and ",
            "Aim",
            "\r\n",
            "  ",
            "—",
            "Design, ",
        ]
    ),
    max_size=20,
).map("".join)


@given(TEXTS, st.none() | st.text(max_size=20))
def test_sections_are_ordered_and_disjoint(text: str, title: str | None) -> None:
    found = find_sections(text, title=title)
    assert all(0 <= s.start <= s.end <= len(text) for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize(
    "text", ["Methods and " * 9_000, "Methods: " * 9_000, "\n" * 90_000, "# " * 40_000, " " * 90_000 + "Methods:"]
)
def test_hostile_text_takes_linear_time(text: str) -> None:
    begin = time.process_time()
    find_sections(text)
    assert time.process_time() - begin < 3
