"""What stands beside an amount and says that it was given, how strong it is, what it was dissolved in or whose it is."""

# ruff: noqa: E501 (a sentence of a table reads better in one line)
from __future__ import annotations

from typing import Any

import pytest

from support.dosing_rows import build, short
from trialmine.records.trial import Span

ROWS: list[tuple[str, list[tuple[Any, ...]]]] = [
    # strengths of solutions
    (
        "They had 6 ml of alfamine 7.5 mg.ml-1 plus betamine 3 mg by infusion.",
        [("alfamine", 6, "mL", None), ("betamine", 3, "mg", None)],
    ),
    ("They took alfamine 900 IU daily (an oil with 300 IU alfamine per ml).", [("alfamine", 900, "[iU]", "QD")]),
    ("They took alfamine 5 mg per kg daily.", [("alfamine", 5, "mg/kg", "QD")]),
    # what it was dissolved in
    ("Alfamine 20 mg weekly was given in 250 ml of saline.", [("alfamine", 20, "mg", "QW")]),
    ("Alfamine was diluted with 50 ml of dextrose. Patients had alfamine 4 mg.", [("alfamine", 4, "mg", None)]),
    ("Tablets of alfamine 20 mg were swallowed with 200 ml of water.", [("alfamine", 20, "mg", None)]),
    # how it is made
    ("They had alfamine ABCD 30 mg daily or placebo.", [("alfamine", 30, "mg", "QD")]),
    # the same in other words
    ("They took 4 mg (1 tablet) of alfamine. Small children received 2 mg (half a tablet) of alfamine.", [
        ("alfamine", 4, "mg", None), ("alfamine", 2, "mg", None)]),
    ("They took 600 IU (equivalent to 15 mcg) of alfamine daily.", [("alfamine", 600, "[iU]", "QD")]),
    ("They took alfamine at a dose of 15 mcg daily.", [("alfamine", 15, "ug", "QD")]),
    (
        "They had 30 ml of 0.5% betamine with 0.5 ml (equivalent to 75 mcg) of alfamine.",
        [("betamine", 30, "mL", None), ("alfamine", 0.5, "mL", None)],
    ),
    ("They had pessaries (equivalent to 100 mg alfamine) daily.", [("alfamine", 100, "mg", "QD")]),
    # a concentration that was given and one that was found
    ("Alfamine was administered at a concentration of 0.5 mcg/kg.", [("alfamine", 0.5, "ug/kg", None)]),
    ("They took alfamine 5 mg. At a plasma concentration of 40 mg of alfamine they slept.", [
        ("alfamine", 5, "mg", None)]),
    (
        "Sleep was kept up with an end-tidal concentration of betamine and 2 mcg/kg of alfamine.",
        [("alfamine", 2, "ug/kg", None)],
    ),
    # steps down and where they end
    (
        "Alfamine was started at 90 mg, tapered by 10 mg weekly and maintained at 30 mg.",
        [("alfamine", 90, "mg", None), ("alfamine", 30, "mg", None)],
    ),
    # what was allowed
    ("They took alfamine 5 mg. Alfamine (up to 300 mg/day) for pain was allowed.", [("alfamine", 5, "mg", None)]),
    ("They took alfamine 5 mg. It is recommended that adults take alfamine 30 mg.", [("alfamine", 5, "mg", None)]),
    # the name of a group
    (
        "They had alfamine in the betamine-only group (50 mg twice daily).",
        [("alfamine", 50, "mg", "BID")],
    ),
    ("They had surgery in the betamine group (50 mg twice daily).", [("betamine", 50, "mg", "BID")]),
    # what was told last with an amount
    (
        "Poor metabolisers of betamine received a single dose of alfamine 2 mg. Six then received a dose of 1 mg twice daily.",
        [("alfamine", 2, "mg", "ONCE"), ("alfamine", 1, "mg", "BID")],
    ),
    # next steps are no new items
    (
        "They had alfamine 10 mg once daily for a week, 15 mg once daily for a week, and then 20 mg once daily.",
        [("alfamine", 10, "mg", "QD"), ("alfamine", 15, "mg", "QD"), ("alfamine", 20, "mg", "QD")],
    ),
    # either of two with their other names
    (
        "They had 900 IU (equivalent to 20 mcg) of either alfamine (alfa) or betamine (beta) monthly.",
        [("alfamine", 900, "[iU]", "QM"), ("betamine", 900, "[iU]", "QM")],
    ),
    # what is combined with it keeps its own frequency
    (
        "They had alfamine 50 mg/m2 combined with betamine 90 mg/m2 twice daily.",
        [("alfamine", 50, "mg/m2", None), ("betamine", 90, "mg/m2", "BID")],
    ),
    # further doses on need
    ("They had alfamine 2 mg/kg. They could have more alfamine as required.", [("alfamine", 2, "mg/kg", None)]),
    (
        "“On-demand” alfamine for red fever: a trial\nMethods: Patients took 20 mg of alfamine.",
        [("alfamine", 20, "mg", "PRN")],
    ),
    # what was looked at in results
    ("They took alfamine 5 mg. In the 5-9 mg dose range of alfamine they slept.", [("alfamine", 5, "mg", None)]),
    (
        "They took alfamine 5 mg. The mean dose at the end was 1 mg of alfamine and 2 mg of betamine.",
        [("alfamine", 5, "mg", None)],
    ),
    # so many times a day
    (
        "They took alfamine 3 x 375 mg + betamine 2 x 20 mg daily for 2 weeks.",
        [("alfamine", 375, "mg", "TID"), ("betamine", 20, "mg", "BID")],
    ),
    ("They took alfamine 2 x 500 mg/day.", [("alfamine", 500, "mg", "BID")]),
    ("They took alfamine 2 x 150 mg in the morning.", [("alfamine", 300, "mg", None)]),
    ("They took alfamine 2 x 5 mg tablets daily.", [("alfamine", 10, "mg", "QD")]),
    # the amount stands before the group's drug
    (
        "The first dose was 0.05 mg/kg for the group treated with alfamine and 2 mg/kg for the group treated with betamine.",
        [("alfamine", 0.05, "mg/kg", None), ("betamine", 2, "mg/kg", None)],
    ),
    ("The alfamine group received betamine 5 mg twice daily.", [("betamine", 5, "mg", "BID")]),
    ("The alfamine group received placebo twice daily.", [
        ("alfamine", None, None, "BID"), ("placebo", None, None, "BID")]),
    # a short name of none of ours
    ("They had alfamine. Then they received Xyz in a dose of 9 mg.", []),
    ("They had alfamine. Then they received it in a dose of 9 mg.", [("alfamine", 9, "mg", None)]),
    # a mean before a colon
    ("They took alfamine 5 mg. They had come on alfamine (mean: 9 mg/day).", [("alfamine", 5, "mg", None)]),
    # on need, and how often
    ("They had prn alfamine 1 mg/kg every 4 h.", [("alfamine", 1, "mg/kg", "Q4H")]),
    # a bracket with a name of its own
    ("They had a drug (alfamine, 8 mg) in the betamine group.", [("alfamine", 8, "mg", None)]),
    # who had it
    ("They took alfamine 5 mg. Most had betamine (84%).", [("alfamine", 5, "mg", None)]),
    # an area under a curve is a dose of platinum alone
    ("They took alfamine 5 mg daily. The AUC 3 of alfamine rose.", [("alfamine", 5, "mg", "QD")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), ROWS)
def test_rows(text: str, rows: list[tuple[Any, ...]]) -> None:
    assert [short(r) for r in build(text)[0]] == rows


def test_days_of_a_cycle_leave_no_room_for_its_interval() -> None:
    (row,) = build("They had alfamine 10 mg/m2 days 1-14 repeated every 21 days for 6 cycles.")[0]
    assert row.frequency is None
    assert row.schedule is not None
    assert len(row.schedule.days) == 14
    assert row.schedule.cycle_length == Span(value=21, unit="d")


LENGTHS = [
    (
        "They had alfamine (5 mg, Maker, Some Country) and betamine (6 mg, Maker) at night for 8 weeks.",
        [8, 8],
    ),
    (
        "After 1 week of alfamine the dose was raised to 5 mg/day. Others had betamine 2 g/day. "
        "The treatment period was 8 weeks.",
        [8, 8],
    ),
    ("They had alfamine (18 mcg/week) ± betamine (10 mg/day) for 48 weeks.", [48, 48]),
    (
        "They had alfamine ER (37 patients) or betamine (33 patients) for 10 weeks. "
        "Each took 5 mg of alfamine or 50 mg of betamine daily.",
        [10, 10],
    ),
    ("They had alfamine 5 mg, and then betamine 6 mg for 10 weeks.", [None, 10]),
]


@pytest.mark.parametrize(("text", "lengths"), LENGTHS)
def test_lengths(text: str, lengths: list[float | None]) -> None:
    assert [r.duration.value if r.duration else None for r in build(text)[0]] == lengths


ASLEEP = [
    ("Under an epidural block they slept. Anaesthesia was induced with alfamine 2 mcg/kg.", None),
    ("Under an epidural block they lay still. Patients then received alfamine 2 mcg/kg.", "epidural"),
    ("Anaesthesia was induced with epidural alfamine 2 mcg/kg.", "epidural"),
]


@pytest.mark.parametrize(("text", "route"), ASLEEP)
def test_a_block_is_no_way_to_make_people_sleep(text: str, route: str | None) -> None:
    (row,) = build(text)[0]
    assert row.route == route
