"""Words that were split, hyphenated at a line end, or lost a ligature, repaired against a list of printed words."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

from trialmine.clean.repair import Repair, to
from trialmine.clean.view import WORD, Hints, view
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import rows
from trialmine.lexicon.words import word_list
from trialmine.records.document import Edit

# small words that stand beside everything: "a part", "in to", "be cause" must not make words
_FUNCTION_WORDS = (
    "a an the of in on at to for by with from and or nor but as is are was were be been has had have not no it "
    "its this that than then if we our he she his her they them who all any per non up out off over under into "
    "onto each both more most some such one two three four five six seven eight nine ten vs so do did may can i "
    "ii iii iv "
)
_FUNCTION = frozenset(_FUNCTION_WORDS.split())
KNOWN = 5  # a word counted so often is a word
_COMMON = 1000


class Token(NamedTuple):
    """A run of letters, in lower case too, and how often the list knows it."""

    start: int
    end: int
    low: str
    known: int


@lru_cache(maxsize=4)
def tokens(text: str) -> tuple[Token, ...]:
    """All runs of letters with their places and counts."""
    known = word_list().words
    return tuple(Token(m.start(), m.end(), low := m[0].lower(), known.get(low, 0)) for m in WORD.finditer(text))


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    """Words that are printed, and single letters."""
    return frozenset(w for w, n in word_list().words.items() if n >= KNOWN) | frozenset("abcdefghijklmnopqrstuvwxyz")


@lru_cache(maxsize=1)
def _drugs() -> frozenset[str]:
    """Drug names of one long word: rare names are missing from any list of printed words."""
    data = files("trialmine.lexicon").joinpath("drugs.tsv.gz").read_bytes()
    names = WORD.findall(gzip.decompress(data).decode("utf-8").lower())
    return frozenset(w for w in names if len(w) >= 8)


def _is_own(word: str, text: str) -> bool:
    """A long word of the text itself: a name that stands whole in one place mends its split copy."""
    return len(word) >= 7 and word in view(text).vocabulary


@lru_cache(maxsize=4)
def _strange(text: str) -> frozenset[str]:
    """Words of the text that are hardly ever printed."""
    return view(text).vocabulary - _common()


def _count(word: str, text: str) -> int:
    return word_list().count(word) or (KNOWN if _is_own(word, text) or word in _drugs() else 0)


@lru_cache(maxsize=4)
def sure_splits(text: str) -> tuple[tuple[Token, ...], ...]:
    """Neighbours of which one is no word, and that together are one."""
    if not _may_be_split(text):
        return ()
    found: list[tuple[Token, ...]] = []
    row = tokens(text)
    near = sorted({i - back for i, t in enumerate(row) if t.known < KNOWN for back in range(3) if i >= back})
    done = 0
    for at in near:
        run = _sure_run(text, row, at) if at >= done else ()
        if run:
            found.append(run)
            done = at + len(run)
    return tuple(found)


def _may_be_split(text: str) -> bool:
    """A quick look, without places: does any unknown word make a word with a neighbour?"""
    strange = _strange(text)
    if not strange:
        return False
    row, known, drugs = view(text).words, word_list().words, _drugs()
    for i, word in enumerate(row):
        if word in strange:
            left, right = row[i - 1] if i else "", row[i + 1] if i + 1 < len(row) else ""
            third = row[i + 2] if i + 2 < len(row) else ""
            wholes = (left + word, word + right, left + word + right, word + right + third)
            if any(w != word and (w in known or w in drugs or _is_own(w, text)) for w in wholes):
                return True
    return False


def _sure_run(text: str, row: tuple[Token, ...], at: int) -> tuple[Token, ...]:
    for n in (3, 2):
        run = row[at : at + n]
        # a rare fragment may itself be in the list, as a typing error or an author's name
        rare = min((t.known for t in run), default=KNOWN)
        if len(run) < n or rare >= KNOWN or not _side_by_side(text, run):
            continue
        joined = _count("".join(t.low for t in run), text)
        if joined >= KNOWN and sum(len(t.low) for t in run) >= 6:
            return run
    return ()


def _side_by_side(text: str, run: tuple[Token, ...]) -> bool:
    for a, b in pairwise(run):
        if (
            b.start != a.end + 1
            or text[a.end] != " "
            or not text[b.start].islower()
            or (len(a.low) > 1 and text[a.start : a.end].isupper())
        ):
            return False
        if (len(a.low) == 1 and (a.known or b.known)) or (
            len(b.low) == 1 and (a.known or text[b.end : b.end + 1] == ".")
        ):
            return False
    return True


def _joins(runs: Sequence[tuple[Token, ...]], confidence: float, reason: str) -> Iterator[Edit]:
    for run in runs:
        for a, b in pairwise(run):
            yield Edit(a.end, b.start, " ", "", "splitword.join", confidence, reason)


def clear_splits(text: str) -> Iterator[Edit]:
    """Splits that stand out in a text without other noise: the whole word is common, the parts are none."""
    runs = [
        run for run in sure_splits(text)
        if _count("".join(t.low for t in run), text) >= 50 and all(t.known < KNOWN and len(t.low) > 2 for t in run)
    ]  # fmt: skip
    yield from _joins(runs, 0.9, "together a word, apart none")


def splits(text: str) -> Iterator[Edit]:
    """All splits, in a text that shows it is split: also of words whose parts are words ("there fore")."""
    runs = sure_splits(text)
    yield from _joins(runs, 0.9, "together a word, apart none")
    taken = {t.start for run in runs for t in run}
    row = tokens(text)
    at = 0
    while at < len(row) - 1:
        a, b = row[at], row[at + 1]
        if a.start not in taken and b.start not in taken and _side_by_side(text, (a, b)) and _likelier_whole(a, b):
            yield Edit(
                a.end, b.start, " ", "", "splitword.join", 0.75, "printed as one word far more often than as two"
            )
            at += 1
        at += 1


def _likelier_whole(a: Token, b: Token) -> bool:
    if len(a.low) < 2 or len(b.low) < 2:
        return False
    joined, pair = word_list().count(a.low + b.low), word_list().pair_count(a.low, b.low)
    if a.low in _FUNCTION or b.low in _FUNCTION:
        # "can cer", "as signed": a common word, and two that are never printed side by side
        return joined >= _COMMON and not pair and 5 * min(a.known, b.known) < joined
    return joined >= 20 and joined > 10 * pair and min(a.known, b.known) < 0.5 * joined


_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")


def ligatures(text: str) -> Iterator[Edit]:
    """Words that are none until one lost ligature is put back: "signicant", "ecacy"."""
    for token in lost_ligatures(text):
        whole = _without_ligature()[token.low]
        shared = next((i for i, (a, b) in enumerate(zip(token.low, whole, strict=False)) if a != b), len(token.low))
        at = min(shared, len(token.low) - 1)
        start, before = token.start + at, text[token.start + at]
        lost = whole[at : len(whole) - (len(token.low) - at)] if shared < len(token.low) else ""
        after = lost + before if shared < len(token.low) else before + whole[len(token.low) :]
        if before.isupper():
            after = after.capitalize()
        yield Edit(start, start + 1, before, after, "ligature.lost", 0.9, "a word only with the lost ligature")


def lost_ligatures(text: str) -> list[Token]:
    """Words that are none, and that a ligature would mend."""
    mended = _without_ligature()
    if mended.keys().isdisjoint(_strange(text)):
        return []
    return [t for t in tokens(text) if t.low in mended and text[t.start + 1 : t.end].islower()]


@lru_cache(maxsize=1)
def _without_ligature() -> dict[str, str]:
    """Common words by what is left of them when one ligature is lost, where that is no word and means one only."""
    known = word_list().words
    found: dict[str, dict[str, int]] = {}
    for word, n in known.items():
        for lost in _LIGATURES if n >= 30 else ():
            at = word.find(lost)
            while at >= 0:
                rest = word[:at] + word[at + len(lost) :]
                if len(rest) >= 4 and rest not in known:
                    found.setdefault(rest, {})[word] = n
                at = word.find(lost, at + 1)
    best = {rest: sorted(whole.items(), key=lambda w: -w[1]) for rest, whole in found.items()}
    return {rest: w[0][0] for rest, w in best.items() if len(w) == 1 or w[0][1] > 20 * w[1][1]}


WRAP = Pattern(
    "hyphenwrap.join",
    r"(?<=(?P<a>\p{L}{1,40}))-(?P<gap>[\ \t]*\r?\n[\ \t]*|\ )(?=(?P<b>\p{L}{2,40}))",
    hits=("adminis-\ntered", "adminis- tered"),
    misses=("well-known", "1-\n2"),
)
WRAP_NUMBER = Repair(
    Pattern("hyphenwrap.line", r"(?<=\w-)[\ \t]*\r?\n[\ \t]*(?=\d)", ("IL-\n21",), ("x\n21",)),
    to(""),
    "line broken at a hyphen",
    0.9,
    hints=Hints(cue="line_hyphen"),
)
_JOINT = frozenset(["and", "or", "to", "nor", "versus", "vs", "und", "et", "oder", "but", "as", "in", "of", "with"])


def hyphen_wraps(text: str) -> Iterator[Edit]:
    """Words hyphenated at a line end; the hyphen stays where it is part of the word ("double-\\nblind")."""
    for m in WRAP.find(text):
        a, b = m["a"].lower(), m["b"].lower()
        if b in _JOINT or (not m["b"][0].islower() and "\n" not in m["gap"]):
            continue
        whole = _count(a + b, text)
        parts = (word_list().count(a), word_list().count(b))
        apart = "\n" not in m["gap"] or whole < 5 * word_list().pair_count(a, b)
        if whole >= KNOWN and (min(parts) < KNOWN or whole > min(parts) or not apart):
            after = ""
        elif "\n" not in m["gap"]:
            continue
        else:
            after = "" if m["b"].islower() and min(parts) < KNOWN and f"{a}-{b}" not in text.lower() else "-"
        yield Edit(m.start(), m.end(), m[0], after, WRAP.name, 0.9, "word hyphenated at a line end")


def compounds(text: str) -> Iterator[Edit]:
    """Compounds that lost their hyphen: "onesided", "oncedaily"."""
    listed = _compounds()
    for t in tokens(text) if not listed.keys().isdisjoint(view(text).vocabulary) else ():
        whole = listed.get(t.low)
        if whole:
            at = whole.index("-")
            before = text[t.start + at - 1]
            yield Edit(
                t.start + at - 1, t.start + at, before, before + "-", "hyphen.lost", 0.95, "compound without its hyphen"
            )


@lru_cache(maxsize=1)
def _compounds() -> dict[str, str]:
    return {row["whole"].replace("-", ""): row["whole"] for row in rows("compounds")}


PATTERNS = (WRAP, WRAP_NUMBER.pattern)
