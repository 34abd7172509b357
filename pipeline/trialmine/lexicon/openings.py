"""What a match of a regex must begin with and must hold, read off the regex itself.

Both are supersets: where the regex says something that is not understood here, anything goes.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Sequence
from functools import cache
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from trialmine.lexicon.alphabet import (
    ALL,
    ANY,
    END,
    FAR,
    LIKE_ASCII,
    NO_WORD,
    WORD,
    ascii_codes,
    sign_of,
    signs_of_ascii,
)

DEPTH = 4  # characters of an opening
_MOST = 400  # openings that are worth telling apart
_LONGEST = 6  # signs of a needed string
_NEEDS = 4  # needed strings of a regex
_MOST_CHOICES = 600
_FEW = 12  # repetitions of a thing that begins with a sign of its own, as in a list
_CHAR = "CHAR"
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
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

Choices = frozenset[tuple[int, ...]]
"""Strings of signs of which a match holds at least one."""


class Opening(NamedTuple):
    """The signs before a match, its first ones, and the one behind those; each a bit set."""

    before: int = ALL
    chars: tuple[int, ...] = ()
    behind: int = ALL
    closed: bool = False  # what follows is not known


class Shape(NamedTuple):
    """Of a regex: how its matches may begin, and what they must hold."""

    openings: tuple[Opening, ...]
    needs: tuple[Choices, ...]
    nested: bool  # a repetition of repetitions: time can grow without bounds on a text that almost matches

    @property
    def looks_behind_end(self) -> bool:
        """Whether what stands behind a short match decides on it, so that the end of a search makes a difference."""
        return any(len(o.chars) < DEPTH and o.behind != ALL for o in self.openings)


def shape_of(regex: str, flags: int) -> Shape | None:
    """The shape of a case-insensitive regex; None where nothing can be told, as of one that matches nothing at all."""
    # `re` takes no name twice, but needs those that a condition asks for
    plain = re.sub(r"\(\?P?<([A-Za-z_]\w*)>", r"(?P<\1>" if "(?(" in regex else "(?:", regex)
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
    nodes = _read(tree, any_case=bool(flags & re.IGNORECASE))
    openings = _sequence(nodes)
    if any(not o.chars for o in openings):
        return None
    return Shape(openings, _best(_needs(nodes)), _nests(nodes, inside=False))


def _read(nodes: Iterable[Any], *, any_case: bool) -> list[Any]:
    """The tree with a `_Char` in place of each node of one character."""
    out: list[Any] = []
    for kind, value in nodes:
        if kind in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
            out.append((_CHAR, _char(kind, tuple(value) if kind is op.IN else value, any_case=any_case)))
        elif kind is op.SUBPATTERN:
            group, more, less, body = value
            inner = (any_case or bool(more & re.IGNORECASE)) and not less & re.IGNORECASE
            out.append((kind, (group, more, less, _read(body, any_case=inner))))
        elif kind is op.BRANCH:
            out.append((kind, (None, [_read(branch, any_case=any_case) for branch in value[1]])))
        elif kind in _REPEATS:
            out.append((kind, (*value[:2], _read(value[2], any_case=any_case))))
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            out.append((kind, (value[0], _read(value[1], any_case=any_case))))
        elif kind is op.ATOMIC_GROUP:
            out.append((kind, _read(value, any_case=any_case)))
        else:
            out.append((kind, value))
    return out


def _nests(nodes: Iterable[Any], *, inside: bool) -> bool:
    for kind, value in nodes:
        if kind in _REPEATS:
            least, most, body = value
            varies = most != least and most > 1
            if (varies and inside) or _nests(body, inside=inside or (varies and most > _FEW)):
                return True
        elif any(
            _nests(body, inside=inside and kind not in (op.ASSERT, op.ASSERT_NOT)) for body in _bodies(kind, value)
        ):
            return True
    return False


def _bodies(kind: Any, value: Any) -> Sequence[Any]:
    if kind is op.BRANCH:
        bodies: Sequence[Any] = value[1]
        return bodies
    if kind in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return [value[3]] if kind is op.SUBPATTERN else [value] if kind is op.ATOMIC_GROUP else []


# openings


def _sequence(nodes: Iterable[Any]) -> tuple[Opening, ...]:
    done: tuple[Opening, ...] = (Opening(),)
    for node in nodes:
        if all(o.closed for o in done):
            break
        done = _joined(done, _of_node(node))
    return done


def _joined(left: tuple[Opening, ...], right: tuple[Opening, ...]) -> tuple[Opening, ...]:
    out = [a for a in left if a.closed]
    for a in left:
        if not a.closed:
            out += [both for b in right if (both := _join(a, b)) is not None]
    return _few(out)


def _join(a: Opening, b: Opening) -> Opening | None:
    before, chars = a.before, list(a.chars)
    if chars:
        chars[-1] &= b.before
    else:
        before &= b.before
    if b.chars:
        more, behind = [b.chars[0] & a.behind, *b.chars[1:]], b.behind
    else:
        more, behind = [], a.behind & b.behind
    chars += more
    if not before or not behind or not all(chars):
        return None
    full = len(chars) >= DEPTH
    return Opening(before, tuple(chars[:DEPTH]), ALL if full else behind, b.closed or full)


def _few(openings: Iterable[Opening]) -> tuple[Opening, ...]:
    """As few as say the same; of very many the last characters are forgotten."""
    merged = _merged(openings)
    depth = DEPTH
    while len(merged) > _MOST and depth > 1:
        depth -= 1
        merged = _merged(o if len(o.chars) < depth else Opening(o.before, o.chars[:depth], ALL, True) for o in merged)
    return merged


def _merged(openings: Iterable[Opening]) -> tuple[Opening, ...]:
    """Those that differ in their last character alone are one."""
    last: dict[tuple[int, tuple[int, ...], int, bool], int] = {}
    out: list[Opening] = []
    for before, chars, behind, closed in dict.fromkeys(openings):
        if chars:
            key = (before, chars[:-1], behind, closed)
            last[key] = last.get(key, 0) | chars[-1]
        else:
            out.append(Opening(before, chars, behind, closed))
    out += [Opening(before, (*stem, end), behind, closed) for (before, stem, behind, closed), end in last.items()]
    return tuple(out)


def _of_node(node: tuple[Any, Any]) -> tuple[Opening, ...]:
    kind, value = node
    chars = _chars(node)
    if chars is not None:
        found: tuple[Opening, ...] = (Opening(chars=(chars,)),)
    elif kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
        found = _sequence(_bodies(kind, value)[0])
    elif kind is op.BRANCH:
        found = _few(o for branch in value[1] for o in _sequence(branch))
    elif kind in _REPEATS:
        found = _repeated(*value)
    elif kind is op.AT:
        found = _at(value)
    elif kind is op.ASSERT:
        found = _looking(*value)
    elif kind is op.ASSERT_NOT:
        found = _looking_away(*value)
    else:
        found = (Opening(closed=True),)
    return found


def _repeated(least: int, most: int, body: Any) -> tuple[Opening, ...]:
    once = _sequence(body)
    every: tuple[Opening, ...] = (Opening(),)
    for _ in range(min(least, DEPTH)):
        every = _joined(every, once)
    so_far = every
    for _ in range(min(int(most) - least, DEPTH)):
        so_far = _joined(so_far, once)
        more = _few((*every, *so_far))
        if set(more) == set(every):
            break
        every = more
    return every


def _at(place: Any) -> tuple[Opening, ...]:
    if place is op.AT_BOUNDARY:
        return (Opening(before=NO_WORD, behind=WORD), Opening(before=WORD, behind=NO_WORD))
    return (Opening(),)  # the ends of lines are not worth the care


def _looking(direction: int, body: Any) -> tuple[Opening, ...]:
    if direction < 0:
        single = _one_char(body)
        return (Opening(before=ALL if single is None else single),)
    behind = 0
    for o in _sequence(body):
        behind |= o.chars[0] if o.chars else o.behind
    return (Opening(behind=behind),)


def _looking_away(direction: int, body: Any) -> tuple[Opening, ...]:
    if len(body) != 1:
        return (Opening(),)
    surely = _surely(body[0])
    return (Opening(before=ALL & ~surely),) if direction < 0 else (Opening(behind=ALL & ~surely),)


def _one_char(body: Any) -> int | None:
    """The signs of a body that is one character."""
    if len(body) != 1:
        return None
    kind, value = body[0]
    if kind is op.BRANCH:
        parts = [_one_char(branch) for branch in value[1]]
        found = 0
        for part in parts:
            if part is None:
                return None
            found |= part
        return found
    if kind is op.SUBPATTERN:
        return _one_char(value[3])
    return _chars(body[0])


# one character


class _Char(NamedTuple):
    """The signs that it may be, those all of whose characters it is, and those it may be where case does not matter."""

    signs: int
    surely: int
    small: int


@cache
def _char(kind: Any, value: Any, *, any_case: bool) -> _Char:
    if kind in (op.ANY, op.NOT_LITERAL):
        return _Char(ANY, 0, ANY)
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
    return _Char(signs, surely, small)


def _chars(node: tuple[Any, Any]) -> int | None:
    return node[1].signs if node[0] is _CHAR else None


def _surely(node: tuple[Any, Any]) -> int:
    return node[1].surely if node[0] is _CHAR else 0


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


# what a match must hold


def _best(needs: Iterable[Choices]) -> tuple[Choices, ...]:
    return tuple(sorted(set(needs), key=_price)[:_NEEDS])


def _price(choices: Choices) -> tuple[float, int, list[tuple[int, ...]]]:
    """How often a text is likely to hold one of them."""
    return sum(0.25 ** len(c) for c in choices), len(choices), sorted(choices)


def _needs(nodes: Iterable[Any]) -> list[Choices]:
    out: list[Choices] = []
    run: list[int] = []

    def stop() -> None:
        if run:
            out.append(frozenset([tuple(run)]))
            run.clear()

    for node in nodes:
        sign = _single(node)
        if sign is not None:
            run.append(sign)
            continue
        if node[0] in (op.AT, op.ASSERT_NOT):
            continue
        stop()
        out += _needs_of(node)
    stop()
    return out


def _single(node: tuple[Any, Any]) -> int | None:
    if node[0] is not _CHAR or node[1].small & (node[1].small - 1):
        return None
    sign: int = node[1].small.bit_length() - 1
    return sign


def _needs_of(node: tuple[Any, Any]) -> list[Choices]:
    kind, value = node
    if kind is _CHAR:
        signs = [i for i in range(END) if value.small >> i & 1]
        return [frozenset((s,) for s in signs)] if len(signs) <= _NEEDS else []
    if kind in _REPEATS:
        return _needs(value[2]) if value[0] else []
    if kind is op.BRANCH:
        every = [_best(_needs(branch))[:1] for branch in value[1]]
        union = frozenset(c for best in every for c in best[0]) if all(every) else frozenset()
        return [union] if 0 < len(union) <= _MOST_CHOICES else []
    if kind is op.ASSERT_NOT:
        return []
    return [need for body in _bodies(kind, value) for need in _needs(body)]
