"""Whole records of sentences in which users met wrong cells: amounts that name groups, unnamed ratios, headings."""

from __future__ import annotations

from trialmine.flow import load
from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord


def record_of(text: str) -> TrialRecord:
    record = next(iter(load(ner_model="none").outcomes([Document(text=text, format="text", doc_id="x")]))).record
    assert record is not None
    return record


def test_the_amount_that_names_a_group_lends_no_unit() -> None:
    record = record_of(
        "A randomised trial of velotinib in gout.\nMETHODS: Adults received cariprazine 1.5 mg, 3 mg or placebo daily."
        "\nRESULTS: The mean change in pain score at week 6 was -15.1 (SE 0.9) with 1.5 mg, -13.9 (SE 0.8) with 3 mg "
        "and -12.2 (SE 0.9) with placebo."
    )
    found = {s.value: s.unit for s in record.statistics}
    assert {-15.1, -13.9, -12.2} <= found.keys()
    assert not {found[-15.1], found[-13.9], found[-12.2]} - {None}


def test_a_ratio_that_nothing_names_is_no_hazard_ratio() -> None:
    record = record_of(
        "A crossover study of itraconazole and digoxin.\nRESULTS: The AUC of digoxin increased 1.75-fold (90% CI "
        "1.62-1.89) with itraconazole."
    )
    assert {s.measure for s in record.statistics if s.value == 1.75} <= {"ratio", "other"}


def test_a_heading_is_no_arm() -> None:
    record = record_of(
        "A randomised trial of metformin.\nMETHODS: Patients received metformin 500 mg or placebo daily.\n"
        "RESULTS: Weight fell with metformin."
    )
    assert {a.label.upper() for a in record.arms}.isdisjoint({"METHODS", "RESULTS"})


def test_a_fixed_combination_is_one_arm() -> None:
    record = record_of(
        "Adding formoterol to budesonide.\nMETHODS: Patients were randomised to budesonide/formoterol 160/4.5 ug "
        "twice daily (n = 20) or budesonide 320 ug twice daily (n = 22)."
    )
    assert sorted(a.n for a in record.arms if a.n) == [20, 22]
    assert len(record.arms) == 2
