"""Groups that got nothing, and look-alikes that are told of what was seen in them."""

from __future__ import annotations

import pytest

from support.marked import marked, quotes, read
from trialmine.extract.untreated_group import extract_untreated_groups

TEXTS = [
    "METHODS: Sixty men were randomized. [[The control group]] did not receive any tea.",
    "METHODS: Men were divided into two groups. One drank tea, while [[the other group]] was given nothing.",
    "METHODS: Of three groups, [[Group C]] was not treated.",
    "METHODS: One group received tea daily, whereas [[the control group]] did not.",
    "METHODS: No counselling was given to [[the control participants]].",
    "METHODS: Men were parted into tea (n = 20) and [[control]] (no tea, n = 21) groups.",
    "METHODS: [[The control participants]] were asked to remain sedentary.",
    "METHODS: Men were randomized to tea or [[no tea]].",
    "METHODS: Tea was given to some men, and [[the control group]] received no leaves.",
    "METHODS: Men were divided into Group A with two cups and [[Group B]] with no additional treatment.",
    "METHODS: Classes were randomized to tea or to a [[waiting control group]].",
    "METHODS: Women were randomly assigned to yoga, walking, or a [[waiting list]].",
    "METHODS: Tea was compared with [[wait-list controls]] in a trial of two groups.",
    "METHODS: Villages were assigned to tea, milk, both, or [[neither]].",
    "METHODS: Men were randomised to tea for a year or [[observation alone]].",
]


@pytest.mark.parametrize("text", TEXTS)
def test_what_the_text_calls_the_group(text: str) -> None:
    plain, expected = marked(text)
    article = read(plain)
    assert quotes(article, extract_untreated_groups(article), "untreated_group") == expected


NEVER = [
    "RESULTS: The control group did not improve.",
    "RESULTS: In the control group, no adverse events were seen.",
    "RESULTS: The control group had no significant change.",
    "RESULTS: Pain fell with tea, whereas the control group did not.",
    "RESULTS: Improvement versus no improvement was judged by nurses of both groups.",
    "METHODS: The control group did not receive tea but milk.",
    "METHODS: Control patients were given neither of the two sheets.",
    "CONCLUSIONS: Men should be randomized to tea or no tea.",
]


@pytest.mark.parametrize("text", NEVER)
def test_what_was_seen_in_a_group_does_not_make_it_untreated(text: str) -> None:
    assert list(extract_untreated_groups(read(text))) == []
