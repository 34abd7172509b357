"""Laws of cleaning: it settles, its edits lead back to the raw text, and no string is too strange or too long."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from support.cleaned import check_clean
from trialmine.clean import clean, cleaner, gate
from trialmine.clean.compose import apply, compose, minimal, ordered
from trialmine.clean.gate import SIGNS
from trialmine.clean.registry import STAGES
from trialmine.clean.repair import Repair, Stage, Step
from trialmine.clean.view import ALWAYS
from trialmine.records.document import CleanText, Edit

# pieces that steps react to, mixed with anything
PIECES = st.sampled_from(
    [
        "utmost tolerated dose", "selleck compound", "ten mcg kg", "mg m-2", "0. 05", "( n = 20 )", " . ",
        "sorafe nib", "combin ation", "adminis-\ntered", "5 +/- 2", "> or = 18", "10(9)/L", "days one five",
        "phase one 2", "3 three dose escalation", "â‰¥", "Ͻ", "·", "Skip to main page content\n", "References\n",
        "IL 21", "p 0 05", "sufferers", "this examine", "16.two", "&gte;", "<sup>2</sup>", "signicant", "\x01",
        "\ufffd", "?0.17", "1 0-50", "\u00ad", "–", "mg", "grade 3 4", "(ILS with",
        "83.5% 71/85", "CI = -1.5, 2,", "median time to event TTE was", "18 9) and", "m-two",
        "n=32)", "price", "\n\n", " ", "7",
    ]
)  # fmt: skip
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=25).map(" ".join) | st.text(max_size=60)


@settings(max_examples=300)
@given(TEXTS)
def test_cleaning_settles_and_maps_back(text: str) -> None:
    cleaned = clean(text)
    check_clean(cleaned)
    assert clean(cleaned.text).text == cleaned.text


@settings(max_examples=150)
@given(TEXTS)
def test_every_step_at_once_maps_back(text: str) -> None:
    cleaned = clean(text, signs=SIGNS)
    check_clean(cleaned)
    assert clean(cleaned.text, signs=SIGNS).text == cleaned.text


EDITS = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 5), st.text("xyz", max_size=3)), max_size=6)


def _edits(text: str, plan: list[tuple[int, int, str]]) -> list[Edit]:
    inside = [(s, min(s + n, len(text)), after) for s, n, after in plan if s < len(text)]
    return ordered(Edit(s, e, text[s:e], after, "r.r", 1.0, "why") for s, e, after in inside if text[s:e] != after)


@given(st.text("ab ", max_size=40), EDITS, EDITS)
def test_composed_edits_do_what_both_steps_do(
    raw: str, first: list[tuple[int, int, str]], second: list[tuple[int, int, str]]
) -> None:
    old = _edits(raw, first)
    middle = apply(raw, old)
    new = _edits(middle, second)
    both = compose(raw, middle, old, new)
    assert CleanText.from_edits(raw, both).text == apply(middle, new)


@given(st.text("ab 1", min_size=1, max_size=12), st.text("ab 1", max_size=12))
def test_minimal_edits_say_the_same_and_never_insert(before: str, after: str) -> None:
    if before == after:
        return
    e = minimal(before, 0, len(before), after, rule="r.r", confidence=1.0, reason="why")
    assert e.before
    assert apply(before, [e]) == after


@pytest.mark.parametrize(
    "unit",
    [
        "1 ",
        "a-",
        ". ",
        "( ",
        "0. ",
        "- ",
        "a- ",
        "mg kg",
        "phase one 2 ",
        "5 6 ",
        "days 1 5 and ",
        "&gt",
        "â‰",
        "10(",
        "1 of 2 ",
        "\n",
        "<",
        "?1",
        "one ",
        "mg m",
        "x\n",
    ],
)
def test_hostile_text_is_not_slow(unit: str) -> None:
    text = unit * (100_000 // len(unit))
    start = time.perf_counter()
    clean(text)
    assert time.perf_counter() - start < 20


def test_a_step_too_slow_is_given_up_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_slow(text: str) -> list[Edit]:
        raise TimeoutError

    monkeypatch.setattr(cleaner, "STAGES", (Stage((too_slow,)), *cleaner.STAGES))
    monkeypatch.setattr(gate, "spun_score", too_slow)
    monkeypatch.setattr(cleaner, "DETECTORS", (((too_slow,), None, ALWAYS),))
    cleaned = clean("given \u2265 5 mg of sorafe nib")
    assert cleaned.text == "given ≥ 5 mg of sorafenib"
    assert [i.code for i in cleaned.issues] == ["too_slow"]


_HOSTILE = ("1 ", "a-", "0. ", "( ", "mg kg-1 ", "5 6% ", "(n = 5 ", "CI = -1, ", "days 1 5 and ", "the big word ABC ")


def _name(step: object) -> str:
    return step.pattern.name if isinstance(step, Repair) else getattr(step, "__name__", "step")


@pytest.mark.parametrize("step", [s for stage in STAGES for s in stage.steps], ids=_name)
def test_no_step_is_slow_on_hostile_text(step: Step) -> None:
    for unit in _HOSTILE:
        text = unit * (8_000 // len(unit))
        start = time.process_time()
        with suppress(TimeoutError):
            list(step(text))
        assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "text", ["", "\ud800", "\x00" * 5, "\ufeff", "\r\n\r\n", "𝑃" * 3, "İ" * 4 + " utmost tolerated dose"]
)
def test_odd_strings(text: str) -> None:
    check_clean(clean(text))
