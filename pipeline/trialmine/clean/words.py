"""Words that were split, hyphenated at a line end, or lost a ligature, repaired against a list of printed words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from trialmine.clean.repair import Repair
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.tables import rows
from trialmine.lexicon.words import word_list
from trialmine.records.document import Edit

_WORD = regex.compile(r"[^\W\d_]+")
# small words that stand beside everything: "a part", "in to", "be cause" must not make words
_FUNCTION = frozenset(
    "a an the of in on at to for by with from and or nor but as is are was were be been has had have not no it its this that than "
    "then if we our he she his her they them who all any per non up out off over under into onto each both more most some such "
    "one two three four five six seven eight nine ten vs so do did may can i ii iii iv".split()
)
KNOWN = 5  # a word counted so often is a word


class Token(NamedTuple):
    """A run of letters, in lower case too, and how often the lists know it."""

    start: int
    end: int
    low: str
    count: int


@lru_cache(maxsize=8)
def tokens(text: str) -> tuple[Token, ...]:
    """All runs of letters with their counts."""
    known = word_list().words
    return tuple(Token(m.start(), m.end(), low := m[0].lower(), known.get(low, 0)) for m in _WORD.finditer(text))


@lru_cache(maxsize=8)
def _own(text: str) -> frozenset[str]:
    """Long words of the text itself: a name that stands whole in one place mends its split copy."""
    return frozenset(t.low for t in tokens(text) if len(t.low) >= 7)


def _count(word: str, text: str) -> int:
    return word_list().count(word) or (KNOWN if word in _own(text) else 0)


def sure_splits(text: str) -> list[tuple[Token, ...]]:
    """Neighbours of which one is no word, and that together are one."""
    found: list[tuple[Token, ...]] = []
    row = tokens(text)
    at = 0
    while at < len(row) - 1:
        run = _sure_run(text, row, at)
        found += [run] if run else []
        at += len(run) or 1
    return found


def _sure_run(text: str, row: tuple[Token, ...], at: int) -> tuple[Token, ...]:
    for n in (3, 2):
        run = row[at : at + n]
        if len(run) < n or not _side_by_side(text, run):
            continue
        joined = _count("".join(t.low for t in run), text)
        # a rare fragment may itself be in the list, as a typing error or an author's name
        rare = min(t.count for t in run)
        if joined >= KNOWN and (rare < KNOWN or rare * 2000 < joined) and sum(len(t.low) for t in run) >= 6:
            return run
    return ()


def _side_by_side(text: str, run: tuple[Token, ...]) -> bool:
    for a, b in zip(run, run[1:], strict=False):
        if b.start != a.end + 1 or text[a.end] != " " or not text[b.start].islower() or (len(a.low) > 1 and text[a.start : a.end].isupper()):
            return False
        if len(a.low) == 1 and (a.count or b.count) or len(b.low) == 1 and (a.count or text[b.end : b.end + 1] == "."):
            return False
    return True


def _joins(text: str, runs: list[tuple[Token, ...]], confidence: float, reason: str) -> Iterator[Edit]:
    for run in runs:
        for a, b in zip(run, run[1:], strict=False):
            yield Edit(a.end, b.start, " ", "", "splitword.join", confidence, reason)


def clear_splits(text: str) -> Iterator[Edit]:
    """Splits that stand out in a text without other noise: the whole word is common, the parts are none."""
    runs = [
        run for run in sure_splits(text)
        if _count("".join(t.low for t in run), text) >= 50 and sum(t.count < KNOWN and len(t.low) > 2 for t in run) >= len(run)
    ]  # fmt: skip
    yield from _joins(text, runs, 0.9, "together a word, apart none")


def splits(text: str) -> Iterator[Edit]:
    """All splits, in a text that shows it is split: also of words whose parts are words ("there fore")."""
    runs = sure_splits(text)
    yield from _joins(text, runs, 0.9, "together a word, apart none")
    taken = {t.start for run in runs for t in run}
    row = tokens(text)
    at = 0
    while at < len(row) - 1:
        a, b = row[at], row[at + 1]
        if a.start not in taken and b.start not in taken and _side_by_side(text, (a, b)) and _likelier_whole(a, b):
            yield Edit(a.end, b.start, " ", "", "splitword.join", 0.75, "printed as one word far more often than as two")
            at += 1
        at += 1


def _likelier_whole(a: Token, b: Token) -> bool:
    if a.low in _FUNCTION or b.low in _FUNCTION or len(a.low) < 2 or len(b.low) < 2:
        return False
    joined = word_list().count(a.low + b.low)
    return joined >= 20 and joined > 10 * word_list().pair_count(a.low, b.low) and min(a.count, b.count) < 0.5 * joined


_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")


def ligatures(text: str) -> Iterator[Edit]:
    """Words that are none until one lost ligature is put back: "signicant", "ecacy"."""
    for token in lost_ligatures(text):
        whole = _restored(token.low)
        if whole is None:
            continue
        at = next(i for i in range(len(whole)) if i >= len(token.low) or whole[i] != token.low[i])
        at = min(at, len(token.low) - 1)
        start = token.start + at
        lost = whole[at : len(whole) - (len(token.low) - at)]
        before = text[start]
        after = lost + before if before.islower() or at else lost.capitalize() + before.lower()
        yield Edit(start, start + 1, before, after, "ligature.lost", 0.9, "a word only with the lost ligature")


def lost_ligatures(text: str) -> list[Token]:
    """Unknown words that a ligature would mend."""
    return [t for t in tokens(text) if t.count == 0 and len(t.low) >= 4 and _plain(text, t) and _restored(t.low)]


def _plain(text: str, t: Token) -> bool:
    return text[t.start + 1 : t.end].islower() and text[t.end : t.end + 1] not in ("@", "/")


@lru_cache(maxsize=4096)
def _restored(word: str) -> str | None:
    known = word_list().words
    found = {
        whole: known[whole]
        for at in range(len(word) + 1)
        for lost in _LIGATURES
        if (whole := word[:at] + lost + word[at:]) in known
    }
    ranked = sorted(found.items(), key=lambda f: -f[1])
    if not ranked or ranked[0][1] < 30 or (len(ranked) > 1 and ranked[1][1] * 20 > ranked[0][1]):
        return None
    return ranked[0][0]


WRAP = Pattern(
    "hyphenwrap.join",
    r"(?<=(?P<a>\p{L}{1,40}))-(?P<gap>[\ \t]*\r?\n[\ \t]*|\ )(?=(?P<b>\p{L}{2,40}))",
    hits=("adminis-\ntered", "adminis- tered"),
    misses=("well-known", "1-\n2"),
)
WRAP_NUMBER = Repair(
    Pattern("hyphenwrap.line", r"(?<=\w-)[\ \t]*\r?\n[\ \t]*(?=\d)", ("IL-\n21",), ("x\n21",)),
    lambda m: "",
    "line broken at a hyphen",
    0.9,
    hints=("-\n", "-\r", "- \n"),
)
_JOINT = frozenset("and or to nor versus vs und et oder but as in of with".split())


def hyphen_wraps(text: str) -> Iterator[Edit]:
    """Words hyphenated at a line end; the hyphen stays where it is part of the word ("double-\\nblind")."""
    if "-\n" not in text and "- " not in text and "-\r" not in text:
        return
    for m in WRAP.find(text):
        a, b = m["a"].lower(), m["b"].lower()
        if b in _JOINT or not m["b"][0].islower() and "\n" not in m["gap"]:
            continue
        whole = _count(a + b, text)
        parts = (word_list().count(a), word_list().count(b))
        if whole >= KNOWN and (min(parts) < KNOWN or whole > min(parts)):
            after = ""
        elif "\n" not in m["gap"]:
            continue
        else:
            after = "" if m["b"].islower() and min(parts) < KNOWN and f"{a}-{b}" not in text.lower() else "-"
        yield Edit(m.start(), m.end(), m[0], after, WRAP.name, 0.9, "word hyphenated at a line end")


def compounds(text: str) -> Iterator[Edit]:
    """Compounds that lost their hyphen: "onesided", "oncedaily"."""
    listed = _compounds()
    for t in tokens(text):
        whole = listed.get(t.low)
        if whole:
            at = whole.index("-")
            before = text[t.start + at - 1]
            yield Edit(t.start + at - 1, t.start + at, before, before + "-", "hyphen.lost", 0.95, "compound without its hyphen")


@lru_cache(maxsize=1)
def _compounds() -> dict[str, str]:
    return {row["whole"].replace("-", ""): row["whole"] for row in rows("compounds")}


PATTERNS = (WRAP, WRAP_NUMBER.pattern)
