import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.normalise.drug import UNII_SYSTEM, canonical, is_development_code, stem_kind

NAMES = [
    ("sorafenib", "sorafenib", "drug"),
    ("Nexavar", "sorafenib", "drug"),
    ("SORAFENIB  TOSYLATE", "sorafenib", "drug"),
    ("metformin hydrochloride", "metformin", "drug"),
    ("magnesium sulphate", "magnesium sulfate", "drug"),
    ("fluticasone propionate", "fluticasone propionate", "drug"),
    ("5-FU", "fluorouracil", "drug"),
    ("MTX", "methotrexate", "drug"),
    ("recombinant interleukin-21", "IL-21", "biological"),
    ("interleukin-33", "IL-33", "biological"),
    ("IMP321", "IMP321", "biological"),
    ("Keytruda", "pembrolizumab", "biological"),
    ("rituximab infusion", "rituximab", "biological"),
    ("oral prednisone", "prednisone", "drug"),
    ("acetaminophen", "paracetamol", "drug"),
    ("statins", "statin", "drug"),
    ("tetanus toxoid", "tetanus vaccine", "vaccine"),
    ("cholecalciferol", "vitamin D3", "dietary_supplement"),
    ("mesenchymal stem cells", "mesenchymal stem cells", "cell_therapy"),
    ("zorbelimab", "zorbelimab", "biological"),
    ("QXZ 40731", "QXZ 40731", "drug"),
]


@pytest.mark.parametrize(("written", "name", "kind"), NAMES)
def test_canonical_name_and_kind(written: str, name: str, kind: str) -> None:
    drug = canonical(written)
    assert drug is not None
    assert (drug.name, drug.kind) == (name, kind)


@pytest.mark.parametrize("written", ["", " ", "Tuesday", "control", "patients", "success", "42", "the", "NCT00123456"])
def test_what_is_no_drug_is_none(written: str) -> None:
    assert canonical(written) is None


def test_identifiers_carry_the_fhir_system() -> None:
    drug = canonical("Nexavar")
    assert drug is not None
    assert [(i.system, i.code) for i in drug.identifiers] == [(UNII_SYSTEM, "9ZOQ3TZI87")]


def test_code_and_name_share_a_base() -> None:
    code, name = canonical("AMG 706"), canonical("motesanib diphosphate")
    assert code is not None
    assert name is not None
    assert (code.name, code.base) == ("AMG 706", name.base)


def test_combination_has_components() -> None:
    drug = canonical("Symbicort")
    assert drug is not None
    assert drug.components == ("budesonide", "formoterol")


@given(st.text(max_size=40))
def test_never_crashes_and_is_stable(text: str) -> None:
    drug = canonical(text)
    assert drug is None or drug.name


@pytest.mark.parametrize(
    ("word", "kind"), [("foobarinib", None), ("zorbetinib", "drug"), ("zorbelimab", "biological"), ("percept", None)]
)
def test_stems(word: str, kind: str | None) -> None:
    assert stem_kind(word) == kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GSK2126458", True),
        ("AMG 706", True),
        ("SF-36", False),
        ("CYP2D6", False),
        ("EORTC 22033", False),
        ("Day 100", False),
    ],
)
def test_development_codes(text: str, expected: bool) -> None:
    assert is_development_code(text) is expected


DISTINCT = [
    ("epoetin alfa", "epoetin beta"),
    ("ABVD", "BEACOPP"),
    ("R-CHOP", "CHOP"),
    ("enteral nutrition", "parenteral nutrition"),
    ("probiotic", "prebiotic"),
    ("whey protein", "soy protein"),
    ("fish oil", "krill oil"),
    ("PCV7", "PCV13"),
    ("onabotulinumtoxinA", "incobotulinumtoxinA"),
    ("tetanus toxoid", "diphtheria toxoid"),
    ("radiotherapy", "phototherapy"),
    ("alpha-blocker", "5-alpha-reductase inhibitor"),
    ("GnRH agonist", "GnRH antagonist"),
    ("H1 antihistamine", "H2 blocker"),
    ("oral polio vaccine", "inactivated polio vaccine"),
    ("alteplase", "tenecteplase"),
]


@pytest.mark.parametrize(("one", "other"), DISTINCT)
def test_what_a_trial_may_compare_has_two_names(one: str, other: str) -> None:
    first, second = canonical(one), canonical(other)
    assert first is not None
    assert second is not None
    assert first.base != second.base


@pytest.mark.parametrize(
    "name", ["glucose", "sodium chloride", "epoetin beta", "growth hormone", "polyethylene glycol"]
)
def test_a_name_is_not_made_more_exact_than_it_is(name: str) -> None:
    drug = canonical(name)
    assert drug is not None
    assert drug.name == name
