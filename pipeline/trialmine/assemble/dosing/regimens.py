"""Short names of several drugs together: "FEC (fluorouracil, epirubicin, cyclophosphamide)", "SFC" for A/B, "CMF"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

import regex

from trialmine.lexicon import tables
from trialmine.lexicon.occurrences import occurrences
from trialmine.lexicon.pattern import Pattern
from trialmine.records.article import Article, Block, Reference

Span = tuple[int, int]
Places = Mapping[str, Sequence[Span]]
"""Where each drug is named, by its id."""

SHORT = Pattern(
    "regimen.short",
    r"(?<![\p{L}\d])(?-i:(?P<name>\p{Lu}[\p{Lu}/-]{1,9}))\d{0,3}(?![\p{L}\d])",
    hits=("treated with FEC100", "FOLFIRI plus drug", "six cycles of CMF"),
    misses=("drug A was", "Folate"),
)
PATTERNS = (SHORT,)

_OPENS = regex.compile(
    r"\s?\d{0,3}\s*[(\[:]|\s*(?:regimen\s+|chemotherapy\s+)?(?:consist\w+|compris\w+|is|was|contain\w+)\s"
)
_ASIDE = regex.compile(r"\([^()]*\)|\[[^\]]*\]")
_LIST = regex.compile(r"^(?:[^.;()]|\.\d){0,90}$")
# "PFS was 6 months with tea", "ORR (32% with tea vs 25% with milk": an outcome consists of no drugs
_OF_RESULT = regex.compile(
    r"\b(?:with|for|in|on|among|than|versus|vs|between|not|higher|lower|longer|greater|similar|after)\b|%", regex.I
)
_OF_GROUPS = regex.compile(r"\b(?:versus|vs|compared|than)\b|%", regex.I)
_BEFORE_NAME, _BEHIND_NAME = regex.compile(r"(?<![\p{L}\d])"), regex.compile(r"(?!\p{L})")
_ONE_ARM = regex.compile(r"(?:(?!\b(?:or|versus|vs)\b|[;:]|\.\s).)*", regex.I)
_BEFORE_LABEL = 170  # characters in which the drugs stand before a label of their initials
_LONGEST = 260  # characters from a short name to the last drug of its list


def find_regimens(article: Article, places: Places) -> dict[str, tuple[str, ...]]:
    """Short names with the ids of the two or more drugs that each stands for."""
    found: dict[str, tuple[str, ...]] = {}
    ordered = sorted((start, end, id_) for id_, spans in places.items() for start, end in spans)
    for short, long_form in article.abbreviations.items():
        ids = _named_in(article.text, ordered, long_form)
        if len(ids) > 1 and regex.search(r"[/+–-]|\band\b|\bplus\b", long_form):
            found[short] = ids
    written = {id_: {article.text[s:e].lower() for s, e in spans} for id_, spans in places.items()}
    for m in SHORT.find(article.text):
        name = m["name"]
        if name in found or any(s < m.end() and m.start() < e and e - s > len(name) for s, e, _ in ordered):
            continue
        ids = (
            _listed(article.text, ordered, m.end())
            or _labelled(article.text, ordered, m.start(), name)
            or _spelled(written, name)
        )
        if len(ids) > 1:
            found[name] = ids
    return found


def with_regimens(article: Article, interventions: Block) -> Block:
    """The interventions with a reference to every drug of a regimen wherever its short name stands."""
    places: dict[str, list[Span]] = {}
    for r in interventions.references:
        places.setdefault(r.id, []).append((r.start, r.end))
    more = [Reference(start, end, id_) for start, end, ids in uses(article, places) for id_ in ids]
    if not more:
        return interventions
    taken = {(r.start, r.end) for r in interventions.references}
    more = [r for r in more if (r.start, r.end) not in taken]
    return Block(
        interventions.rows, tuple(sorted((*interventions.references, *more), key=lambda r: (r.start, -r.end, r.id)))
    )


def uses(article: Article, places: Places) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Every place of a short name of several drugs, with the ids of these."""
    for name, ids in find_regimens(article, places).items():
        for start, end in occurrences(article.text, name, before=_BEFORE_NAME, behind=_BEHIND_NAME):
            yield start, end, ids


def _named_in(text: str, ordered: Sequence[tuple[int, int, str]], long_form: str) -> tuple[str, ...]:
    at = text.find(long_form)
    inside = [id_ for s, e, id_ in ordered if at <= s and e <= at + len(long_form)] if at >= 0 else []
    return tuple(dict.fromkeys(inside))


def _listed(text: str, ordered: Sequence[tuple[int, int, str]], end: int) -> tuple[str, ...]:
    """The drugs that a bracket, a colon or "consisted of" lists behind the name."""
    opens = _OPENS.match(text, end)
    if not opens:
        return ()
    ids: list[str] = []
    last = opens.end()
    for s, e, id_ in ordered:
        if s < opens.end() or s - end > _LONGEST:
            continue
        gap = _ASIDE.sub("", text[last:s])
        if not _LIST.match(gap) or (_OF_GROUPS if ids else _OF_RESULT).search(gap):
            break
        ids.append(id_)
        last = e
    return tuple(dict.fromkeys(ids))


def _labelled(text: str, ordered: Sequence[tuple[int, int, str]], start: int, name: str) -> tuple[str, ...]:
    """The drugs right before a bracket that opens with their initials: "tea 5 mg plus milk 3 mL (TM arm)"."""
    if not text[:start].endswith(("(", "[")):
        return ()
    letters = [ch.lower() for ch in name if ch.isalpha()]
    before = [(s, e, id_) for s, e, id_ in ordered if start - _BEFORE_LABEL < s and e < start][-len(letters) :]
    ids = tuple(dict.fromkeys(id_ for _, _, id_ in before))
    if len(ids) < len(letters) or sorted(letters) != sorted(text[s].lower() for s, _, _ in before):
        return ()
    return ids if _ONE_ARM.fullmatch(_ASIDE.sub("", text[before[0][1] : start])) else ()


def _spelled(written: Mapping[str, Set[str]], name: str) -> tuple[str, ...]:
    """The drugs whose letters spell the name, if every letter has one of its own; they go by what is `written`."""
    if len(name) <= 2:
        return ()
    letters = tables.mapping("regimen_letters", "letter", "drugs")
    ids: list[str] = []
    for letter in name:
        drugs = letters.get(letter.lower(), letters.get(letter, "")).split()
        own = [id_ for id_, names in written.items() if id_ not in ids and any(d in n for n in names for d in drugs)]
        if len(own) != 1:
            return ()
        ids.append(own[0])
    return tuple(ids)
