"""Finds diseases and states by a grammar: a head ("cancer", "-itis", "failure") with the modifiers before it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from trialmine.lexicon.occurrences import lowered
from trialmine.lexicon.tables import rows
from trialmine.records.article import Entity

_WORD = regex.compile(r"\w+(?:[-‐‑]\w+)*(?:['’]s?\b)?")
# adjectives that no list can hold: "nephrogenic", "ulcerative", "cutaneous"
_ADJECTIVE = regex.compile(r"[a-z-]{3,}(?:ic|al|ary|ous|ular|oid|ive|ine|iac|eal|oral|ional|emic|otic)")
_CAPITALS = regex.compile(r"[A-Z][A-Z0-9]{1,6}")
_MAX_MODIFIERS = 6
_KEPT = 50_000  # words; 100 bytes each


class _Word(NamedTuple):
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class _Lists:
    alone: frozenset[str]
    capitals: frozenset[str]
    bound: dict[str, frozenset[str]]
    suffixes: tuple[str, ...]
    before: frozenset[str]
    inside: frozenset[str]
    after: frozenset[str]
    never: frozenset[str]


@cache
def _lists() -> _Lists:
    heads, modifiers = rows("disease_heads"), rows("disease_modifiers")
    place = {
        p: frozenset(m["word"] for m in modifiers if m["place"] == p) for p in ("before", "inside", "after", "never")
    }
    return _Lists(
        alone=frozenset(h["head"] for h in heads if h["use"] == "alone"),
        capitals=frozenset(h["head"] for h in heads if h["use"] == "capitals"),
        bound={h["head"]: frozenset((h["with"] or "").split()) for h in heads if h["use"] == "bound"},
        suffixes=tuple(h["head"] for h in heads if h["use"] == "suffix"),
        before=place["before"] | place["inside"],
        inside=place["inside"],
        after=place["after"],
        never=place["never"],
    )


def find_conditions(text: str) -> list[Entity]:
    """Diseases, symptoms and states of a clean text, in text order, with the modifiers that belong to their names.

    >>> [e.text for e in find_conditions("patients with metastatic renal cell carcinoma or type 2 diabetes mellitus")]
    ['metastatic renal cell carcinoma', 'type 2 diabetes mellitus']
    """
    small = lowered(text).replace("’", "'")
    words = [_Word(start, end, small[start:end]) for start, end in (m.span() for m in _WORD.finditer(text))]
    lists, found, i = _lists(), list[Entity](), 0
    while i < len(words):
        if _kind(words[i].text) is None or _head_kind(words[i].text, text[words[i].start : words[i].end]) is None:
            i += 1
            continue
        last = _last_head(text, words, i, lists)
        first = _first_modifier(text, words, i, lists, found[-1].end if found else 0)
        if _is_disease(words, first, last, lists):
            start, end = words[first].start, words[last].end
            found.append(Entity(start, end, "DISEASE", text[start:end], name=text[start:end].lower(), source="rule"))
        i = last + 1
    return found


def _head_kind(word: str, surface: str) -> str | None:
    kind = _kind(word)
    if kind == "capitals":
        # short forms are words too: "aids"
        return "alone" if _CAPITALS.fullmatch(surface) else None
    return kind


@lru_cache(maxsize=_KEPT)
def _kind(word: str) -> str | None:
    lists = _lists()
    bare = word.rpartition("-")[2] if "-" in word else word
    if word in lists.never or bare in lists.never:
        return None
    if word in lists.alone or bare in lists.alone:
        return "alone"
    if word in lists.capitals:
        return "capitals"
    if word in lists.bound:
        return "bound"
    return "alone" if len(bare) > 6 and bare.endswith(lists.suffixes) else None


def _adjoins(text: str, left: _Word, right: _Word) -> bool:
    gap = text[left.end : right.start]
    return gap in (" ", "\n", "-", "/ ", "/") or gap.isspace()


def _last_head(text: str, words: list[_Word], i: int, lists: _Lists) -> int:
    # "diabetes mellitus", "kidney cancer pain", "asthma attacks": heads in a row are one name
    last = i
    while last + 1 < len(words) and _adjoins(text, words[last], words[last + 1]):
        following = words[last + 1]
        surface = text[following.start : following.end]
        if (
            following.text in lists.after
            or _is_viral_type(words[last], surface)
            or (_head_kind(following.text, surface) == "bound" and not lists.bound[following.text])
            or _head_kind(following.text, surface) == "alone"
        ):
            last += 1
        else:
            break
    return last


def _is_viral_type(head: _Word, surface: str) -> bool:
    return head.text == "hepatitis" and surface in ("A", "B", "C", "D", "E")


def _first_modifier(text: str, words: list[_Word], i: int, lists: _Lists, floor: int) -> int:
    first = i
    while first > 0 and i - first < _MAX_MODIFIERS and words[first - 1].start >= floor:
        if not _adjoins(text, words[first - 1], words[first]) or not _modifies(words[first - 1].text, lists):
            break
        first -= 1
    while first < i and words[first].text in lists.inside:
        first += 1
    return first


def _modifies(word: str, lists: _Lists) -> bool:
    # "Wegener's", "Crohn's": an eponym is no adjective and in no list
    if word in lists.before or word.endswith("'s"):
        return word not in lists.never
    return word not in lists.never and _ADJECTIVE.fullmatch(word) is not None


def _is_disease(words: list[_Word], first: int, last: int, lists: _Lists) -> bool:
    if first < last or words[last].text not in lists.bound:
        head = words[last].text
        wanted = lists.bound.get(head, frozenset())
        return not wanted or any(w.text in wanted for w in words[first:last])
    return False
