"""All cleaning steps in their order, each with the kind of damage it needs to see first (None: it always runs).

A new repair is a `Repair` (or a function text -> edits) in the file of its family, and a place in one of these lists.
"""

from __future__ import annotations

from trialmine.clean import (
    advert,
    brackets,
    counts,
    decimals,
    digit_letters,
    encoding,
    furniture,
    issues,
    letter_case,
    lost_points,
    markup,
    medline_forms,
    number_words,
    numbers,
    signs,
    spacing,
    swaps,
    synonyms,
    thousands,
    tokenized,
    unicode_forms,
    words,
)
from trialmine.clean.issues import Detector
from trialmine.clean.repair import Repair, Stage
from trialmine.clean.view import COMPARED, Hints, any_of

_ODD = "&?\ufffd\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\x01\x02\x03\x04\x05\x06\x07\x08"
_POINTS = (numbers.CUT_WORD, numbers.VERSION, numbers.ZERO, numbers.CUED, numbers.SENTENCE_CUT)
_POINT_WORDS = (numbers.MIXED, numbers.MIXED_WORDS)
_OTHER_NUMBERS = tuple(r for r in numbers.ALWAYS if r not in (*_POINTS, *_POINT_WORDS))


def _together(steps: tuple[Repair, ...]) -> Stage:
    """Repairs with hints of one kind, looked for at once."""
    return Stage(steps, hints=any_of(step.hints for step in steps))


STAGES: tuple[Stage, ...] = (
    Stage((encoding.mojibake,)),
    Stage((*markup.ESCAPES, *markup.TEX), hints=Hints(characters="\\")),
    Stage((markup.RAISED,), hints=Hints(characters="^")),
    Stage((markup.DASHES, markup.FORMULA), hints=Hints(characters="$-")),
    Stage((spacing.lost_blanks, spacing.GLUED)),
    Stage((letter_case.lost_capitals,)),
    Stage(encoding.SIGNS, hints=Hints(characters=_ODD)),
    Stage(encoding.TAGS, hints=Hints(cue="tag")),
    Stage((furniture.lines, *furniture.REPAIRS)),
    Stage((unicode_forms.characters,)),
    Stage(tokenized.REPAIRS, "tokenized"),
    _together(unicode_forms.BEYOND_ASCII),
    Stage(unicode_forms.COMPARISONS, hints=Hints(marks=COMPARED)),
    Stage((advert.sure,)),
    Stage((*advert.REPAIRS, synonyms.sure, advert.spun), "spun"),
    Stage(medline_forms.COMPARISONS, hints=Hints(marks=COMPARED)),
    _together(medline_forms.SIGNS),
    _together(medline_forms.WORDS),
    Stage(medline_forms.GARBLED, "garbled"),
    # words before numbers: "fif teen mg"
    Stage((words.hyphen_wraps,), hints=Hints(cue="wrap")),
    Stage((words.WRAP_NUMBER,)),
    Stage((words.clear_splits,)),
    Stage((words.splits,), "garbled"),
    Stage((words.ligatures,), "split"),
    Stage((words.compounds,)),
    Stage((tokenized.DOSE_TIME,), "garbled"),
    Stage(digit_letters.REPAIRS),
    Stage((number_words.PHRASE,), hints=number_words.PHRASE.hints),
    Stage(_POINT_WORDS, hints=Hints(cue="point_number")),
    Stage(_POINTS, hints=Hints(marks=r"\d\.\s|\.\s\d")),
    _together(_OTHER_NUMBERS),
    Stage((numbers.named_strength,)),
    Stage(numbers.GARBLED, "garbled"),
    Stage((numbers.LOST_POINT, lost_points.BEFORE_UNIT), "points"),
    Stage((lost_points.intervals, lost_points.IN_RATIO), hints=Hints(marks=r"\d \d")),
    Stage((numbers.ONES,), "ones"),
    Stage((signs.phases, signs.days), hints=Hints(words="phase day days")),
    Stage(numbers.SPUN, "spun"),
    Stage(numbers.OCR, "split"),
    Stage((*signs.ALWAYS, *swaps.GLUED)),
    _together(swaps.SIGNS),
    _together(swaps.LETTERS),
    # behind the swaps: "(n 5 110)" is n = 110
    Stage((thousands.ROUND, thousands.BLANK), unless=thousands.UNSURE),
    Stage((*signs.SPUN, *swaps.SPUN), "spun"),
    Stage((signs.grades,), "garbled"),
    Stage((brackets.halves, brackets.LIMITS, brackets.names, signs.intervals, signs.shares, brackets.counts), "spun"),
    Stage((numbers.twin,), "garbled"),
    Stage((decimals.commas,), hints=decimals.COMMA.hints),
    _together((*decimals.REPAIRS, *counts.REPAIRS)),
    # once more: adverts and splits can hide a phrase
    Stage((synonyms.sure, synonyms.spun, *synonyms.REPAIRS), "spun"),
)

DETECTORS: tuple[tuple[tuple[Detector, ...], str | None, Hints], ...] = (
    (issues.SIDE_BY_SIDE, None, Hints(marks=r"\d \d")),
    *((group, None, any_of(d.hints for d in group)) for group in issues.ALWAYS),
    ((issues.DAY_LIST,), None, issues.DAY_LIST.hints),
    (issues.GARBLED, "garbled", Hints()),
)
