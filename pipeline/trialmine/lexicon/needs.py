"""What a match of a regex must hold, read off its tree."""

from __future__ import annotations

from collections.abc import Iterable
from re import _constants as op  # type: ignore[attr-defined]
from typing import Any, NamedTuple

from trialmine.lexicon.alphabet import END
from trialmine.lexicon.regex_tree import CHAR, REPEATS, bodies_of

_MOST = 4  # needs of a regex
_MOST_CHOICES = 600


class Need(NamedTuple):
    """Strings of signs of which a match holds at least one, and whether it does so at its start or behind it."""

    choices: frozenset[tuple[int, ...]]
    behind_start: bool


def needs_of(nodes: Iterable[Any]) -> tuple[Need, ...]:
    """What a match of these nodes must hold: the few things that texts are likely to lack."""
    return _best(_needs(nodes, behind_start=True))


def _best(needs: Iterable[Need]) -> tuple[Need, ...]:
    return tuple(sorted(set(needs), key=_price)[:_MOST])


def _price(need: Need) -> tuple[float, int, list[tuple[int, ...]], bool]:
    """How often a text is likely to hold one of them."""
    choices = need.choices
    return sum(0.25 ** len(c) for c in choices), len(choices), sorted(choices), not need.behind_start


def _needs(nodes: Iterable[Any], *, behind_start: bool) -> list[Need]:
    out: list[Need] = []
    run: list[int] = []

    def stop() -> None:
        if run:
            out.append(Need(frozenset([tuple(run)]), behind_start))
            run.clear()

    for node in nodes:
        sign = _single(node)
        if sign is not None:
            run.append(sign)
            continue
        if node[0] in (op.AT, op.ASSERT_NOT):
            continue
        stop()
        out += _needs_of(node, behind_start=behind_start)
    stop()
    return out


def _single(node: tuple[Any, Any]) -> int | None:
    if node[0] is not CHAR or node[1].small & (node[1].small - 1):
        return None
    sign: int = node[1].small.bit_length() - 1
    return sign


def _needs_of(node: tuple[Any, Any], *, behind_start: bool) -> list[Need]:
    kind, value = node
    if kind is CHAR:
        signs = [i for i in range(END) if value.small >> i & 1]
        return [Need(frozenset((s,) for s in signs), behind_start)] if len(signs) <= _MOST else []
    if kind in REPEATS:
        return _needs(value[2], behind_start=behind_start) if value[0] else []
    if kind is op.BRANCH:
        every = [_best(_needs(branch, behind_start=behind_start))[:1] for branch in value[1]]
        union = frozenset(c for best in every for c in best[0].choices) if all(every) else frozenset()
        ahead = behind_start and all(best[0].behind_start for best in every if best)
        return [Need(union, ahead)] if 0 < len(union) <= _MOST_CHOICES else []
    if kind is op.ASSERT_NOT:
        return []
    # a look behind may see what stands before the match
    behind = behind_start and not (kind is op.ASSERT and value[0] < 0)
    return [need for body in bodies_of(kind, value) for need in _needs(body, behind_start=behind)]
