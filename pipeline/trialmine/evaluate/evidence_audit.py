"""Checks a record against its text: quotes stand at their offsets, and every number can be read in its evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

from trialmine.evaluate.record_view import Record

_BLOCKS = ("interventions", "arms", "dosing", "endpoints", "statistics", "adverse_events")
_UNITS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_WORDS: dict[str, float] = {word: n for n, word in enumerate(f"{_UNITS} seventeen eighteen nineteen twenty".split(" "))}
_WORDS |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_WORDS |= {"hundred": 100, "once": 1, "twice": 2, "thrice": 3, "single": 1, "half": 0.5}
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_COMPOUND = regex.compile(rf"\b({_TENS})[\s-]+(one|two|three|four|five|six|seven|eight|nine)\b", regex.IGNORECASE)
_POWER = regex.compile(r"(\d+(?:\.\d+)?)\s?[x×*]\s?10\s?\^?\s?([-−–]?)\s?(\d{1,2})\b")
_LEVELS = (0.9, 0.95, 0.99)  # "CI" alone means 95 %, so a level need not be printed
_EPSILON = 1e-6


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A row whose evidence is missing, misplaced, or does not show a number of the row."""

    doc_id: str
    block: str
    row: str | None
    reason: str


@dataclass(slots=True)
class Audit:
    """How many pieces of evidence were looked at, and what is wrong with them.

    A thorough audit also reads "thirty-two", powers of ten, and the level of an interval in percent.
    """

    thorough: bool = False
    entries: int = 0
    unsupported: list[Unsupported] = field(default_factory=list)

    def add(self, record: Record, raw: str, doc_id: str) -> None:
        """Audit one record against its raw text."""
        edits = (record.get("cleaning") or {}).get("edits") or []
        for block in _BLOCKS:
            for row in record.get(block) or []:
                self.entries += len(row.get("evidence") or [])
                for reason in faults(block, row, raw, edits, thorough=self.thorough):
                    self.unsupported.append(Unsupported(doc_id, block, row.get("id"), reason))


def faults(block: str, row: Record, raw: str, edits: Sequence[Record], *, thorough: bool = True) -> Iterator[str]:
    """What is wrong with the evidence of one row, given the raw text and the edits that cleaning made."""
    evidence = row.get("evidence") or []
    if not evidence:
        yield "no evidence"
    readable = []
    for e in evidence:
        if raw[e["start"] : e["end"]] != e["quote"]:
            yield f"quote is not at {e['start']}:{e['end']}"
        readable.append(e["quote"])
        readable += [str(x.get("after")) for x in edits if x["start"] < e["end"] and x["end"] > e["start"]]
    shown = " ".join(readable)
    have = numbers_in(shown) | (_further_numbers(shown) if thorough else set())
    for value in _numbers_of(block, row):
        if value is None or any(abs(abs(float(value)) - h) < _EPSILON for h in have):
            continue
        # "two 5 mg tablets" is 10 mg
        if block == "dosing" and any(abs(float(value) - a * b) < _EPSILON for a in have for b in have):
            continue
        yield f"{value} is not readable in {shown.strip()[:120]!r}"


def _numbers_of(block: str, row: Record) -> list[Any]:
    if block == "dosing":
        dose = row.get("dose") or {}
        return [dose.get("value"), dose.get("low"), dose.get("high"), *(dose.get("levels") or [])]
    if block == "statistics":
        limits = [x for x in (row.get("ci") or {}).values() if isinstance(x, int | float) and x not in _LEVELS]
        p = (row.get("p") or {}).get("value")
        return [row.get("value"), *limits, p, row.get("numerator"), row.get("denominator")]
    return []


def numbers_in(text: str) -> set[float]:
    """The numbers that a reader sees in the text, in digits or in words."""
    text = text.replace("·", ".").replace(",", "")
    found = {float(n) for n in regex.findall(r"\d+(?:\.\d+)?|(?<!\d)\.\d+", text)}
    return found | {n for word, n in _WORDS.items() if regex.search(rf"\b{word}\b", text.lower())}


def _further_numbers(text: str) -> set[float]:
    """Compound number words, powers of ten, and what is printed in percent as a share."""
    plain = text.replace("·", ".")
    found = {_WORDS[m[1].lower()] + _WORDS[m[2].lower()] for m in _COMPOUND.finditer(plain)}
    found |= {float(f"{m[1]}e{'-' if m[2] else ''}{m[3]}") for m in _POWER.finditer(plain)}
    return found | {float(m[1]) / 100 for m in regex.finditer(r"(\d+(?:\.\d+)?)\s?%", plain)}
