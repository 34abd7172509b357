"""Ids of articles and trials as sources write them, in the one form that records use."""

from __future__ import annotations

import re

# the registries of the WHO network, each in its own form; the digits' counts keep protocol codes and phone numbers out
_REGISTRY = re.compile(
    r"""(?<![A-Za-z0-9])(?:
      NCT[\s:#-]{0,2}(?P<nct>\d{8})
    | ISRCTN[\s:#-]{0,2}(?P<isrctn>\d{8})
    | (?P<eudract>(?:19|20)\d\d-\d{6}-\d\d)                                       # EudraCT: 2004-123456-12
    | (?P<other>
        ACTRN\d{14} | DRKS\d{8} | ChiCTR(?:-[A-Za-z]{2,5})?-?\d{8,10} | (?:JPRN-)?UMIN\d{9} | CTRI/\d{4}/\d{2,3}/\d{6}
      | IRCT\d{11,14}N\d{1,3} | KCT\d{7} | NTR\d{3,4} | PACTR\d{15,16} | TCTR\d{11} | RBR-[a-z0-9]{6,7} | jRCTs?\d{9,10}
      )
    )(?![A-Za-z0-9])""",
    re.VERBOSE,
)
_LIKELY = re.compile(r"\d{6}|NTR\d|RBR-")  # most texts have none, and this is far quicker to see
_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")


def registry_ids(text: str) -> tuple[str, ...]:
    """Trial registry numbers in `text`, each once, in order.

    >>> registry_ids("Registered as NCT 01234567 and ISRCTN12345678; EudraCT 2010-012345-67.")
    ('NCT01234567', 'ISRCTN12345678', '2010-012345-67')
    """
    if not _LIKELY.search(text):
        return ()
    return tuple(dict.fromkeys(_one_form(m) for m in _REGISTRY.finditer(text)))


def _one_form(m: re.Match[str]) -> str:
    if m["nct"]:
        return f"NCT{m['nct']}"
    return f"ISRCTN{m['isrctn']}" if m["isrctn"] else m[0]


def doi(text: str) -> str | None:
    """The first DOI in `text`, without the resolver or the sentence's own full stop.

    >>> doi("doi: 10.1000/abc.(1)2. Epub 2009"), doi("https://doi.org/10.1000/x"), doi("none")
    ('10.1000/abc.(1)2', '10.1000/x', None)
    """
    m = _DOI.search(text)
    if m is None:
        return None
    found = m[0].rstrip(".,;:'’”")
    while found.endswith((")", "]")) and found.count("(") + found.count("[") < found.count(")") + found.count("]"):
        found = found[:-1].rstrip(".,;")
    return found


def pmid(value: object) -> str | None:
    """A PubMed id from what a field holds: "123", 123, 123.0, "PMID: 123".

    >>> pmid(123), pmid("123.0"), pmid("PMID: 123"), pmid("PMC123"), pmid("")
    ('123', '123', '123', None, None)
    """
    m = re.fullmatch(
        r"(?:pmid:?\s*)?(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/)?(\d{1,9})(?:\.0)?/?", _plain(value), re.IGNORECASE
    )
    return m[1].lstrip("0") or None if m else None


def pmcid(value: object) -> str | None:
    """A PubMed Central id from what a field holds.

    >>> pmcid("PMC123"), pmcid("123"), pmcid("PMCID: PMC123.1"), pmcid("n/a")
    ('PMC123', 'PMC123', 'PMC123', None)
    """
    m = re.fullmatch(r"(?:pmcid:?\s*)?(?:pmc)?(\d{1,9})(?:\.\d+)?", _plain(value), re.IGNORECASE)
    return f"PMC{m[1]}" if m else None


def year(value: object) -> int | None:
    """The first year that a date holds.

    >>> year("2009 Oct 1"), year("1998 Dec-1999 Jan"), year("2021-03-04"), year("")
    (2009, 1998, 2021, None)
    """
    m = _YEAR.search(_plain(value))
    return int(m[0]) if m else None


def _plain(value: object) -> str:
    return "" if value is None else str(value).strip()
