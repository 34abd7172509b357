"""Characters with a plainer form that means the same: spaces, dashes, ligatures, styled letters, superscripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from trialmine.clean.repair import Match, Repair, to
from trialmine.clean.view import Hints, view
from trialmine.lexicon.pattern import Pattern
from trialmine.records.document import Edit

_PLAIN = {
    **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
    **dict.fromkeys("\u2028\u2029\u0085", "\n"),
    **dict.fromkeys("\u2010\u2011\u2212\ufe63\uff0d", "-"),
    "\u2236": ":", "〈": "<", "〉": ">", "﹤": "<", "﹥": ">", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "∼": "~",
}  # fmt: skip
# ligatures, full-width forms, mathematical letters and digits
_RANGES = ((0xFB00, 0xFB06), (0xFF01, 0xFF0C), (0xFF0E, 0xFF5E), (0x1D400, 0x1D7FF))
_ODD = re.compile("[" + "".join(f"{chr(a)}-{chr(b)}" for a, b in _RANGES) + "".join(_PLAIN) + "]")


_ODD_SET = frozenset(_PLAIN) | {chr(c) for a, b in _RANGES for c in range(a, b + 1)}


def characters(text: str) -> Iterator[Edit]:
    """One character read as its plain form; superscripts are no part of this (10² is not 102).

    >>> [(e.before, e.after) for e in characters("signiﬁcant, 𝑃 ≧ 5\u2009mg")]
    [('ﬁ', 'fi'), ('𝑃', 'P'), ('≧', '≥'), ('\\u2009', ' ')]
    """
    if text.isascii() or _ODD_SET.isdisjoint(view(text).characters):
        return
    for m in _ODD.finditer(text):
        after = _PLAIN.get(m[0]) or unicodedata.normalize("NFKC", m[0])
        if after != m[0]:
            yield Edit(m.start(), m.end(), m[0], after, "unicode.plain_form", 1.0, "plain form of the character")


MIDDLE_DOT = Repair(
    Pattern(
        "unicode.decimal_point",
        r"(?<=\d)[·∙‧⋅・](?=\d)|(?<=(?:^|[\s(\[=<>≤≥±-]))[·∙](?=\d)",
        hits=("0·05", "P=·04"),
        misses=("mg·kg", "5 mg·d"),
    ),
    to("."),
    "raised decimal point",
    hints=Hints(characters="·∙‧⋅・"),
)
# a spaced dash between words is punctuation and stays
DASH = Repair(
    Pattern(
        "unicode.dash",
        r"[–‒—―](?:(?<=\w.)(?=\d)|(?<=[\w%][–‒])(?=\w)|(?<=(?:^|[\s(\[=<>,;±])[–‒])(?=\d))",
        hits=("0.5–1", "score of 0—2", "[–7.9", "double–blind"),
        misses=("given – or not –", "so—he said"),
    ),
    to("-"),
    "dash between numbers or parts of a word, or a minus",
    hints=Hints(characters="–‒—―"),
)
_UP = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")


def _power(m: Match) -> str:
    digits = m["n"].translate(_UP)
    return f"^{digits}" if m["ten"] else digits


SUPERSCRIPT = Repair(
    Pattern(
        "unicode.superscript",
        r"(?<=(?P<ten>(?<![\d.])10)|(?<![a-z])(?:c?m|mm|kg|g|h|hr|min|s|d|day|days|week|l|ml|dl)\s?)(?P<n>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})",
        hits=("10⁶ cells", "mg/m²", "mg kg⁻¹"),
        misses=("patients¹²", "R²"),
    ),
    _power,
    "superscript after a unit or a ten",
    hints=Hints(characters="⁰¹²³⁴⁵⁶⁷⁸⁹"),
)
AT_LEAST = Repair(
    Pattern("unicode.at_least", r">={1,2}|=>(?=\s?\d)", hits=("age >= 18", "CSBM >== 1"), misses=("a > b", "x = 5")),
    to("≥"),
    "sign written with two keys",
    hints=Hints(marks=">=|=>"),
)
AT_MOST = Repair(
    Pattern("unicode.at_most", r"<={1,2}|=<(?=\s?\d)", hits=("age <= 18", "p =<0.05"), misses=("a < b", "x = 5")),
    to("≤"),
    "sign written with two keys",
    hints=Hints(marks="<=|=<"),
)

# signs that a font or a printer's encoding turned into letters of other scripts; one reading each
_LETTERS = {
    "Ͻ": "<", "Ͼ": ">", "Ϫ": "-", "Ն": "≥", "Յ": "≤", "ϭ": "=", "ϩ": "+", "ϫ": "×", "Ϯ": "±", "ϳ": "~",
    "⬍": "<", "⬎": ">", "⫽": "=", "⫺": "-", "⫹": "+", "⫾": "±", "ⱕ": "≤", "ⱖ": "≥",
}  # fmt: skip
FONT_SIGN = Repair(
    Pattern(
        "font.sign",
        rf"(?<![\p{{Greek}}\p{{Coptic}}\p{{Armenian}}])[{''.join(_LETTERS)}](?![\p{{Greek}}\p{{Coptic}}\p{{Armenian}}])",
        hits=("P Ͻ 0.001", "Ն9%", "Ϫ0.79"),
        misses=("P < 0.001",),
    ),
    lambda m: _LETTERS.get(m[0], m[0]),  # case is folded, and small letters are no signs
    "sign shown as a letter of another script",
    hints=Hints(characters="".join(_LETTERS)),
)
FONT_MINUS = Repair(
    Pattern("font.minus", r"(?<=[\s(\[m])À\s?(?=\d)", hits=("20 mg m À2", "(À0.5"), misses=("À la carte",)),
    to("-"),
    "minus shown as À",
    hints=Hints(characters="À"),
)
FONT_PLUS = Repair(
    Pattern("font.plus", r"(?<=\w\s)þ(?=\s\w)|(?<=\d)þ(?!\w)", hits=("d1 þ d2",), misses=("það", "þ is a letter")),
    to("+"),
    "plus shown as þ",
    hints=Hints(characters="þ"),
)
FONT_EQUALS = Repair(
    Pattern("font.equals", r"(?<=\b[np]\s)¼(?=\s\.?\d)", hits=("n ¼ 25", "P ¼ .03"), misses=("¼ tablet", "and ¼ 5")),
    to("="),
    "equals sign shown as ¼",
    hints=Hints(characters="¼"),
)

COMPARISONS = (AT_LEAST, AT_MOST)
BEYOND_ASCII = (MIDDLE_DOT, DASH, SUPERSCRIPT, FONT_SIGN, FONT_MINUS, FONT_PLUS, FONT_EQUALS)
PATTERNS = tuple(r.pattern for r in (*COMPARISONS, *BEYOND_ASCII))
