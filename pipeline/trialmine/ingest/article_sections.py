"""Which parts of a whole article tell of its trial: methods and results by their headings, in all usual spellings."""

from __future__ import annotations

import re
from functools import cache

from trialmine.lexicon.tables import mapping

_KEPT = frozenset(("methods", "results"))
_NUMBER = re.compile(r"^(?:\(?[\dIVX]{1,4}[.)]?(?:\d+\.?)*\s+|[•\-–]\s*)")
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
