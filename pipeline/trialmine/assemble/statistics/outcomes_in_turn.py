"""Outcomes named in a row, with as many numbers behind: "sleep and naps lasted 6 and 2 hours"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

import regex

from trialmine.assemble.statistics.candidates import Candidate
from trialmine.assemble.statistics.compared import VERSUS
from trialmine.assemble.statistics.result import COMPARISONS, Result
from trialmine.records.article import Article, Block, Reference

# what stands between the members of a list of outcomes
_JOINT = regex.compile(
    r"\s?(?:[(\[][^()\[\]\d]{1,30}[)\]])?\s?(?:(?:rates?|scores?|levels?|values?)\s)?(?:,\s?(?:and\s)?|and\s|or\s|&\s|/)(?:[\w-]+\s){0,2}",
    regex.IGNORECASE,
)
_FEWEST = 2


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
        parts = list(_parts(article.text, members))
        size, sentence = len(parts[0]), members[0].sentence
        if size < _FEWEST or any(len(part) != size for part in parts):
            continue
        since = max((end for end in ends if end <= members[0].at), default=0)
        row = _last_row(article.text, endpoints.within(max(since, sentence.start), members[0].at))
        if len(row) != size or len({r.id for r in arms.within(sentence.start, sentence.end)}) == size:
            continue
        yield from ((a.at, e) for part in parts for a, e in zip(part, row, strict=True))


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
