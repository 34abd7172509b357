"""Units: surface forms to UCUM, every code of the lexicon valid UCUM."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.lexicon import tables
from trialmine.normalise.unit import ucum

CASES = [
    ("mg", "mg"),
    ("milligrams", "mg"),
    ("mcg", "ug"),
    ("µg", "ug"),
    ("μg", "ug"),
    ("mcg/kg", "ug/kg"),
    ("mcg/kg/min", "ug/kg/min"),
    ("μg·kg−1·h−1", "ug/kg/h"),
    ("mg kg-1", "mg/kg"),
    ("mg.kg-1.h-1", "mg/kg/h"),
    ("mg/m2", "mg/m2"),
    ("mg/m²", "mg/m2"),
    ("mg/m(2)", "mg/m2"),
    ("mg/m 2", "mg/m2"),
    ("mg per square metre of body-surface area", "mg/m2"),
    ("mg per kilogram of body weight per day", "mg/kg/d"),
    ("mg/kg BW/day", "mg/kg/d"),
    ("mg/day", "mg/d"),
    ("mg/24 h", "mg/d"),
    ("mg/dose", "mg"),
    ("IU", "[iU]"),
    ("international units", "[iU]"),
    ("units/kg", "U/kg"),
    ("MU", "MU"),
    ("mU/L", "mU/L"),
    ("mIU/mL", "m[iU]/mL"),
    ("mM", "mmol/L"),
    ("mm", "mm"),
    ("mm Hg", "mm[Hg]"),
    ("mmol/l", "mmol/L"),
    ("ng/mL", "ng/mL"),
    ("ng·h/mL", "ng.h/mL"),
    ("mg/dl", "mg/dL"),
    ("10^9/L", "10*9/L"),
    ("×10⁹/L", "10*9/L"),
    ("10^6 cells/mL", "10*6.{cells}/mL"),
    ("mL/min/1.73 m2", "mL/min/{1.73_m2}"),
    ("events per 100 patient-years", "{events}/(100.{patient_years})"),
    ("%", "%"),
    ("months", "mo"),
    ("years", "a"),
    ("drops", "[drp]"),
    ("tablets", "{tablet}"),
    ("puffs", "{puff}"),
    ("points", "{points}"),
    ("Gy", "Gy"),
    ("MAC", "{MAC}"),
]
NEVER = ["", " ", "/", "per", "mg/", "5", "100 mg", "patients per se", "mg every", "(", "AUC", "and"]


@pytest.mark.parametrize(("text", "code"), CASES)
def test_ucum(text: str, code: str) -> None:
    assert ucum(text) == code


@pytest.mark.parametrize("text", NEVER)
def test_no_unit(text: str) -> None:
    assert ucum(text) is None


@given(st.text(max_size=40))
def test_never_crashes(text: str) -> None:
    assert ucum(text) is None or ucum(text)


@pytest.mark.parametrize("code", sorted({row["ucum"] for row in tables.rows("units")}))
def test_lexicon_codes_are_ucum(code: str) -> None:
    ucumvert = pytest.importorskip("ucumvert")
    tree = _parser(ucumvert).parse(code)
    assert tree is not None


def test_lexicon_forms_are_unique() -> None:
    forms = [row["form"] for row in tables.rows("units")]
    assert len(forms) == len(set(forms))
    assert all(re.search(r"\S", f) for f in forms)


def _parser(ucumvert: object) -> object:
    global _PARSER  # noqa: PLW0603 (building the parser takes a second)
    if _PARSER is None:
        _PARSER = ucumvert.get_ucum_parser()  # type: ignore[attr-defined]
    return _PARSER


_PARSER: object = None
