"""Wrong decodings, entities, tags and invisible characters."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from contextlib import suppress

import ftfy.bad_codecs  # registers the "sloppy" Windows codecs, which decode every byte

from trialmine.clean.repair import Match, Repair, to
from trialmine.clean.view import Hints, view
from trialmine.lexicon.pattern import Pattern
from trialmine.records.document import Edit

ftfy.bad_codecs.ok()

_TRAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
# UTF-8 read as Latin-1 or cp1252. Two-byte forms only behind letters that English text does not hold, so that a
# capital before a closing quote (CAFÉ”) stays.
_MOJIBAKE = re.compile(rf"[ð-ô][{_TRAIL}]{{3}}|[à-ï][{_TRAIL}]{{2}}|[ÂÃÎÏÄ][{_TRAIL}]|Å[¡¾\u0082\u0091\u0093‚‘“]")
_LATIN_LEADS = frozenset(chr(c) for c in range(0xC2, 0xF5)) - {"×"}
_LEADS = _LATIN_LEADS | {"ā", "в", "β"}
# UTF-8 punctuation (bytes E2 80 xx) read in other Windows code pages
_FOREIGN = (("ā€", "sloppy-windows-1257"), ("вЂ", "sloppy-windows-1251"), ("β€", "sloppy-windows-1253"))


def mojibake(text: str) -> Iterator[Edit]:
    """UTF-8 that was read in a one-byte encoding, each stretch decoded back; kept unless it decodes whole.

    >>> [(e.before, e.after) for e in mojibake("grade â‰¥ 3, 5 Â± 1")]
    [('â‰¥', '≥'), ('Â±', '±')]
    """
    if text.isascii() or _LEADS.isdisjoint(view(text).characters):
        return
    characters = view(text).characters
    if not _LATIN_LEADS.isdisjoint(characters):
        for m in _MOJIBAKE.finditer(text):
            yield from _decoded(text, m.start(), m.end(), "sloppy-windows-1252")
    if characters.isdisjoint("€Ђ"):
        return
    for lead, codec in _FOREIGN:
        at = text.find(lead)
        while at >= 0:
            yield from _decoded(text, at, at + 3, codec)
            at = text.find(lead, at + 3)


def _decoded(text: str, start: int, end: int, codec: str) -> Iterator[Edit]:
    for name in (codec, "latin-1"):
        with suppress(UnicodeError):
            after = text[start:end].encode(name).decode("utf-8")
            if (len(after) == 1 and after.isprintable()) or after in "\u00a0\u2009\u202f\u2002\u2003":
                yield Edit(start, end, text[start:end], after, "encoding.mojibake", 1.0, f"UTF-8 read as {name}")
                return


# names that registries write although HTML has none of them
_ENTITIES = {"&gte;": "≥", "&lte;": "≤", "&plusmn": "±"}


def _unescaped(m: Match) -> str | None:
    whole = m[0].replace(" ", "")
    after = _ENTITIES.get(whole.lower()) or html.unescape(whole)
    return after if after != whole and (after.isprintable() or after == "\u00a0") else None


ENTITY = Repair(
    Pattern(
        "encoding.entity",
        r"&(?:\#\d{2,6}|\#x[0-9a-f]{2,5}|[a-z]{2,8}\d{0,2}|\s?(?:[lg]te?|[lg]e|amp|plusmn)\s?);",
        hits=("score &gt; 5", "age &gte; 18", "&#8805; 3", "P & lt; 0.05", "P & lt ; 0.05"),
        misses=("R&D; then", "A & B"),
    ),
    _unescaped,
    "character entity",
    hints=Hints(characters="&"),
)
POWER_TAG = Repair(
    Pattern(
        "encoding.power_tag",
        r"(?<=\b10)<sup>(?P<n>-?\d{1,2})</sup>",
        hits=("2 x 10<sup>6</sup> cells",),
        misses=("mg/m<sup>2</sup>",),
    ),
    to(r"^\g<n>"),
    "superscript tag",
    hints=Hints(words="sup", characters="<"),
)
TAG = Repair(
    Pattern(
        "encoding.tag",
        r"</?(?:sub|sup|i|b|u|em|strong|italic|bold|br|p)\s?/?>",
        hits=("mg/m<sup>2</sup>", "<i>in vivo</i>", "<br/>"),
        misses=("p<i", "a < b and c > d"),
    ),
    lambda m: "\n" if m[0][1:2] in "pP" or m[0][1:3] in ("br", "BR") else "",
    "markup left in the text",
    hints=Hints(cue="tag"),
)
INVISIBLE = Repair(
    Pattern(
        "unicode.invisible",
        "[\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f]+",
        hits=("ran\u00addom",),
        misses=("random",),
    ),
    to(""),
    "invisible character",
    hints=Hints(characters="\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"),
)
# U+0001 stood for "=", ">" and "~" in different records: only n before it and digits behind it settle it
CONTROL_EQUALS = Repair(
    Pattern(
        "control.equals",
        r"(?<=\b n \s?)[\x01-\x08](?=\s?\d)",
        hits=("(n \x01 74)",),
        misses=("about \x013000",),
    ),
    to("="),
    "control character between n and its number",
    0.9,
    hints=Hints(characters="\x01\x02\x03\x04\x05\x06\x07\x08"),
)
GBK_DASH = Repair(
    Pattern("encoding.dash", r"(?<=\d)\ufffdC(?=\d)", hits=("grades 0\ufffdC1",), misses=("0\ufffd1",)),
    to("-"),
    "dash of a Chinese encoding",
    0.9,
    hints=Hints(characters="\ufffd"),
)
LOST_POWER = Repair(
    Pattern(
        "encoding.power",
        r"(?<=\d)\s?\ufffd{1,2}\s?10(?P<n>\d{1,2})\s?l\?1",
        hits=("platelets 100 \ufffd\ufffd 109l?1",),
        misses=("100 \ufffd 109 mg",),
    ),
    to(r" × 10^\g<n>/l"),
    "times sign and exponents lost in a wrong encoding",
    0.9,
    hints=Hints(characters="\ufffd"),
)
THOUSANDS = Repair(
    Pattern(
        "encoding.thousands",
        r"\b\d{1,3}(?:\?\d{3})+(?!\d)",
        hits=("16?121?483 visits",),
        misses=("why 16? 12 more", "1?12"),
    ),
    lambda m: m[0].replace("?", " "),
    "thin space printed as a question mark",
    hints=Hints(marks=r"\d\?\d"),
)
# estimate and both interval ends carry the mark: all three are the same lost sign
MINUS_INTERVAL = Repair(
    Pattern(
        "encoding.minus",
        r"\?\d+(?:\.\d+)?[^?()\[\]]{0,30}[(\[][^?()\[\]]{0,12}\?\d+(?:\.\d+)?\s?(?:to|,|;)\s?\?\d",
        hits=("?0.17 mmol/L (CI, ?0.09 to ?0.25)",),
        misses=("margin of ?12%", "0.17 (?0.09 to 0.25)"),
    ),
    lambda m: m[0].replace("?", "-"),
    "minus printed as a question mark in the estimate and both interval ends",
    0.9,
    hints=Hints(marks=r"\?\d"),
)
# "175mgm?2"
SQUARE_METRE = Repair(
    Pattern(
        "encoding.square_metre",
        r"(?<=\d)\s?(?P<u>[mk]?g|mcg|ug|μg)\s?m\?2\b",
        hits=("175mgm?2", "50 mg m?2"),
        misses=("is it 5 mg? 2 arms",),
    ),
    to(r" \g<u>/m2"),
    "minus of an exponent printed as a question mark",
    hints=Hints(marks=r"\?2"),
)

SIGNS = (INVISIBLE, ENTITY, CONTROL_EQUALS, GBK_DASH, LOST_POWER, THOUSANDS, MINUS_INTERVAL, SQUARE_METRE)
TAGS = (POWER_TAG, TAG)
PATTERNS = tuple(r.pattern for r in (*SIGNS, *TAGS))
