"""What pages put around an article: navigation, cookie banners, citation lines, lists behind the text."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from trialmine.clean.repair import Repair, to
from trialmine.clean.view import Hints
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import mapping
from trialmine.records.document import Edit

# lines that are furniture by their form, on a page that has shown itself
LINE = Pattern(
    "furniture.line",
    r"""^\s*(?:
        (?:[\p{L}\s.&]{0,60}\.\s)?(?:19|20)\d\d\s[A-Z][a-z]{2}(?:\s\d{1,2})?(?:-\w+)?;\d.{0,60}
        | (?:https?://)?(?:dx\.)?doi(?:\.org)?\s?[:/].{0,160}
        | (?:PMID|PMCID|ISSN|ORCID|NLM\ ID|Electronic\ address)\b.{0,120}
        | .{0,160}\bet\ al\.?(?:\s.{0,60})?
        | (?:©|\(c\)\s|copyright\b).{0,200}
        | .{0,120}\b(?:cookies?|javascript|privacy\ policy|terms\ of\ (?:use|service)
            |all\ rights\ reserved|newsletter)\b.{0,300}
        | (?:Received|Accepted|Published|Revised|Available|First\ published)(?:\ online|\ date)?:?\s.{0,6}
            (?:\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec).{0,100}
        | (?:Volume|Vol\.?|Issue|Pages?|Article\ number)\s?:?\s?\d.{0,80}
        | (?:Sign|Log)\ (?:in|out|up)\b.{0,60} | (?:Share|Follow)\ (?:on|us|this)\b.{0,60}
        | (?:Download|View|Cite|Print|Export|Email|Save|Add|Get|Request|Search|Browse|Submit|Subscribe)\b[^.]{0,40}
    )\s*$""",
    hits=(". 2009 Oct 1;15(19):6225-31.", "doi: 10.1000/x. Epub 2009 Sep 15.", "Jane Doe et al. Clin Res. .",
          "This site uses cookies to work.", "Sign in to your account"),
    misses=("Patients received 5 mg daily.", "Search strategies were compared in 40 trials."),
)  # fmt: skip
TRUNCATED = Repair(
    Pattern(
        "furniture.truncated",
        r"\s?\(ABSTRACT\sTRUNCATED(?:\sAT\s\d+\sWORDS)?\)",
        hits=("ended (ABSTRACT TRUNCATED AT 250 WORDS)",),
        misses=("the abstract was truncated",),
    ),
    to(""),
    "mark of a cut abstract",
    hints=Hints(words="truncated"),
)
# the number of a meeting abstract before its first heading
ABSTRACT_NUMBER = Repair(
    Pattern(
        "furniture.abstract_number",
        r"\A\s*\d{3,6}\s(?=(?:Background|Purpose|Introduction|Objectives?|Aims?):)",
        hits=("3007 Background: doses",),
        misses=("40 Background: x", "see 3007 Background: x"),
    ),
    to(""),
    "number of the meeting abstract",
    0.9,
    hints=Hints(marks=r"\A\s*\d{3,6}\s", words="background purpose introduction objective objectives aim aims"),
)
PATTERNS = (LINE, TRUNCATED.pattern, ABSTRACT_NUMBER.pattern)
# how a saved page of a literature service names its article
_NUMBERED = regex.compile(r"^\s*(?:PMID|PMCID)\s?:\s?\w", regex.MULTILINE)
_SHOWS = ("sure", "tail")
_ENOUGH = 2  # signs that a text is a page
BODY_LINE = 200  # a line this long is running text


@cache
def _trust() -> dict[str, str]:
    return mapping("furniture", "line", "trust")


def lines(text: str) -> Iterator[Edit]:
    """Drops furniture: sure lines everywhere; on a page with some of them also citation lines, menus and the tail.

    The text itself is never dropped: nothing is cut behind a heading like "References" unless running
    text stood before.
    """
    if all(len(row) > BODY_LINE or _trust().get(row.strip().lower()) not in _SHOWS for row in text.split("\n")):
        return
    rows = _rows(text)
    known = [_trust().get(row.strip().lower()) for _, row in rows]
    page = known.count("sure") + known.count("tail") + _names_itself(text) >= _ENOUGH
    drop = _page_lines(rows, known) if page else [k == "sure" for k in known]
    yield from _stretches(text, rows, drop)


def _names_itself(text: str) -> bool:
    return _NUMBERED.search(text) is not None


def _rows(text: str) -> list[tuple[int, str]]:
    at, out = 0, []
    for row in text.split("\n"):
        out.append((at, row))
        at += len(row) + 1
    return out


def _page_lines(rows: list[tuple[int, str]], known: list[str | None]) -> list[bool]:
    body = next((i for i, (_, row) in enumerate(rows) if len(row) >= BODY_LINE and not known[i]), len(rows))
    drop, tail = [], False
    seen: set[str] = set()
    for i, (_, row) in enumerate(rows):
        key = " ".join(row.lower().split())
        tail = tail or (i > body and known[i] == "tail")
        again = len(key) > 30 and key in seen  # the title, printed once more over the abstract
        by_form = len(row) < BODY_LINE and LINE.compiled.match(row, timeout=1) is not None
        drop.append(tail or known[i] is not None or again or by_form)
        seen.add(key)
    return drop


def _stretches(text: str, rows: list[tuple[int, str]], drop: list[bool]) -> Iterator[Edit]:
    """One edit for each run of dropped lines; blank lines inside and behind it go with it."""
    i = 0
    while i < len(rows):
        if not drop[i]:
            i += 1
            continue
        j = i + 1
        while j < len(rows) and (drop[j] or not rows[j][1].strip()):
            j += 1
        start, end = rows[i][0], rows[j][0] if j < len(rows) else len(text)
        if j == len(rows) and start and not text[:start].isspace():
            start -= 1  # the line break before the dropped tail
        yield Edit(start, end, text[start:end], "", "furniture.line", 0.95, "page furniture around the article")
        i = j


REPAIRS = (TRUNCATED, ABSTRACT_NUMBER)
