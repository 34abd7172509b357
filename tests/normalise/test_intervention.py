import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.normalise.intervention import kind_of

KINDS = [
    ("sorafenib", "drug"),
    ("total knee arthroplasty", "procedure"),
    ("laparoscopic cholecystectomy with drains", "procedure"),
    ("electroacupuncture", "procedure"),
    ("supervised aerobic exercise", "behavioral"),
    ("cognitive-behavioural therapy by telephone", "behavioral"),
    ("low-fat diet", "behavioral"),
    ("central venous catheter", "device"),
    ("continuous positive airway pressure", "device"),
    ("whole-brain radiotherapy", "radiation"),
    ("usual care", "other"),
    ("influenza vaccination", "vaccine"),
    ("autologous mononuclear cells", "cell_therapy"),
    ("zinc supplementation", "dietary_supplement"),
    ("packed red blood cells", "biological"),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_kind_by_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize("name", ["", "with", "something", "Group A", "12"])
def test_unknown_names_have_no_kind(name: str) -> None:
    assert kind_of(name) is None


@given(st.text(max_size=60))
def test_never_crashes(name: str) -> None:
    kind_of(name)
