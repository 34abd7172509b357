"""Whose result it is: own sentences with the arm that each number belongs to."""

from __future__ import annotations

import pytest

from support.marked import read
from trialmine import extract
from trialmine.assemble.citation import Citation
from trialmine.assemble.statistics.arm_mentions import arm_mentions
from trialmine.assemble.statistics.block import build_statistics
from trialmine.extract.registry import extract_mentions
from trialmine.records.article import Block, Reference
from trialmine.records.document import CleanText
from trialmine.train.gold_blocks import GoldRow

DOSES = (("caffeine 50 mg", "experimental"), ("caffeine 100 mg", "experimental"))
LETTERS = (("Group A", "experimental"), ("Group B", "experimental"))
SHORT = (("group D4", "experimental"), ("group D2", "experimental"), ("group S", "placebo_comparator"))
CAFFEINE = (("caffeine", "experimental"), ("water", "placebo_comparator"))
TEA, WATER = ("green tea", "experimental"), ("water", "placebo_comparator")


def arms_in(text: str, *labelled: tuple[str, str]) -> Block:
    rows = tuple(GoldRow(id=f"a{k}", label=label, role=role) for k, (label, role) in enumerate(labelled, 1))
    references = [
        Reference(at, at + len(row.label), row.id)
        for row in rows
        for at in range(len(text))
        if text.startswith(row.label, at)
    ]
    return Block(rows, tuple(sorted(references, key=lambda r: r.start)))


MENTIONS = [
    ("Pain fell in the control group.", (TEA, WATER), [("control group", "a2")]),
    ("Pain fell in the intervention group.", (TEA, WATER), [("intervention group", "a1")]),
    ("Pain fell in both treatment groups.", (TEA, WATER), []),
    ("Pain fell in the 50-mg group.", DOSES, [("50-mg", "a1")]),
    ("Pain (Caf = 12, Wat = 14) fell.", CAFFEINE, [("Caf", "a1"), ("Wat", "a2")]),
    ("Pain was the same in groups A and B.", LETTERS, [("A", "a1"), ("B", "a2")]),
    ("Pain was the same (A vs B, P = .4; vitamin A and B12).", LETTERS, [("A", "a1"), ("B", "a2")]),
    ("Pain was the same in groups D4, D2 and S.", SHORT, [("D4", "a1"), ("D2", "a2"), ("S", "a3")]),
    ("Pain fell with the control.", (TEA,), []),
    ("Pain fell in the control group.", (TEA, WATER, ("coffee", "active_comparator")), []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "labelled", "expected"), MENTIONS)
def test_more_words_mean_an_arm(
    text: str, labelled: tuple[tuple[str, str], ...], expected: list[tuple[str, str]]
) -> None:
    arms = Block(arms_in(text, *labelled).rows)
    assert [(text[r.start : r.end], r.id) for r in arm_mentions(read(text), arms).references] == expected


LINKS = [
    ("Mean pain was 21 with green tea and 33 with water.", [("a1",), ("a2",)]),
    ("With green tea and water, mean pain was 21 and 33, respectively.", [("a1",), ("a2",)]),
    ("Mean pain was 21 versus 33 in the water and green tea groups, respectively.", [("a2",), ("a1",)]),
    ("Response rates were 60% (green tea) and 40% (water).", [("a1",), ("a2",)]),
    ("The hazard ratio for death was 0.66 (95% CI 0.51 to 0.87) with green tea versus water.", [("a1", "a2")]),
    (
        "The rate was 3.2 per 100 person-years with green tea versus 5.1 per 100 person-years with water.",
        [("a1",), ("a2",)],
    ),
    ("The response rate was 60% in both groups.", [("a1", "a2")]),
    ("Pain was rarer (relative risk 0.66; 95% CI 0.51 to 0.87).", [("a1", "a2")]),
]


@pytest.mark.parametrize(("sentence", "expected"), LINKS)
def test_numbers_are_tied_to_their_arms(sentence: str, expected: list[tuple[str, ...]]) -> None:
    text = "Methods: Patients took green tea or water.\nResults: " + sentence
    article = read(text)
    arms = arms_in(text, TEA, WATER)
    rows, _ = build_statistics(
        article, extract_mentions(article), Block(), arms, Citation(article, CleanText(text, text))
    )
    assert [row.arms for row in rows] == expected


THREE = (("green tea", "experimental"), ("coffee", "experimental"), ("water", "placebo_comparator"))
IN_TURN = [
    (
        "Mean pain was 4.1 (SD 5.2) with green tea, 7.9 (5.6) with coffee, 11.3 (5.1) with the mixture "
        "and 0.6 (4.8) with water.",
        [("a1",), ("a2",), (), ("a3",)],
    ),
    (
        "Median sleep was 2.4 h, 4.8 h, 7.1 h and 1.3 h in the green tea, coffee, mixture and water groups.",
        [("a1",), ("a2",), (), ("a3",)],
    ),
    (
        "Response was 15% (6/40), 27.5% (11/40) and 57.5% (23/40) with water, coffee and green tea, respectively.",
        [("a3",), ("a2",), ("a1",)],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), IN_TURN)
def test_lists_are_tied_in_turn(sentence: str, expected: list[tuple[str, ...]]) -> None:
    text = "Methods: Patients took green tea, coffee, a mixture or water.\nResults: " + sentence
    article = read(text)
    rows, _ = build_statistics(
        article, extract_mentions(article), Block(), arms_in(text, *THREE), Citation(article, CleanText(text, text))
    )
    assert [row.arms for row in rows] == expected


def test_a_title_gives_a_list_that_names_no_arm_no_order() -> None:
    text = (
        "Dexmedetomidine with bupivacaine for blocks\nMETHODS: Ninety adults were divided into group B (bupivacaine"
        " 0.5%), group D (bupivacaine with dexmedetomidine 50 mcg) and group C (bupivacaine with clonidine 75 mcg)."
        " RESULTS: Mean onset was 12.1 ± 2.2, 8.3 ± 1.9 and 9.9 ± 2.0 min, respectively."
    )
    record = extract(text)
    labels = {arm.id: arm.label for arm in record.arms}
    found = {s.value: [labels[i] for i in s.arms] for s in record.statistics}
    assert [found[v] for v in (12.1, 8.3, 9.9)] == [["group B"], ["group D"], ["group C"]]


def test_a_list_that_names_no_arm_has_the_order_of_the_sentence_before() -> None:
    text = (
        "METHODS: Ninety adults were randomised to saline (control, n = 30), 2 mg dexamethasone (n = 30) or"
        " 4 mg dexamethasone (n = 30). RESULTS: The time to the first analgesic was 11.2 h in the control group,"
        " 17.6 h with 2 mg and 20.3 h with 4 mg of dexamethasone. Morphine consumption was 14 ± 6 mg, 8 ± 5 mg and"
        " 7 ± 4 mg, respectively."
    )
    record = extract(text)
    labels = {arm.id: arm.label for arm in record.arms}
    found = {s.value: [labels[i] for i in s.arms] for s in record.statistics}
    assert [found[v] for v in (14.0, 8.0, 7.0)] == [found[v] for v in (11.2, 17.6, 20.3)]


TWO_ARMS = [
    (
        "Median sleep and naps were 2.8 and 5.9 hours with green tea and 3.7 and 6.2 hours with water.",
        [("a1",), ("a1",), ("a2",), ("a2",)],
    ),
    (
        "In the green tea group, pain before and after was 5.1 and 2.3, and in the water group 5.2 and 4.8.",
        [("a1",), ("a1",), ("a2",), ("a2",)],
    ),
    ("Sleep was 2.8 and 5.9 hours with green tea and water.", [("a1",), ("a2",)]),
    (
        "The rate was 14.6 falls per 1000 person-years with green tea and 16.5 falls per 1000 person-years in the"
        " water group (13% lower with green tea).",
        [("a1",), ("a2",), ("a1",)],
    ),
    ("Compared with water, pain was rarer with green tea, and 21% versus 43% slept badly.", [("a1",), ("a2",)]),
    ("The efficacy of green tea against colds was 43% (95% CI 21 to 58).", [("a1",)]),
    (
        "Falls occurred in 12% on green tea compared with 15% on water. Colds occurred in 3% versus 4%.",
        [("a1",), ("a2",), ("a1",), ("a2",)],
    ),
    (
        "Sleep improved (12 [14%] falls among 85 given green tea versus 16 [18%] among 88 given water).",
        [("a1",), ("a2",)],
    ),
    ("Vaccine efficacy against colds was 43% (95% CI 21 to 58).", [("a1", "a2")]),
    ("Pain fell with green tea compared with baseline (P = .01).", [("a1",)]),
    ("Pain differed before and after green tea (P = .01).", [("a1",)]),
    ("Pain fell with green tea compared with water (P = .01).", [("a1", "a2")]),
    ("Pain fell from baseline in both groups (P = .01).", [("a1", "a2")]),
]


@pytest.mark.parametrize(("sentence", "expected"), TWO_ARMS)
def test_each_run_of_numbers_is_of_its_arm(sentence: str, expected: list[tuple[str, ...]]) -> None:
    text = "Methods: Patients took tea or other drinks.\nResults: " + sentence
    article = read(text)
    rows, _ = build_statistics(
        article, extract_mentions(article), Block(), arms_in(text, TEA, WATER), Citation(article, CleanText(text, text))
    )
    assert [row.arms for row in rows] == expected


ORDERED = "Methods: Patients were randomised to green tea, coffee or water.\nResults: "
THREE_ARMS = [
    ("Response rates were 62%, 71% and 35%.", [("a1",), ("a2",), ("a3",)]),
    ("Response rates were 62%, 71% and 35%, respectively (green tea vs coffee, P = .21).",
     [("a1",), ("a2",), ("a3",)]),
    ("Response at 4 and 8 weeks was 62%, 71% and 35%.", [(), (), ()]),
    ("In the coffee, green tea and water groups, response was 62%, 71% and 35%.", [("a2",), ("a1",), ("a3",)]),
    ("Sleep was better with green tea than water (62% vs 35%).", [("a1",), ("a3",)]),
    (
        "Relapse was 3.6% with water, compared with 3.3% with green tea (relative risk 0.92; 95% CI 0.71 to 1.16) and"
        " 2.3% with coffee (relative risk 0.64; 95% CI 0.47 to 0.88).",
        [("a3",), ("a1",), ("a3", "a1"), ("a2",), ("a3", "a2")],
    ),
    (
        "Response was 64% with green tea, 52% with coffee and 12% with water (green tea vs water, P < .001; green tea"
        " vs coffee, P = .09).",
        [("a1",), ("a2",), ("a3",), ("a1", "a2")],
    ),
    (
        "Among adults on green tea, coffee or water, 44% slept on green tea vs 17% on water (OR 3.85).",
        [("a1",), ("a3",), ("a1", "a3")],
    ),
    (
        "Compared with water, the mean difference was -4.2 h (95% CI -5.6 to -2.7; P < .001) for green tea and -3.5 h"
        " (95% CI -5.0 to -2.0; P < .001) for coffee.",
        [("a1", "a3"), ("a2", "a3")],
    ),
    ("Compared with water, green tea (P = .002) and coffee (P = .01) eased pain.", [("a1", "a3"), ("a2", "a3")]),
    ("With green tea and coffee pain was rarer than with water (P = .01).", [("a1", "a2", "a3")]),
    (
        "Response was 69%, 79% and 55%; sleep improved by 6.9, 9.1 and 3.0 points (P = .01).",
        [("a1",), ("a2",), ("a3",), ("a1",), ("a2",), ("a3",)],
    ),
    (
        "The mean difference between green tea and water in sleep was 5.2 points (95% CI 1.1 to 9.3), between coffee"
        " and water 4.4 points (95% CI 0.4 to 8.5).",
        [("a1", "a3"), ("a2", "a3")],
    ),
    ("Green tea eased pain; sleep was the same (P = .74 between green tea and coffee).", [("a1", "a2")]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), THREE_ARMS)
def test_of_three_arms_those_are_told_that_are_compared(sentence: str, expected: list[tuple[str, ...]]) -> None:
    text = ORDERED + sentence
    article = read(text)
    rows, _ = build_statistics(
        article, extract_mentions(article), Block(), arms_in(text, *THREE), Citation(article, CleanText(text, text))
    )
    assert [row.arms for row in rows] == expected


def test_what_is_called_the_combination_is_what_some_got_besides() -> None:
    text = "Pain was rarer with combination therapy than with the combination of milk and tea."
    rows = (
        GoldRow(id="a1", label="caffeine", interventions=("i1",)),
        GoldRow(id="a2", label="aspirin", interventions=("i2",)),
        GoldRow(id="a3", label="both", interventions=("i1", "i2")),
    )
    found = arm_mentions(read(text), Block(tuple(rows))).references
    assert [(text[r.start : r.end], r.id) for r in found] == [("combination therapy", "a3")]


def test_what_some_had_alone_means_them() -> None:
    text = "Pain was 34% with caffeine, 9% with caffeine/aspirin and 12% with aspirin plus caffeine."
    rows = (
        GoldRow(id="a1", label="caffeine group", role="experimental", interventions=("i1",)),
        GoldRow(id="a2", label="both", role="experimental", interventions=("i1", "i2")),
    )
    found = arm_mentions(read(text), Block(rows)).references
    assert [(text[r.start : r.end], r.id) for r in found] == [("caffeine", "a1")]
