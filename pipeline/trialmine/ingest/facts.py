"""Small helpers of the readers of JSON: values of nested objects whatever their types turn out to be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def at(value: Any, *path: str) -> Any:
    """What stands at a path of keys; None where the path breaks off.

    >>> at({"a": {"b": 1}}, "a", "b"), at({"a": []}, "a", "b"), at(None, "a")
    (1, None, None)
    """
    for key in path:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def string(value: Any, *path: str) -> str | None:
    """The string or number at a path, without blanks around it; None for anything else, and for nothing."""
    found = at(value, *path)
    plain = str(found).strip() if isinstance(found, (str, int, float)) and not isinstance(found, bool) else ""
    return plain or None


def objects(value: Any, *path: str) -> Iterator[Mapping[str, Any]]:
    """The objects of the list at a path."""
    found = at(value, *path)
    return (row for row in found if isinstance(row, Mapping)) if isinstance(found, list) else iter(())


def strings(value: Any, *path: str) -> tuple[str, ...]:
    """The strings of the list at a path, or the one string there."""
    found = at(value, *path)
    several = found if isinstance(found, list) else [found]
    return tuple(plain for v in several if (plain := string(v)))
