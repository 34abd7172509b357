"""Every rule of the package."""

from __future__ import annotations

import importlib
import pkgutil

from trialmine.lexicon.pattern import Pattern

STAGES = ("normalise", "ingest", "clean", "nlp", "extract", "assemble")


def all_patterns() -> list[Pattern]:
    """The PATTERNS of every module of the stages; a table that is imported elsewhere counts once."""
    found: dict[int, Pattern] = {}
    for stage in STAGES:
        package = importlib.import_module(f"trialmine.{stage}")
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for pattern in getattr(importlib.import_module(info.name), "PATTERNS", ()):
                found.setdefault(id(pattern), pattern)
    return list(found.values())
