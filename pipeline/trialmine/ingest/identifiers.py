"""Ids of articles and trials as sources write them, in the one form that records use."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from trialmine.ingest.trial_registries import registry_numbers
from trialmine.records.document import Note

_DOI = re.compile(r"\b10\.\d{4,9}(?:\.\d+)*/[^\s\"<>]+")
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
BROKEN_ID = "broken_id"


def registry_ids(text: str) -> tuple[str, ...]:
    """Trial registry numbers in `text` that keep their registry's rule, each once, in order.

    >>> registry_ids("Registered as NCT 01234567 and ISRCTN12345678; EudraCT 2010-012345-67, NCT012.")
    ('NCT01234567', 'ISRCTN12345678', '2010-012345-67')
    """
    return tuple(dict.fromkeys(n.number for n in registry_numbers(text) if n.fault is None))


def broken_in_text(text: str) -> Iterator[Note]:
    """A note for each registry number in `text` that breaks its registry's rule.

    >>> [(n.message, n.start, n.end) for n in broken_in_text("Registered: DRKS000123.")]
    [('the registry number DRKS000123 is broken (a number of DRKS is DRKS and eight digits): not used', 12, 22)]
    """
    for n in registry_numbers(text):
        if n.fault is not None:
            said = " ".join(n.number.split())
            yield Note(BROKEN_ID, f"the registry number {said} is broken ({n.fault}): not used", n.start, n.end)


def checked_registry_ids(values: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[Note, ...]]:
    """The registry numbers that a field holds, and a note for each that is broken.

    A value in which no registry's number is to be seen is kept as it is: a registry may be unknown here.

    >>> checked_registry_ids(("NCT 01234567", "NL6150"))
    (('NCT01234567', 'NL6150'), ())
    """
    kept: list[str] = []
    notes: list[Note] = []
    for value in values:
        found = list(registry_numbers(value))
        kept += [n.number for n in found if n.fault is None] if found else [value]
        notes += [Note(BROKEN_ID, note.message) for note in broken_in_text(value)]
    return tuple(dict.fromkeys(kept)), tuple(notes)


def broken_in_fields(fields: Mapping[str, object]) -> tuple[Note, ...]:
    """A note for each of the fields pmid, pmcid and doi that is filled with something else.

    >>> [n.message for n in broken_in_fields({"pmid": "12a", "doi": "10.1000/x", "pmcid": None})]
    ["'12a' is no PMID (one to eight digits): not used"]
    """
    return tuple(
        Note(BROKEN_ID, f"{_plain(fields[kind])[:80]!r} is no {kind.upper()} ({rule}): not used")
        for kind, (parse, rule) in _ARTICLE_IDS.items()
        if _plain(fields.get(kind)).lower() not in _NOTHING and parse(_plain(fields[kind])) is None
    )


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
        r"(?:pmid:?\s*)?(?:https?://pubmed\.ncbi\.nlm\.nih\.gov/)?(\d{1,8})(?:\.0)?/?", _plain(value), re.IGNORECASE
    )
    return m[1].lstrip("0") or None if m else None


def pmcid(value: object) -> str | None:
    """A PubMed Central id from what a field holds.

    >>> pmcid("PMC123"), pmcid("123"), pmcid("PMCID: PMC123.1"), pmcid("n/a")
    ('PMC123', 'PMC123', 'PMC123', None)
    """
    m = re.fullmatch(r"(?:pmcid:?\s*)?(?:pmc)?(\d{1,8})(?:\.\d+)?", _plain(value), re.IGNORECASE)
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


_NOTHING = frozenset({"", "0", "-", "n/a", "na", "nan", "none", "null"})  # how tables say that there is no id
_ARTICLE_IDS = {
    "pmid": (pmid, "one to eight digits"),
    "pmcid": (pmcid, "PMC and one to eight digits"),
    "doi": (doi, "10., the registrant's digits, / and a name"),
}
