"""Doses whose unit stands before the number or is none: "AUC 5", "cells (2 x 10^6)", "a daily sachet"."""

from __future__ import annotations

from collections.abc import Iterator

from trialmine.extract.dose_reading import Amount, DoseReading, basis
from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search
from trialmine.normalise import unit as units
from trialmine.normalise.dose_number import POWER_NUMBER, dose_number
from trialmine.normalise.named_unit import CELL_NAME, FORM
from trialmine.records.article import Mention
from trialmine.records.trial import Dose

PATTERNS = (
    Pattern(
        "dose.auc",
        r"""
        (?: \bAUCs? | area\s+under\s+(?:the\s+)?(?:concentration(?:[-\s]time)?\s+)?curve(?:\s*[(\[]AUC[)\]])? )
        (?:[\s,:=]{0,3}|-(?=[2-7]\b(?!\s?[-–h])))(?:of\s+|dose\s+|to\s+)?[([]?\s?
        (?P<number>\d{1,2}(?:\.\d)?)(?!\d|\s?[-–]\s?(?:\d{2}|inf|t\b|∞)|\.\d)
        (?:\s?(?:[-–]|to|or)\s?(?P<high>\d{1,2}(?:\.\d)?))?
        (?:\s?mg\s?(?:[/·.⋅×x*]\s?|\s)m[lL]\s?(?:[/·.⋅×x*]\s?|\s|per\s)?min(?:ute)?(?:s|\b)?|\s?mg\s?min/m[lL]|\s?mg\s?[·.⋅×x*]\s?min/m[lL])?
        (?!\s?(?:[%]|ng|[µμu]g|h\b|hours?|\(?0))
        """,
        hits=(
            "carboplatin AUC 5",
            "carboplatin AUC-2 weekly",
            "carboplatin (AUC=6 mg/mL/min)",
            "area under the curve of 2",
        ),
        misses=("AUC 0-24 rose", "AUC of 532 ng h/mL", "AUC was measured"),
    ),
    Pattern(
        "dose.auc_behind",
        r"""(?<![\w.,:–-])(?<!\b(?:days?|cycles?|weeks?|grade)\s)(?P<number>\d{1,2}(?:\.\d)?)\s?AUCs?\b(?!\s?(?:[-–(\[=:]|(?:of\s)?\d|values?|ratios?|curves?|groups?|points?|was|were|units?\sof))""",
        hits=("plus carboplatin 6AUC every 3 weeks", "carboplatin 5 AUC"),
        misses=("the 3 AUC values", "day 1 AUC was", "at cycle 2 AUC(0-24)"),
    ),
    Pattern(
        "dose.cells_before",
        rf"""
        (?<![\w-]){CELL_NAME}\s?[(\[]\s?(?:(?:total\s)?dose:?\s|n\s=\s)?
        (?P<number>{POWER_NUMBER})(?P<per>\s?/\s?kg\b|\sper\sk(?:g|ilogram)\b)?
        (?=\s?[)\],;]|\s(?:in|suspended)\b|\s(?:MSC|BM))
        """,
        hits=("stem cells (2 x 10^6) intravenously", "MSCs (1 × 10^6/kg)"),
        misses=("white cells (12 x 10^9/L)", "T cells (40%)"),
    ),
    Pattern(
        "dose.daily_form",
        rf"\b(?P<one>an?)\s(?:single\s)?(?:daily|weekly|monthly|nightly)\s(?P<unit>{FORM})\b(?!\s?[-/])",
        hits=("given a daily sachet of it",),
        misses=("a daily dose", "daily sachets", "a daily pill-taking rate"),
    ),
)
_AUC, _AUC_BEHIND, _CELLS, _DAILY = PATTERNS
_HIGHEST_AUC = 12
_POWER = Search(POWER_NUMBER)  # few texts hold any


def framed_doses(text: str) -> Iterator[Mention]:
    """The doses of the text that are told so."""
    yield from _auc_doses(text)
    for m in _CELLS.find(text) if _POWER.is_in(text) else ():
        value = dose_number(m["number"], "cells")
        if value is not None:
            yield _single(m.start("number"), m.end(), value, "{cells}/kg" if m["per"] else "{cells}", _CELLS.name, text)
    for m in _DAILY.find(text):
        code = units.ucum(m["unit"])
        if code is not None:
            yield _single(m.start(), m.end(), 1.0, code, _DAILY.name, text)


def _single(start: int, end: int, value: float, code: str, rule: str, text: str) -> Mention:
    dose = Dose(value=value, unit=code, text=text[start:end])
    amounts = (Amount(value, start, end),)
    return Mention("dose", start, end, rule, DoseReading(dose, "single", amounts, basis(code)))


def _auc_doses(text: str) -> Iterator[Mention]:
    for m in (*_AUC.find(text), *_AUC_BEHIND.find(text)):
        low, high = float(m["number"]), float(m.groupdict().get("high") or 0)
        if not 0 < low <= _HIGHEST_AUC:
            continue
        unit = "mg/mL.min"
        dose = Dose(low=low, high=high, unit=unit, text=m[0]) if low < high else Dose(value=low, unit=unit, text=m[0])
        amounts = (Amount(low, m.start("number"), m.end("number")),)
        yield Mention("dose", m.start(), m.end(), "dose.auc", DoseReading(dose, "single", amounts, "amount"))
