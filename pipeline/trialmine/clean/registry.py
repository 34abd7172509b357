"""All cleaning steps in their order, each with the kind of damage it needs to see first (None: it always runs).

A new repair is a `Repair` (or a function text -> edits) in the file of its family, and a place in one of these lists.
"""

from __future__ import annotations

from trialmine.clean import (
    advert,
    brackets,
    encoding,
    furniture,
    issues,
    medline_forms,
    numbers,
    signs,
    swaps,
    synonyms,
    tokenized,
    unicode_forms,
    words,
)
from trialmine.clean.issues import Detector
from trialmine.clean.repair import Step

STEPS: tuple[tuple[Step, str | None], ...] = (
    (encoding.mojibake, None),
    *((r, None) for r in encoding.REPAIRS),
    (furniture.lines, None),
    *((r, None) for r in furniture.REPAIRS),
    (unicode_forms.characters, None),
    *((r, "tokenized") for r in tokenized.REPAIRS),
    *((r, None) for r in unicode_forms.REPAIRS),
    (advert.sure, None),
    *((r, "spun") for r in advert.REPAIRS),
    (synonyms.sure, "spun"),
    (advert.spun, "spun"),
    *((r, None) for r in medline_forms.REPAIRS),
    # words before numbers: "fif teen mg"
    (words.hyphen_wraps, None),
    (words.WRAP_NUMBER, None),
    (words.clear_splits, None),
    (words.splits, "garbled"),
    (words.ligatures, "split"),
    (words.compounds, None),
    (tokenized.DOSE_TIME, "garbled"),
    *((r, None) for r in numbers.ALWAYS),
    (numbers.named_strength, None),
    *((r, "garbled") for r in numbers.GARBLED),
    (numbers.LOST_POINT, "points"),
    (numbers.ONES, "ones"),
    (signs.phases, None),
    (signs.days, None),
    *((r, "spun") for r in numbers.SPUN),
    *((r, "split") for r in numbers.OCR),
    *((r, None) for r in (*signs.ALWAYS, *swaps.REPAIRS)),
    *((r, "spun") for r in (*signs.SPUN, *swaps.SPUN)),
    (signs.grades, "garbled"),
    (brackets.halves, "spun"),
    (signs.intervals, "spun"),
    (signs.shares, "spun"),
    (numbers.twin, "garbled"),
    # once more: adverts and splits can hide a phrase
    (synonyms.sure, "spun"),
    (synonyms.spun, "spun"),
    *((r, "spun") for r in synonyms.REPAIRS),
)

DETECTORS: tuple[tuple[Detector, str | None], ...] = (
    *((d, None) for d in issues.ALWAYS),
    *((d, "garbled") for d in issues.GARBLED),
)
