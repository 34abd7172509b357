"""Every rule of the package against its own examples, and against text made to slow it down."""

from __future__ import annotations

import time
from collections import Counter

import pytest

import trialmine
from support.rules import all_patterns
from trialmine.lexicon.pattern import Pattern

SLOWEST = 1.0  # seconds for one pattern on one text
# long runs of one kind make a nested or unanchored quantifier show itself
HOSTILE = {
    "digits": "1" * 100_000,
    "spaces": " " * 100_000,
    "letters": "a" * 100_000,
    "numbers": "1 " * 50_000,
    "hyphens": "a-" * 50_000,
    "brackets": "(" * 100_000,
}


ALL = all_patterns()
by_pattern = pytest.mark.parametrize("pattern", ALL, ids=lambda p: p.name)


def test_patterns_are_found() -> None:
    assert trialmine.__path__
    assert ALL


def test_names_are_unique() -> None:
    assert [name for name, n in Counter(p.name for p in ALL).items() if n > 1] == []


@by_pattern
def test_has_examples(pattern: Pattern) -> None:
    assert pattern.hits
    assert pattern.misses


@by_pattern
def test_matches_its_hits_and_not_its_misses(pattern: Pattern) -> None:
    assert [text for text in pattern.hits if not any(pattern.find(text))] == []
    assert [text for text in pattern.misses if any(pattern.find(text))] == []


@by_pattern
def test_is_quick_on_hostile_text(pattern: Pattern) -> None:
    # a neighbour on the processor can spoil one measure, but hardly three
    slow = [kind for kind, text in HOSTILE.items() if all(_seconds(pattern, text) > SLOWEST for _ in range(3))]
    assert slow == []


def _seconds(pattern: Pattern, text: str) -> float:
    """Processor time, which other work on the machine does not stretch; the search is given up when it is too long."""
    start = time.process_time()
    try:
        for _ in pattern.compiled.finditer(text, timeout=SLOWEST):
            if time.process_time() - start > SLOWEST:
                break
    except TimeoutError:
        return float("inf")
    return time.process_time() - start
