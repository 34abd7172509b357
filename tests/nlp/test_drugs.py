import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialmine.nlp.drugs import find_drugs
from trialmine.records.article import Entity


def marked(text: str) -> tuple[str, list[str]]:
    """The sentence without its [[ ]] and what they hold."""
    parts = text.replace("]]", "[[").split("[[")
    return "".join(parts), parts[1::2]


FOUND = [
    ("given [[sorafenib tosylate]] 400 mg twice daily", ["sorafenib"]),
    ("cycles of [[IL 21]] and of [[IL-21]]", ["IL-21", "IL-21"]),
    ("either [[interferon-α2b]] or [[placebo]]", ["interferon alfa-2b", "placebo"]),
    ("[[5-FU]] with [[leucovorin]] ([[FOLFOX]])", ["fluorouracil", "leucovorin", "FOLFOX"]),
    ("switched to [[Keytruda]]", ["pembrolizumab"]),
    ("took [[AMG 706]] in the morning", ["motesanib"]),
    ("the antibody [[zorbelimab]] was infused", ["zorbelimab"]),
    ("dosed [[QXZ-40731]] at night", ["QXZ-40731"]),
    ("[[Metformin]]-associated acidosis", ["metformin"]),
    ("[[low-molecular-weight heparin]] or [[fondaparinux]]", ["low-molecular-weight heparin", "fondaparinux"]),
    ("capsules of [[vitamin D3]] and [[fish oil]]", ["vitamin D3", "fish oil"]),
    ("[[D-penicillamine]] was stopped", ["penicillamine"]),
    ("[[trivalent influenza vaccine]] in autumn", ["influenza vaccine"]),
    ("received 30 mL [[garlic]] syrup", ["garlic"]),
    ("[[hydroxy chloroquine]] or [[dihydro codeine]]", ["hydroxychloroquine", "dihydrocodeine"]),
    ("[[es citalopram]] or [[levo-cetirizine]]", ["escitalopram", "levocetirizine"]),
    ("[[Des loratadine]] or [[dex ibuprofen]]", ["desloratadine", "dexibuprofen"]),
    ("took [[nor epinephrine]] by pump", ["norepinephrine"]),
    ("neither [[dopamine]] nor [[epinephrine]]", ["dopamine", "epinephrine"]),
    ("oral [[chloroquine]] or liquid [[codeine]]", ["chloroquine", "codeine"]),
    ("[[sodium chloride]]", ["sodium chloride"]),
]


@pytest.mark.parametrize(("sentence", "names"), FOUND)
def test_finds_drugs_and_names_them(sentence: str, names: list[str]) -> None:
    text, expected = marked(sentence)
    found = find_drugs(text)
    assert [e.text for e in found] == expected
    assert [e.name for e in found] == names


NEVER = [
    "a life of success and impact",
    "registered as NCT00123456 and ISRCTN12345678",
    "the SF-36 and EQ-5D scores",
    "CD34 cells on day 100",
    "the control group stayed in hospital",
    "garlic grew in the garden",
    "a score of 300 or more in 2004",
    "the concept was accepted in April",
    "bep and chop were the dog's names",
]


@pytest.mark.parametrize("sentence", NEVER)
def test_leaves_look_alikes(sentence: str) -> None:
    assert find_drugs(sentence) == []


SCORES = [
    ("fasting serum insulin levels", 0.5),
    ("subjects received insulin by pump", 1.0),
    ("the use of corticosteroids", 0.7),
    ("the use of prednisone", 1.0),
]


@pytest.mark.parametrize(("sentence", "score"), SCORES)
def test_score_tells_given_from_measured(sentence: str, score: float) -> None:
    (entity,) = find_drugs(sentence)
    assert entity.score == score


@given(st.text(max_size=200) | st.text(alphabet="IL-21 5FUα mab'’.,/\n", max_size=120))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    found: list[Entity] = find_drugs(text)
    assert all(text[e.start : e.end] == e.text and e.text for e in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["insulin-" * 20_000, "A1" * 50_000, "alpha-" * 30_000, "AB 123456 " * 20_000])
def test_hostile_text_takes_linear_time(text: str) -> None:
    begin = time.perf_counter()
    find_drugs(text)
    assert time.perf_counter() - begin < 5
