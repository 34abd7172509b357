"""Finds the sections of a structured text by their headings, in all the spellings that journals use."""

from __future__ import annotations

from itertools import pairwise

import regex

from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import alternation, mapping
from trialmine.records.article import Section
from trialmine.records.vocabulary import SectionLabel

_LABELS: dict[str, SectionLabel] = mapping("sections", "heading", "label")  # type: ignore[assignment]
_HEAD = alternation(list(_LABELS))

HEADING = Pattern(
    "section.heading",
    rf"""
    (?:^|(?<=\n)|(?<=[.?!;:)\]]\s)|(?<=[.?!]\s\s))      # a heading opens a line or follows a finished sentence
    [ \t]*(?:\#+[ \t]*)?(?:\d\.?[ \t]+)?
    (?P<name>{_HEAD}
      (?:\s*(?:,\s*and|/|&|,|\band\b|\bor\b)\s*{_HEAD}){{0,4}})   # "Methods and Findings", "Design, Setting, and …"
    (?P<close>
        \s*:\s                                 # "Methods: "
      | \s*:$
      | [ \t]*[.]\s+(?=(?-i:\p{{Lu}})|\d)          # "Methods. We …"
      | [ \t]*[—–][ \t]*                       # "Methods — "
      | [ \t]*(?:\r?\n|$)                      # alone on its line
      | (?<=(?-i:\p{{Lu}}{{2}}))[ \t]+(?=(?-i:\p{{Lu}}))   # "METHODS We …": capitals alone need no sign
    )
    """,
    hits=(
        "Methods: We gave the drug.",
        "It was rare. RESULTS Forty people came.",
        "A title\nMaterials and Methods\nWe asked.",
        "It is known. Conclusion. The drug worked.",
        "Design, Setting, and Participants: A trial in six towns.",
    ),
    misses=(
        "The results were good.",
        "These methods: none.",
        "In conclusion the drug worked.",
        "It was done. Patients were asked.",
    ),
)
# A copy that lost its punctuation still starts its paragraphs with the heading word: "Conclusions Blend therapy with …"
BARE_HEADING = Pattern(
    "section.bare_heading",
    r"""
    (?:^|(?<=\n))[ \t]*
    (?-i:(?P<name>Background|Introduction|Objectives?|Aims?|Purpose|Methods|Materials[ ]and[ ]Methods
      |Patients[ ]and[ ]Methods
      |Results|Findings|Conclusions?|Discussion))
    [ \t]+(?=(?-i:\p{Lu}))
    | (?<=[.?!][ ])                                   # the same inside a paragraph, where a sentence starts behind it
    (?-i:(?P<name>Background|Objectives?|Methods|Materials[ ]and[ ]Methods|Patients[ ]and[ ]Methods|Results|Findings
      |Conclusions?|Interpretation))
    [ ]+(?=(?-i:\p{Lu}\p{Ll}+)[ ]\p{Ll}|(?<=(?:Results|Findings)[ ]+)\d[\d,]*[ ]\p{Ll})
    """,
    hits=(
        "Conclusions Treatment with the drug was safe.",
        "First.\nResults Forty patients came.",
        "It was so. Methods Study design This was",
        "It was so. Findings 120 patients came",
    ),
    misses=("Results were good.", "The Results Section", "It was so. Results were good."),
)
PATTERNS = (HEADING, BARE_HEADING)

_OPENING = regex.compile(r"\s(?<=\n|[.?!;:)\]]\s|[.?!]\s\s)")

_COMPOUND = regex.compile(r"\s*(?:,\s*and\b|/|&|,|\band\b|\bor\b)\s*")
_TWO_SENTENCES = regex.compile(r"[.?!]\s+\p{Lu}\p{Ll}+\s\p{Ll}+\s\p{Ll}+")
_TITLE_LIMIT = 400  # characters; a longer first line is a paragraph, not a title


def find_sections(text: str, *, title: str | None = None) -> tuple[Section, ...]:
    """Sections of `text`, in order, without gaps but for the headings; without headings there is none but the title.

    Args:
        title: the title as the source gives it, if known; else a first line of its own is taken for it.
    """
    marks = _heading_marks(text)
    sections: list[Section] = []
    first = marks[0][0] if marks else len(text)
    title_end = _title_end(text, title, first)
    if title_end:
        sections.append(Section("title", 0, title_end))
    body = title_end
    if marks and text[body:first].strip():
        sections.append(Section("background" if title_end else "other", body, first))
    for (_, start, label, name), (stop, *_) in pairwise([*marks, (len(text), len(text), "other", "")]):
        sections.append(Section(label, start, stop, name))
    if not marks and title_end < len(text) and title_end:
        sections.append(Section("other", title_end, len(text)))
    return tuple(sections)


def _heading_marks(text: str) -> list[tuple[int, int, SectionLabel, str]]:
    found: dict[int, tuple[int, int, SectionLabel, str]] = {}
    # a few places per text can open a heading; asking there is ten times as fast as searching
    openings = [0, *(m.end() for m in _OPENING.finditer(text))]
    for pattern in PATTERNS:
        for m in pattern.matches_at(text, openings):
            # a small letter is prose: "… were counted. results: …"
            if not m["name"][0].islower():
                start = _number_before(text, m.start("name"), m.start())
                found.setdefault(m.start("name"), (start, m.end(), _label(m["name"]), text[start : m.end("name")]))
    return _disjoint(sorted(found.values()))


def _number_before(text: str, name: int, opening: int) -> int:
    """Where the heading's number starts ("1. Methods"), else its name."""
    lead = text[opening:name]
    return name - len(lead.lstrip(" \t#"))


def _disjoint(marks: list[tuple[int, int, SectionLabel, str]]) -> list[tuple[int, int, SectionLabel, str]]:
    """Leaves out a heading found inside another one."""
    out: list[tuple[int, int, SectionLabel, str]] = []
    for mark in marks:
        if not out or mark[0] >= out[-1][1]:
            out.append(mark)
    return out


def _label(name: str) -> SectionLabel:
    plain = " ".join(name.lower().split())
    if plain in _LABELS:
        return _LABELS[plain]
    parts = [p.strip() for p in _COMPOUND.split(plain)]
    return next((_LABELS[p] for p in parts if p in _LABELS), "other")


def _title_end(text: str, title: str | None, first_heading: int) -> int:
    start = len(text) - len(text.lstrip())
    if title and text[start:].startswith(title.strip()):
        return start + len(title.strip())
    line_end = text.find("\n", start)
    if line_end == -1 or line_end > first_heading or line_end - start > _TITLE_LIMIT:
        return 0
    follows = text[line_end:].strip()
    line = text[start:line_end].strip()
    # one line with several sentences is a paragraph
    return line_end if follows and not _TWO_SENTENCES.search(line) else 0
