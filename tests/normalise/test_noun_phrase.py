"""The whole phrase around a name, and nothing that is no part of it."""

from __future__ import annotations

import pytest

from trialmine.normalise.noun_phrase import ends_at, whole_phrase


@pytest.mark.parametrize(
    ("text", "name", "whole"),
    [
        ("They underwent conventional jet ventilation.", "ventilation", "conventional jet ventilation"),
        ("assigned to a home-based walking programme or not", "walking", "home-based walking programme"),
        ("who received walking for a month", "walking", "walking"),
        ("six weeks walking", "walking", "walking"),
        ("and the walking group", "walking", "walking"),
        ("one two walking", "walking", "walking"),
    ],
)
def test_a_name_is_the_core_of_its_phrase(text: str, name: str, whole: str) -> None:
    start = text.index(name)
    assert text[slice(*whole_phrase(text, start, start + len(name)))] == whole


def test_a_phrase_without_a_clear_beginning_is_left_alone() -> None:
    text = "deep slow calm steady quiet warm walking"
    assert whole_phrase(text, len(text) - 7, len(text)) == (len(text) - 7, len(text))


def test_a_phrase_does_not_begin_in_the_sentence_before() -> None:
    assert whole_phrase("Good. walking", 6, 13, low=6) == (6, 13)


@pytest.mark.parametrize(("text", "ended"), [("tea was", True), ("tea.", True), ("tea", True), ("tea cup was", False)])
def test_a_phrase_ends_before_a_sign_or_a_verb(text: str, ended: bool) -> None:
    assert ends_at(text, 3) is ended
