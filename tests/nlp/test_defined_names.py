from __future__ import annotations

import pytest

from trialmine.nlp.reader import Reader
from trialmine.records.document import CleanText

READER = Reader(ner_model="none")

CASES = [
    ("Patients took cetuximab (CTX) 400 mg. CTX helped.", {"cetuximab": "cetuximab", "CTX": "cetuximab"}),
    ("Patients took mycophenolic acid (MPA) 720 mg. MPA helped.", {"MPA": "mycophenolic acid"}),
    ("Class by the American Society of Anesthesiologists (ASA). ASA was 1 to 3.", {}),
    ("The paired associative stimulation (PAS) was weekly; PAS helped.", {}),
    ("Thyroid-stimulating hormone (TSH) was given. TSH rose.", {"TSH": "thyrotropin"}),
    ("They got recombinant tissue plasminogen activator (rtPA) 0.9 mg/kg. The rtPA was safe.", {"rtPA": "tPA"}),
    ("They got fluorouracil, epirubicin and cyclophosphamide (FEC). FEC was safe.", {"FEC": "FEC"}),
    ("Patients took dexamethasone 8 mg. DEX 8 mg was safe.", {"DEX": "dexamethasone"}),
    ("Patients took dexmedetomidine or dexamethasone. DEX 8 mg was safe.", {"DEX": "dexmedetomidine"}),
    ("MTX 15 mg was given weekly.", {"MTX": "methotrexate"}),
]


@pytest.mark.parametrize(("text", "names"), CASES, ids=[text[:40] for text, _ in CASES])
def test_a_short_form_means_what_the_text_says(text: str, names: dict[str, str]) -> None:
    drugs = [e for e in READER.read(CleanText(text, text)).entities if e.label == "CHEMICAL"]
    found = {e.text: e.name for e in drugs}
    assert names.items() <= found.items()
    assert names or not found
