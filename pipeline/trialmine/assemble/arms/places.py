"""Every place that speaks of one arm alone: besides its drugs and label, what its group is called for short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.assemble.arms.sizes import Place, arm_places
from trialmine.records.article import Article, Block

_HEAD = regex.compile(
    r"[\s-]*(?:(?:treatment|therapy|intervention)[\s-]+)?(?:groups?|arms?|regimens?|strategy)$", regex.I
)
_CONTROL = r"\bcontrols?\b(?:\s(?:group|arm))?"
_TESTED = r"\b(?:intervention|experimental|treatment|study|treated)(?:\s(?:group|arm))?\b"
# of two arms, one of which gets more: "assigned to combination therapy", "to monotherapy"
_MORE = r"\b(?:combination|combined)\b(?:\s(?:therapy|treatment|group|arm))*"
_LESS = r"\bmonotherapy\b|\balone\b|\bsingle[\s-]agent\b"
_LEAST = 3  # letters or digits of a name that can be looked for


def named_places(article: Article, interventions: Block, drafts: Sequence[ArmDraft]) -> list[Place]:
    """Start, end and number of the arm of every place that speaks of one of the drafts, in text order."""
    whole = [replace(d, members=d.full or d.members) for d in drafts]
    found = set(arm_places(article, interventions, whole))
    for i, pattern in _names(whole):
        found |= {(m.start(), m.end(), i) for m in regex.finditer(pattern, article.text, regex.IGNORECASE)}
    return sorted(found)


def _names(drafts: Sequence[ArmDraft]) -> Iterator[tuple[int, str]]:
    """What each arm is called, as patterns."""
    stems = [_HEAD.sub("", d.label).strip().lower() for d in drafts]
    for i, (d, stem) in enumerate(zip(drafts, stems, strict=True)):
        if len(regex.sub(r"\W", "", stem)) >= _LEAST and sum(stem in other for other in stems) == 1:
            words = (regex.escape(w) for w in regex.split(r"[\s-]+", stem))
            yield i, r"(?<![\p{L}\d])" + r"[\s-]".join(words) + r"(?![\p{L}\d])(?:\s(?:group|arm))?"
        for key, pattern in (("control", _CONTROL), ("tested", _TESTED)):
            if key in d.keys and sum(key in o.keys for o in drafts) == 1:
                yield i, pattern
    sizes = [len(d.members) for d in drafts]
    if len(drafts) == 2 and min(sizes) < max(sizes):
        yield sizes.index(max(sizes)), _MORE
        yield sizes.index(min(sizes)), _LESS
