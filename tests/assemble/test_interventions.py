from __future__ import annotations

from dataclasses import replace

import pytest

from support.blocks import blocks
from support.marked import read
from trialmine.assemble.citation import Citation
from trialmine.assemble.interventions.block import _singular, build_interventions
from trialmine.assemble.interventions.candidates import USUAL_CARE, find_candidates
from trialmine.assemble.interventions.company import company_features, find_company
from trialmine.assemble.interventions.features import given_beside_amount, given_by_amount, given_with_amount
from trialmine.assemble.interventions.naming import plain_form
from trialmine.extract.registry import extract_mentions
from trialmine.normalise.drug import canonical
from trialmine.records.article import Article, Entity, Mentions
from trialmine.records.document import CleanText

CASES = [
    (
        "Sorafenib in gout\nMETHODS: Patients were randomized to sorafenib 400 mg or placebo. RESULTS: It helped.",
        [("i1", "sorafenib", "investigational"), ("i2", "placebo", "comparator")],
    ),
    (
        "Metformin versus gliclazide in diabetes\nMETHODS: They received metformin 500 mg or gliclazide 80 mg daily.",
        [("i1", "metformin", "investigational"), ("i2", "gliclazide", "comparator")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_names_what_was_given(text: str, expected: list[tuple[str, str, str]]) -> None:
    block = blocks(text).interventions
    assert [(r.id, r.name, r.role) for r in block.rows] == expected
    assert all(
        text[r.start : r.end].lower() in (row.name, row.text.lower())
        for r in block.references
        for row in block.rows
        if row.id == r.id
    )


def test_a_brand_and_a_short_form_are_one_intervention_with_aliases() -> None:
    text = "METHODS: Patients received methotrexate (MTX) 15 mg weekly. RESULTS: MTX helped and methotrexate was safe."
    block = blocks(text, abbreviations={"MTX": "methotrexate"}).interventions
    assert [(r.name, r.aliases) for r in block.rows] == [("methotrexate", ("MTX",))]
    assert {text[r.start : r.end] for r in block.references} == {"methotrexate", "MTX"}


def test_references_are_in_text_order_and_name_rows() -> None:
    text = CASES[0][0]
    block = blocks(text).interventions
    assert [r.start for r in block.references] == sorted(r.start for r in block.references)
    assert {r.id for r in block.references} == {r.id for r in block.rows}


@pytest.mark.parametrize("text", ["", "The ship left at noon.", "(", "and or versus"])
def test_nothing_given_is_nothing_found(text: str) -> None:
    block = blocks(text).interventions
    assert (block.rows, block.references) == ((), ())


MERGED = [
    # a name that goes on elsewhere is the short one of that
    (
        "IFN-α in flu\nMETHODS: Patients were randomized to IFN-α2b 5 mg or none. RESULTS: IFN-α helped.",
        {},
        ["interferon alfa-2b"],
    ),
    # a placebo and what it is made of
    (
        "METHODS: Patients were randomized to metformin or placebo (normal saline). RESULTS: Saline did nothing.",
        {},
        ["metformin", "placebo"],
    ),
    # the short name of several drugs is none of its own
    (
        "METHODS: Women were randomized to FEC (fluorouracil 500 mg/m2, epirubicin 100 mg/m2, "
        "cyclophosphamide 500 mg/m2) or docetaxel. RESULTS: FEC helped.",
        {},
        ["fluorouracil", "epirubicin", "cyclophosphamide", "docetaxel"],
    ),
    # two short forms in one bracket
    (
        "METHODS: Patients received metformin and gliclazide (MET/GLI). RESULTS: MET 500 mg helped.",
        {},
        ["metformin", "gliclazide"],
    ),
    # an amount in the long form names no other drug
    (
        "METHODS: Patients received metformin 500 mg (MTF). RESULTS: MTF 500 mg helped.",
        {"MTF": "metformin 500 mg"},
        ["metformin"],
    ),
]


@pytest.mark.parametrize(("text", "abbreviations", "expected"), MERGED, ids=[c[0][:60] for c in MERGED])
def test_other_names_of_a_drug_are_no_drugs_of_their_own(
    text: str, abbreviations: dict[str, str], expected: list[str]
) -> None:
    assert [r.name for r in blocks(text, abbreviations=abbreviations).interventions.rows] == expected


WIDER = [
    ("amorphous rifaximin", "rifaximin", ("amorphous rifaximin",)),
    ("rifaximin tablets", "rifaximin", ("rifaximin tablets",)),
    ("rifaximin and placebo", "rifaximin", ()),  # two, not one
    ("rifaximin 400 mg", "rifaximin", ()),  # an amount is no part of a name
]


@pytest.mark.parametrize(("seen", "name", "aliases"), WIDER, ids=[w[0] for w in WIDER])
def test_what_the_span_model_takes_for_the_whole_name_is_an_alias(
    seen: str, name: str, aliases: tuple[str, ...]
) -> None:
    text = f"METHODS: Patients were randomized to {seen} twice daily or no treatment. RESULTS: It helped."
    article = read(text, entities=True)
    start = text.index(seen)
    article = replace(
        article, entities=(*article.entities, Entity(start, start + len(seen), "INTERVENTION", seen, score=0.9))
    )
    rows = build_interventions(article, extract_mentions(article), Citation(article, CleanText(text, text))).rows
    assert [r.aliases for r in rows if r.name == name] == [aliases]


AMOUNTS = [
    ("were allocated to no vitamin or 800 IU ergocalciferol daily", True),
    ("received 300 mg of flupirtine", True),
    ("took a diet with <300 mg cholesterol", False),  # a limit
    ("received a powder containing 300 mg flupirtine", False),  # of something else
    ("were excluded if they had received 300 mg flupirtine", False),
    ("showed 300 mg flupirtine", False),  # nobody was given it
]


@pytest.mark.parametrize(("said", "given"), AMOUNTS)
def test_an_amount_that_was_given_makes_an_intervention(said: str, given: bool) -> None:
    text = f"METHODS: In all, 20 women {said}. RESULTS: They slept."
    article = read(text, entities=True)
    found = [c for c in find_candidates(article, extract_mentions(article)) if c.source != "phrase"]
    assert any(given_by_amount(article, c) for c in found) == given


AMOUNTS_BEHIND = [
    ("received flupirtine 300 mg daily", True),
    ("got flupirtine 5-10 mg/kg, given weekly", True),
    ("were given saline, with flupirtine at a dose of 20 mg", True),
    ("had been excluded for flupirtine 300 mg or were given milk", False),
    ("were given milk; flupirtine 12 ng/mL", False),  # a concentration
    ("received flupirtine and milk (75 and 600 mg)", False),  # two in turn
    ("slept on flupirtine 300 mg", False),  # nobody was given it
]


@pytest.mark.parametrize(("said", "given"), AMOUNTS_BEHIND)
def test_an_amount_behind_a_name_that_was_given_makes_an_intervention(said: str, given: bool) -> None:
    text = f"METHODS: In all, 20 women {said}. RESULTS: They slept."
    article = read(text, entities=True)
    found = [c for c in find_candidates(article, extract_mentions(article)) if c.source != "phrase"]
    assert any(given_with_amount(article, c) for c in found) == given


AMOUNTS_BESIDE = [
    ("were started on fentanyl transdermal patch (5 mcg/h)", True),
    ("had fentanyl, which was administered at 20 mcg", False),  # another clause
    ("slept. Fentanyl was administered slowly at 20 mcg", True),
    ("were treated with fentanyl (Sweetbrand, Somewhere) 20 mcg", True),
    ("were given a dose of 400 mcg of vaginal recombinant fentanyl", True),
    ("were given milk, and 5 ml of bile was aspirated", False),  # taken off
    ("slept on 300 mcg fentanyl", False),  # nobody was given it
]


@pytest.mark.parametrize(("said", "given"), AMOUNTS_BESIDE)
def test_an_amount_beside_a_known_name_makes_an_intervention(said: str, given: bool) -> None:
    text = f"METHODS: In all, 20 women {said}. RESULTS: They slept."
    article = read(text, entities=True)
    found = [c for c in find_candidates(article, extract_mentions(article)) if c.source != "phrase"]
    assert any(given_beside_amount(article, c) for c in found) == given


NAMED = [
    ("Liver enzymes were aspartate aminotransferase and others.", []),  # an enzyme
    ("The ratio was above 30 mg/g creatinine in all.", []),  # a unit
    ("They got creatine phosphate sodium by mouth.", ["phosphocreatine"]),  # its salt
    ("They got sodium by mouth.", ["sodium"]),
    ("They got metoprolol IR 50 mg thrice daily or CR/XL 100 mg once daily.", ["metoprolol"]),  # how it comes
]


@pytest.mark.parametrize(("sentence", "expected"), NAMED)
def test_a_part_of_another_name_is_no_candidate(sentence: str, expected: list[str]) -> None:
    article = read(f"METHODS: {sentence}", entities=True)
    found = find_candidates(article, Mentions.of(()))
    assert [(drug.name if (drug := canonical(c.name)) else c.name) for c in found] == expected


def _seen_by_model(text: str, *names: str) -> Article:
    article = read(text, entities=True)
    spans = [(text.index(n), text.index(n) + len(n), n) for n in names]
    return replace(
        article, entities=(*article.entities, *(Entity(s, e, "INTERVENTION", n, score=0.9) for s, e, n in spans))
    )


@pytest.mark.parametrize(
    "name",
    ["three times daily", "higher-dose", "QID", "control group", "no tea", "q24h", "q 12 h", "prn", "BID", "q4-6h"],
)
def test_how_much_and_how_often_is_no_candidate(name: str) -> None:
    article = _seen_by_model(f"METHODS: Women took it {name} or less.", name)
    assert find_candidates(article, Mentions.of(())) == []


def test_an_amount_behind_a_name_is_no_part_of_it() -> None:
    article = _seen_by_model("METHODS: Women took ZBD 400-800 mg daily.", "ZBD 400-800 mg")
    assert [c.name for c in find_candidates(article, Mentions.of(()))] == ["ZBD"]


def test_a_candidate_known_by_its_short_form_gets_the_long_one() -> None:
    text = "METHODS: A diet rich in seaweed (DRS) was kept. RESULTS: DRS helped."
    start = text.rindex("DRS")
    article = read(text, abbreviations={"DRS": "diet rich in seaweed"})
    article = replace(article, entities=(Entity(start, start + 3, "INTERVENTION", "DRS", score=0.9),))
    found = find_candidates(article, Mentions.of(()))
    assert [(c.name, len(c.spans)) for c in found] == [("diet rich in seaweed", 2)]


def test_a_disease_with_a_short_form_is_no_candidate() -> None:
    text = "METHODS: Men with gouty arthritis (GA) came. RESULTS: GA was rare."
    article = read(text, entities=True, abbreviations={"GA": "gouty arthritis"})
    assert not any("gouty" in c.key for c in find_candidates(article, extract_mentions(article)))


def test_a_sham_is_named_with_what_it_imitates() -> None:
    article = _seen_by_model("METHODS: They got sham needling or needling.", "sham")
    found = find_candidates(article, Mentions.of(()))
    assert [article.text[s:e] for c in found if c.key == "sham" for s, e in c.wider] == ["sham needling"]


@pytest.mark.parametrize(
    ("seen", "names"),
    [("dotrasine lowers glucose", []), ("dotrasine tablets", ["dotrasine tablets"])],
)
def test_what_a_drug_does_is_no_part_of_its_name(seen: str, names: list[str]) -> None:
    text = f"METHODS: They found that {seen} and took dotrasine."
    article = read(text)
    whole, alone = text.index(seen), text.rindex("dotrasine")
    spans = ((whole, seen), (whole, "dotrasine"), (alone, "dotrasine"))
    article = replace(article, entities=tuple(Entity(a, a + len(t), "INTERVENTION", t, score=0.9) for a, t in spans))
    found = find_candidates(article, Mentions.of(()))
    assert [article.text[s:e] for c in found for s, e in c.wider] == names


COMPANY = [
    ("They took metformin (1 g) or gliclazide.", "against=list"),
    ("They took metformin plus gliclazide.", "added=list"),
    ("They took metformin, gliclazide and aspirin.", "beside=list"),
]


@pytest.mark.parametrize(("sentence", "feature"), COMPANY)
def test_candidates_keep_company(sentence: str, feature: str) -> None:
    article = read(f"METHODS: {sentence}", entities=True)
    mentions = extract_mentions(article)
    found = find_candidates(article, mentions)
    company = find_company(article, mentions, found)
    metformin = next(c for c in found if c.key == "metformin")
    assert company_features(article, company, metformin)[feature] == 1.0


def test_a_programme_is_named_in_the_singular() -> None:
    article = _seen_by_model("METHODS: All did aquatic exercises. RESULTS: Exercise helped.", "aquatic exercises")
    rows = [_singular(c.name) for c in find_candidates(article, Mentions.of(()))]
    assert rows == ["aquatic exercise"]


def test_usual_care_is_one_however_it_is_called() -> None:
    article = read("METHODS: They were randomized to singing or usual care. They compared it with standard practice.")
    found = [c for c in find_candidates(article, extract_mentions(article)) if USUAL_CARE.fullmatch(c.name)]
    assert [(c.name, len(c.spans)) for c in found] == [("usual care", 2)]


def test_the_short_name_of_two_drugs_is_none_of_the_last_one() -> None:
    text = "METHODS: They got oral metformin gliclazide (MG) daily. RESULTS: MG helped."
    article = read(text, entities=True, abbreviations={"MG": "oral metformin gliclazide"})
    found = {c.key: len(c.spans) for c in find_candidates(article, Mentions.of(()))}
    assert found == {"metformin": 1, "gliclazide": 1}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Yoga programmes", "yoga"),
        ("the yoga intervention", "yoga"),
        ("group yoga class", "groupyoga"),
        ("BAT tablets", "bitteralmondtea"),
        ("behavioural coaching", "behavioralcoaching"),
        ("treatment", ""),
    ],
)
def test_names_that_differ_by_a_plain_head_have_one_form(name: str, form: str) -> None:
    assert plain_form(name, {"BAT": "bitter almond tea"}) == form
