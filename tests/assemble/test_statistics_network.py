from __future__ import annotations

from typing import get_args

import pytest

from support.marked import read
from trialmine.assemble.statistics.candidates import Candidate, build_candidates, members_of
from trialmine.assemble.statistics.network import (
    MARKS,
    NUMBER,
    UNKNOWN,
    Opinion,
    ending_of,
    key_of,
    network,
    read_numbers,
)
from trialmine.extract.statistics_mentions import STATISTICS_EXTRACTORS
from trialmine.records.article import Article, Mentions
from trialmine.records.vocabulary import Measure

TEXT = (
    "Methods: Tea 5 mg was given for 4 weeks.\nThey were seen at home.\n"
    "Results: The response rate was 44% with tea and 23% with water."
)


def candidates(text: str = TEXT) -> tuple[Article, list[Candidate]]:
    article = read(text)
    return article, build_candidates(article, Mentions.of(m for f in STATISTICS_EXTRACTORS for m in f(article)))


def opinions_on(article: Article, atoms: list[Candidate]) -> list[Opinion]:
    return network().judge(read_numbers(article, atoms, network().vocabulary), [[] for _ in atoms])


def test_the_tokens_of_sentences_with_numbers_are_read() -> None:
    article, atoms = candidates()
    vocabulary = {name: i for i, name in enumerate([UNKNOWN, NUMBER, "tea", "response", "-ater"])}
    reading = read_numbers(article, atoms, vocabulary)
    assert reading.marks.shape == (len(reading.words), MARKS)
    assert {reading.words[k] for k in reading.at} == {vocabulary[NUMBER]}
    assert list(reading.words).count(vocabulary["tea"]) == 2
    assert list(reading.words).count(vocabulary["-ater"]) == 1  # water, by its ending


@pytest.mark.parametrize(("token", "key"), [("12.5", NUMBER), ("Tea", "tea"), ("±", "±")])
def test_keys_of_tokens(token: str, key: str) -> None:
    assert key_of(token) == key


def test_endings_are_short() -> None:
    assert ending_of("rituximab") == ending_of("cetuximab") == "-imab"


def test_the_packaged_network_tells_a_result_from_a_dose() -> None:
    article, atoms = candidates()
    opinions = opinions_on(article, atoms)
    of = {a.value: opinion.odds for a, opinion in zip(atoms, opinions, strict=True)}
    assert min(of[44], of[23]) > 0 > of[5]


def test_measures_are_chances() -> None:
    article, atoms = candidates()
    for opinion in opinions_on(article, atoms):
        assert set(opinion.measures) <= set(get_args(Measure)) - {"p_value"}
        assert sum(opinion.measures.values()) == pytest.approx(1, abs=1e-4)


def test_a_judgement_is_the_same_beside_other_sentences() -> None:
    article, atoms = candidates("Results: The response rate was 44% with tea and 23% with water.")
    once = opinions_on(article, atoms)
    again = opinions_on(article, atoms)
    assert once == again


def test_shares_and_times_are_of_no_one_list() -> None:
    _, atoms = candidates("Results: 7 of 8 were well at 3 months compared with 3 of 11 with water.")
    assert [len(members_of(atoms, i)) for i in range(3)] == [1, 1, 1]


def test_lists_are_cut_where_no_list_goes_on() -> None:
    _, atoms = candidates("Results: Rates were " + ", ".join(f"{k % 90 + 1}%" for k in range(300)) + ".")
    assert len(atoms) == 300
    assert max(len(members_of(atoms, i)) for i in range(300)) < 100
