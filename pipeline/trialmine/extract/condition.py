"""Under which condition or at what event a dose was given: with food, before surgery, at bedtime, if needed."""

from __future__ import annotations

from collections.abc import Iterator

from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.time_forms import COUNT, DASH, TIME_UNIT
from trialmine.records.article import Article, Mention

_EVENT = (
    r"(?:surgery|operation|induction(?:\sof\s(?:general\s)?an[a]?esthesia)?|an[a]?esthesia|intubation|extubation|incision|skin\sincision|delivery|meals?|breakfast"
    r"|dinner|lunch|bed(?:time)?|sleep|chemotherapy|radiotherapy|exercise|training|transplantation|procedure|cesarean(?:\s(?:section|delivery))?|caesarean\ssection"
    r"|tourniquet\s(?:inflation|deflation|release)|wound\sclosure|skin\sclosure|cord\sclamping|bypass|intervention|reperfusion|catheteri[sz]ation|colonoscopy"
    r"|the\send\sof\s(?:the\s)?(?:surgery|operation|procedure|an[a]?esthesia))"
)

PATTERNS = (
    Pattern(
        "condition.event",
        rf"""
        \b(?:(?:(?:{COUNT})(?:{DASH}{COUNT})?[\s-]?(?:{TIME_UNIT})|immediately|shortly|just|directly)\s)?
        (?:before|prior\sto|after|following|at|during|upon|with)\s(?:the\s|each\s|every\s|an?\s|their\s|elective\s|main\s|general\s)?{_EVENT}\b
        """,
        hits=("30 min before induction of anesthesia", "after surgery", "at bedtime", "with meals"),
        misses=("before randomization",),
    ),
    Pattern(
        "condition.plain",
        r"""\b(?:with\s(?:food|water)|without\sfood|on\san\sempty\sstomach|in\sthe\s(?:morning|evening)|under\s(?:fasting|fasted|fed)\sconditions|in\sthe\s(?:fasted|fed)\sstate
            |as\smonotherapy|as\sadd-on\sto\s[\w+-]+(?:\s(?:and|\+|plus)\s[\w-]+)?|at\sthe\send\sof\s(?:the\s)?(?:surgery|operation|procedure|an[a]?esthesia))\b""",
        hits=("with food", "in the morning", "as monotherapy", "under fed conditions"),
        misses=("with placebo",),
    ),
)


def extract_conditions(article: Article) -> Iterator[Mention]:
    """Conditions in the words of the text."""
    end = -1
    found = [(m.start(), m.end(), p.name) for p in PATTERNS for m in p.find(article.text)]
    for start, stop, rule in sorted(found):
        if start >= end:
            yield Mention("condition", start, stop, rule, " ".join(article.text[start:stop].split()))
            end = stop
