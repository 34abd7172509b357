"""Splits clean text into sentences that survive "p = 0. 05", "vs." and "i.v."."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import alternation, rows
from trialmine.records.article import Section, Sentence

_ABBREVIATION = alternation([r["abbreviation"] for r in rows("abbreviations")])
# "in 12 and 7. 70 (88%) of them": a count with its share begins a sentence
_COUNTED = r"\d{1,5}\s(?:\(\d{1,3}(?:[.·]\d+)?\s?%\)|of\s(?:the\s)?\d)"

BOUNDARY = Pattern(
    "sentence.boundary",
    rf"""
    (?P<end>
      (?<!\b{_ABBREVIATION})(?<!\b(?-i:\p{{Lu}}))\.      # no point of "vs." or of an initial
      | [?!]
    )
    (?:[)\]"'”’]{{0,2}})
    (?:\s*\[[\d,\s–-]{{1,20}}\])?                        # a reference behind the point
    (?P<gap>\s+)
    (?=["'“‘(\[]?(?-i:\p{{Lu}}|\d|[<>≥≤±αβγµμ]))          # what a sentence starts with
    (?<!\b[Nn]o\.\s)(?<!\d\.\s(?=\d)(?!{_COUNTED}))       # "No. 4"; "0. 05" is one number
    (?<!(?:[=<>≤≥]\s?\d{{1,3}}|\b0|\b(?-i:P)\s\d)\.\s(?=\d))
    """,
    hits=("It worked. We stopped.", "in 12 and 7. 70 (88%) completed it", "It worked! Then 5 people left."),
    misses=("drug vs. Placebo", "given i.v. Monday", "P = 0. 05", "a cut of P = 0. 05 (5%)", "by J. Smith"),
)
PARAGRAPH = Pattern(
    "sentence.paragraph",
    r"\n[ \t\r]*\n\s* | (?<=[.?!:])[ \t\r]*\n\s*",
    hits=("First line\n\nSecond line", "It ended.\nIt began."),
    misses=("a wrapped\nline",),
)
# a point between list-like criteria: "age 18 years. measurable disease. no brain metastases"
LOWER_BOUNDARY = Pattern(
    "sentence.lower_boundary",
    rf"(?<=(?-i:\p{{Ll}}{{3}}))(?<!\b{_ABBREVIATION})\.(?P<gap>\s+)(?=(?-i:\p{{Ll}}{{2}}))",
    hits=("renal cell cancer. measurable disease",),
    misses=("drug vs. placebo", "e.g. this"),
)
PATTERNS = (BOUNDARY, PARAGRAPH, LOWER_BOUNDARY)


# a natural one has less than a thousand characters; what is longer has lost its borders, or is a table
_LONGEST = 3_000


def find_sentences(text: str, sections: tuple[Section, ...] = ()) -> tuple[Sentence, ...]:
    """Sentences of `text`, in order; none crosses a section's border or a paragraph's."""
    cuts = {0, len(text)}
    for s in sections:
        cuts |= {s.start, s.end}
        if s.heading:
            cuts.add(max(text.rfind(s.heading, 0, s.start), 0))
    for m in PARAGRAPH.find(text):
        cuts.add(m.end())
    for pattern in (BOUNDARY, LOWER_BOUNDARY):
        cuts |= {m.end("gap") for m in pattern.find(text)}
    ordered = sorted(cuts)
    return tuple(_trimmed(text, sorted(cuts.union(*_cut(text, ordered))), sections))


def _cut(text: str, cuts: list[int]) -> Iterator[range]:
    """Further cuts, at blanks, where a stretch is too long."""
    for start, stop in pairwise(cuts):
        at = start
        while stop - at > _LONGEST:
            blank = text.rfind(" ", at + 1, at + _LONGEST)
            at = blank if blank > 0 else at + _LONGEST
            yield range(at, at + 1)


def _trimmed(text: str, cuts: list[int], sections: tuple[Section, ...]) -> Iterator[Sentence]:
    at = 0
    for start, stop in pairwise(cuts):
        begin, end = start, stop
        while begin < end and text[begin].isspace():
            begin += 1
        while end > begin and text[end - 1].isspace():
            end -= 1
        if begin == end:
            continue
        while at < len(sections) and sections[at].end <= begin:
            at += 1
        inside = at < len(sections) and sections[at].start <= begin
        heading = at < len(sections) and not inside and text.startswith(sections[at].heading or "\0", begin)
        if not heading:
            yield Sentence(begin, end, sections[at].label if inside else None)
