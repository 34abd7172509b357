from __future__ import annotations

import re
from typing import Any

import pytest

from trialmine.evaluate.annotated import Annotated
from trialmine.train.projection import fold_of, project, project_strings


def unmark(marked: str) -> tuple[str, set[tuple[int, int]]]:
    """Text and spans of a sentence with [[marked]] places."""
    spans, text = set(), ""
    for i, part in enumerate(re.split(r"\[\[|\]\]", marked)):
        if i % 2:
            spans.add((len(text), len(text) + len(part)))
        text += part
    return text, spans


CASES: list[tuple[str, dict[str, Any], str]] = [
    (
        "INTERVENTION",
        {"interventions": [{"name": "zinc", "aliases": ["Zn-5"]}]},
        "[[Zinc]] or nothing; [[Zn-5]] lozenges, not zincate",
    ),
    (
        "INTERVENTION",
        {"interventions": [{"name": "cold laser treatment (CLT)"}]},
        "a [[cold-laser treatment]] ([[CLT]]); [[CLT]] twice, clt once",
    ),
    (
        "ENDPOINT",
        {"endpoints": [{"name": "walking distance", "quote": "distance walked"}]},
        "we took the distance walked: the [[walking distance]] (WaD) and [[walking distances]]",
    ),
    (
        "ENDPOINT",
        {
            "endpoints": [
                {"name": "time to first relapse", "quote": "months that passed to the first relapse of anyone"}
            ]
        },
        "months that passed to the [[first relapse]] of anyone",
    ),
    ("ARM", {"arms": [{"label": "sham"}]}, "the [[sham group]] and the [[sham]]; shamed"),
    (
        "ARM",
        {"interventions": [{"name": "sham"}], "arms": [{"label": "sham", "quote": "sham at noon"}]},
        "sham alone, the [[sham arm]], [[sham]] at noon",
    ),
    ("ADVERSE_EVENT", {"adverse_events": [{"term": "rash"}]}, "[[rash]] in two; rashly"),
    (
        "CONDITION",
        {"population": {"conditions": [{"name": "gout", "text": "acute gout"}]}},
        "[[acute gout]] is [[gout]]",
    ),
]


@pytest.mark.parametrize(("label", "record", "marked"), CASES, ids=[c[2][:30] for c in CASES])
def test_names_are_found_wherever_the_text_says_them(label: str, record: dict[str, Any], marked: str) -> None:
    text, wanted = unmark(marked)
    found = {(a, b) for a, b, x in project(record, text) if x == label}
    outermost = {s for s in found if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in found)}
    # an abbreviation behind the name is found with it; the table marks only what it is about
    assert wanted <= found
    assert {text[a:b] for a, b in outermost - wanted} <= {"WaD"}


@pytest.mark.parametrize(
    "record", [{}, {"interventions": None}, {"endpoints": [{"name": "", "quote": ""}]}, {"arms": [{}]}]
)
def test_an_empty_record_gives_nothing(record: dict[str, Any]) -> None:
    assert list(project(record, "some text")) == []


def test_strings_recur_under_their_label() -> None:
    doc = Annotated("1", "mint oil, then more mint oil", ((0, 8, "INT"),))
    assert project_strings(doc, ("INT",)).spans == ((0, 8, "INT"), (20, 28, "INT"))


def test_an_abstract_and_an_excerpt_of_one_article_lie_in_one_fold() -> None:
    assert all(fold_of(f"PMC{n}") == fold_of(f"PMC{n}.methods") for n in range(20))
    assert {fold_of(f"PMC{n}") for n in range(20)} == {0, 1}
