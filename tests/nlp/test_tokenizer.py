from __future__ import annotations

import pytest

from trialmine.nlp.tokenizer import blank

CASES = [
    ("warfarin-associated bleeding", ["warfarin", "-", "associated", "bleeding"]),
    ("paclitaxel/carboplatin", ["paclitaxel", "/", "carboplatin"]),
    ("anti–PD-1", ["anti", "–", "PD", "-", "1"]),
    ("nimodipine (NMD)-induced", ["nimodipine", "(", "NMD", ")-", "induced"]),
    ("Na+/K+ pump", ["Na", "+/", "K", "+", "pump"]),
    ("given 2.5 mg/kg", ["given", "2.5", "mg", "/", "kg"]),
    ("by -0.7 points", ["by", "-0.7", "points"]),
    ("drug A vs. drug B", ["drug", "A", "vs.", "drug", "B"]),
]


@pytest.mark.parametrize(("text", "tokens"), CASES, ids=[c[0] for c in CASES])
def test_tokens_end_where_entities_can_end(text: str, tokens: list[str]) -> None:
    assert [t.text for t in blank().make_doc(text)] == tokens


@pytest.mark.parametrize("text", ["", " ", "((()", "-/-/-", "a\n\n b", "\u0000𝛼-β/٣"])
def test_no_character_is_lost(text: str) -> None:
    assert blank().make_doc(text).text == text
