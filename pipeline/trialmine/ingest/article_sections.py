"""Which parts of a whole article tell of its trial: methods and results by their headings, in all usual spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from trialmine.lexicon.tables import mapping

_KEPT = frozenset(("methods", "results"))
_NUMBER = re.compile(r"^(?:\(?[\dIVX]{1,4}[.)]?(?:\d+\.)*\d*\s+|[•\-–]\s*)")
_JOINED = re.compile(r"\s*(?:,|/|&|\||\band\b|\bor\b)\s*")


@cache
def _labels() -> dict[str, str]:
    return mapping("sections", "heading", "label")


def section_label(heading: str) -> str | None:
    """The label of a section's heading, of a joined one that of its first known part; None for one that is unknown.

    >>> section_label("2. Patients and Methods"), section_label("RESULTS:"), section_label("Zorbamab")
    ('methods', 'results', None)
    """
    plain = _NUMBER.sub("", heading.strip()).strip(" .:—–-").lower()
    plain = " ".join(plain.split())
    labels = _labels()
    if plain in labels:
        return labels[plain]
    return next((labels[part] for part in _JOINED.split(plain) if part in labels), None)


def tells_of_the_trial(heading: str) -> bool | None:
    """Whether a section of this heading is methods or results; None where its heading does not say."""
    label = section_label(heading)
    return None if label is None else label in _KEPT


def chosen_lines(lines: Sequence[tuple[str, bool]], *, full_text: bool) -> list[str]:
    """The lines of a whole article that are read: those before its introduction, or methods and results too.

    A text without the headings of an article is read whole. References are left out in any case.

    Args:
        lines: (text, whether it is a heading) of each line.
        full_text: whether methods and results are wanted beside title and abstract.
    """
    marks = [(i, label) for i, (text, heading) in enumerate(lines) if (label := _opens(text, heading))]
    order = [label for _, label in marks]
    if not {"references", "introduction"} & {*order} or "methods" not in order or "results" not in order:
        ends = next((i for i, label in marks if label == "references"), len(lines))
        return [text for text, _ in lines[:ends]]
    # an abstract has the same headings; the body's methods are the last ones, and its introduction goes before them
    methods = max(i for i, label in marks if label == "methods")
    starts = max((i for i, label in marks if label == "introduction" and i < methods), default=methods)
    chosen = [text for text, _ in lines[:starts]]
    if not full_text:
        return chosen or [text for text, _ in lines]
    spans = zip(marks, [i for i, _ in marks[1:]] + [len(lines)], strict=True)
    for (at, label), stop in spans:
        if at >= starts and label in _KEPT:
            chosen += [text for text, _ in lines[at:stop]]
    return chosen


_LONGEST_HEADING = 80
_BODY = {
    "introduction": "introduction", "background": "introduction", "references": "references",
    "bibliography": "references", "literature cited": "references", "discussion": "other", "conclusion": "other",
    "conclusions": "other", "acknowledgements": "other", "acknowledgments": "other", "acknowledgement": "other",
    "acknowledgment": "other", "funding": "other", "author contributions": "other", "competing interests": "other",
    "conflict of interest": "other", "conflicts of interest": "other", "data availability": "other",
    "supplementary material": "other", "supporting information": "other", "abbreviations": "other",
}  # fmt: skip
_MAIN = re.compile(
    r"(?:(?:materials?|patients?|subjects?|participants?)\s*(?:and|&)\s*)?methods?(?:\s*(?:and|&)\s*materials?)?"
    r"|(?P<results>results?(?:\s*(?:and|&)\s*discussion)?)",
    re.IGNORECASE,
)


def _opens(text: str, heading: bool) -> str | None:
    """What part of an article a line opens: a heading alone on its line."""
    if len(text) > _LONGEST_HEADING:
        return None
    plain = _NUMBER.sub("", text.strip()).strip(" .:—–-")
    known = _BODY.get(plain.lower())
    if known and (heading or not text.rstrip().endswith((".", ","))):
        return known
    m = _MAIN.fullmatch(plain)
    return None if m is None else "results" if m["results"] else "methods"
