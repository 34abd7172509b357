"""What a match of a regex must begin with and must hold, read off the regex itself.

Both are supersets: where the regex says something that is not understood here, anything goes.
"""

from __future__ import annotations

from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from trialmine.lexicon.alphabet import ALL, NO_WORD, WORD
from trialmine.lexicon.needs import Need, needs_of
from trialmine.lexicon.regex_tree import REPEATS, bodies_of, nests, signs_at, sure_signs_at, tree_of

DEPTH = 4  # characters of an opening
_MOST = 400  # openings that are worth telling apart


class Opening(NamedTuple):
    """The signs before a match, its first ones, and the one behind those; each a bit set."""

    before: int = ALL
    chars: tuple[int, ...] = ()
    behind: int = ALL
    closed: bool = False  # what follows is not known


class Shape(NamedTuple):
    """Of a regex: how its matches may begin, and what they must hold."""

    openings: tuple[Opening, ...]
    needs: tuple[Need, ...]
    nested: bool  # a repetition of repetitions: time can grow without bounds on a text that almost matches

    @property
    def open_ended(self) -> list[Opening]:
        """Those of short matches on which it decides what stands behind them."""
        return [o for o in self.openings if len(o.chars) < DEPTH and o.behind != ALL]


def shape_of(regex: str, flags: int) -> Shape | None:
    """The shape of a case-insensitive regex; None where nothing can be told, as of one that matches nothing at all."""
    nodes = tree_of(regex, flags)
    if nodes is None:
        return None
    openings = _sequence(nodes)
    if any(not o.chars for o in openings):
        return None
    return Shape(openings, needs_of(nodes), nests(nodes, inside=False))


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
    chars = signs_at(node)
    if chars is not None:
        found: tuple[Opening, ...] = (Opening(chars=(chars,)),)
    elif kind in (op.SUBPATTERN, op.ATOMIC_GROUP):
        found = _sequence(bodies_of(kind, value)[0])
    elif kind is op.BRANCH:
        found = _few(o for branch in value[1] for o in _sequence(branch))
    elif kind in REPEATS:
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
    surely = sure_signs_at(body[0])
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
    return signs_at(body[0])
