"""Outcomes named in a row, with as many numbers behind: "sleep and naps lasted 6 and 2 hours"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.compared import VERSUS
from trialmine.assemble.statistics.result import COMPARISONS, Result
from trialmine.assemble.statistics.runs_of_arms import runs_of_arms
from trialmine.records.article import Article, Block, Reference

# what stands between the members of a list of outcomes
_JOINT = regex.compile(
    r"\s?(?:[(\[][^()\[\]\d]{1,30}[)\]])?\s?(?:(?:rates?|scores?|levels?|values?)\s)?(?:,\s?(?:and\s)?|and\s|or\s|&\s|/)(?:[\w-]+\s){0,2}",
    regex.IGNORECASE,
)
_FEWEST = 2
_SLASH = regex.compile(r"\s?/\s?")


def outcomes_in_turn(
    article: Article, results: Sequence[Result], endpoints: Block, arms: Block
) -> Iterator[tuple[int, str]]:
    """Places of numbers with the id of the outcome that each is of, by their order.

    Where the sentence names as many arms as outcomes, the numbers may be of one arm each, and nothing is said.
    """
    numbers = [r.number for r in results if r.number is not None and r.measure not in COMPARISONS]
    ends = sorted(r.number.end for r in results if r.number is not None)
    for _, group in groupby(numbers, key=lambda a: a.group):
        members = list(group)
        parts, slashed = _slash_pairs(article.text, members), True
        if not parts:
            parts, slashed = list(_parts(article.text, members)), False
        size, sentence = len(parts[0]), members[0].sentence
        if size < _FEWEST or any(len(part) != size for part in parts):
            continue
        since = max((end for end in ends if end <= members[0].at), default=0)
        row = _last_row(article.text, endpoints.within(max(since, sentence.start), members[0].at))
        as_many_arms = not slashed and len({r.id for r in arms.within(sentence.start, sentence.end)}) == size
        if len(row) != size or as_many_arms:
            continue
        yield from ((a.at, e) for part in parts for a, e in zip(part, row, strict=True))
    yield from _in_runs(article.text, sorted(numbers, key=lambda a: a.at), ends, endpoints, arms)


def _in_runs(
    text: str, numbers: Sequence[Candidate], ends: Sequence[int], endpoints: Block, arms: Block
) -> Iterator[tuple[int, str]]:
    """ "sleep and naps lasted 6 and 2 hours with tea and 5 and 1 with water": each run has the outcomes' order."""
    for runs in runs_of_arms(text, numbers, arms):
        first = runs[0][0][0]
        since = max((end for end in ends if end <= first.at), default=0)
        row = _last_row(text, endpoints.within(max(since, first.sentence.start), first.at))
        if len(row) == len(runs[0][0]):
            yield from ((a.at, e) for run, _ in runs for a, e in zip(run, row, strict=True))


_RESPECTIVELY = regex.compile(r"[^.;\d]{0,40}?\brespectively\b", regex.IGNORECASE)


def of_the_same_order(text: str, results: Sequence[Result]) -> dict[int, str]:
    """ "sleep rose by 2 and thirst by 3 with tea versus 1 and 2, respectively": the second group's have that order.

    Args:
        text: the text that was read.
        results: the results with their outcomes, in text order.

    Returns:
        the outcomes of the numbers of such lists, by their places.
    """
    rows = [r for r in results if r.number is not None and r.measure not in COMPARISONS]
    found: dict[int, str] = {}
    for i, j in _lists(text, rows):
        size = j - i
        first, last = rows[i].number, rows[j - 1].number
        before = rows[i - size : i] if i >= size else []
        if size < _FEWEST or first is None or last is None or not before:
            continue
        ends = [r.number for r in before if r.number is not None and r.number.sentence == first.sentence]
        own = [r.endpoint for r in before]
        if len(ends) != size or None in own or len(set(own)) != size:
            continue
        if VERSUS.search(text, ends[-1].end, first.at) and _RESPECTIVELY.match(text, last.end):
            found |= {r.at: e for r, e in zip(rows[i:j], own, strict=True) if e}
    return found


def _lists(text: str, rows: Sequence[Result]) -> Iterator[tuple[int, int]]:
    """From where to where the lists go that nothing is set against."""
    start = 0
    for i in range(1, len(rows) + 1):
        a, b = rows[i - 1].number, rows[i].number if i < len(rows) else None
        if a is None or b is None or a.group != b.group or VERSUS.search(text, a.end, b.start):
            yield start, i
            start = i


def _slash_pairs(text: str, members: Sequence[Candidate]) -> list[list[Candidate]]:
    """ "20/12 and 15/8 mm Hg": the upper and the lower pressure of each pair, where a list consists of pairs alone."""
    if len(members) % _FEWEST:
        return []
    pairs = [list(members[i : i + _FEWEST]) for i in range(0, len(members), _FEWEST)]
    return pairs if all(_SLASH.fullmatch(text, a.number_end, b.at) for a, b in pairs) else []


def _parts(text: str, members: Sequence[Candidate]) -> Iterator[list[Candidate]]:
    """A list cut where its numbers are set against others."""
    part = [members[0]]
    for a, b in pairwise(members):
        if VERSUS.search(text, a.end, b.start):
            yield part
            part = []
        part.append(b)
    yield part


def _last_row(text: str, references: Sequence[Reference]) -> list[str]:
    """The outcomes of the references that end the stretch with nothing but commas between."""
    row = list(references[-1:])
    for r in reversed(references[:-1]):
        if not _JOINT.fullmatch(text, r.end, row[0].start):
            break
        row.insert(0, r)
    ids = [r.id for r in row]
    return ids if len(set(ids)) == len(ids) else []
