"""A regex as a tree of nodes, each node of one character with the signs that it may be."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from trialmine.lexicon.alphabet import ANY, FAR, LIKE_ASCII, ascii_codes, sign_of, signs_of_ascii

CHAR = "CHAR"
"""The kind of a node of one character."""
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
_FEW = 12  # repetitions of a thing that begins with a sign of its own, as in a list
# classes that `re` doesn't know: any letter, anything
_SOME_LETTER, _CAPITAL, _SMALL, _SOMETHING = "\ue000", "\ue001", "\ue002", "\ue003"
_ASCII = (1 << 128) - 1
_CAPITALS, _SMALLS = ascii_codes("[A-Z]"), ascii_codes("[a-z]")
_MARKED = {_SOME_LETTER: _CAPITALS | _SMALLS, _CAPITAL: _CAPITALS, _SMALL: _SMALLS, _SOMETHING: _ASCII}
_CATEGORIES: dict[Any, int] = {
    op.CATEGORY_DIGIT: ascii_codes(r"\d"), op.CATEGORY_NOT_DIGIT: ascii_codes(r"\D"),
    op.CATEGORY_SPACE: ascii_codes(r"\s"), op.CATEGORY_NOT_SPACE: ascii_codes(r"\S"),
    op.CATEGORY_WORD: ascii_codes(r"\w"), op.CATEGORY_NOT_WORD: ascii_codes(r"\W"),
}  # fmt: skip


class Char(NamedTuple):
    """The signs that it may be, those all of whose characters it is, and those it may be where case does not matter."""

    signs: int
    surely: int
    small: int


def tree_of(regex: str, flags: int) -> list[Any] | None:
    """The nodes of a case-insensitive regex; None where `re` can't read it."""
    # `re` takes no name twice, but needs those that a condition asks for
    asks = re.search(r"\(\?\(\w+\)", regex)
    plain = re.sub(r"\(\?P?<([A-Za-z_]\w*)>", r"(?P<\1>" if asks else "(?:", regex)
    for name, mark in (("Lu", _CAPITAL), ("Ll", _SMALL), ("L", _SOME_LETTER)):
        plain = plain.replace(rf"\p{{{name}}}", mark)
    plain = re.sub(r"\\[pP]\{\^?\w+\}", _SOMETHING, plain)
    plain = re.sub(r"\(\?P=\w+\)", r"[\\s\\S]*", plain)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = _parser.parse(plain, flags & (re.VERBOSE | re.IGNORECASE | re.MULTILINE | re.DOTALL))
    except re.error:
        return None
    return _read(tree, any_case=bool(flags & re.IGNORECASE))


def nests(nodes: Iterable[Any], *, inside: bool) -> bool:
    """Whether there is a repetition of repetitions, so that time can grow without bounds."""
    for kind, value in nodes:
        if kind in REPEATS:
            least, most, body = value
            varies = most != least and most > 1
            if (varies and inside) or nests(body, inside=inside or (varies and most > _FEW)):
                return True
        elif any(
            nests(body, inside=inside and kind not in (op.ASSERT, op.ASSERT_NOT)) for body in bodies_of(kind, value)
        ):
            return True
    return False


def bodies_of(kind: Any, value: Any) -> Sequence[Any]:
    """What stands inside a node."""
    if kind is op.BRANCH:
        bodies: Sequence[Any] = value[1]
        return bodies
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return [value[3]] if kind is op.SUBPATTERN else [value] if kind is op.ATOMIC_GROUP else []


def signs_at(node: tuple[Any, Any]) -> int | None:
    """The signs that a node of one character may be."""
    return node[1].signs if node[0] is CHAR else None


def sure_signs_at(node: tuple[Any, Any]) -> int:
    """Those all of whose characters it is."""
    return node[1].surely if node[0] is CHAR else 0


def _read(nodes: Iterable[Any], *, any_case: bool) -> list[Any]:
    """The tree with a `Char` in place of each node of one character."""
    out: list[Any] = []
    for kind, value in nodes:
        if kind in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            out.append((CHAR, _char(kind, tuple(value) if kind is op.IN else value, any_case=any_case)))
        elif kind is op.SUBPATTERN:
            group, more, less, body = value
            inner = (any_case or bool(more & re.IGNORECASE)) and not less & re.IGNORECASE
            out.append((kind, (group, more, less, _read(body, any_case=inner))))
        elif kind is op.BRANCH:
            out.append((kind, (None, [_read(branch, any_case=any_case) for branch in value[1]])))
        elif kind in REPEATS:
            out.append((kind, (*value[:2], _read(value[2], any_case=any_case))))
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            out.append((kind, (value[0], _read(value[1], any_case=any_case))))
        elif kind is op.ATOMIC_GROUP:
            out.append((kind, _read(value, any_case=any_case)))
        else:
            out.append((kind, value))
    return out


@cache
def _char(kind: Any, value: Any, *, any_case: bool) -> Char:
    if kind in (op.ANY, op.NOT_LITERAL):
        return Char(ANY, 0, ANY)
    negated = kind is op.IN and value[0][0] is op.NEGATE
    members = value if kind is op.IN else [(kind, value)]
    codes, far = _members(members, surely=negated)
    if any_case and not negated:  # `[^a-z]` may leave out both cases or one: the smaller is left out here
        codes = _with_both_cases(codes)
    if negated:
        codes, far = _ASCII & ~codes, FAR
    signs = signs_of_ascii(codes) | far
    sure, _ = _members(members, surely=True)
    sure = _with_both_cases(sure) if any_case else sure
    surely = 0 if negated else signs_of_ascii(sure) & ~signs_of_ascii(_ASCII & ~sure) & ~FAR
    # a capital is as good as its small letter
    small = signs_of_ascii(codes & ~_CAPITALS | (codes & _CAPITALS) << 32) | far
    return Char(signs, surely, small)


def _members(members: Sequence[tuple[Any, Any]], *, surely: bool) -> tuple[int, int]:
    """The ASCII codes of a class as a bit set, and the signs of its other members; of some it is not known."""
    codes = far = 0
    for kind, value in members:
        if kind is op.LITERAL and value < 128:
            codes |= 1 << value
        elif kind is op.LITERAL and chr(value) in _MARKED:
            codes |= 0 if surely else _MARKED[chr(value)]
            far |= FAR
        elif kind is op.LITERAL and chr(value) in LIKE_ASCII:
            codes |= 0 if surely else 1 << ord(LIKE_ASCII[chr(value)])
        elif kind is op.LITERAL:
            far |= 1 << sign_of(chr(value))
        elif kind is op.RANGE:
            codes |= ((1 << min(value[1], 127) + 1) - 1) & ~((1 << value[0]) - 1) & _ASCII
            far |= FAR if value[1] > 127 else 0
        elif kind is op.CATEGORY:
            codes |= _CATEGORIES.get(value, 0 if surely else _ASCII)
            far |= FAR
    return codes, far


def _with_both_cases(codes: int) -> int:
    return codes | (codes & _CAPITALS) << 32 | (codes & _SMALLS) >> 32
