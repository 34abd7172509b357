"""The language of a text: said when its words or its script show it, else left open."""

from __future__ import annotations

import pytest

from trialmine.ingest.language import language_of

SHOWN = [
    ("en", "The patients were treated with the drug for six weeks, and the pain was less than in the other group."),
    ("en", "sufferers was taken care of with blend therapy of the supply and that is to say the ailment was steady"),
    ("de", "Die Patienten wurden mit dem Mittel behandelt, und die Schmerzen waren nach einer Woche nicht mehr da."),
    ("fr", "Les patients ont été traités avec le produit pour une durée de six semaines par les médecins du centre."),
    ("es", "Los pacientes fueron tratados con el producto y los resultados se midieron por la tarde para una mejora."),
    ("zh", "患者随机分为两组，每组四十例，治疗组给予口服药物，每日两次。"),
    ("ja", "患者を二群に分け、薬を一日二回投与した。"),
    ("ru", "Пациенты получали препарат в течение двух недель, и у них не было жалоб на боли при лечении для сна."),
]


@pytest.mark.parametrize(("code", "text"), SHOWN)
def test_shown(code: str, text: str) -> None:
    assert language_of(text, "xx") == code


@pytest.mark.parametrize(
    "text", ["", "5 mg", "Aspirin 100 mg QD", "IL-2 IFN TNF CD4 CD8 NK LAK PBMC HLA DR LAG3 MHC", "12 13 14 15"]
)
def test_left_open(text: str) -> None:
    assert language_of(text) is None
    assert language_of(text, "ger") == "de"
