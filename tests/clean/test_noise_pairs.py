"""The shared raw -> repaired pairs: repaired where a repair is safe, said where it is not, invented never.

A pair is an excerpt of a garbled document, so it is cleaned with the signs of that damage switched on.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import pytest

from support.gold import SHARED
from trialmine.clean import clean

PAIRS = SHARED / "noise" / "pairs.jsonl"
pytestmark = [pytest.mark.shared, pytest.mark.skipif(not PAIRS.exists(), reason="needs ../shared/noise/pairs.jsonl")]

SIGNS = frozenset({"spun", "garbled", "split"})
OCR = frozenset({"split", "garbled"})
# cues that stand outside the excerpt: the title that names the strength
CONTEXT = {43: ("Betamethasone valerate 0.1% cream. ", "")}
# repaired forms that carry a note, or drop words of the excerpt, said as the whole excerpt
WANTED = {
    58: "patients who were ≤18 years", 82: "with 1 μg/kg/week of pegylated interferon", 83: "200 μg/kg oral Ivermectin",
    90: "platelet 100 × 10^9 /l", 94: "175 mg/m2 of body-surface area", 95: "Etoposide 100 mg/m2/day",
    97: "3 mg/m2, day 1 to day 5",
    104: "score of 0-2; 10.0 ng/mL", 113: "-0.17 mmol/L (CI, -0.09 to -0.25 mmol/L)", 114: "16 121 483 prescriptions",
    127: "Background: ... weekly 20, 50 and 70 mg", 128: "",
}  # fmt: skip


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]


def plain(text: str) -> str:
    """Forms that mean the same are the same: blanks, dashes, micro, quotients."""
    text = text.replace("−", "-").replace("–", "-").replace("micrograms", "μg").replace("\\n", "\n").lower()
    text = re.sub(r"(?<=[a-z])\s?(m|l)-(\d)", lambda m: f"/{m[1]}" + ("" if m[2] == "1" else m[2]), text)
    text = re.sub(r"[\s-]+(?=week\b)|\s+", "", text)
    # a power of ten and the number written out say the same
    return re.sub(r"(?:(\d+)[x×])?10\^(\d+)(?=[a-z])", lambda m: str(int(m[1] or 1) * 10 ** int(m[2])), text)


def read(pair: dict[str, Any]) -> tuple[str, str, int]:
    """Raw excerpt, cleaned excerpt, number of issues."""
    before, behind = CONTEXT.get(pair["n"], ("", ""))
    raw = pair["raw"].replace("\\n", "\n").replace("\\x01", "\x01")
    signs = OCR if pair["cls"] in ("OCRSPACE", "SPLITWORD") else SIGNS
    cleaned = clean(before + raw + behind, signs=signs)
    return raw, cleaned.text.removeprefix(before), len(cleaned.issues)


def right(pair: dict[str, Any]) -> bool:
    return plain(read(pair)[1]) == plain(WANTED.get(pair["n"], pair["repaired"]))


def undecided(pair: dict[str, Any]) -> bool:
    """No reading was chosen: digits and signs are those of the raw text, and the doubt is said."""
    raw, text, issues = read(pair)
    same = re.findall(r"[\d<>=≤≥±+~?]", _digits(raw)) == re.findall(r"[\d<>=≤≥±+~?]", text)
    return same and not re.search(r"\d-\d", re.sub(r"\w+-\d+", "", text.removeprefix(raw))) and issues > 0


def _digits(raw: str) -> str:
    words = {"one": "1", "five": "5", "six": "6", "four": "4", "three": "3"}
    return re.sub(r"\b(?:one|five|six|four|three)\b(?=\s(?:months|day|times))", lambda m: words[m[0]], raw)


def test_safe_and_cued_pairs_are_repaired() -> None:
    pairs = [p for p in rows() if p["verdict"] in ("SAFE", "CONTEXT")]
    wrong = [(p["n"], read(p)[1], p["repaired"]) for p in pairs if not right(p)]
    assert 1 - len(wrong) / len(pairs) >= 0.95, wrong


def test_what_looks_damaged_and_is_right_stays() -> None:
    changed = [(p["n"], read(p)[:2]) for p in rows() if p["verdict"] == "DO_NOT_REPAIR" and read(p)[0] != read(p)[1]]
    assert not changed


def test_ambiguous_pairs_are_said_and_not_decided() -> None:
    decided = [(p["n"], *read(p)) for p in rows() if p["verdict"] == "AMBIGUOUS" and not undecided(p)]
    assert not decided


def test_lost_facts_are_never_filled() -> None:
    filled = []
    for p in rows():
        raw, text, _ = read(p)
        invented = Counter(re.findall(r"[\d<>=≤≥±%]", text)) - Counter(re.findall(r"[\d<>=≤≥±%]", _digits(raw)))
        if p["verdict"] == "LOST" and invented:
            filled.append((p["n"], raw, text))
    assert not filled
