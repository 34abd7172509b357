"""Every rule and every search of the package."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from trialmine.lexicon.pattern import Pattern
from trialmine.lexicon.search import Search

STAGES = ("normalise", "ingest", "clean", "nlp", "extract", "assemble")


def all_patterns() -> list[Pattern]:
    """The PATTERNS of every module of the stages; a table that is imported elsewhere counts once."""
    found: dict[int, Pattern] = {}
    for module in _modules():
        for pattern in getattr(module, "PATTERNS", ()):
            found.setdefault(id(pattern), pattern)
    return list(found.values())


def all_searches() -> list[Search]:
    """What the modules of the stages search for by name, besides their rules."""
    found = {id(value): value for m in _modules() for value in vars(m).values() if isinstance(value, Search)}
    return list(found.values())


def _modules() -> Iterator[ModuleType]:
    for stage in STAGES:
        package = importlib.import_module(f"trialmine.{stage}")
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            yield importlib.import_module(info.name)
