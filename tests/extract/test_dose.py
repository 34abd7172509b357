"""Doses: marked sentences with the amount they state."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from support.marked import marked, read
from trialmine.extract.dose import extract_doses

SINGLE = [
    ("given [[2.5 mg/kg]] daily", 2.5, "mg/kg"),
    ("a [[5-mg]] tablet", 5, "mg"),
    ("[[1,250 mg/m(2)]] on day 1", 1250, "mg/m2"),
    ("[[70 mg m−2]] weekly", 70, "mg/m2"),
    ("[[0.5 µg·kg−1·min−1]] by infusion", 0.5, "ug/kg/min"),
    ("[[600 mg/day]] for a week", 600, "mg/d"),
    ("[[25 mg a day]] for a week", 25, "mg/d"),
    ("[[480 mg of thiotepa per square meter]] once", 480, "mg/m2"),
    ("[[6 mg elemental iron/kg/day]] or placebo", 6, "mg/kg/d"),
    ("[[15 million international units (MIU) per day]]", 15000000, "[iU]/d"),
    ("[[2 mg/(kg·h)]] by infusion", 2, "mg/kg/h"),
    ("[[0.07 unit · kg-1 · h-1]] by pump", 0.07, "U/kg/h"),
    ("[[0.07 unit · kg body weight-1 · h-1]] by pump", 0.07, "U/kg/h"),
    ("[[4000 IU]] 25(OH)D3 per day", 4000, "[iU]/d"),
    ("[[9 ug]] Se (as yeast) per day", 9, "ug/d"),
    ("(oil with [[260 mg]] zinc) per day", 260, "mg/d"),
    ("[[9 mcgr]] of it", 9, "ug"),
    ("[[14 g]] protein/h", 14, "g/h"),
    ("[[35 mg/m2/cycle]] of it", 35, "mg/m2"),
    ("[[4000 IU/week]] of vitamin D", 4000, "[iU]"),
    ("[[40.000 IU]] once", 40000, "[iU]"),
    ("[[10 x 106 IU]] once", 10000000, "[iU]"),
    ("[[3 x 10^6 cells/kg]] once", 3000000, "{cells}/kg"),
    ("[[two 5 mg]] tablets", 10, "mg"),
    ("[[2 x 150 mg]] in the morning", 300, "mg"),
    ("on days 6-12 and [[3 mg]] thereafter", 3, "mg"),
    ("on days 1, 8 or [[5 mg]] daily", 5, "mg"),
    ("two [[50 mg/kg]] doses", 50, "mg/kg"),
    ("on day 3 [[50 mg/kg]] once", 50, "mg/kg"),
    ("of IL 2 [[50 ug/kg]] once", 50, "ug/kg"),
    ("[[two drops]] in each eye", 2, "[drp]"),
    ("[[50 Gy]] in fractions", 50, "Gy"),
    ("carboplatin [[AUC 5]] on day 1", 5, "mg/mL.min"),
    ("[[20 mL]] of a 0.25 g/L solution", 20, "mL"),
    ("[[10 mg]]/2 mL slowly", 10, "mg"),
    ("[[9 MIU]] of aldesleukin", 9000000, "[iU]"),
    ("[[3 MU]] of interferon alfa", 3000000, "U"),
    ("[[3 mU]] of interferon alfa", 3000000, "U"),
    ("oxytocin at [[10 mU/min]] at first", 10, "mU/min"),
    ("a daily dose of [[40 mg]] prednisone", 40, "mg/d"),
    ("a single daily dose of [[40 mg]] prednisone", 40, "mg"),
    ("[[0.1 IU of insulin per kilogram per hour]] by pump", 0.1, "[iU]/kg/h"),
    ("[[1.2 g carbohydrate·kg-1·h-1]] after the ride", 1.2, "g/kg/h"),
    ("[[150 anti-Xa units/kg]] at night", 150, "U/kg"),
    ("[[500 Speywood units]] once", 500, "U"),
    ("[[600 lipase-releasing units/day]] by mouth", 600, "{LRU}/d"),
    ("[[two study pills]] at night", 2, "{pill}"),
    ("[[3x500 mg]] at night", 1500, "mg"),
    ("[[10^6 CAR+ T cells/kg]] once", 1000000, "{cells}/kg"),
    ("[[a daily sachet]] of it", 1, "{sachet}"),
    ("[[half a tablet]] at night", 0.5, "{tablet}"),
    ("[[1 1/2 tablets]] at night", 1.5, "{tablet}"),
    ("[[2 x 10^6 CD34+ cells/kg]] once", 2000000, "{cells}/kg"),
    ("[[3 × 10^6 MSCs]] once", 3000000, "{cells}"),
    ("stem cells ([[2 x 106]]) by vein", 2000000, "{cells}"),
    ("stem cells ([[2 × 10⁶/kg]]) by vein", 2000000, "{cells}/kg"),
    ("MSCs ([[10**6]]) by vein", 1000000, "{cells}"),
    ("at [[10^8 pfu/mL]] into the lesion", 100000000, "[PFU]/mL"),
    ("[[12.9mmoles]] of nitrate", 12.9, "mmol"),
    ("nitric oxide at [[20 ppm]] by mask", 20, "[ppm]"),
    ("sevoflurane [[2 Vol%]] by mask", 2, "%"),
    ("smoke at [[300 ug/m3]] for an hour", 300, "ug/m3"),
    ("light of [[3 J/cm2]] on the skin", 3, "J/cm2"),
    ("feed at [[1.5 kcal/min]] by tube", 1.5, "kcal/min"),
    ("fluid at [[4 ml.h-1]] by pump", 4, "mL/h"),
    ("low dose - [[5 mg]] daily", 5, "mg"),
    ("A [[2.5 mg]]/H 6 mg", 2.5, "mg"),
    ("by pump [[8 mL/H]].", 8, "mL/h"),
    ("then [[1 microg/kg min]] by pump", 1, "ug/kg/min"),
    ("took [[5 mg/kg]] min. 2 doses", 5, "mg/kg"),
]
IN_TURN = [
    ("propofol [[100]] and alfentanil [[0.5 mcg/kg/min]]", (100, 0.5), "ug/kg/min"),
    ("a daily dose of [[900 mg]] of quercetin and [[300 mg]] of curcumin", (900, 300), "mg/d"),
]
LISTS = [
    ("[[10-50 mcg/kg]] daily", (10, 50), (), "ug/kg"),
    ("[[15.5-50 million cells]] once", (15500000, 50000000), (), "{cells}"),
    ("from [[0.5 to 30 mg]] weekly", (0.5, 30), (), "mg"),
    ("once [[20.000-40.000 IU]] of it", (20000, 40000), (), "[iU]"),
    ("between [[2 and 4 mg]] daily", (2, 4), (), "mg"),
    ("[[5 or 10 mg]] daily", None, (5, 10), "mg"),
    ("[[20, 40, or 80 mg]] daily", None, (20, 40, 80), "mg"),
    ("[[5 mg, 10 mg, and 20 mg]] of it", None, (5, 10, 20), "mg"),
    ("[[ten 50 mcg/kg]] weekly", (10, 50), (), "ug/kg"),
    ("[[5 10 mg/kg]] weekly", (5, 10), (), "mg/kg"),
    ("a [[160/4.5 ug]] inhaler", None, (160, 4.5), "ug"),
    ("stable on [[10-25 mg/week]] of it", (10, 25), (), "mg/wk"),
    ("once [[1-5 × 10^8 cells]] by vein", (100000000, 500000000), (), "{cells}"),
    ("the [[10- and 15-mg]] groups", None, (10, 15), "mg"),
    ("doses of [[100-, 200-, and 400-mg]] once", None, (100, 200, 400), "mg"),
    ("a [[5- to 10-mg]] dose", (5, 10), (), "mg"),
    ("[[1, 3 or 10 x 10^6 MSCs/kg]] once", None, (1000000, 3000000, 10000000), "{cells}/kg"),
]
NEVER = [
    "glucose fell to 90 mg/dL",
    "a level of 12 ng/mL",
    "consumption was 37.6 ± 12.1 mg",
    "(CI 4.1 to 5.2 mg)",
    "a 21G needle",
    "AUC 0-24 rose",
    "an index of 35 kg/m2",
    "beds in 5 intensive care units",
    "a diet of 1200 kcal/day",
    "a laser of 4 J",
    "half an hour",
    "on 12 T cells",
    "an RR of 0.58 CI 0.35 to 0.96",
    "bupivacaine 7.5 mg.ml-1",
    "the rate was 0.07 +/- 0.03 mcg/kg/min",
    "morphine 0.05 mg·ml−1",
    "changed by (-2.3 mg/kg)",
    "was −8.8 ml/min",
    "6.4 ml/min/1.73 m2",
    "HES 130/0.4 was infused",
    "no amount at all",
]


@pytest.mark.parametrize(("sentence", "value", "unit"), SINGLE)
def test_single(sentence: str, value: float, unit: str) -> None:
    text, (quote,) = marked(sentence)
    found = next(iter(extract_doses(read(text))))
    assert text[found.start : found.end] == quote
    assert (found.value.dose.value, found.value.dose.unit) == (pytest.approx(value), unit)


@pytest.mark.parametrize(("sentence", "bounds", "levels", "unit"), LISTS)
def test_several(sentence: str, bounds: tuple[float, float] | None, levels: tuple[float, ...], unit: str) -> None:
    text, (quote,) = marked(sentence)
    (found,) = extract_doses(read(text))
    dose = found.value.dose
    assert text[found.start : found.end] == quote
    assert ((dose.low, dose.high) if bounds else None, dose.levels, dose.unit) == (bounds, levels, unit)


@pytest.mark.parametrize(("sentence", "values", "unit"), IN_TURN)
def test_in_turn(sentence: str, values: tuple[float, ...], unit: str) -> None:
    text, quotes = marked(sentence)
    found = sorted(extract_doses(read(text)), key=lambda m: m.start)
    assert [text[m.start : m.end] for m in found] == list(quotes)
    assert [(m.value.dose.value, m.value.dose.unit) for m in found] == [(v, unit) for v in values]


@pytest.mark.parametrize("text", NEVER)
def test_never(text: str) -> None:
    assert list(extract_doses(read(text))) == []


@given(
    st.floats(min_value=0.1, max_value=9999).map(lambda v: round(v, 1)),
    st.sampled_from(["mg", "mg/kg", "ug", "g", "mL"]),
)
def test_reads_back_what_is_written(value: float, unit: str) -> None:
    (found,) = extract_doses(read(f"They took {value:g} {unit} of it."))
    assert (found.value.dose.value, found.value.dose.unit) == (pytest.approx(value, rel=1e-5), unit)


@given(st.text(alphabet="0123456789.,-–/ mgkuIU%x^()×", max_size=60))
def test_never_crashes_and_stays_in_the_text(text: str) -> None:
    for m in extract_doses(read(text)):
        assert 0 <= m.start < m.end <= len(text)
