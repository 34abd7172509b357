"""A PubMed page copied or saved as text. The raw text is the page as it is: its furniture is cleaning's job."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace

from trialmine.ingest import identifiers
from trialmine.ingest.reader import Head, Items, Reader, Source
from trialmine.ingest.text import READER as TEXT
from trialmine.records.document import Document

# ". 2009 Oct 1;15(19):6225-31." alone or behind the journal's short name
_CITATION = re.compile(
    r"^[ \t]*(?P<journal>[^\d\n.;:]{2,80}(?:\.[ \t]*)?(?:\([^()\n]{2,40}\)\.?)?)?[ \t]*\.?[ \t]*"
    r"(?P<year>(?:19|20)\d\d)(?:[ \t]+[A-Z][a-z]{2}(?:-[A-Z][a-z]{2})?)?(?:[ \t]+\d{1,2})?(?:;|:\s?\S*\d)[^\n]*$",
    re.MULTILINE,
)
_AUTHORS = re.compile(
    r"^[^\n]{3,200}\bet al\.[ \t]+(?P<journal>[^\d\n.;]{2,80}?)\.?(?:[ \t]+(?:19|20)\d\d|[ \t]*\.)", re.MULTILINE
)
_PMID = re.compile(r"\bPMID:?\s*(\d{4,9})\b")
_PMCID = re.compile(r"\bPMCID:?\s*(PMC\d{3,9})\b|\bfree pmc article:?\s*(PMC\d{3,9})\b", re.IGNORECASE)
_FURNITURE = (
    "PubMed Disclaimer",
    "Skip to main page content",
    "An official website of the United States government",
    "NCBI Homepage",
    "Display options",
    "Publication types",
    "MeSH terms",
    "Similar articles",
)
# what may stand between the citation and the title
_BEFORE_TITLE = re.compile(r"(?:doi|PMID|PMCID|Epub|Online ahead of print|\.|[A-Z][\w .]{0,40} \d{4};)", re.IGNORECASE)
_NO_TITLE = re.compile(
    r"(?:Affiliations?|Authors?|Abstract|Actions|Cite|Item in Clipboard|Free article|\d+)\b", re.IGNORECASE
)
_HEAD_CHARS = 4_000  # citation, title and authors stand before this; reference lists further down have citations too
_TITLE_CHARS = 400


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a PubMed page says of its article."""

    title: str | None = None
    journal: str | None = None
    year: int | None = None
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None


def is_page(text: str) -> bool:
    """Whether `text` is a PubMed page: several pieces of its furniture stand in it, or one and a citation line."""
    pieces = sum(piece in text for piece in _FURNITURE)
    return pieces >= 3 or (pieces >= 1 and _CITATION.search(text, 0, min(len(text), _HEAD_CHARS)) is not None)


def facts_of(text: str) -> PageFacts:
    """Title, journal, year and ids of a PubMed page; None for what is not found in its usual place."""
    head = text[:_HEAD_CHARS].replace("\r\n", "\n").replace("\r", "\n")
    cite = _CITATION.search(head)
    if cite is None:
        return PageFacts(doi=identifiers.doi(head))
    pmid, pmcid = _PMID.search(head), _PMCID.search(head)
    return PageFacts(
        title=_title(head, cite.end()),
        journal=_journal(head, cite),
        year=int(cite["year"]),
        doi=identifiers.doi(head),
        pmid=pmid[1] if pmid else None,
        pmcid=(pmcid[1] or pmcid[2]) if pmcid else None,
    )


def _title(head: str, start: int) -> str | None:
    for line in head[start:].split("\n"):
        plain = line.strip()
        if not plain or _BEFORE_TITLE.match(plain):
            continue
        return None if _NO_TITLE.match(plain) or len(plain) > _TITLE_CHARS else plain
    return None


def _journal(head: str, cite: re.Match[str]) -> str | None:
    name = (cite["journal"] or "").strip(" \t.")
    if not name:
        line = head[: cite.start()].rstrip().rpartition("\n")[2].strip()
        after = _AUTHORS.search(head, cite.end())
        # the copied page has the journal in its second heading; the line above is a publication type
        name = after["journal"].strip() if after else (line if _is_journal(line, head, cite) else "")
    return name or None


def _is_journal(line: str, head: str, cite: re.Match[str]) -> bool:
    above = head[: cite.start()].rstrip().rpartition("\n")[0].rstrip().rpartition("\n")[2].strip()
    types = ("Trial", "Study", "Review", "Report", "Meta-Analysis", "Editorial", "Letter", "Comment")
    return 2 < len(line) < 80 and line[0].isupper() and above.endswith(types) and not line.endswith(types)


def _sniff(head: Head) -> int:
    return 80 if is_page(head.text) and not head.text.startswith(("<", "{", "[")) else 0


def _read(source: Source) -> Items:
    for item in TEXT.read(source):
        if isinstance(item, Document):
            yield replace(item, format=READER.name, **asdict(facts_of(item.text)))
        else:
            yield item


READER = Reader(
    name="pubmed_page",
    description="a PubMed page copied or saved as text",
    suffixes=(".txt",),
    sniff=_sniff,
    read=_read,
)
