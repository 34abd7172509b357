"""The design block: what the text states about the set-up, and the controls that its arms show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from trialmine.assemble.citation import Citation
from trialmine.assemble.controls.choice import choose_controls, control_case
from trialmine.records.article import Article, Block, Mention, Mentions
from trialmine.records.trial import Design, Dosing

_NONE = Block()
_OWN = ("title", "methods", "objective", "registration", None, "other", "results", "background", "conclusions")
_THIS = regex.compile(
    r"\b(?:this|the\s+present|our|was\s+(?:investigated|used)|were\s+(?:investigated|used)|aim\w*|therefore)\b", regex.I
)
_NAMED = ("quadruple", "triple", "double")
_MASKING_ORDER = ("quadruple", "triple", "double", "single", "open_label")
_ESCALATION = {
    "three": "3+3", "crm": "CRM", "accelerated": "accelerated", "mtpi": "mTPI", "fibonacci": "modified Fibonacci",
}  # fmt: skip


def build_design(
    article: Article,
    mentions: Mentions,
    arms: Block,
    cite: Citation,
    dosing: Sequence[Dosing] | None = None,
    interventions: Block = _NONE,
) -> Design | None:
    """The design that the text states, or None when it states nothing of it.

    The dosing table, where it is there, shows whether arms of one drug differ in its dose; `interventions` what the
    members of the arms are.
    """
    used: list[Mention] = []

    def first(kind: str) -> Mention | None:
        found = sorted(mentions[kind], key=lambda m: _rank(article, m))
        used.extend(found[:1])
        return found[0] if found else None

    phase = _phases(article, mentions, used)
    allocation, assignment = first("design.allocation"), _assignment(article, mentions, used)
    masking = _masking(article, mentions, used)
    escalation, centers, ratio = first("design.escalation"), _centers(article, mentions, used), first("design.ratio")
    control = choose_controls(control_case(article, mentions, arms, interventions, dosing))
    spans = [*control.values(), *((m.start, m.end) for m in used)]
    if not spans:
        return None
    return Design(
        phase=phase,
        allocation=allocation.value if allocation else None,
        masking=masking,
        control=tuple(control),
        assignment=assignment,
        escalation=_ESCALATION[escalation.value] if escalation else None,
        multicenter=centers.value == "multi" if centers else None,
        allocation_ratio=ratio.value if ratio else None,
        evidence=cite.all(*sorted(set(spans))),
    )


def _centers(article: Article, mentions: Mentions, used: list[Mention]) -> Mention | None:
    """What is said of the number of places; "was done in the clinic of" says least."""
    found = sorted(mentions["design.centers"], key=lambda m: (m.value == "place", _rank(article, m)))
    used.extend(found[:1])
    return found[0] if found else None


def _rank(article: Article, mention: Mention) -> tuple[int, int]:
    return _OWN.index(article.section_at(mention.start)), mention.start


def _phases(article: Article, mentions: Mentions, used: list[Mention]) -> tuple[str, ...]:
    own = [m for m in mentions["design.phase"] if article.section_at(m.start) != "background"] or list(
        mentions["design.phase"]
    )
    if not own:
        return ()
    titled = [m for m in own if article.section_at(m.start) == "title"]
    chosen = titled or own
    # "phase 2" in the title and "phase 2b" below it are one statement; the narrower one says more
    narrow = [
        m for m in own if any(m.value != c.value and len(m.value) == 1 and m.value[0][0] == c.value[0] for c in chosen)
    ]
    whole = [m for m in chosen if len(m.value) > 1][:1] or narrow[:1] or chosen
    # "the phase I portion … the phase II portion": the parts of one trial, if nothing names it as a whole
    keep = whole if len(whole) == 1 or titled else _portions(article, whole)
    used.extend(keep[:3])
    return tuple(sorted({p for m in keep for p in m.value}))


def _portions(article: Article, found: list[Mention]) -> list[Mention]:
    parts = [
        m for m in found if article.text[m.end :].lstrip().lower().startswith(("portion", "part", "component", "stage"))
    ]
    return parts if len({m.value for m in parts}) > 1 else found[:1]


def _masking(article: Article, mentions: Mentions, used: list[Mention]) -> str | None:
    found = [m for m in mentions["design.masking"] if article.section_at(m.start) != "background"] or list(
        mentions["design.masking"]
    )
    if not found:
        return None
    # "double-blind" says more than a list of those who were blinded
    found = [m for m in found if m.value in _NAMED and m.rule == "design.masking"] or found
    # the strongest statement wins, except that an open trial with a blinded assessor stays open
    counts = Counter(m.value for m in found)
    names = [v for v in _MASKING_ORDER if v in counts]
    value = "open_label" if names[0] == "single" and "open_label" in counts else names[0]
    used.append(next(m for m in found if m.value == value))
    return value


def _assignment(article: Article, mentions: Mentions, used: list[Mention]) -> str | None:
    found = [m for m in mentions["design.assignment"] if _is_own(article, m)]
    for value in ("cluster", "factorial", "crossover", "parallel", "single_group"):
        for m in found:
            if m.value == value:
                used.append(m)
                return value
    return None


def _is_own(article: Article, mention: Mention) -> bool:
    """Whether it is told of this trial: in the background only where the sentence says so."""
    if article.section_at(mention.start) != "background":
        return True
    sentence = article.sentence_at(mention.start)
    return sentence is not None and _THIS.search(article.text, sentence.start, sentence.end) is not None
