"""Short labels of arms that stand in the bracket of their size: "drug 5 mg/other 250 mg every 6 h (FDC; n = 80)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from trialmine.assemble.arms.drafts import ArmDraft
from trialmine.lexicon.occurrences import occurrences
from trialmine.records.article import Article

_LABELLED = regex.compile(
    r"[(\[]\s?(?P<label>(?-i:\p{Lu}[\p{L}\d]{0,6}(?:[/+-]\p{Lu}[\p{L}\d]{0,6}){0,3}))(?:\s(?:group|arm))?\s?[;,:]\s?[nN]\s?=\s?(?P<n>\d+)"
)
_SIZED = regex.compile(r"(?-i:\p{Lu})[^()\[\];=]{1,30}[;,:]\s?[nN]\s?=\s?\d+\s?[)\]]")
_ANY_SIZE = regex.compile(r"(?-i:[nN])\s?=")
_ENDS = regex.compile(r"[.;]\s|\bor\b")
_REACH = 170  # characters from what an arm got to its label
_BEFORE, _BEHIND = regex.compile(r"(?<![\p{L}\d/+-])"), regex.compile(r"(?![\p{L}\d/+-])")


def without_labels_apart(article: Article, drafts: Sequence[ArmDraft]) -> list[ArmDraft]:
    """The arms with those joined to the one before them that are no more than its label: "tea (TEA+MLK, n = 32)"."""
    ordered = sorted(drafts, key=lambda d: d.span)
    out: list[ArmDraft] = []
    for draft in ordered:
        last = out[-1] if out else None
        if last is not None and _labels(article.text, last, draft):
            members = tuple(dict.fromkeys((*last.members, *draft.members)))
            spans = (*last.spans, draft.span, *draft.spans)
            out[-1] = replace(
                last,
                members=members,
                spans=spans,
                n=draft.n if last.n is None else last.n,
                size=last.size or draft.size,
            )
        else:
            out.append(draft)
    return out if len(out) > 1 else list(drafts)


def _labels(text: str, arm: ArmDraft, draft: ArmDraft) -> bool:
    start = draft.span[0]
    between = text[arm.span[1] : start]
    if (
        _ANY_SIZE.search(text, *arm.span)
        or not 1 < len(between) <= _REACH
        or between[-1] not in "(["
        or _ENDS.search(between)
    ):
        return False
    return between.count("(") == between.count(")") + 1 and _SIZED.match(text, start) is not None


def with_short_labels(article: Article, drafts: Sequence[ArmDraft]) -> list[ArmDraft]:
    """The arms with every place of the label that the bracket of their size gives them."""
    found = {m["label"]: m for m in _LABELLED.finditer(article.text) if len(m["label"]) > 1}
    out = list(drafts)
    for label, m in found.items():
        sized = [i for i, d in enumerate(drafts) if d.size == m.span("n")]
        if len(sized) != 1:
            continue
        draft = out[sized[0]]
        if draft.span[1] > m.start() + len(label) + 2 or m.start() - draft.span[1] > _REACH:
            continue
        for span in occurrences(article.text, label, before=_BEFORE, behind=_BEHIND):
            draft = draft.also_at(span)
        out[sized[0]] = draft
    return out
