from __future__ import annotations

import pytest

from support.marked import marked, quotes, read
from trialmine.extract.endpoint import extract_endpoints
from trialmine.records.article import Article, Entity

NAMED = [
    ("RESULTS: [[Overall survival]] was significantly longer with velotinib than with placebo.", "overall survival"),
    ("METHODS: The primary outcome was [[systolic blood pressure]] at 12 weeks.", "systolic blood pressure"),
    ("METHODS: Secondary outcomes included [[quality of life]] and grip strength.", "quality of life"),
    ("RESULTS: There was no difference in [[pain scores]] between the groups.", "pain scores"),
]


@pytest.mark.parametrize(("sentence", "name"), NAMED)
def test_names_outcomes(sentence: str, name: str) -> None:
    text, (place,) = marked(sentence)
    found = [m for m in extract_endpoints(read(text)) if m.kind == "endpoint" and text[m.start : m.end] == place]
    assert found
    assert found[0].value.name == name
    assert found[0].value.probability > 0.3


ROLES = [
    ("The primary end point was[[ survival.]]", ["primary"]),
    ("Primary outcomes were[[ pain and sleep; ]]secondary outcomes were[[ falls.]]", ["primary", "secondary"]),
    ("[[Survival was ]]the primary endpoint.", ["primary"]),
    ("[[Live birth (]]primary outcome) was common.", ["primary"]),
]


@pytest.mark.parametrize(("sentence", "roles"), ROLES)
def test_reads_roles(sentence: str, roles: list[str]) -> None:
    text, places = marked(sentence)
    found = sorted((m for m in extract_endpoints(read(text)) if m.kind == "endpoint_role"), key=lambda m: m.start)
    assert [m.value for m in found] == roles
    for m, place in zip(found, places, strict=True):
        assert place.strip(" ;:") in text[m.start : m.end]


@pytest.mark.parametrize("text", ["He works in primary care.", "A secondary school took part.", ""])
def test_finds_no_role_where_none_is_stated(text: str) -> None:
    assert [m for m in extract_endpoints(read(text)) if m.kind.startswith("endpoint_r")] == []


def test_reads_instruments() -> None:
    text, places = marked("Pain by the [[visual analogue scale (VAS)]], mood by the [[Mill Town Mood Inventory]].")
    article = read(text)
    assert quotes(article, extract_endpoints(article), "instrument") == places


def test_takes_a_models_entities() -> None:
    text, (place,) = marked("We looked at [[zorp counts]].")
    start = text.index(place)
    plain = read(text)
    article = Article(
        text=text,
        sentences=plain.sentences,
        entities=(Entity(start, start + len(place), "ENDPOINT", place),),
    )
    found = [m for m in extract_endpoints(article) if m.kind == "endpoint" and text[m.start : m.end] == place]
    assert len(found) == 1
    assert found[0].value.probability > 0
