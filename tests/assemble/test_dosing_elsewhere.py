"""Amounts that a text tells of and its trial did not give: other trials, labels, shops, what a product holds."""

from __future__ import annotations

import pytest

from trialmine.flow import load
from trialmine.records.document import Document
from trialmine.records.trial import Dosing

FLOW = load(ner_model="none")


def rows_of(text: str) -> list[tuple[str, Dosing]]:
    record = next(iter(FLOW.outcomes([Document(text=text, format="text", doc_id="x")]))).record
    assert record is not None
    names = {i.id: i.name for i in record.interventions}
    return [(names[d.intervention], d) for d in record.dosing]


def amounts_of(text: str) -> list[object]:
    return [d.dose and (d.dose.value or (d.dose.low, d.dose.high)) for _, d in rows_of(text)]


OWN = "Patients were randomized to ibuprofen 400 mg three times daily or placebo."
ELSEWHERE = [
    "In another study, adults were given ibuprofen 800 mg.",
    "In one published trial, ibuprofen 800 mg was given to nurses (Miller et al., 2011).",
    "Miller et al. [12] used ibuprofen 800 mg in dental pain.",
    "Miller and colleagues [12] reported that ibuprofen 800 mg was as effective.",
    "Miller et al. [12] measured less swelling on ibuprofen 800 mg.",
    "But Miller et al.4 had observed that ibuprofen (800 mg daily) was no better.",
    "This agrees with Miller et al., who gave ibuprofen 800 mg.",
    "Miller et al. in 2010 reported that ibuprofen 800 mg was enough.",
    "Meanwhile, Miller [12] reported ulcers in three nurses on ibuprofen 800 mg.",
    "Miller et al. compared it with codeine. They found that those on ibuprofen 800 mg slept better.",
    "Miller et al. compared it with codeine. In their study, ibuprofen 800 mg was used.",
    "In the study by Miller et al., patients received ibuprofen 800 mg.",
    "A previous small trial has shown that ibuprofen 800 mg had no effect.",
    "Another dental trial found that ibuprofen 800 mg had no effect.",
    "In gout, ibuprofen 800 mg was superior to codeine [7, 8].",
    "Ibuprofen 800 mg is commonly used in gout.",
    "Ibuprofen 800 mg has been shown to be as effective as 1200 mg.",
    "The recommended starting dose of ibuprofen is 800 mg.",
    "The approved dosing for gout is ibuprofen 800 mg.",
    "Miller and Sato [12] found that ibuprofen 800 mg eased cramps.",
    "Van Dijk showed that ibuprofen 800 mg eased cramps.",
    "Ibuprofen 800 mg eased cramps in a study by Sato et al. in which nurses took part.",
    "In a trial by Sato [4] the efficacy of ibuprofen 800 mg was low.",
    "Another trial tested ibuprofen 800 mg in nurses.",
    "In addition, an open-label pilot study examined ibuprofen 800 mg.",
    "The incidence of headache was 20% when ibuprofen 800 mg was taken before work [14].",
    "Ibuprofen 800 mg improved sleep in healthy nurses (Sato and Miller 2003).",
    "Relief was seen in 40% of women with ibuprofen 800 mg (12).",
    "Miller et al. [12] tested ibuprofen in gout. They also reported relief with ibuprofen 800 mg.",
    "Sato conducted a study in 90 nurses. He divided them into two groups: ibuprofen 800 mg or rest.",
    "The most common dose of ibuprofen used in gout is 800 mg.",
    "A higher dose (ibuprofen 800 mg) is recommended in gout.",
    "Cost was taken from the list price of a pack of 30 x 800 mg ibuprofen tablets.",
]


@pytest.mark.parametrize("text", ELSEWHERE)
def test_what_was_known_or_given_elsewhere_is_no_dose(text: str) -> None:
    assert 800.0 not in amounts_of(f"{OWN} {text}")


GIVEN = [
    "In one group, ibuprofen 800 mg was given before surgery.",
    "In one study arm, patients took ibuprofen 800 mg.",
    "As Miller et al. described, patients received ibuprofen 800 mg.",
    "As recommended by Miller et al. [12], patients received ibuprofen 800 mg.",
    "Patients were asked by nurses. They took ibuprofen 800 mg daily.",
    "Patients received ibuprofen 800 mg, which was well tolerated [3].",
    "Ibuprofen 800 mg was chosen because it was effective [3].",
    "In the study by the nurses, ibuprofen 800 mg was given.",
    "In this phase 1 study, the authors evaluated ibuprofen 800 mg.",
    "Patients received ibuprofen 800 mg daily, as in previous trials.",
    "Patients received ibuprofen 800 mg, which has been shown to relieve cramps.",
    "According to guidelines, patients received ibuprofen 800 mg daily.",
    "Patients received ibuprofen 800 mg as described by Miller et al. [12].",
    "Nurses were given ibuprofen 800 mg, which reduced pain in a pilot [12].",
    "We found that ibuprofen 800 mg eased cramps, as others did [12].",
    "Ibuprofen 800 mg was given before surgery [12].",
    "If pain was severe, the dose of ibuprofen was increased to 800 mg [12].",
    "In this study ibuprofen 800 mg reduced cramps [12].",
    "Subgroup analysis showed that ibuprofen 800 mg eased cramps.",
    "The recommended dose for further trials is ibuprofen 800 mg daily.",
    "In a recent trial ibuprofen 800 mg was safe. This regimen was given to 20 nurses.",
]


@pytest.mark.parametrize("text", GIVEN)
def test_what_the_trial_itself_gave_stays(text: str) -> None:
    assert 800.0 in amounts_of(text)


HELD = [
    ("Each tablet contained 50 mg of losartan. Patients took losartan 100 mg daily.", [100.0]),
    ("Losartan (Cozaar 50 mg tablets, Merck Inc, USA) was purchased. Patients took losartan 100 mg daily.", [100.0]),
    ("Patients took losartan (Cozaar® 50 mg, Merck, Whitehouse, USA), at a dose of 2 mg/kg daily.", [2.0]),
    ("Losartan 50 mg tablets were supplied by the pharmacy. Patients took losartan 100 mg daily.", [100.0]),
    ("There were 50 mg of losartan in each vial. Patients received losartan 100 mg daily.", [100.0]),
    ("The amount of losartan in one tablet was 50 mg. Patients took losartan 100 mg daily.", [100.0]),
    ("Patients took losartan (50 mg/5 mL, given as 2 mg/kg daily).", [2.0]),
    ("Capsules containing losartan (20 and 50 mg) were prepared. Patients took losartan 100 mg daily.", [100.0]),
    ("Packs each contained 5 mL of either losartan or syrup. Patients took losartan 2 mg/kg daily.", [2.0]),
    # what they had, and what nothing else tells
    ("Patients took capsules containing losartan (20 mg) daily and losartan 50 mg in week 2.", [20.0, 50.0]),
    ("Patients took one tablet of losartan daily. Each tablet contained 50 mg of losartan.", [50.0]),
    ("Losartan 50 mg tablets were supplied and taken twice daily; in week 2 losartan 100 mg was taken.", [50.0, 100.0]),
    ("Patients received cisplatin (50 mg/m2, Pfizer, USA) on day 1 and cisplatin 25 mg/m2 on day 8.", [50.0, 25.0]),
]


@pytest.mark.parametrize(("text", "told"), HELD, ids=[t[:60] for t, _ in HELD])
def test_what_a_product_holds_is_no_dose_where_that_is_told(text: str, told: list[float]) -> None:
    assert sorted(amounts_of(text), key=str) == sorted(told, key=str)


def test_how_strong_a_solution_is() -> None:
    assert amounts_of("The skin was numbed with 1% lidocaine.") == []
    assert amounts_of("Drugs were diluted in 5% glucose. Patients received cisplatin 50 mg/m2.") == [50.0]
    assert amounts_of("Patients applied lidocaine 5% cream topically twice daily.") == [5.0]
    assert amounts_of("Patients applied erythromycin 2% ointment twice daily.") == [2.0]


def test_a_share_of_a_gas_is_breathed() -> None:
    text = "Anaesthesia was maintained with 60% nitrous oxide in oxygen and 2% sevoflurane after propofol 2 mg/kg IV."
    routes = {name: d.route for name, d in rows_of(text) if d.dose and d.dose.unit == "%"}
    assert routes == {"nitrous oxide": "inhaled", "sevoflurane": "inhaled"}
