"""Items of a list in brackets: whether what is told behind them holds for them too."""

from __future__ import annotations

import regex

_WIDEST = 80  # characters of a bracket's drugs and doses
# a bracket that opens behind one dose, and closes behind the next
_OPENED, _SHUT = regex.compile(r"[^()\[\]]*[(\[]\s?"), regex.compile(r"[^()\[\];.]*[)\]][^()\[\];.]*$")
_UNCLOSED = regex.compile(r"[(\[][^)\]]*$")
_REACH = 200  # characters from what is told in a bracket to where that opens
_CLOSED_ONLY = regex.compile(r"(?:\s(?:loading|initial)\sdose)?(?:[;,]\s?n\s?=\s?\d+)?\s?[)\]]")
_PARTS_ITEMS = regex.compile(r";|—|\s–\s")
_INNER = regex.compile(r"[()\[\]]")
_OWN_BRACKETS = regex.compile(
    r"[^().;]{0,40}\)[^().;]{0,60}\b(?:or|and|versus|vs\.?)\b[^().;]{0,60}\([^().;]{0,40}", regex.IGNORECASE
)
_CLOSES = regex.compile(r"[^().;]{0,20}\)")


def are_bracketed(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether both doses stand in brackets of their own: "the A (5 mg) or the B group (10 mg) for a week"."""
    gap, behind = text[left[1] : right[0]], text[right[1] : right[1] + 24]
    return _OWN_BRACKETS.fullmatch(gap) is not None and _CLOSES.match(behind) is not None


def is_bracketed_off(text: str, left: tuple[int, int], last: tuple[int, int], at: int) -> bool:
    """Whether an item's bracket closes before what is told at a place: "(A 5 mg) to B 6 mg over 1 min"."""
    # a bracket that closes and was never opened is all that is left of one
    lost = _CLOSED_ONLY.match(text, left[1]) is not None and "(" not in text[left[0] : left[1]]
    return lost and not _are_bracketed_alike(text, left, last, at)


def _are_bracketed_alike(text: str, left: tuple[int, int], last: tuple[int, int], at: int) -> bool:
    """ "X (A 5 mg) or Y (B 6 mg) every 3 weeks": what is told behind brackets holds for all that stands in them."""
    opened = _UNCLOSED.search(text, max(0, left[0] - _WIDEST), left[1]) is not None
    return opened and ")" in text[last[0] : at]


def opened_at(text: str, at: int) -> int:
    """Where the bracket opens that a place stands in, or -1."""
    before = text[max(0, at - _REACH) : at]
    depth = 0
    for i in range(len(before) - 1, -1, -1):
        if before[i] in ")]":
            depth += 1
        elif before[i] in "([":
            if depth == 0:
                return at - len(before) + i
            depth -= 1
    return -1


def list_closed_before(text: str, start: int, at: int) -> int:
    """Where the bracket opens that closes between two places, if marks that part whole items stand in it, else -1."""
    shut = text.find(")", start, at)
    opened = opened_at(text, shut) if shut >= 0 else -1
    return opened if opened >= 0 and _PARTS_ITEMS.search(text, opened, shut) else -1


def lies_past(text: str, outer: tuple[int, int], inner: tuple[int, int], at: int) -> bool:
    """ "A 250 mg (400 mg on day 1) on days 8 and 15": whether a place lies behind the bracket of an inner dose."""
    return _OPENED.fullmatch(text, outer[1], inner[0]) is not None and _SHUT.match(text, inner[1], at) is not None


def closes_with(text: str, opened: int, end: int) -> bool:
    """Whether the bracket that opens at a place closes right behind `end`, and no other stands in it."""
    return opened >= 0 and text[end : end + 1] in (")", "]") and not _INNER.search(text, opened + 1, end)
