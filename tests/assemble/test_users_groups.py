"""Groups, drugs and numbers of people that a reader found wrong in texts of his own."""

from __future__ import annotations

import pytest

from trialmine.assemble.interventions.candidate import Candidate
from trialmine.assemble.interventions.group_labels import parts_of_labels
from trialmine.flow import load
from trialmine.records.document import Document
from trialmine.records.trial import TrialRecord


def record_of(text: str) -> TrialRecord:
    record = next(iter(load(ner_model="none").outcomes([Document(text=text, format="text", doc_id="x")]))).record
    assert record is not None
    return record


def arms_of(record: TrialRecord) -> list[tuple[set[str], int | None]]:
    names = {i.id: i.name for i in record.interventions}
    return [({names[i] for i in a.interventions}, a.n) for a in record.arms]


@pytest.mark.parametrize(
    ("blinding", "placebo"),
    [("double-dummy", False), ("double dummy", False), ("triple-dummy", False), ("single-blind, dummy", True)],
)
def test_how_a_trial_was_blinded_is_no_drug(blinding: str, placebo: bool) -> None:
    text = f"Two drugs.\nMETHODS: A {blinding} trial of adults randomised to ketamine 1 mg or midazolam 2 mg."
    assert ("placebo" in {i.name for i in record_of(text).interventions}) is placebo


def test_a_label_made_of_short_forms_is_the_drugs_that_it_stands_for() -> None:
    record = record_of(
        "Treating sores.\nMETHODS: Adults were randomised to amoxicillin 500 mg three times daily plus metronidazole "
        "400 mg for 7 days (AMX/MTZ, n = 32) or placebo (n = 31).\nRESULTS: Cure was seen in 40% with AMX/MTZ."
    )
    assert {i.name for i in record.interventions} == {"amoxicillin", "metronidazole", "placebo"}
    assert [n for _, n in arms_of(record)] == [32, 31]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("amoxicillin and metronidazole (AMX/MTZ)", {("AMX", "amoxicillin"), ("MTZ", "metronidazole")}),
        ("amoxicillin or metronidazole (WOMAC/VAS)", set()),
        ("amoxicillin was stopped. The metronidazole group (AMX/MTZ)", set()),
        ("amoxicillin plus metronidazole (both/each)", set()),
    ],
)
def test_each_part_of_a_label_is_the_drug_with_its_letters(text: str, pairs: set[tuple[str, str]]) -> None:
    groups = {
        name: Candidate(name, name, source="lexicon", spans=[(text.index(name), text.index(name) + len(name))])
        for name in ("amoxicillin", "metronidazole")
    }
    assert set(parts_of_labels(text, groups)) == pairs


def test_the_short_label_in_the_bracket_of_a_size_is_its_arm() -> None:
    record = record_of(
        "After extraction.\nMETHODS: Adults took ibuprofen 125 mg/acetaminophen 250 mg every 6 h (FDC; N=80), "
        "hydrocodone 5 mg/acetaminophen 300 mg every 6 h (HC; N=80), or placebo (N=80).\n"
        "RESULTS: Adverse events were few. Nausea occurred in 8.8% with FDC, 28.8% with HC and 12.5% with placebo."
    )
    assert len(record.arms) == 3
    ids = [a.id for a in record.arms]
    assert [list(e.arms) for e in record.adverse_events if e.term == "nausea"] == [[i] for i in ids]


@pytest.mark.parametrize(
    ("said", "role"),
    [
        ("Adults with gout who were taking quetiapine 300 mg at bedtime", "background"),
        ("All patients also received quetiapine 300 mg. Adults", "background"),
        ("All groups used quetiapine 300 mg daily. Adults", "background"),
    ],
)
def test_what_all_got_is_compared_with_nothing(said: str, role: str) -> None:
    record = record_of(
        f"Lamotrigine in gout.\nMETHODS: {said} were randomised to lamotrigine 25 mg (n = 40) or placebo (n = 41)."
    )
    assert {i.name: i.role for i in record.interventions}["quetiapine"] == role
    assert [n for _, n in arms_of(record)] == [40, 41]


def test_all_who_got_one_or_the_other_did_not_all_get_it() -> None:
    record = record_of(
        "Lamotrigine or quetiapine.\nMETHODS: All patients received either lamotrigine 25 mg or quetiapine 300 mg."
    )
    assert "background" not in {i.role for i in record.interventions}


def test_what_chance_gave_parts_groups_though_all_got_some_before() -> None:
    record = record_of(
        "Lamotrigine or quetiapine.\nMETHODS: All patients received quetiapine 25 mg before. They were randomly "
        "assigned to lamotrigine 25 mg (n = 40) or quetiapine 300 mg (n = 41)."
    )
    assert {i.name: i.role for i in record.interventions}["quetiapine"] != "background"


def test_people_who_withdrew_are_no_group() -> None:
    record = record_of(
        "Lamotrigine in gout.\nMETHODS: 202 adults were randomised to lamotrigine 25 mg or placebo.\n"
        "RESULTS: Benign rash led to withdrawal of 4 patients on lamotrigine and 2 on placebo."
    )
    assert {a.n for a in record.arms} <= {None, 101}


@pytest.mark.parametrize(
    ("text", "enrolled"),
    [
        (
            "Newborns (weight <1500 g; n = 204) were randomised to drug or placebo. Sepsis struck in 5 and 8 infants.",
            204,
        ),
        (
            "Ablation succeeded in 182 of 214 patients (85.0%) given ibuprofen and 184 of 207 (88.9%) given placebo.",
            None,
        ),
        ("A total of 60 infants were randomised to ibuprofen or placebo. Sepsis was seen in 5 versus 8 infants.", 60),
    ],
)
def test_counts_of_one_group_are_no_enrolment(text: str, enrolled: int | None) -> None:
    assert record_of(f"A randomised trial of ibuprofen\n{text}").population.enrolled == enrolled


@pytest.mark.parametrize(
    ("people", "sex"),
    [
        (
            "360 pregnant women were assigned to ibuprofen or placebo. Pain struck 41 (33.9%) and 12 (10.0%) women.",
            "female",
        ),
        ("360 adults were assigned to ibuprofen or placebo; 52% were women.", "all"),
        ("360 pregnant women and 200 men were assigned to ibuprofen or placebo.", "all"),
    ],
)
def test_who_is_pregnant_is_a_woman(people: str, sex: str) -> None:
    assert record_of(f"A randomised trial of ibuprofen\n{people}").population.sex == sex


def test_headings_of_one_journal_open_their_sections() -> None:
    record = record_of(
        "Ibuprofen for pain\nBackground Pain is common in adults. Methods In this trial, adults were assigned to "
        "ibuprofen or placebo. Findings 120 patients received ibuprofen. Adverse events were headache (12%). "
        "Interpretation Ibuprofen was safe."
    )
    assert [(e.term, e.evidence[0].section) for e in record.adverse_events] == [("headache", "results")]


HAD = "carboplatin and etoposide"
ALL_HAD = [
    (f"All adults received {HAD} and were randomised to ketamine or placebo.", {"carboplatin", "etoposide"}),
    (f"Adults on {HAD} were then randomly assigned to ketamine 1 mg or placebo.", {"carboplatin", "etoposide"}),
    ("Adults on methotrexate were randomized to ketamine or placebo, in addition to methotrexate.", {"methotrexate"}),
]


@pytest.mark.parametrize(("text", "had"), ALL_HAD, ids=[t[:40] for t, _ in ALL_HAD])
def test_what_all_had_before_they_were_parted_belongs_to_every_arm(text: str, had: set[str]) -> None:
    members = [found for found, _ in arms_of(record_of(f"A trial.\nMETHODS: {text}"))]
    assert sorted(map(sorted, members)) == sorted(map(sorted, [had | {"ketamine"}, had | {"placebo"}]))


def test_one_group_after_the_other_is_no_such_thing() -> None:
    text = "A trial.\nMETHODS: 30 adults were given midazolam and 31 were assigned to ketamine 1 mg."
    assert {frozenset(found) for found, _ in arms_of(record_of(text))} == {
        frozenset({"midazolam"}),
        frozenset({"ketamine"}),
    }


def test_as_many_tablets_as_are_needed_part_nobody() -> None:
    text = "A trial.\nMETHODS: Adults were randomised to ketamine 5 mg (1 or 2 tablets as needed) or placebo."
    assert [found for found, _ in arms_of(record_of(text))] == [{"ketamine"}, {"placebo"}]
