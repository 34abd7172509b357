"""Where a name stands in a text: a name of the document itself, for which compiling a regex costs more than looking."""

from __future__ import annotations

from collections.abc import Iterator

from regex import Pattern as Compiled


def lowered(text: str) -> str:
    """In small letters, each character in its place."""
    # "İ" would become two characters and shift all that follows
    return "".join(low if len(low := ch.lower()) == 1 else ch for ch in text) if "İ" in text else text.lower()


def occurrences(text: str, name: str, *, before: Compiled[str], behind: Compiled[str]) -> Iterator[tuple[int, int]]:
    """Start and end of every place of `name`, letter for letter, left to right and none overlapping.

    Args:
        text: where it is looked for.
        name: what is looked for; not empty.
        before: a regex without width that must match where the name begins, as `(?<!\\w)`.
        behind: one that must match where it ends; the place ends where this match ends.
    """
    at = text.find(name)
    while at >= 0:
        end = behind.match(text, at + len(name)) if before.match(text, at) else None
        if end is not None:
            yield at, end.end()
        at = text.find(name, at + 1 if end is None else end.end())
