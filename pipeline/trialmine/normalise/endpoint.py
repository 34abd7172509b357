"""Names of outcomes: the tight name in a phrase, its short code and kind, and how much two names have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from trialmine.lexicon.tables import alternation, rows
from trialmine.records.vocabulary import EndpointKind

_STOPS = frozenset(
    ("the", "of", "in", "and", "a", "an", "to", "for", "with", "at", "on", "rate", "rates", "level", "levels")
)
# what a sentence says of an outcome, not what the outcome is
_LEAD = regex.compile(
    r"""^(?:(?:(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?=\s(?:\w+\s){0,2}(?:deaths?|events|cases|patients|episodes|infections
    |relapses|fractures|strokes|bleeds|complications|recurrences|births|reactions|failures|withdrawals|seizures)\b)
    |the|an?|their|its|his|her|mean(?!\s+(?:arterial|corpuscular))|median|average|significant(?:ly)?|statistically|greater|lower|higher|longer|shorter|better
    |worse|less|more|fewer|further|additional|similar|comparable|such|both|either|and|or|of|in|on|for|by|other|any|increased|decreased
    |reduced|improved|impaired|after|were|was|no|with|absolute|all(?![\s-]cause)|least[\s-]squares?|adjusted|changes?|differences?
    |reductions?|increases?|decreases?|improvements?|effects?|impact|values?|(?:from\s+)?baseline(?=\s+(?:in|to)\b))\b\s*[-:,/]?\s*(?:(?:in|of|on|from)\s+(?:the\s+)?)?)+(?=\S)""",
    regex.VERBOSE | regex.IGNORECASE,
)
# read from the end: a search from each place would take the square of the time
_TAIL = regex.compile(
    r"(?r)(?:\s+(?:and|or|of|in|the|a|an|were|was|is|are|by|on|at|for|to|with|than|from|as|between)|[\s,;:.(\[/–—-])+$",
    regex.IGNORECASE,
)
_ABBREVIATED = regex.compile(r"\s+[(\[]\s*(?P<short>[\p{L}\d][\p{L}\d/+ -]{0,11})\s*[)\]]")
_SAFETY = regex.compile(
    r"\b(?:adverse|safety|tolerab|toxic|side[\s-]?effect|complication|discontinu|withdraw|bleed|hypoglyc|hypotension"
    r"|bradycardia|neutropeni|haematolog|infection|mucositis|neuropathy|intolerance|reactogenicity|reactions?\b)",
    regex.IGNORECASE,
)
_IMMUNE = regex.compile(
    r"\b(?:antibod|immunogenic|sero(?:conver|protec|preval|positiv)|tit(?:er|re)s?\b|immune response|vaccine response)",
    regex.IGNORECASE,
)
_KINETIC = regex.compile(
    r"\b(?:pharmacokinetic|cmax|tmax|auc|half-life|bioavailab|(?:plasma|serum|blood|urine) (?:drug )?concentrations? of"
    r"|clearance|steady[\s-]state)",
    regex.IGNORECASE,
)
_DYNAMIC = regex.compile(
    r"\b(?:pharmacodynamic|cortisol|insulin|interleukin|IL-\d|TNF|cytokine|biomarker|markers?|leptin|adiponectin|hormone"
    r"|expression|ferritin|oxidative|gene|protein)\b",
    regex.IGNORECASE,
)
_OTHER = regex.compile(
    r"\b(?:costs?|cost-effectiveness|compliance|adherence|usability|satisfaction|feasibility"
    r"|length of (?:hospital )?stay|consultations?)\b",
    regex.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Known:
    """A well-known outcome."""

    code: str
    kind: EndpointKind


@cache
def _known() -> tuple[dict[str, Known], regex.Pattern[str]]:
    table = {r["name"]: Known(r["code"], r["kind"]) for r in rows("endpoints")}  # type: ignore[arg-type]
    parts = [r["name"] for r in rows("endpoints") if r["match"] == "part"]
    return table, regex.compile(rf"(?<![\w-]){alternation(parts)}(?![\w-])", regex.IGNORECASE)


# the names of one text are asked for again and again
_KEPT = 4096
_WORD = regex.compile(r"[a-z0-9]+")
_BLANKS = regex.compile(r"\s+")


@lru_cache(maxsize=_KEPT)
def endpoint_words(text: str) -> frozenset[str]:
    """The words that tell an outcome from another: no function words, no plural s.

    >>> sorted(endpoint_words("Levels of the plasma lipids"))
    ['lipid', 'plasma']
    """
    words = _WORD.findall(text.lower())
    return frozenset(w[:-1] if len(w) > 3 and w.endswith("s") else w for w in words if w not in _STOPS)


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice coefficient of two sets of words."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def endpoint_name(text: str) -> str:
    """The tight name in a phrase: without articles, statistics, directions and abbreviations in brackets.

    >>> endpoint_name("the mean change in Systolic blood pressure (SBP) and")
    'systolic blood pressure'
    """
    plain = _BLANKS.sub(" ", text).strip()
    cut = _ABBREVIATED.sub("", plain)
    plain = cut if cut.strip() else plain
    plain = _TAIL.sub("", _closed(plain))
    lead = _LEAD.match(plain)
    if lead and endpoint_words(plain[lead.end() :]):
        plain = plain[lead.end() :]
    plain = plain.strip(" ,;:.'\"‘’“”-–")
    first = plain.split(" ")[0] if plain else ""
    # a capital at the start of a sentence; "HbA1c" and "LDL" keep theirs
    second = plain[len(first) + 1 : len(first) + 2]
    return plain[:1].lower() + plain[1:] if first[1:].islower() and not second.isupper() else plain


def _closed(text: str) -> str:
    """`text` up to a bracket that nothing closes, and without one that nothing opens."""
    if text.count("(") > text.count(")"):
        text = text[: text.rfind("(")]
    return text.replace(")", "") if text.count(")") > text.count("(") else text


_LASTING = regex.compile(r"(?:median\s)?duration\sof\s", regex.IGNORECASE)


def is_lasting(name: str) -> bool:
    """Whether a name tells how long something lasts."""
    return _LASTING.match(name) is not None


@lru_cache(maxsize=_KEPT)
def known_endpoint(name: str) -> Known | None:
    """The well-known outcome that a name is or contains.

    >>> known_endpoint("change in HbA1c").code, known_endpoint("survival").code, known_endpoint("graft survival")
    ('HBA1C', 'OS', None)
    """
    table, pattern = _known()
    whole = table.get(_BLANKS.sub(" ", name.lower()).strip())
    if whole:
        return whole
    matches = list(pattern.finditer(name))
    # how long a benefit lasts is another outcome than whether there is one
    if matches and _LASTING.match(name) and matches[0].start() > 0:
        return None
    found = [m[0] for m in matches]
    # the last one is the head: "death or progression-free survival"; several heads name a composite
    codes = {table[_BLANKS.sub(" ", f.lower())].code for f in found}
    return table[_BLANKS.sub(" ", found[-1].lower())] if len(codes) == 1 else None


def endpoint_code(name: str) -> str | None:
    """The short code of a well-known outcome, or None."""
    known = known_endpoint(name)
    return known.code if known else None


@lru_cache(maxsize=_KEPT)
def endpoint_kind(name: str) -> EndpointKind:
    """What kind of outcome a name is; efficacy where nothing says otherwise."""
    known = known_endpoint(name)
    if known and known.kind != "efficacy":
        return known.kind
    by_word: tuple[tuple[regex.Pattern[str], EndpointKind], ...] = (
        (_SAFETY, "safety"), (_IMMUNE, "immunogenicity"), (_KINETIC, "pharmacokinetic"), (_OTHER, "other"),
    )  # fmt: skip
    for pattern, kind in by_word:
        if pattern.search(name):
            return kind
    if known:
        return known.kind
    return "pharmacodynamic" if _DYNAMIC.search(name) else "efficacy"
