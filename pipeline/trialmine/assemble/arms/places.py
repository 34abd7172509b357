"""Every place that speaks of one arm alone: besides its drugs and label, what its group is called for short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.sizes import Place, arm_places
from trialmine.lexicon.occurrences import lowered, occurrences
from trialmine.records.article import Article, Block

_HEAD = regex.compile(
    r"[\s-]*(?:(?:treatment|therapy|intervention)[\s-]+)?(?:groups?|arms?|regimens?|strategy)$", regex.I
)
_CONTROL = regex.compile(r"\bcontrols?\b(?:\s(?:group|arm))?", regex.I)
_TESTED = regex.compile(r"\b(?:intervention|experimental|treatment|study|treated)(?:\s(?:group|arm))?\b", regex.I)
# of two arms, one of which gets more: "assigned to combination therapy", "to monotherapy"
_MORE = regex.compile(r"\b(?:combination|combined)\b(?:\s(?:therapy|treatment|group|arm))*", regex.I)
_LESS = regex.compile(r"\bmonotherapy\b|\balone\b|\bsingle[\s-]agent\b", regex.I)
_BETWEEN, _ANY_BETWEEN, _NO_WORD = regex.compile(r"[\s-]"), regex.compile(r"[\s-]+"), regex.compile(r"\W")
_BEFORE_STEM, _BEHIND_STEM = regex.compile(r"(?<![\p{L}\d])"), regex.compile(r"(?![\p{L}\d])")
_GROUP = regex.compile(r"(?:\s(?:group|arm))?", regex.I)
_LEAST = 3  # letters or digits of a name that can be looked for


def named_places(article: Article, interventions: Block, drafts: Sequence[ArmDraft]) -> list[Place]:
    """Start, end and number of the arm of every place that speaks of one of the drafts, in text order."""
    whole = [replace(d, members=d.full or d.members) for d in drafts]
    found = set(arm_places(article, interventions, whole))
    for i, part in _parts(whole):
        found |= {(*m.span(), i) for m in part.finditer(article.text)}
    if stems := list(_stems(whole)):
        text = _BETWEEN.sub(" ", lowered(article.text))
        for i, stem in stems:
            for start, end in occurrences(text, stem, before=_BEFORE_STEM, behind=_BEHIND_STEM):
                group = _GROUP.match(article.text, end)
                found.add((start, group.end() if group else end, i))
    return sorted(found)


def _stems(drafts: Sequence[ArmDraft]) -> Iterator[tuple[int, str]]:
    """What one arm alone is called, in small letters, with a blank between words and no word for "group"."""
    stems = [_HEAD.sub("", d.label).strip().lower() for d in drafts]
    for i, stem in enumerate(stems):
        if len(_NO_WORD.sub("", stem)) >= _LEAST and sum(stem in other for other in stems) == 1:
            yield i, " ".join(_ANY_BETWEEN.split(stem))


def _parts(drafts: Sequence[ArmDraft]) -> Iterator[tuple[int, regex.Pattern[str]]]:
    """What an arm is called by the part that it plays."""
    for i, d in enumerate(drafts):
        for key, pattern in (("control", _CONTROL), ("tested", _TESTED)):
            if key in d.keys and sum(key in o.keys for o in drafts) == 1:
                yield i, pattern
    sizes = [len(d.members) for d in drafts]
    if len(drafts) == 2 and min(sizes) < max(sizes):
        yield sizes.index(max(sizes)), _MORE
        yield sizes.index(min(sizes)), _LESS
