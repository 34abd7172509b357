"""Noise for training copies: what scanning, copying and spinning do to texts, with the spans carried along."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from itertools import accumulate

from trialmine.evaluate.annotated import Annotated

_SYNONYMS = {
    "patients": ("sufferers", "individuals", "people", "clients"),
    "participants": ("members", "individuals", "contributors"),
    "treatment": ("remedy", "therapy", "cure"),
    "treated": ("handled", "dealt with"),
    "group": ("team", "class", "party"),
    "arm": ("limb", "branch"),
    "received": ("got", "obtained", "acquired"),
    "compared": ("contrasted", "likened"),
    "significantly": ("considerably", "drastically", "notably"),
    "significant": ("considerable", "major", "notable"),
    "improved": ("enhanced", "bettered"),
    "efficacy": ("effectiveness", "usefulness"),
    "safety": ("security", "protection"),
    "primary": ("main", "principal", "key"),
    "secondary": ("additional", "supplementary"),
    "study": ("research", "investigation", "examine"),
    "trial": ("test", "tryout"),
    "randomized": ("randomised", "arbitrarily assigned"),
    "assigned": ("allotted", "given"),
    "adverse": ("negative", "undesirable", "unfavorable"),
    "events": ("occasions", "occurrences", "activities"),
    "disease": ("illness", "ailment", "sickness"),
    "outcome": ("result", "end result"),
    "endpoint": ("end point", "endpoints"),
    "survival": ("success", "living"),
    "severe": ("serious", "extreme", "intense"),
    "pain": ("ache", "soreness", "discomfort"),
    "increase": ("rise", "boost", "growth"),
    "decrease": ("drop", "decline", "lower"),
    "weeks": ("several weeks", "days"),
    "response": ("reaction", "reply"),
    "dose": ("dosage", "serving"),
    "daily": ("each day", "every day"),
    "evaluated": ("examined", "assessed"),
    "cancer": ("cancers", "tumor", "malignancy"),
    "rate": ("price", "charge"),
    "symptoms": ("signs", "indications"),
    "blood": ("bloodstream",),
    "levels": ("amounts", "ranges"),
    "control": ("manage", "handle"),
}
_WORD = re.compile(r"[^\W\d_]+")
_LOOKALIKES = {"l": "1", "1": "l", "O": "0", "0": "O", "rn": "m", "m": "rn", "I": "l", "e": "c", "h": "b"}

Edit = tuple[int, int, str]


def garble(doc: Annotated, rng: random.Random) -> Annotated:
    """A copy of the document with one to three kinds of noise."""
    for kind in rng.sample(_KINDS, rng.choice((1, 1, 2, 3))):
        doc = _apply(doc, kind(doc.text, rng))
    return doc


def _apply(doc: Annotated, edits: list[Edit]) -> Annotated:
    """The document after disjoint edits; an edit that reaches into a span becomes part of it."""
    edits = sorted(edits)
    starts = [e[0] for e in edits]
    shifts = [0, *accumulate(len(e[2]) - (e[1] - e[0]) for e in edits)]
    parts, at = [], 0
    for start, end, new in edits:
        parts += [doc.text[at:start], new]
        at = end
    text = "".join((*parts, doc.text[at:]))

    def moved(offset: int, *, is_end: bool) -> int:
        i = bisect_right(starts, offset - 1 if is_end else offset) - (0 if is_end else 1)
        if is_end:
            inside = i and edits[i - 1][1] > offset
            return edits[i - 1][1] + shifts[i] if inside else offset + shifts[i]
        if i >= 0 and edits[i][0] <= offset < max(edits[i][1], edits[i][0] + 1) and edits[i][1] > edits[i][0]:
            return edits[i][0] + shifts[i]
        return offset + shifts[i + 1]

    spans = [(moved(a, is_end=False), moved(b, is_end=True), label) for a, b, label in doc.spans]
    known = doc.known and tuple((moved(a, is_end=False), moved(b, is_end=True)) for a, b in doc.known)
    return Annotated(doc.id, text, tuple(s for s in spans if text[s[0] : s[1]].strip()), known)


def _split_words(text: str, rng: random.Random) -> list[Edit]:
    rate = rng.choice((0.03, 0.1))
    edits = []
    for m in _WORD.finditer(text):
        if len(m.group()) >= 6 and rng.random() < rate:
            at = m.start() + rng.randint(2, len(m.group()) - 2)
            edits.append((at, at, rng.choice((" ", " ", "- "))))
    return edits


def _drop_hyphens(text: str, rng: random.Random) -> list[Edit]:
    new = rng.choice(("", " ", " ", "–", "‐"))
    return [(m.start() + 1, m.end() - 1, new) for m in re.finditer(r"\w[-/]\w", text) if rng.random() < 0.7]


def _change_case(text: str, rng: random.Random) -> list[Edit]:
    change = rng.choice((str.lower, str.lower, str.upper))
    return [(m.start(), m.end(), new) for m in _WORD.finditer(text) if len(new := change(m.group())) == len(m.group())]


def _spin(text: str, rng: random.Random) -> list[Edit]:
    rate = rng.choice((0.3, 0.8))
    return [
        (m.start(), m.end(), rng.choice(_SYNONYMS[m.group().lower()]))
        for m in _WORD.finditer(text)
        if m.group().lower() in _SYNONYMS and rng.random() < rate
    ]


def _misread(text: str, rng: random.Random) -> list[Edit]:
    return [
        (m.start(), m.end(), _LOOKALIKES[m.group()])
        for m in re.finditer("|".join(_LOOKALIKES), text)
        if rng.random() < 0.02
    ]


def _swap_letters(text: str, rng: random.Random) -> list[Edit]:
    edits = []
    for m in _WORD.finditer(text):
        if len(m.group()) >= 5 and rng.random() < 0.03:
            at = m.start() + rng.randint(1, len(m.group()) - 3)
            edits.append((at, at + 2, text[at + 1] + text[at]))
    return edits


def _drop_marks(text: str, rng: random.Random) -> list[Edit]:
    marks = rng.choice(("()[]", ",;", ",;:()[]."))
    return [(i, i + 1, " ") for i, c in enumerate(text) if c in marks and rng.random() < 0.7]


def _space_marks(text: str, rng: random.Random) -> list[Edit]:
    return [(m.start(), m.end(), f" {m.group()} ") for m in re.finditer(r"[()\[\],;:%/-]", text) if rng.random() < 0.9]


def _wrap_lines(text: str, rng: random.Random) -> list[Edit]:
    width = rng.randint(50, 90)
    edits, last = [], 0
    for m in re.finditer(r" ", text):
        if m.start() - last >= width:
            edits.append((m.start(), m.end(), "\n"))
            last = m.start()
    return edits


_KINDS = (
    _split_words,
    _drop_hyphens,
    _change_case,
    _spin,
    _misread,
    _swap_letters,
    _drop_marks,
    _space_marks,
    _wrap_lines,
)
